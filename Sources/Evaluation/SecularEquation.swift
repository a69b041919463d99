/// The minimiser p of gᵀp + ½pᵀAp + a term that holds it back: ‖p‖ ≤ Δ, or (σ/3)‖p‖³; in the basis of A's
/// eigenvectors.
///
/// It is p(λ) = −(A + λI)⁻¹g for the λ ≥ max(0, −λmin) where ‖p(λ)‖ = ρ(λ), with ρ = Δ or λ/σ; λ = 0 where that is
/// short enough already. 1/‖p(λ)‖ − 1/ρ(λ) grows and is concave there, so Newton's iteration from a
/// lower bound of the root climbs to it and never past it; the bounds that the components give each
/// for itself are within a factor √n of ‖p‖, so that a few steps are enough. Where g has nothing along
/// the lowest eigenvectors, p(−λmin) may be shorter than ρ (the hard case); one of them fills the rest.
///
/// Conn, Gould & Toint, *Trust-Region Methods*, §7.3; Cartis, Gould & Toint 2011,
/// doi:10.1007/s10107-009-0286-5, §6.1.
struct SecularEquation {
  /// What holds the step back.
  enum Bound {
    /// Δ ≥ 0.
    case radius(Double)
    /// σ > 0.
    case weight(Double)
  }

  /// p in the basis of eigenvectors, to be multiplied by a power of two; what it promises.
  struct Solution {
    var components: [Double]
    var exponent: Int
    var predicted: Double
  }

  /// λₖ − max(0, −λmin) and so the eigenvalues of A + λI but for t = λ − max(0, −λmin).
  private var shifted: [Double]
  /// max(0, −λmin).
  private var offset: Double
  /// The components of g.
  private var along: [Double]
  private let isCubic: Bool
  /// Δ or σ.
  private let bound: Double
  /// The unit of λ, as an exponent.
  private let unit: Int
  /// The unit of g, as an exponent.
  private let gradientUnit: Int
  /// A lowest eigenvector, and the component of g that points along it or is lost in rounding.
  private let lowest: (vector: Int, component: Double)

  /// Prepares a problem: A has the eigenvalues `values`·2^`matrixExponent`, g the components
  /// `components`·2^`gradientExponent`, both near 1 in size.
  ///
  /// Eigenvalues |λ| ≤ nε·max|λ| count as zero. If none is negative, what g has along them is dropped if it
  /// is at most 1e-8‖g‖; if one is negative, what g has along the lowest is dropped if it is at most
  /// nε‖g‖.
  init(
    _ values: [Double], exponent matrixExponent: Int,
    _ components: [Double], exponent gradientExponent: Int, bound: Bound
  ) {
    let rounding = Double(values.count) * 0x1p-52
    let floor = rounding * values.reduce(0) { max($0, abs($1)) }
    let values = values.map { abs($0) <= floor ? 0 : $0 }
    let least = values.reduce(.infinity, min)
    let offset = max(0, -least)
    let isLowest = values.map { $0 + offset <= floor }
    func norm(where isMeant: (Int) -> Bool) -> Double {
      var sum = 0.0
      for k in components.indices where isMeant(k) { sum += components[k] * components[k] }
      return sum.squareRoot()
    }
    let whole = norm { _ in true }
    let isDropped = norm { isLowest[$0] } <= (offset > 0 ? rounding : 1e-8) * whole
    let number = values.firstIndex(of: least) ?? 0
    lowest = (number, isDropped ? 0 : components[number])
    let hasNewtonStep = offset == 0 && (isDropped || !isLowest.contains(true))

    // The units are such that A ≤ 1, g ≤ 1 and ρ ≥ 1 up to small factors, and ρ no more than 2³⁰⁰ where it
    // matters: nothing overflows or underflows that would be seen.
    let natural: (unit: Int, gradient: Int)
    switch bound {
    case .radius(let radius):
      isCubic = false
      let exponent = radius == 0 ? 0 : Int(radius.exponent)
      unit = max(matrixExponent, gradientExponent - exponent)
      natural = (unit, exponent + unit)
    case .weight(let weight):
      isCubic = true
      let exponent = Int(weight.exponent)
      unit = max(matrixExponent, (gradientExponent + exponent) >> 1)
      natural = (unit, 2 * unit - exponent)
    }
    gradientUnit =
      hasNewtonStep ? gradientExponent : max(gradientExponent, natural.gradient - 300)
    let (unit, gradientUnit) = (unit, gradientUnit)
    switch bound {
    case .radius(let radius): self.bound = radius.scaled(by: unit - gradientUnit)
    case .weight(let weight):
      self.bound = max(0x1p-800, weight.scaled(by: gradientUnit - 2 * unit))
    }
    self.offset = offset.scaled(by: matrixExponent - unit)
    shifted = values.map { ($0 + offset).scaled(by: matrixExponent - unit) }
    along = components.indices.map { k in
      let component = components[k].scaled(by: gradientExponent - gradientUnit)
      return isDropped && isLowest[k] || abs(component) < 0x1p-600 ? 0 : component
    }
  }

  /// Solves the equation.
  ///
  /// - Parameter sign: the sign that an eigenvector needs to be added with where g leaves it open.
  func solution(sign: (Int) -> Double) -> Solution {
    if bound == 0 {
      return Solution(components: along.map { _ in 0 }, exponent: 0, predicted: 0)
    }
    var t = lowerBound
    var (components, length) = point(t)
    for _ in 0..<100 {
      let ratio = length / limit(t)
      guard ratio > 1 + 0x1p-51 else { break }
      let next = t + increment(t, components, length, ratio)
      guard next > t else { break }
      t = next
      (components, length) = point(t)
    }
    if t == 0, offset > 0 {
      let rest = (max(0, limit(0) - length) * (limit(0) + length)).squareRoot()
      let (vector, component) = lowest
      components[vector] = component == 0 ? sign(vector) * rest : component < 0 ? rest : -rest
      length = limit(0)
    }
    // gᵀp + ½pᵀAp = −½pᵀ(A + λI)p − ½λ‖p‖²; and λ = σ‖p‖.
    var predicted = 0.0
    for k in along.indices { predicted += (shifted[k] + t) * (components[k] * components[k]) }
    predicted = predicted / 2 + (offset + t) * (length * length) / (isCubic ? 6 : 2)
    return Solution(
      components: components, exponent: gradientUnit - unit,
      predicted: predicted.scaled(by: 2 * gradientUnit - unit))
  }

  /// ρ at λ.
  private func limit(_ t: Double) -> Double { isCubic ? (offset + t) / bound : bound }

  /// p and its length at λ.
  private func point(_ t: Double) -> (components: [Double], length: Double) {
    var sum = 0.0
    let components = along.indices.map { k in
      if along[k] == 0 { return 0.0 }
      let component = -(along[k] / (shifted[k] + t))
      sum += component * component
      return component
    }
    return (components, sum.squareRoot())
  }

  /// The greatest t that a component of p is known to need: |pₖ| ≤ ρ at the root.
  private var lowerBound: Double {
    var greatest = 0.0
    for k in along.indices where along[k] != 0 {
      if isCubic {
        // (shifted + t)(offset + t) ≥ σ|g|
        let excess = bound * abs(along[k]) - shifted[k] * offset
        let difference = shifted[k] - offset
        let root = (difference * difference + 4 * (bound * abs(along[k]))).squareRoot()
        greatest = max(greatest, 2 * excess / (shifted[k] + offset + root))
      } else {
        greatest = max(greatest, abs(along[k]) / bound - shifted[k])
      }
    }
    return greatest
  }

  /// Newton's step for 1/‖p‖ − 1/ρ.
  private func increment(
    _ t: Double, _ components: [Double], _ length: Double, _ ratio: Double
  ) -> Double {
    var slope = 0.0
    for k in along.indices where components[k] != 0 {
      let share = components[k] / length
      slope += share * share / (shifted[k] + t)
    }
    if isCubic { slope += ratio / (offset + t) }
    return (ratio - 1) / slope
  }
}
