/// A signed-logarithmic scale: linear within ±threshold, logarithmic beyond, smooth in between.
///
/// s(v) = v/c for |v| ≤ c, else ±(1 + ln(|v|/c)): odd, increasing, with a continuous derivative.
/// Positions are s divided by s(limit), so −limit, 0 and limit lie at exactly −1, 0 and 1.
public struct SignedLogarithm: Sendable, Equatable {
  /// c, the end of the linear part; positive.
  public let threshold: Double
  /// The value at position 1; not below the threshold.
  public let limit: Double

  /// A scale; the limit is raised to the threshold if it is below.
  public init(threshold: Double, limit: Double) {
    self.threshold = threshold
    self.limit = max(threshold, limit)
  }

  /// The position of a value, beyond ±1 outside the limits; NaN for NaN.
  public func position(_ value: Double) -> Double { raw(value) / raw(limit) }

  private func raw(_ value: Double) -> Double {
    let ratio = value / threshold
    if abs(ratio) <= 1 || ratio.isNaN { return ratio }
    let size = 1 + naturalLogarithm(abs(ratio))
    return ratio < 0 ? -size : size
  }

  /// A scale for data.
  ///
  /// It shows everything if the greatest |v| is at most ten times the 99 % quantile,
  /// else up to that quantile, the limit rounded up to 1, 2 or 5 times a power of ten. The threshold
  /// is the power of ten at or below the 10 % quantile, but at most five decades below the limit.
  /// Values that are not finite (or beyond 10³⁰⁰) are left out;
  /// with nothing but zeros the threshold and the limit are 1.
  public init(fitting values: [Double]) {
    let sizes = values.map { abs($0) }.filter(visibleSizes.contains).sorted()
    guard let largest = sizes.last else {
      self.init(threshold: 1, limit: 1)
      return
    }
    let common = sizes[(sizes.count - 1) * 99 / 100]
    let limit = roundSize(above: largest <= 10 * common ? largest : common)
    let small = sizes[(sizes.count - 1) / 10]
    let lowest = decimalLogarithm(limit).rounded(.up) - 5
    let decade = max(decimalLogarithm(small).rounded(.down), lowest)
    self.init(threshold: powerOfTen(Int(decade)), limit: limit)
  }

  /// A scale for a constant: the decade above it as the limit, the one below as the threshold.
  init(around value: Double) {
    guard visibleSizes.contains(abs(value)) else {
      self.init(threshold: 1, limit: 1)
      return
    }
    let decade = Int(decimalLogarithm(abs(value)).rounded(.down))
    self.init(threshold: powerOfTen(decade - 1), limit: powerOfTen(decade + 1))
  }

  /// Zero, and ± the powers of ten from the threshold to the limit.
  public var ticks: [Double] {
    var exponent = Int(decimalLogarithm(threshold).rounded())
    var powers: [Double] = []
    while powerOfTen(exponent) <= limit * (1 + 1e-12) {
      powers.append(powerOfTen(exponent))
      exponent += 1
    }
    return powers.reversed().map { -$0 } + [0] + powers
  }
}
