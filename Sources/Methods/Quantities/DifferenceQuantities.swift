import Expressions

extension Quantity {
  /// ‖ĝ − g‖ of the gradient that a method with `derivatives=` finds by differences; 0 where it is exact.
  static let gradientError = Quantity(
    .number, "gradient_error", "norm of what differences miss of the gradient"
  ) { situation in
    let (seen, exact) = (situation.methodModel, situation.methodModel.exact)
    return .scalar(norm(zip(seen.gradient, exact.gradient).map { $0 - $1 }))
  }

  /// ‖Ĥ − H‖, the root of the sum of the squares of all entries, of the Hessian that a method with
  /// `derivatives=` finds by differences; 0 where it is exact.
  static let hessianError = Quantity(
    .number, "hessian_error", "norm of what differences miss of H, over all entries",
    needsHessian: true
  ) { situation in
    let seen = Matrix(situation.methodModel.hessian)
    let exact = Matrix(situation.methodModel.exact.hessian)
    return .scalar(norm(zip(seen.entries, exact.entries).map { $0 - $1 }))
  }
}
