/// A low point of m(p) = gᵀp + ½pᵀAp within ‖p‖ ≤ Δ, for matrices too large for their eigenvalues: Steihaug 1983,
/// doi:10.1137/0720042; Nocedal & Wright, *Numerical Optimization*, algorithm 7.2.
///
/// Conjugate gradients from p = 0 lengthen p and lower m at every step; they end on the sphere where
/// they would leave the ball or where A bends down, or inside with a residual below 1e-10‖g‖.
struct TruncatedConjugateGradients {
  private let n: Int
  /// Entries at most 2.
  private let matrix: [Double]
  private let radius: Double
  private var p: [Double]
  private var residual: [Double]
  private var direction: [Double]
  /// −m(p), a sum of positive terms.
  private var predicted = 0.0

  /// The step, and −m(step); −A⁻¹g where A is surely positive definite and that is short enough.
  ///
  /// - Parameters:
  ///   - matrix: n × n, symmetric, its entries at most 2; to be multiplied by 2^`exponent`.
  ///   - radius: Δ > 0.
  static func step(
    _ matrix: [Double], exponent: Int, _ gradient: ScaledVector, radius: Double
  ) -> (step: [Double], predicted: Double) {
    let n = gradient.entries.count
    if radius == 0 { return ([Double](repeating: 0, count: n), 0) }
    // Units of A and g in which A ≤ 2, g ≤ 2 and 1 ≤ Δ ≤ 2⁴⁵¹, so that no square overflows or underflows; then p
    // has the unit g/A. A radius beyond 2⁹⁰⁰‖g‖/‖A‖ is cut.
    let radiusExponent = Int(radius.exponent)
    let unit = max(exponent, gradient.exponent - radiusExponent)
    let room = unit + radiusExponent - gradient.exponent
    let gradientUnit = gradient.exponent + min(450, max(0, room - 450))
    let scaledRadius = min(0x1p451, radius.scaled(by: unit - gradientUnit))
    let scaled = unit == exponent ? matrix : matrix.map { $0.scaled(by: exponent - unit) }
    let slope = gradient.entries.map { $0.scaled(by: gradient.exponent - gradientUnit) }
    func result(_ p: [Double], _ predicted: Double) -> ([Double], Double) {
      (
        p.map { $0.scaled(by: gradientUnit - unit) },
        predicted.scaled(by: 2 * gradientUnit - unit)
      )
    }
    if let factors = PivotedFactorization.regular(scaled, n, isDefinite: true),
      factors.isPositiveDefinite
    {
      let (solution, product) = factors.solve(slope)
      if norm(solution) <= scaledRadius { return result(solution.map { 0 - $0 }, product / 2) }
    }
    var gradients = TruncatedConjugateGradients(scaled, slope, radius: scaledRadius)
    gradients.run()
    return result(gradients.p, gradients.predicted)
  }

  private init(_ matrix: [Double], _ gradient: [Double], radius: Double) {
    n = gradient.count
    self.matrix = matrix
    self.radius = radius
    p = [Double](repeating: 0, count: n)
    residual = gradient
    direction = gradient.map { 0 - $0 }
  }

  private mutating func run() {
    var square = dot(residual, residual)
    let enough = 1e-20 * square
    for _ in 0..<2 * n where square > enough {
      let image = product(direction)
      let curvature = dot(direction, image)
      let rate = square / curvature
      guard curvature > 0, norm(moved(by: rate)) < radius else {
        let rate = rateToSphere()
        p = moved(by: rate)
        predicted += rate * square - rate * rate * curvature / 2
        return
      }
      p = moved(by: rate)
      predicted += rate * square / 2
      for i in 0..<n { residual[i] += rate * image[i] }
      let next = dot(residual, residual)
      for i in 0..<n { direction[i] = next / square * direction[i] - residual[i] }
      square = next
    }
  }

  private func moved(by rate: Double) -> [Double] {
    (0..<n).map { p[$0] + rate * direction[$0] }
  }

  /// The positive root τ of ‖p + τd‖ = Δ; pᵀd is never negative.
  private func rateToSphere() -> Double {
    let size = norm(direction)
    let inner = norm(p)
    let along = dot(p, direction) / size
    let left = (radius - inner) * (radius + inner)
    return left / (along + (along * along + left).squareRoot()) / size
  }

  private func product(_ v: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: n)
    // Row by row as columns: the sum of each entry runs in order, and whole vectors at a time.
    for j in 0..<n where v[j] != 0 {
      for i in 0..<n { result[i] += matrix[j * n + i] * v[j] }
    }
    return result
  }
}

private func dot(_ u: [Double], _ v: [Double]) -> Double {
  var sum = 0.0
  for i in u.indices { sum += u[i] * v[i] }
  return sum
}

private func norm(_ v: [Double]) -> Double { dot(v, v).squareRoot() }
