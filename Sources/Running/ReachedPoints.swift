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
  private let newton: NewtonSearch
  /// Where they are.
  private(set) var places: PointPlaces

  /// Knows the listed points so far.
  ///
  /// - Parameter window: where other ends are told apart.
  public init(
    _ function: FunctionSpec, listed: [CriticalPoint], window: [ClosedRange<Double>]
  ) throws {
    places = PointPlaces(Box(window))
    newton = try NewtonSearch(function, in: places.window)
    found = listed.map {
      Point(label: $0.label, kind: $0.kind, position: $0.position, isListed: true)
    }
    for point in found { places.append(point.position, point.kind) }
  }

  private var window: Box { places.window }

  /// The numbers of the points that runs ended at; those within the window become known.
  ///
  /// - Parameter early: the numbers that are known already.
  mutating func learn(from outcomes: Outcomes, _ early: [Int?]) -> [Int?] {
    var numbers = places.numbers(of: outcomes, early)
    for (run, end) in strangers(outcomes, numbers) {
      numbers[run] = places.number(of: end.position, end.kind) ?? append(end)
    }
    return numbers
  }

  /// The numbers of the points that runs ended at; nil where it is none that is known.
  ///
  /// - Parameter known: the numbers of the ends as they stand, by `places`.
  func numbers(of outcomes: Outcomes, _ known: [Int?]) -> [Int?] {
    var numbers = known
    for (run, end) in strangers(outcomes, numbers) {
      numbers[run] = places.number(of: end.position, end.kind)
    }
    return numbers
  }

  /// The ends within the window that have no number yet, after Newton's method.
  private func strangers(
    _ outcomes: Outcomes, _ numbers: [Int?]
  ) -> [(run: Int, end: (position: [Double], kind: PointKind))] {
    let strange = outcomes.indices.filter {
      numbers[$0] == nil && outcomes.isAtPoint($0)
        && !(isFlat && outcomes.points[$0] == .degenerate)
        && outcomes.isInside($0, window)
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
    places.append(end.position, end.kind)
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
