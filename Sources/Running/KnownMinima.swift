import Diagnostics
import Methods
import Specs

/// The minimisers that a spec names, polished by Newton's method and checked.
public struct KnownMinima: Sendable {
  /// The polished points, in the order of the spec; one that is no minimum stands as it was typed.
  public let points: [[Double]]
  /// What is wrong with those that are none, each with its reason.
  public let complaints: [String]

  /// Polishes the minima of a function.
  ///
  /// A point is one if Newton's method, started there, ends at a minimum (or where the Hessian is too flat
  /// to tell) no further away than a thousandth of the window.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(of function: FunctionSpec) throws {
    var points: [[Double]] = []
    var complaints: [String] = []
    let method = MethodSpec(label: "newton", direction: .newton, rates: [1])
    var stop = StopRules()
    stop.iterations = 100
    stop.gradient = 0
    var rules = TraceRules()
    rules.isOn = false
    if !function.minima.isEmpty {
      let program = try StepProgram(function, method, stop: stop)
      var loop = LaneLoop(program, stop: stop, rules: rules, isTraced: false)
      var ended = loop.run(
        function.minima.enumerated().map { LaneLoop.Run(number: $0, rate: 1, start: $1) })
      try Classification(function).classify(&ended, stop: StopRules())
      let window = euclideanNorm(function.domain.map { $0.upperBound - $0.lowerBound })
      for (typed, run) in zip(function.minima, ended) {
        let outcome = run.outcome
        let distance = euclideanNorm(zip(typed, outcome.position).map { $0 - $1 })
        let isMinimum = outcome.point == .minimum || outcome.point == .degenerate
        if isMinimum, distance <= 1e-3 * window {
          points.append(outcome.position)
          continue
        }
        points.append(typed)
        let place = "(\(typed.map(formatNumber).joined(separator: ", ")))"
        let end = "(\(outcome.position.map(formatNumber).joined(separator: ", ")))"
        complaints.append(
          "\(place) is no minimum of \(function.name): Newton's method ends at \(end), "
            + "\(outcome.point.rawValue)")
      }
    }
    self.points = points
    self.complaints = complaints
  }
}
