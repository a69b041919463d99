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

  init(_ window: Box) { self.window = window }

  /// Knows one more point, whose number is how many there were.
  mutating func append(_ position: [Double], _ kind: PointKind) {
    scaled.append(window.scaled(position))
    isDegenerate.append(kind == .degenerate)
  }

  /// The numbers of the points that runs ended at as they stand; nil where it is none that is known.
  func numbers(of outcomes: Outcomes) -> [Int?] {
    numbers(of: outcomes, [Int?](repeating: nil, count: outcomes.count))
  }

  /// The same where some numbers are known.
  func numbers(of outcomes: Outcomes, _ known: [Int?]) -> [Int?] {
    var place = [Double](repeating: 0, count: outcomes.dimension)
    return outcomes.indices.map { run in
      if let number = known[run] { return number }
      guard outcomes.isAtPoint(run) else { return nil }
      for i in place.indices {
        place[i] = window.scaled(outcomes.positions[run * place.count + i], i)
      }
      return number(at: place, outcomes.points[run])
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
