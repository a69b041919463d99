import Expressions

extension Quantity {
  /// k, the number of the iteration, from 0.
  static let iteration = Quantity(
    .number, "iteration", "the number of the iteration, from 0", of: .run, column: .always
  ) { $0.iteration.map { .scalar($0) } }

  /// η of the step that is taken from here; its column shows the rate as the spec gave it.
  static let rate = Quantity(
    .number, "rate", "rate of the step; its column shows how the spec gave it", of: .step,
    column: .always
  ) { $0.rate.map { .scalar($0) } }

  /// x⁺ − x as it was computed.
  static let step = Quantity(.vector, "step", "the step from here", of: .step) {
    $0.step.map { .vector($0) }
  }

  /// η of the step that is taken from here.
  static let stepRate = Quantity(
    .number, "step_rate", "rate of the step from here", of: .step, column: .byDefault
  ) { $0.rate.map { .scalar($0) } }

  /// ‖x⁺ − x‖ of the step as it was computed.
  static let stepNorm = Quantity(
    .number, "step_norm", "length of the step from here", of: .step, column: .byDefault
  ) { $0.step.map { .scalar(norm($0)) } }
}
