import Methods
import Specs

/// One run of a plan, made anew: how it ended, and any of its steps.
public struct ReplayedRun: Sendable {
  /// The function.
  public let function: FunctionSpec
  /// The method.
  public let method: MethodSpec
  /// The rate.
  public let rate: RateChoice
  /// The start.
  public let start: Start
  /// When a run ends.
  public let stop: StopRules
  /// How it ended.
  public let outcome: Outcome
  private let replay: Replay

  /// Makes the one run of a plan.
  ///
  /// - Precondition: the plan has one run.
  /// - Throws: `Diagnostics`, never for an experiment that was parsed.
  public init(_ plan: Plan) async throws {
    precondition(plan.runCount == 1)
    var experiment = plan.experiment
    experiment.trace = TraceRules()
    experiment.trace.isOn = false
    function = experiment.functions[0]
    method = experiment.methods[0]
    rate = method.rates[0]
    start = function.starts[0]
    stop = experiment.stop
    var outcomes: [Outcome] = []
    try await Runner(try Plan(experiment, limits: .none)).run(workers: 1) {
      $0.outcomes
    } receive: {
      outcomes += $0
    }
    outcome = outcomes[0]
    replay = try Replay(function, method, rate: rate, start: start.position, stop: stop)
  }

  /// The iterate of a number, and the step from it.
  ///
  /// - Returns: nil where the run has no such iterate.
  public func step(_ iteration: Int) -> Replay.Step? {
    (0...outcome.iterations).contains(iteration) ? replay.step(iteration) : nil
  }

  /// ‖x − x₀‖ of an iterate.
  public func distance(of step: Replay.Step) -> Double {
    euclideanNorm(zip(step.position, start.position).map { $0 - $1 })
  }
}
