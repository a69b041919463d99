import Expressions

extension Quantity {
  /// gᵀg/gᵀHg: the rate that ends in the quadratic model's minimum along −g.
  ///
  /// `inf` where gᵀHg ≤ 0 and g ≠ 0 (it falls for ever), `nan` where g = 0.
  static let cauchyRate = Quantity(
    number: "cauchy_rate", "g.g/g.Hg: to the model's minimum along -gradient", needsHessian: true
  ) { $0.boundAlongGradient(1) }

  /// 2gᵀg/gᵀHg: above this rate the quadratic model rises along −g.
  ///
  /// `inf` where gᵀHg ≤ 0 and g ≠ 0 (no bound), `nan` where g = 0.
  static let criticalRate = Quantity(
    number: "critical_rate", "2 g.g/g.Hg: above it the quadratic model rises", needsHessian: true,
    column: .byDefault
  ) { $0.boundAlongGradient(2) }

  /// |det H|^(−1/n): the rate that would be right for a sphere of the same volume.
  ///
  /// `inf` where det H = 0.
  static let determinantRate = Quantity(
    number: "determinant_rate", "|det H|^(-1/n): right for a sphere of the same volume",
    needsHessian: true
  ) { $0.hessian.determinantRate }
}

extension LocalModel {
  /// c·gᵀg/gᵀHg, without bound where the model does not rise.
  fileprivate func boundAlongGradient(_ factor: Double) -> Scalar {
    let unbounded = gradientSquare.equals(0).select(
      graph.constant(.nan), graph.constant(.infinity))
    return (gradientCurvature <= graph.constant(0)).select(
      unbounded, factor * gradientSquare / gradientCurvature)
  }
}

extension SymmetricMatrix {
  /// |det A|^(−1/n), as exp(−Σ log|λᵢ|/n), which neither overflows nor underflows on the way; inf where
  /// det A = 0.
  var determinantRate: Scalar {
    if size == 1 { return 1 / upper[0].absolute }
    let sum = eigenvalues.reduce(upper[0].zero) { $0 + $1.absolute.logarithm }
    return (-(sum / Double(size))).exponential
  }
}
