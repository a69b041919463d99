import Expressions

extension Quantity {
  /// H = ∇²f(x), as a column its upper triangle.
  static let hessian = Quantity(
    .matrix, "hessian", "H: the second derivatives of f", needsHessian: true
  ) { .matrix(Matrix($0.model.hessian)) }

  /// det H: its sign tells a saddle (n = 2), its zero where the Newton step flips through infinity.
  static let determinant = Quantity(
    number: "determinant", "det H", needsHessian: true, column: .byDefault
  ) { $0.hessian.determinant }

  /// All eigenvalues of H, ascending; all NaN where an entry is not finite.
  static let eigenvalues = Quantity(
    vector: "eigenvalues", "eigenvalues of H, ascending", needsHessian: true
  ) { $0.hessian.eigenvalues }

  /// λmin of H: negative where f bends down in some direction.
  static let minEigenvalue = Quantity(
    number: "min_eigenvalue", "smallest eigenvalue of H", needsHessian: true, column: .byDefault
  ) { $0.hessian.eigenvalues[0] }

  /// λmax of H: gradient descent near a minimum needs a rate below 2/λmax.
  static let maxEigenvalue = Quantity(
    number: "max_eigenvalue", "largest eigenvalue of H", needsHessian: true, column: .byDefault
  ) { $0.hessian.eigenvalues[$0.dimension - 1] }

  /// max|λ|/min|λ|, 1 at best: how much slower gradient descent is than for a sphere.
  ///
  /// `inf` where H is singular; `nan` where H = 0 or an entry is not finite.
  static let condition = Quantity(
    number: "condition", "max|eigenvalue|/min|eigenvalue| of H", needsHessian: true
  ) { model in
    let values = model.hessian.eigenvalues.map(\.absolute)
    let isZero = values.dropFirst().reduce(values[0].equals(0)) { $0.and($1.equals(0)) }
    return isZero.select(model.graph.constant(.nan), model.hessian.condition)
  }

  /// −H⁺g, to the stationary point of the quadratic model: the shortest one where H is singular, `nan` where
  /// there is none.
  static let newtonStep = Quantity(
    vector: "newton_step", "the step s of H*s = -gradient", needsHessian: true
  ) { $0.newtonStep.step }
}
