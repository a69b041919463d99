import Expressions

extension Quantity {
  /// x, the coordinates of the iterate.
  static let position = Quantity(vector: "position", "x: the coordinates of the iterate") {
    $0.position
  }

  /// f(x).
  static let value = Quantity(number: "f", "f(x)", column: .byDefault) { $0.askedValue }

  /// g = ∇f(x): exact in traces and maps; in a method with `derivatives=` by differences.
  static let gradient = Quantity(vector: "gradient", "g: the first derivatives of f") {
    $0.gradient
  }

  /// ‖g‖, Euclidean, without overflow on the way.
  static let gradientNorm = Quantity(
    number: "gradient_norm", "norm of the gradient", column: .byDefault
  ) { norm($0.gradient) }
}
