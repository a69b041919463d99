import Specs

/// Finds the critical points of a function in its window: Newton's method from a raster, from the known
/// minima, and from the ends of the runs.
///
/// Where the test by the winding number says that points were missed, the raster is refined twice. What is
/// found depends on the function, on the rules and on the ends in the order of the plan alone.
public struct CriticalPointSearch {
  /// The greatest dimension that is searched.
  public static let greatestDimension = 64

  /// Points nearer to each other than this part of the window are one.
  private static let sameness = 1e-6
  /// The same for degenerate ones, which rounding hides so far from themselves.
  private static let degenerateSameness = 1e-3
  private static let mostEnds = 1000
  private static let mostRefinements = 2
  /// The most operations in which all places take a step.
  private static let affordable = 1 << 28
  private static let fewestPlaces = 64

  private let rules: CriticalPointRules
  private let window: Box
  private let dimension: Int
  private let newton: NewtonSearch
  private let winding: WindingNumber?
  private let kinks: [String]
  private var placeCount = 0
  private var found: [CriticalPoint] = []
  /// The places of `found` in the window's measure.
  private var scaled = NearbyPoints()
  /// The degenerate ones of them, and those that are not isolated.
  private var degenerate = NearbyPoints()
  private var flatCount = 0
  /// What the ends of runs are compared with: the points first found, then other ends.
  private var ends = NearbyPoints()
  private var waiting: [[Double]] = []

  /// Searches from the raster and from the known minima.
  ///
  /// - Returns: nil for a function of too many variables.
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init?(_ function: FunctionSpec, _ rules: CriticalPointRules) throws {
    guard function.dimension <= CriticalPointSearch.greatestDimension else { return nil }
    self.rules = rules
    window = Box(function.domain)
    dimension = function.dimension
    newton = try NewtonSearch(function, in: window)
    winding = dimension <= 2 ? try WindingNumber(function) : nil
    let model = try function.model().model
    kinks = model.graph.kinks(in: model.value)
    search(rules.raster)
    merge(newton.points(from: function.minima))
    for point in found { ends.append(point.position) }
  }

  /// Takes the ends of a chunk's runs that are stationary, the chunks in the order of the plan.
  public mutating func add(_ result: ChunkResult) {
    for run in result.outcomes.indices where result.outcomes.points[run] != .moving {
      let position = result.outcomes.position(run)
      guard waiting.count < CriticalPointSearch.mostEnds, window.contains(position, beside: 0),
        ends.nearest(to: position, within: CriticalPoints.reach(of: position)) == nil
      else { continue }
      ends.append(position)
      waiting.append(position)
    }
  }

  /// Searches from the ends that were taken, and again where points are missed.
  public mutating func finish() -> CriticalPoints {
    merge(newton.points(from: waiting))
    var test = test(found)
    var raster = rules.raster
    for _ in 0..<CriticalPointSearch.mostRefinements {
      guard case .departs = test, found.count < placeCount / 4 else { break }
      raster *= 2
      search(raster)
      test = self.test(found)
    }
    return CriticalPoints(
      found, window: window, placeCount: placeCount, flatCount: flatCount, test: test)
  }

  // MARK: - Places

  private mutating func search(_ raster: Int) {
    let places = places(raster)
    placeCount += places.count
    merge(newton.points(from: places))
  }

  /// The middles of cells; from three variables on, a sequence that fills the window evenly.
  private func places(_ raster: Int) -> [[Double]] {
    let affordable = CriticalPointSearch.affordable / newton.cost
    let count = min(raster * raster, max(CriticalPointSearch.fewestPlaces, affordable))
    if dimension == 2 {
      let side = Int(Double(count).squareRoot())
      return (0..<side * side).map { number in
        window.place(
          [number / side, number % side].map { (Double($0) + 0.5) / Double(side) - 0.5 })
      }
    }
    // The multiples, modulo 1, of the powers of 1/φ with φⁿ⁺¹ = φ + 1: for one variable that of the
    // golden section.
    var root = 2.0
    for _ in 0..<100 {
      let power = (0...dimension).reduce(1.0) { product, _ in product * root }
      root -= (power - root - 1) / (Double(dimension + 1) * power / root - 1)
    }
    var factors = [1 / root]
    while factors.count < dimension { factors.append(factors[factors.count - 1] / root) }
    return (0..<count).map { number in
      window.place(
        factors.map { factor in
          let turn = 0.5 + Double(number) * factor
          return turn - turn.rounded(.down) - 0.5
        })
    }
  }

  // MARK: - Points

  /// Adds what is new; of equal points that one stays where g is smallest.
  private mutating func merge(_ reached: [CriticalPoint?]) {
    var doubtful: [CriticalPoint] = []
    let sorted = reached.compactMap { $0 }.enumerated().sorted {
      ($0.element.gradientNorm, $0.offset) < ($1.element.gradientNorm, $1.offset)
    }
    for point in sorted.map(\.element) {
      let place = window.scaled(point.position)
      guard scaled.nearest(to: place, within: CriticalPointSearch.sameness) == nil else { continue }
      if point.kind == .degenerate {
        let radius = CriticalPointSearch.degenerateSameness
        guard degenerate.nearest(to: place, within: radius) == nil else { continue }
        degenerate.append(place)
        doubtful.append(point)
      } else {
        append(point)
      }
    }
    let verdicts = areIsolated(doubtful)
    let hasFlats = flatCount > 0 || verdicts.contains(false)
    for (point, isIsolated) in zip(doubtful, verdicts) {
      if isIsolated ?? !hasFlats { append(point) } else { flatCount += 1 }
    }
  }

  private mutating func append(_ point: CriticalPoint) {
    found.append(point)
    scaled.append(window.scaled(point.position))
  }

  /// Whether each is a point of its own: from two places beside it, in directions across each other,
  /// Newton's method leads back to it, and to no other degenerate point nearby.
  ///
  /// - Returns: nil where it leads to none of them.
  private func areIsolated(_ points: [CriticalPoint]) -> [Bool?] {
    let distance = 4 * CriticalPointSearch.degenerateSameness
    let beside = points.flatMap { point in
      [[1, -0.75], [0.75, 1]].map { direction in
        window.place(
          window.scaled(point.position).enumerated().map { $1 + distance * direction[$0 % 2] })
      }
    }
    let reached = newton.points(from: beside)
    return points.indices.map { number in
      let away = reached[2 * number...2 * number + 1].compactMap { $0 }
        .filter { $0.kind == .degenerate }
        .map { separation($0.position, points[number].position) }
        .filter { $0 <= 3 * distance }
      return away.isEmpty
        ? nil : away.allSatisfy { $0 <= CriticalPointSearch.degenerateSameness }
    }
  }

  private func separation(_ a: [Double], _ b: [Double]) -> Double {
    euclideanNorm(zip(window.scaled(a), window.scaled(b)).map { $0 - $1 })
  }

  // MARK: - Test

  /// Whether these are all, as far as the winding number can tell.
  func test(_ found: [CriticalPoint]) -> WindingTest {
    guard let winding else { return .undecided(.tooManyVariables(dimension)) }
    guard kinks.isEmpty else { return .undecided(.kinks(kinks)) }
    guard flatCount == 0 else { return .undecided(.notIsolated) }
    do throws(WindingTest.Undecided) {
      let turns = try winding.turns(around: window)
      var indices = 0
      var counted = 0
      for point in found {
        switch point.kind {
        case .minimum: counted += 1
        case .saddle: counted -= 1
        case .maximum: counted += dimension == 1 ? -1 : 1
        default: indices += try winding.turns(around: surroundings(of: point, among: found))
        }
      }
      counted += indices
      return counted == turns
        ? .agrees(winding: turns, indices: indices)
        : .departs(winding: turns, counted: counted, indices: indices)
    } catch {
      return .undecided(error)
    }
  }

  /// A small box around a point, along whose frame its index is counted; the next point is four times as
  /// far away.
  private func surroundings(of point: CriticalPoint, among found: [CriticalPoint]) -> Box {
    var radius = 0.01
    for other in found where other != point {
      radius = min(radius, separation(other.position, point.position) / 4)
    }
    return window.part(radius, around: point.position)
  }
}
