import Expressions

extension Quantity {
  /// 2gᵀg/gᵀHg: above this rate the quadratic model rises along −g.
  ///
  /// `inf` where gᵀHg ≤ 0 and g ≠ 0 (no bound), `nan` where g = 0.
  static let criticalRate = Quantity(
    "critical_rate", "2 g.g/g.Hg: above it the quadratic model rises", needsHessian: true
  ) { model in
    let curvature = model.gradientCurvature
    let square = model.gradientSquare
    let unbounded = square.equals(0).select(
      model.graph.constant(.nan), model.graph.constant(.infinity))
    return (curvature <= model.graph.constant(0)).select(unbounded, 2 * square / curvature)
  }
}
