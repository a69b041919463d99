import Specs
import Testing

@testable import Running

@Suite struct BasinsTests {
  @Test(arguments: [
    (borders: 10, across: 400, fineness: 4), (10, 533, 4), (10, 534, 3), (10, 800, 2),
    (10, 1599, 2), (10, 1600, 1), (10, 4000, 1), (250, 400, 4), (251, 400, 3), (445, 400, 2),
  ])
  func finerCellsAreAsFineAsAPictureHasRoomFor(borders: Int, across: Int, fineness: Int) {
    #expect(Basins.fineness(borders: borders, cells: 1000, across: across) == fineness)
  }

  /// Basins of a method from a raster over the domain.
  private func basins(
    _ function: String, method: String = "gradient rate=0.05", stop: String = "",
    listed: [CriticalPoint] = [], count: Int = 41, workers: Int = 1
  ) async throws -> (basins: Basins, points: [ReachedPoints.Point], places: [Int?]) {
    let spec = """
      function \(function)
        start (1, 1)
      method \(method)
      stop iterations=1000 \(stop)
      plot basins
      """
    let experiment = try Experiment.parse(spec).experiment
    let (function, method) = (experiment.functions[0], experiment.methods[0])
    let plane = try #require(try Plane(of: function.plots[0], function))
    var reached = try ReachedPoints(function, listed: listed, window: function.domain)
    let raster = StartRaster(
      plane, x: function.domain[plane.x], y: function.domain[plane.y], count: count)
    var basins = try await Basins(
      try Swarm(function, method, rate: method.rates[0], stop: experiment.stop),
      rate: method.rates[0].number, from: raster, &reached, workers: workers)
    try await basins.refine(reached, workers: workers)
    let (points, places) = reached.sorted
    return (basins, points, places)
  }

  private let wells = "f(x, y) = (x^2 - 1)^2 + y^2\n  domain x = -2 .. 2.1, y = -2 .. 2.1"

  @Test func everyStartGoesToTheWellOnItsSide() async throws {
    let found = try await basins(wells)
    #expect(found.points.map(\.label) == ["m1", "m2"])
    #expect(found.points.map(\.position) == [[-1, 0], [1, 0]])
    for (cell, run) in found.basins.cells.enumerated() {
      let x = found.basins.raster.start(cell)[0]
      guard case .point(let number) = run.goal else {
        Issue.record("\(x) leads to no point")
        continue
      }
      #expect(found.places[number] == (x < 0 ? 0 : 1))
    }
    #expect(found.basins.fineness == 4)
    #expect(found.basins.refined.prefix(2).map { $0 % 41 } == [19, 20])
    #expect(found.basins.refined.count == 2 * 41)
  }

  @Test func aLooseToleranceMakesNoCrowdOfAPoint() async throws {
    let loose = try await basins(wells, stop: "gradient=0.05")
    #expect(loose.points.map(\.position) == [[-1, 0], [1, 0]])
    let flat = try await basins(
      "f(x, y) = x^4 + y^2", method: "newton", stop: "gradient=1e-6")
    #expect(flat.points.map(\.label) == ["d1"])
    #expect(flat.basins.cells.allSatisfy { $0.goal == .point(0) })
  }

  @Test func aCurveOfCriticalPointsIsNoCrowdOfPoints() async throws {
    let found = try await basins("f(x, y) = (x*y - 1)^2", method: "saddle-free-newton")
    #expect(found.points.map(\.label) == ["s1"])
    let degenerate = found.places.filter { $0 == nil }
    #expect(degenerate.count > 1 && degenerate.count < 10)
    #expect(found.basins.cells.contains { $0.goal == .elsewhere })
  }

  @Test func manyWorkersFindTheSame() async throws {
    let function = "f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)"
    let one = try await basins(function, method: "newton", count: 60)
    let four = try await basins(function, method: "newton", count: 60, workers: 4)
    #expect(one.basins.cells.map(\.goal) == four.basins.cells.map(\.goal))
    #expect(one.basins.cells.map(\.iterations) == four.basins.cells.map(\.iterations))
    #expect(one.points.map(\.position) == four.points.map(\.position))
    #expect(
      one.basins.refined == four.basins.refined
        && one.basins.fine.map(\.goal) == four.basins.fine.map(\.goal))
    #expect(one.basins.cells.contains { $0.goal == .elsewhere })
  }

  @Test func listedPointsKeepTheirNamesAndOthersGoOnCounting() async throws {
    let list = [
      CriticalPoint(
        label: "m1", kind: .minimum, position: [1, 0], value: 0, gradientNorm: 0, determinant: 16,
        leastEigenvalue: 2, greatestEigenvalue: 8)
    ]
    let found = try await basins(wells, listed: list)
    #expect(found.points.map(\.label) == ["m1", "m2"])
    #expect(found.points.map(\.position) == [[1, 0], [-1, 0]])
    #expect(found.points.map(\.isListed) == [true, false])
  }

  @Test func endingsAreGoalsOfTheirOwn() async throws {
    let found = try await basins(
      "f(x, y) = log(x) + (x - 1)^2 + y^2\n  domain x = -1 .. 1, y = -1 .. 1",
      method: "gradient rate=1", count: 10)
    let goals = Set(found.basins.cells.map(\.goal))
    #expect(goals.contains(.ending(.undefined)))
    let swinging = try await basins("f(x, y) = x^2 + y^2", method: "gradient rate=1", count: 4)
    #expect(swinging.basins.cells.allSatisfy { $0.goal == .cycle(period: 2) })
    #expect(swinging.points.isEmpty)
    let leaving = try await basins("f(x, y) = x^2 + y^2", method: "gradient rate=2", count: 4)
    #expect(leaving.basins.cells.allSatisfy { $0.goal == .ending(.diverged) })
  }
}
