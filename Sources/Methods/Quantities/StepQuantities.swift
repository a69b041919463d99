import Expressions

extension Quantity {
  /// η of the step that is taken from here.
  static let stepRate = Quantity("step_rate", "rate of the step from here", isOfStep: true) {
    $1.rate
  }

  /// ‖x⁺ − x‖ of the step as it was computed.
  static let stepNorm = Quantity("step_norm", "length of the step from here", isOfStep: true) {
    norm($1.step)
  }
}
