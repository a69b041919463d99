import Specs
import Testing

@testable import Running

@Suite struct SwarmTests {
  @Test func runsEndAsTheRunnerSays() async throws {
    let spec = """
      function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      method gradient rate=0.5
      grid x = -2 .. 8 linear 9, y = -1 .. 9 linear 9
      stop iterations=200
      """
    let expected = try await results(spec).runs
    let experiment = try Experiment.parse(spec).experiment
    let (function, method) = (experiment.functions[0], experiment.methods[0])
    let swarm = try Swarm(function, method, rate: method.rates[0], stop: experiment.stop)
    let starts = function.starts
    var outcomes: [Outcome] = []
    try await swarm.run(starts.count, workers: 2) { _ in
      0.5
    } start: { number, place in
      for (i, coordinate) in starts[number].position.enumerated() { place[i] = coordinate }
    } receive: { first, more in
      #expect(first == outcomes.count)
      outcomes += more
    }
    #expect(outcomes.map(\.position) == expected.map(\.outcome.position))
    #expect(outcomes.map(\.ending) == expected.map(\.outcome.ending))
    #expect(outcomes.map(\.point) == expected.map(\.outcome.point))
    #expect(outcomes.map(\.iterations) == expected.map(\.outcome.iterations))
    #expect(Set(outcomes.map(\.ending)).count > 2)
  }
}

@Suite struct LargestRatesTests {
  /// The largest rates of gradient descent on a function, from 4 × 4 starts.
  private func rates(_ function: String, _ options: String = "", workers: Int = 1) async throws
    -> LargestRates
  {
    let spec = """
      function \(function)
        start (1, 1)
      method gradient rate=0.1
      plot critical-rate method=gradient count=4
      """
    let experiment = try Experiment.parse(spec).experiment
    let function = experiment.functions[0]
    let plane = try #require(try Plane(of: function.plots[0], function))
    let swarm = try Swarm(
      function, experiment.methods[0], rate: .number(1), stop: experiment.stop)
    return try await LargestRates(
      swarm, from: StartRaster(plane, x: 1...3, y: 1...3, count: 4), ladder: 1e-3...10,
      workers: workers)
  }

  @Test func onAParaboloidItIsTwoByTheLargestEigenvalue() async throws {
    let found = try await rates("f(x, y) = x^2 + y^2/4")
    #expect(found.values.count == 16)
    // Just below 1 a thousand iterations are too few.
    #expect(found.values.allSatisfy { $0 > 0.98 && $0 <= 1 })
    #expect(try await rates("f(x, y) = x^2 + y^2/4", workers: 3).values == found.values)
  }

  @Test func thereMayBeNoneOrNoBound() async throws {
    #expect(try await rates("f(x, y) = x^2 - y^2").values.allSatisfy(\.isNaN))
    #expect(try await rates("f(x, y) = (x^2 + y^2)/64").values.allSatisfy { $0 == .infinity })
  }

  @Test func theLadderFollowsThePrediction() throws {
    let methods = try Experiment.parse(
      "function f(x, y) = x\nmethod gradient rate=1\nmethod newton\nstart (1, 1)"
    ).experiment.methods
    func ladder(_ number: Int, _ low: Double? = nil, _ high: Double? = nil) -> ClosedRange<Double> {
      LargestRates.ladder(
        methods[number], predicted: [0.02, .nan, 0.0312, .infinity, 0.5], lowest: low,
        highest: high)
    }
    #expect(ladder(0) == 3e-5...0.3)
    #expect(ladder(1) == 1e-3...10)
    #expect(ladder(1, 0.5, 2) == 0.5...2)
    #expect(ladder(1, 0.5) == 0.5...5000)
    #expect(ladder(1, nil, 1) == 1e-4...1)
  }
}
