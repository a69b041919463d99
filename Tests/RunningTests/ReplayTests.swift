import Diagnostics
import Methods
import Specs
import Testing

@testable import Running

/// A step that is followed anew has the bits of the run's own trace.
@Suite struct ReplayTests {
  private static let functions = """
    function squished(x, y) = x^2 - x*y/2 + (y/3)^2
      start (-3, -3)
    function valley(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 2 .. 4.3, y = 0 .. 4
      minimum (pi, 9 - 20/pi)
      start (3.1, 1.3), (3.1, 1.8), (3.1, 2.1)
    function sum(x, y) = (x - 1)^2 + 10*(y - x^2)^2
      start (-1, 1)
    """

  private static let methods = [
    "gradient rate=[0.1, 0.5]", "gradient rate=armijo", "gradient rate=wolfe",
    "gradient rate=cauchy", "gradient rate=[curvature, determinant] scale=0.5",
    "gradient rate=barzilai-borwein", "gradient rate=[decay(0.3, 10), step(0.2, 0.5, 7)]",
    "momentum rate=0.05", "nesterov rate=0.05", "adagrad rate=0.3", "rmsprop rate=0.05",
    "adam rate=0.1", "conjugate-gradient", "newton", "newton rate=0.5", "newton refresh=3",
    "newton rate=armijo", "diagonal-newton", "saddle-free-newton", "trust-region",
    "cubic-newton", "halley", "bfgs", "lbfgs memory=2", "gradient rate=0.1 derivatives=forward",
    "newton derivatives=central",
    "own rate=0.1\n  state v = 0, then 0.9*v - rate*gradient\n  state n = 1, then n + 1\n  step v'/n",
  ]

  private func plan(_ method: String, _ trace: String) throws -> Plan {
    try Plan(
      Experiment.parse(
        "\(ReplayTests.functions)\nmethod \(method)\nstop iterations=40 gradient=1e-9\n\(trace)"
      ).experiment)
  }

  @Test(arguments: methods)
  func everyStepHasTheBitsOfTheTrace(method: String) async throws {
    let plan = try plan(method, "trace columns=f,gradient_norm,step_rate,step,step_norm")
    let runner = try Runner(plan)
    #expect(
      runner.columns[0] == ["f", "gradient_norm", "step_rate", "step_x", "step_y", "step_norm"])
    var rowCount = 0
    try await runner.run(workers: 1) {
      $0
    } receive: { result in
      let function = plan.functions[result.chunk.function].function
      let method = plan.functions[result.chunk.function].methods[0]
      for (number, trace) in result.traces {
        let start = function.starts[number % function.starts.count]
        let replay = try Replay(
          function, method, rate: method.rates[number / function.starts.count],
          start: start.position, stop: plan.experiment.stop)
        for (row, k) in trace.iterations.enumerated() {
          let step = replay.step(k)
          #expect(step.carried.allSatisfy { !$0.name.isEmpty })
          let isLast = row == trace.iterations.count - 1
          var found = step.position + [step.value, step.gradientNorm]
          if !isLast { found += [step.rate ?? RunTrace.empty] + step.step + [step.stepNorm] }
          let wanted = trace.values[row * 8..<row * 8 + (isLast ? 4 : 8)]
          #expect(
            found.map(\.bitPattern) == wanted.map(\.bitPattern), "\(function.name) \(k)")
          rowCount += 1
        }
      }
    }
    #expect(rowCount > 10)
  }

  @Test func aRunThatIsMadeAnewEndsAsItDid() async throws {
    let whole = try plan("gradient rate=[0.1, 0.5]", "trace off")
    let filter = try Filter(
      parsing: "function=valley rate=0.5 start=p2", for: whole.experiment)
    let run = try await ReplayedRun(try Plan(try #require(whole.experiment.only(filter))))
    #expect(run.start.label == "p2")
    #expect(run.outcome.iterations == 40)
    #expect(run.step(40) != nil)
    #expect(run.step(41) == nil)
    #expect(run.step(-1) == nil)
    #expect(run.step(40)?.position == run.outcome.position)
  }

  /// f(x) = x² from 1 along −2: halving begins with 4, which Armijo's test refuses; by hand.
  @Test func trialsAreThoseOfTheSearch() throws {
    let plan = try Plan(
      Experiment.parse(
        "function f(x) = x^2\nmethod gradient rate=armijo scale=4\nstart (1)"
      ).experiment)
    let step = try Replay(
      plan.functions[0].function, plan.functions[0].methods[0],
      rate: plan.functions[0].methods[0].rates[0], start: [1], stop: StopRules()
    ).step(0)
    #expect(step.trials.map(\.rate) == [4, 2, 1, 0.5])
    #expect(step.trials.map(\.candidate) == [[-7], [-3], [-1], [0]])
    #expect(step.trials.map(\.value) == [49, 9, 1, 0])
    #expect(step.trials.map(\.isAccepted) == [false, false, false, true])
    #expect(step.evidence.map(\.values) == [[-4]])
    #expect(step.rate == 0.5)
  }

  /// f(x) = x²/2 + y²: the model is f, so what it promises is what f falls by.
  @Test func aTrustRegionSaysWhatItPromised() throws {
    let plan = try Plan(
      Experiment.parse(
        "function f(x, y) = x^2/2 + y^2\nmethod trust-region radius=0.5\nstart (2, 0)"
      ).experiment)
    let method = plan.functions[0].methods[0]
    let step = try Replay(
      plan.functions[0].function, method, rate: method.rates[0], start: [2, 0], stop: StopRules()
    ).step(0)
    #expect(step.trials.count == 1)
    #expect(step.trials[0].scale == 0.5)
    #expect(step.trials[0].promised.map { abs($0 - 0.875) < 1e-15 } == true)
    #expect(step.next?.position == [1.5, 0])
    #expect(step.carried.map(\.name) == ["radius"])
    #expect(step.carried.map(\.after) == [[1]])
    #expect(step.hessian == [[1, 0], [0, 2]])
    #expect(step.rate == nil)
  }
}
