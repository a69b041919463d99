/// Where the known critical points lie in a window, by which ends of runs are told apart: a value that many
/// cores can ask.
struct PointPlaces: Sendable {
  /// Ends nearer to each other than this part of the window are one.
  private static let sameness = 1e-6
  /// The same for degenerate points, which rounding hides so far from themselves.
  private static let degenerateSameness = 1e-3

  /// Where ends are told apart.
  let window: Box
  private var scaled = NearbyPoints()
  private var isDegenerate: [Bool] = []
  /// Whether no other point is so near that an end could belong to both.
  private var isAlone: [Bool] = []

  init(_ window: Box) { self.window = window }

  /// Knows one more point, whose number is how many there were.
  mutating func append(_ position: [Double], _ kind: PointKind) {
    let place = window.scaled(position)
    let neighbours = isAlone.indices.filter {
      scaled.isNear($0, to: place, within: 2 * PointPlaces.sameness)
    }
    for neighbour in neighbours { isAlone[neighbour] = false }
    isAlone.append(neighbours.isEmpty)
    scaled.append(place)
    isDegenerate.append(kind == .degenerate)
  }

  /// The numbers of the points that runs ended at as they stand; nil where it is none that is known.
  func numbers(of outcomes: Outcomes) -> [Int?] {
    numbers(of: outcomes, [Int?](repeating: nil, count: outcomes.count))
  }

  /// The same where some numbers are known.
  func numbers(of outcomes: Outcomes, _ known: [Int?]) -> [Int?] {
    var place = [Double](repeating: 0, count: outcomes.dimension)
    // Neighbours often end at the same point.
    let near = PointPlaces.sameness / Double(2 * outcomes.dimension)
    var last: Int?
    return outcomes.indices.map { run in
      if let number = known[run] { return number }
      guard outcomes.isAtPoint(run) else { return nil }
      for i in place.indices {
        place[i] = window.scaled(outcomes.positions[run * place.count + i], i)
      }
      if let last, isAlone[last], scaled.isNear(last, to: place, within: near) { return last }
      last = number(at: place, outcomes.points[run])
      return last
    }
  }

  /// The number of the point at an end.
  func number(of position: [Double], _ kind: PointKind) -> Int? {
    number(at: window.scaled(position), kind)
  }

  private func number(at place: [Double], _ kind: PointKind) -> Int? {
    if let number = scaled.nearest(to: place, within: PointPlaces.sameness) { return number }
    guard kind == .degenerate,
      let number = scaled.nearest(to: place, within: PointPlaces.degenerateSameness),
      isDegenerate[number]
    else { return nil }
    return number
  }
}
