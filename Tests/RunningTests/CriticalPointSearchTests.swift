import Specs
import Testing

@testable import Running

@Suite struct CriticalPointSearchTests {
  /// A search from the raster of the first function of a spec.
  private func search(_ function: String, _ options: String = "") throws -> CriticalPointSearch {
    let spec = "\(function)\n  random 1 seed=1\nmethod newton\ncritical-points \(options)"
    let parsed = try #require(try Experiment.parse(spec).experiment.functions.first)
    let rules = try #require(parsed.criticalPoints)
    return try #require(try CriticalPointSearch(parsed, rules))
  }

  private func points(_ function: String) throws -> CriticalPoints {
    var search = try search(function)
    return search.finish()
  }

  struct Known: Sendable, CustomTestStringConvertible {
    let function: String
    /// Minima, saddles, maxima, degenerate points.
    let counts: [Int]
    let winding: Int
    var indices = 0
    var testDescription: String { function }

    init(_ function: String, _ counts: [Int], winding: Int, indices: Int = 0) {
      self.function = function
      self.counts = counts
      self.winding = winding
      self.indices = indices
    }
  }

  // The counts are those of the literature, or of scipy's fsolve from 60 × 60 places and more.
  @Test(arguments: [
    Known("function himmelblau\n  domain -6 .. 6", [4, 4, 1, 0], winding: 1),
    Known("function six-hump-camel", [6, 7, 2, 0], winding: 1),
    Known("function goldstein-price", [4, 4, 1, 0], winding: 1),
    Known("function three-hump-camel", [3, 2, 0, 0], winding: 1),
    Known("function rosenbrock", [1, 0, 0, 0], winding: 1),
    Known("function beale", [1, 2, 0, 0], winding: -1),
    Known("function branin", [3, 2, 0, 0], winding: 1),
    Known("function mccormick", [2, 1, 0, 0], winding: 1),
    Known("function muller-brown", [3, 2, 0, 0], winding: 1),
    Known("function styblinski-tang", [4, 4, 1, 0], winding: 1),
    Known("function rastrigin", [121, 220, 100, 0], winding: 1),
    Known("function levy", [40, 75, 35, 0], winding: 0),
    Known("function monkey-saddle", [0, 0, 0, 1], winding: -2, indices: -2),
    Known("function f(x, y) = x^4 + y^2", [0, 0, 0, 1], winding: 1, indices: 1),
    Known("function f(x, y) = x^3 + y^2", [0, 0, 0, 1], winding: 0, indices: 0),
    Known("function f(x, y) = x^6 + y^2", [0, 0, 0, 1], winding: 1, indices: 1),
    Known("function f(x, y) = x + y", [0, 0, 0, 0], winding: 0),
    Known(
      "function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)\n  domain x = -2 .. 8, y = -1 .. 9",
      [7, 35, 18, 0], winding: -10),
    Known("function f(x) = x^4 - x^2 + x/10", [2, 0, 1, 0], winding: 1),
    Known("function f(x) = sin(x)\n  domain 0 .. 100", [16, 0, 16, 0], winding: 0),
    Known("function f(x) = x^3", [0, 0, 0, 1], winding: 0, indices: 0),
    Known("function f(x) = x^4", [0, 0, 0, 1], winding: 1, indices: 1),
    Known("function f(x) = -x^2", [0, 0, 1, 0], winding: -1),
  ])
  func findsAsManyAsAreKnown(_ known: Known) throws {
    let found = try points(known.function)
    #expect(CriticalPoint.kinds.map(found.count) == known.counts)
    #expect(found.test == .agrees(winding: known.winding, indices: known.indices))
    #expect(found.flatCount == 0)
  }

  @Test func refinesWhereTheTestMissesPoints() throws {
    let found = try points("function bohachevsky")
    #expect(CriticalPoint.kinds.map(found.count) == [25, 40, 16, 0])
    #expect(found.placeCount == 48 * 48 * (1 + 4 + 16))
  }

  @Test func pointsStandInTheOrderOfTheirKindsAndCoordinatesAndAreExact() throws {
    let points = try points("function himmelblau").points
    #expect(
      points.map(\.label) == ["m1", "m2", "m3", "m4", "s1", "s2", "s3", "s4", "M1"])
    let minima = [
      [-3.779310253377747, -3.283185991286170], [-2.805118086952745, 3.131312518250573], [3, 2],
      [3.584428340330492, -1.848126526964404],
    ]
    for (point, minimum) in zip(points, minima) {
      #expect(zip(point.position, minimum).allSatisfy { abs($0 - $1) < 4e-15 })
      #expect(point.value < 1e-27)
    }
    // H = [[74, 20], [20, 34]] at (3, 2).
    let root = (20.0 * 20 + 20 * 20).squareRoot()
    #expect(points[2].position == [3, 2])
    #expect(points[2].gradientNorm == 0)
    #expect(points[2].determinant == 2116)
    #expect(abs(points[2].leastEigenvalue - (54 - root)) < 1e-13)
    #expect(abs(try #require(points[2].stableRate) - 2 / (54 + root)) < 1e-16)
    #expect(points.dropFirst(4).allSatisfy { $0.stableRate == nil })
  }

  @Test func coordinatesThatRoundingAloneTellsApartAreEqualInTheOrder() throws {
    let points = try points("function f(x, y) = cos(3*x) + cos(3*y)\n  domain -3 .. 3").points
    let rows = points.filter { $0.kind == .minimum }.map {
      $0.position.map { ($0 * 3 / .pi).rounded() }
    }
    #expect(rows == [[-1, -1], [-1, 1], [1, -1], [1, 1]])
  }

  @Test func curvesAndAreasOfCriticalPointsAreCountedAndNotListed() throws {
    for function in [
      "function f(x, y) = 0*x + y^2", "function f(x, y) = 7 + 0*x*y",
      "function f(x, y) = (x^2 + y^2 - 1)^2*y^0", "function drop-wave",
      "function f(x, y) = exp(-(x^2 + y^2))\n  domain -900 .. 900",
    ] {
      let found = try points(function)
      #expect(found.count(.degenerate) == 0, "\(function)")
      #expect(found.flatCount > 10, "\(function)")
      #expect(found.test == .undecided(.notIsolated), "\(function)")
    }
    #expect(try points("function box-3d").count(.degenerate) == 0)
    // The top of the ring's hollow is a maximum all the same.
    #expect(try points("function f(x, y) = (x^2 + y^2 - 1)^2*y^0").count(.maximum) == 1)
  }

  @Test func aPointThatIsLeftOutIsMissed() throws {
    var search = try search("function himmelblau\n  domain -6 .. 6")
    let points = search.finish().points
    #expect(search.test(points) == .agrees(winding: 1, indices: 0))
    #expect(search.test(points.dropLast()) == .departs(winding: 1, counted: 0, indices: 0))
    #expect(
      search.test(Array(points.dropFirst())) == .departs(winding: 1, counted: 0, indices: 0))
    #expect(
      search.test(points.filter { $0.label != "s2" })
        == .departs(winding: 1, counted: 2, indices: 0))
  }

  @Test func whatTheTestCannotDecideHasItsReason() throws {
    let cases: [(String, WindingTest.Undecided)] = [
      ("function f(x, y) = abs(x) + (y - 1)^2", .kinks(["abs"])),
      ("function f(x, y) = if(x < y, x^2, y^2)", .kinks(["<", "if"])),
      ("function f(x, y) = max(x, y, 0)^2 + min(x, 2)", .kinks(["max", "min"])),
      ("function f(x, y) = relu(x)^2 + y^2", .kinks(["relu"])),
      ("function f(x, y) = x^2 + y^2\n  domain x = 0 .. 1, y = -1 .. 1", .vanishes(at: [0, 0])),
      ("function f(x) = x^2\n  domain 0 .. 1", .vanishes(at: [0])),
      ("function f(x, y) = log(x) + y^2\n  domain 0 .. 1", .undefined(at: [0, 0])),
      ("function f(x, y, z) = x^2 + y^2 + z^2", .tooManyVariables(3)),
    ]
    for (function, reason) in cases {
      #expect(try points(function).test == .undecided(reason), "\(function)")
    }
  }

  @Test func whatDoesNotDependOnTheVariablesIsNoKink() throws {
    let found = try points(
      "function f(x[2]) = sum(i in 1..2: if(i == 1, abs(i - 3), max(i, 1))*x[i]^2)")
    #expect(found.test == .agrees(winding: 1, indices: 0))
  }

  @Test func threeVariablesAndMoreAreSearchedToo() throws {
    let found = try points("function styblinski-tang[3]")
    // Each coordinate is at one of two minima or at the maximum between them.
    #expect(CriticalPoint.kinds.map(found.count) == [8, 18, 1, 0])
    #expect(try points("function sphere[20]").points.map(\.label) == ["m1"])
  }

  @Test func tooManyVariablesAreNotSearched() throws {
    let spec = "function sphere[65]\n  critical-points\nmethod newton"
    let function = try #require(try Experiment.parse(spec).experiment.functions.first)
    let rules = try #require(function.criticalPoints)
    #expect(try CriticalPointSearch(function, rules) == nil)
  }

  @Test func endsOfRunsAddWhatTheRasterMissed() async throws {
    // From 4 × 4 places nothing leads to the narrow hole, but a run begins in it.
    let spec = """
      function f(x, y) = x^2 + y^2 - exp(-1000*((x - 0.7)^2 + (y - 1.9)^2))
        critical-points raster=4
      method newton
      start (0.7, 1.9), (0.1, 0.1), (0.7001, 1.9)
      """
    let plan = try Plan(try Experiment.parse(spec).experiment)
    let function = plan.functions[0].function
    let rules = try #require(function.criticalPoints)
    var search = try #require(try CriticalPointSearch(function, rules))
    func hole(_ found: CriticalPoints) -> CriticalPoint? {
      found.points.first { $0.kind == .minimum && $0.position[0] > 0.6 }
    }
    var alone = search
    try await Runner(plan).run(workers: 2) {
      $0
    } receive: {
      search.add($0)
    }
    let found = search.finish()
    #expect(hole(alone.finish()) == nil)
    #expect(hole(found)?.label == "m2")
    #expect(found.reached(from: try #require(hole(found)).position) == 1)
  }

  @Test func aRunReachedTheNearestPointThatIsNearEnough() throws {
    let found = try points("function himmelblau")
    #expect(found.reached(from: [3, 2]) == 2)
    #expect(found.reached(from: [3 + 4e-6, 2]) == 2)
    #expect(found.reached(from: [3 + 5e-6, 2]) == nil)
    #expect(found.reached(from: [.nan, 2]) == nil)
  }
}
