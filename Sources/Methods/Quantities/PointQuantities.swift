import Expressions

extension Quantity {
  /// f(x).
  static let value = Quantity("f", "f(x)") { $0.value }

  /// ‖g‖, Euclidean, without overflow on the way.
  static let gradientNorm = Quantity("gradient_norm", "norm of the gradient") { norm($0.gradient) }
}
