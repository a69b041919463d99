import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// The minimisers that a spec names, polished by Newton's method and checked.
public struct KnownMinima: Sendable {
  /// The greatest dimension in which Newton's method polishes; above it only the gradient is looked at.
  private static let greatestPolished = 64

  /// The polished points, in the order of the spec; one that is no minimum stands as it was typed.
  public let points: [[Double]]
  /// What is wrong with those that are none, each with its reason.
  public let complaints: [String]

  /// Polishes the minima of a function.
  ///
  /// A point is one if Newton's method, started there, ends at a minimum (or where the Hessian is too flat
  /// to tell) no further away than a thousandth of the window. In more than 64 dimensions it is one if the
  /// step along the gradient to where the slope vanishes is that short. A point without derivatives, such
  /// as the tip of a cone, stands as it was typed.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(of function: FunctionSpec) throws {
    guard !function.minima.isEmpty else {
      points = []
      complaints = []
      return
    }
    let window = 1e-3 * euclideanNorm(function.domain.map { $0.upperBound - $0.lowerBound })
    if function.dimension > KnownMinima.greatestPolished {
      points = function.minima
      complaints = try KnownMinima.steep(function, beyond: window)
    } else {
      (points, complaints) = try KnownMinima.polished(function, within: window)
    }
  }

  private static func polished(_ function: FunctionSpec, within window: Double) throws
    -> (points: [[Double]], complaints: [String])
  {
    var points: [[Double]] = []
    var complaints: [String] = []
    let method = MethodSpec(label: "newton", direction: .newton, rates: [.number(1)])
    var stop = StopRules()
    stop.iterations = 100
    stop.gradient = 0
    var rules = TraceRules()
    rules.isOn = false
    let program = try StepProgram(function, method, rate: .number(1), stop: stop, trace: rules)
    var loop = LaneLoop(program, stop: stop, rules: rules, isTraced: false)
    let batch = LaneLoop.Batch(count: function.minima.count, dimension: function.dimension) { _ in
      1
    } start: { number, start in
      _ = start.update(from: function.minima[number])
    }
    var ended = LaneLoop.Ended(batch)
    loop.run(batch, 0..<batch.count, into: &ended)
    let outcomes = try Classification(function, stop: StopRules()).classify(ended)
    for (typed, outcome) in zip(function.minima, outcomes) {
      let hasNoDerivative = outcome.ending == .undefined && outcome.iterations == 0
      let distance = euclideanNorm(zip(typed, outcome.position).map { $0 - $1 })
      let isMinimum = outcome.point == .minimum || outcome.point == .degenerate
      if hasNoDerivative || (isMinimum && distance <= window) {
        points.append(outcome.position)
        continue
      }
      points.append(typed)
      complaints.append(
        "\(text(typed)) is no minimum of \(function.name): Newton's method ends at "
          + "\(text(outcome.position)), \(outcome.point.rawValue)")
    }
    return (points, complaints)
  }

  /// Complains of the minima at which a step along the gradient is longer than a bound.
  private static func steep(_ function: FunctionSpec, beyond bound: Double) throws -> [String] {
    let model = try function.model().model
    let program = Program(
      computing: [norm(model.gradient), model.gradientSquare, model.gradientCurvature],
      from: function.variables.indices.map { Input(.coordinate, $0) })
    let evaluator = Evaluator(program, width: 8)
    return function.minima.compactMap { point in
      let found = evaluator.evaluate(point.map { [$0] }).map { $0[0] }
      let (length, square, curvature) = (found[0], found[1], found[2])
      if !length.isFinite || length * (square / curvature) <= bound || length == 0 { return nil }
      return "\(text(point)) is no minimum of \(function.name): the gradient's length there is "
        + formatNumber(length)
    }
  }

  private static func text(_ point: [Double]) -> String {
    "(\(shortList(point.map(formatNumber)).replacing(" and ", with: ", ")))"
  }
}
