import Expressions

extension Quantity {
  /// det H: its sign tells a saddle (n = 2), its zero where the Newton step flips through infinity.
  static let determinant = Quantity("determinant", "det H", needsHessian: true) {
    $0.hessian.determinant
  }

  /// λmin of H: negative where f bends down in some direction.
  static let minEigenvalue = Quantity(
    "min_eigenvalue", "smallest eigenvalue of H", needsHessian: true
  ) { $0.hessian.eigenvalues[0] }

  /// λmax of H: gradient descent near a minimum needs a rate below 2/λmax.
  static let maxEigenvalue = Quantity(
    "max_eigenvalue", "largest eigenvalue of H", needsHessian: true
  ) { $0.hessian.eigenvalues[$0.dimension - 1] }
}
