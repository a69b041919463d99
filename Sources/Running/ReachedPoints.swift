import Specs

/// The critical points that very many runs reach: those that are listed, and those found where the runs end.
///
/// Ends count as one point where they are equal within 1e-6 of the window, after Newton's method has taken
/// them to where rounding stops it: so a loose tolerance makes no crowd of a point. What is found depends on
/// the ends in their order alone.
public struct ReachedPoints {
  /// A critical point.
  public struct Point: Sendable {
    /// As in the list of critical points; those that are not listed go on counting there.
    public var label: String
    /// What it is.
    public let kind: PointKind
    /// Where it is.
    public let position: [Double]
    /// Whether it comes from the list.
    public let isListed: Bool
  }

  /// Ends nearer to each other than this part of the window are one.
  private static let sameness = 1e-6
  /// The same for degenerate points, which rounding hides so far from themselves.
  private static let degenerateSameness = 1e-3
  /// How far Newton's method may take an end: a loose tolerance leaves it so far from its point.
  private static let farthest = 1.0 / 32
  /// Where more degenerate ones are found, they lie on curves or areas of critical points.
  private static let mostDegenerate = 8
  /// More than so many are not told apart.
  private static let most = 200

  /// Listed points first, then others in the order in which they were found.
  private var found: [Point]
  /// How many degenerate ones are not listed.
  private var degenerateCount = 0
  private let window: Box
  private let newton: NewtonSearch
  private var scaled = NearbyPoints()

  /// Knows the listed points so far.
  ///
  /// - Parameter window: where other ends are told apart.
  public init(
    _ function: FunctionSpec, listed: [CriticalPoint], window: [ClosedRange<Double>]
  ) throws {
    self.window = Box(window)
    newton = try NewtonSearch(function, in: self.window)
    found = listed.map {
      Point(label: $0.label, kind: $0.kind, position: $0.position, isListed: true)
    }
    for point in found { scaled.append(self.window.scaled(point.position)) }
  }

  /// The numbers of the points that runs ended at; those within the window become known.
  mutating func learn(from outcomes: Outcomes) -> [Int?] {
    var numbers = known(outcomes)
    for (run, end) in strangers(outcomes, numbers) {
      numbers[run] = number(of: end) ?? append(end)
    }
    return numbers
  }

  /// The numbers of the points that runs ended at; nil where it is none that is known.
  func numbers(of outcomes: Outcomes) -> [Int?] {
    var numbers = known(outcomes)
    for (run, end) in strangers(outcomes, numbers) { numbers[run] = number(of: end) }
    return numbers
  }

  /// The numbers of the points that runs ended at as they stand.
  private func known(_ outcomes: Outcomes) -> [Int?] {
    var place = [Double](repeating: 0, count: outcomes.dimension)
    return outcomes.indices.map { run in
      guard outcomes.isAtPoint(run) else { return nil }
      for i in place.indices {
        place[i] = window.scaled(outcomes.positions[run * place.count + i], i)
      }
      return number(at: place, isDegenerate: outcomes.points[run] == .degenerate)
    }
  }

  private func number(of end: (position: [Double], kind: PointKind)) -> Int? {
    number(at: window.scaled(end.position), isDegenerate: end.kind == .degenerate)
  }

  private func number(at place: [Double], isDegenerate: Bool) -> Int? {
    if let number = scaled.nearest(to: place, within: ReachedPoints.sameness) { return number }
    guard isDegenerate,
      let number = scaled.nearest(to: place, within: ReachedPoints.degenerateSameness),
      found[number].kind == .degenerate
    else { return nil }
    return number
  }

  /// The ends within the window that have no number yet, after Newton's method.
  private func strangers(
    _ outcomes: Outcomes, _ numbers: [Int?]
  ) -> [(run: Int, end: (position: [Double], kind: PointKind))] {
    let strange = outcomes.indices.filter {
      numbers[$0] == nil && outcomes.isAtPoint($0)
        && !(isFlat && outcomes.points[$0] == .degenerate)
        && window.contains(outcomes.position($0), beside: 0)
    }
    let polished = newton.points(from: strange.map(outcomes.position))
    return zip(strange, polished).map { run, point in
      let position = outcomes.position(run)
      guard let point, distance(point.position, position) <= ReachedPoints.farthest else {
        return (run, (position, outcomes.points[run]))
      }
      return (run, (point.position, point.kind))
    }
  }

  private func distance(_ a: [Double], _ b: [Double]) -> Double {
    euclideanNorm(zip(window.scaled(a), window.scaled(b)).map { $0 - $1 })
  }

  private mutating func append(_ end: (position: [Double], kind: PointKind)) -> Int? {
    guard found.count < ReachedPoints.most else { return nil }
    if end.kind == .degenerate { degenerateCount += 1 }
    guard !isFlat || end.kind != .degenerate else { return nil }
    scaled.append(window.scaled(end.position))
    found.append(Point(label: "", kind: end.kind, position: end.position, isListed: false))
    return found.count - 1
  }

  /// Whether degenerate points are none of their own, but parts of curves or areas.
  private var isFlat: Bool { degenerateCount > ReachedPoints.mostDegenerate }

  /// The points in their order, listed ones first, others by kind and coordinates; and the place in it of the
  /// point of each number, nil where that is none of its own.
  public var sorted: (points: [Point], places: [Int?]) {
    let keys = found.map { point in
      window.scaled(point.position).map { ($0 * 1e6).rounded() } + point.position
    }
    func rank(_ number: Int) -> Int {
      found[number].isListed
        ? number - found.count : CriticalPoint.kinds.firstIndex(of: found[number].kind) ?? 0
    }
    let order = found.indices.filter {
      found[$0].isListed || found[$0].kind != .degenerate || !isFlat
    }.sorted { a, b in
      rank(a) != rank(b) ? rank(a) < rank(b) : keys[a].lexicographicallyPrecedes(keys[b])
    }
    var counts: [PointKind: Int] = [:]
    var places = [Int?](repeating: nil, count: found.count)
    let points = order.enumerated().map { place, number in
      places[number] = place
      var point = found[number]
      counts[point.kind, default: 0] += 1
      if !point.isListed {
        point.label = CriticalPoint.letter(point.kind) + String(counts[point.kind] ?? 0)
      }
      return point
    }
    return (points, places)
  }
}
