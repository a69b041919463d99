import CPeers
import Foundation
import Running
import Specs

/// Runs of a method on the sine valley: those of a plan, beside a loop in C with the same endings.
final class Runs: Workload {
  let name: String
  let peer = "hand-fused C"
  let limit: Double
  private(set) var unit = Unit(name: "ns a step", count: 1)
  let workers: Int
  private let plan: Plan
  private let runner: Runner
  private let isNewton: Bool
  private let runs: PeerRuns
  private var steps = 0

  init(_ name: String, _ spec: String, limit: Double, workers: Int) throws {
    self.name = name
    self.limit = limit
    self.workers = workers
    plan = try Plan(Experiment.parse(spec).experiment)
    runner = try Runner(plan)
    let function = plan.functions[0]
    let method = function.methods[0]
    isNewton = method.label.hasPrefix("newton")
    let starts = function.function.starts
    let stop = plan.experiment.stop
    runs = PeerRuns(
      count: starts.count * method.rates.count, iterations: stop.iterations ?? 1000,
      tolerance: stop.gradient ?? 0
    ) {
      let position = starts[$0 % starts.count].position
      return (position[0], position[1], method.rates[$0 / starts.count].number)
    }
    theirs()
    unit = Unit(name: "ns a step", count: Double(runs.steps))
  }

  var detail: String { "\(runs.count) runs, \(steps) steps; in C \(runs.steps)" }

  func ours() async throws {
    steps = 0
    try await runner.run(workers: workers) {
      $0
    } receive: { result in
      steps += result.outcomes.iterations.reduce(0, +)
    }
  }

  func theirs() {
    if isNewton { runs.makeNewtonRuns(workers: workers) } else { runs.descend(workers: workers) }
  }

  func check() -> String? {
    abs(Double(steps) / Double(runs.steps) - 1) < 0.02
      ? nil : "\(steps) steps against \(runs.steps)"
  }
}

/// One run, whose steps wait for each other.
final class Lone: Workload {
  static let iterations = 100_000
  let name = "latency"
  let peer = "C, scalar"
  let limit = 8.0
  let unit = Unit(name: "ns a step", count: Double(iterations))
  private let runner: Runner
  private var steps = 0

  init() throws {
    runner = try Runner(
      Plan(
        Experiment.parse(
          """
          function f(x, y) = \(sineValley)
          start (3.1, 2.1)
          method newton rate=1e-4
          stop iterations=\(Lone.iterations) gradient=off
          trace off
          """
        ).experiment))
  }

  func ours() async throws {
    try await runner.run(workers: 1) {
      $0
    } receive: {
      steps = $0.outcomes.iterations[0]
    }
  }

  func theirs() {
    var (x, y) = (3.1, 2.1)
    sine_valley_lone(&x, &y, 1e-4, Int64(Lone.iterations))
    precondition(x.isFinite && y.isFinite)
  }

  func check() -> String? { steps == Lone.iterations ? nil : "\(steps) steps" }
}

/// L-BFGS on Rosenbrock's function of 100 variables, on one core.
final class Memory: Workload {
  let name = "lbfgs"
  let peer = "C, scalar"
  let limit = 2.0
  private(set) var unit = Unit(name: "µs a step", count: 1)
  private let runner: Runner
  private let starts: [[Double]]
  private var steps = 0
  private var peerSteps = 0

  init() throws {
    let plan = try Plan(
      Experiment.parse(
        """
        function rosenbrock[100]
          domain -2 .. 2
          random 1000 seed=1
        method lbfgs rate=armijo memory=5
        stop iterations=2000 gradient=1e-6
        trace off
        """
      ).experiment)
    runner = try Runner(plan)
    starts = plan.functions[0].function.starts.map(\.position)
  }

  var detail: String { "\(starts.count) runs, \(steps) steps; in C \(peerSteps)" }

  func ours() async throws {
    steps = 0
    try await runner.run(workers: 1) {
      $0
    } receive: {
      steps += $0.outcomes.iterations.reduce(0, +)
    }
  }

  func theirs() {
    peerSteps = 0
    for start in starts {
      var x = start
      peerSteps += Int(rosenbrock_lbfgs(&x, Int32(x.count), 2000, 1e-6))
    }
    unit = Unit(name: "µs a step", count: Double(peerSteps) * 1000)
  }
}
