import Diagnostics

/// A coefficient or exponent of a formula that is written for reading: a fraction, or a number that is none.
enum ReadableNumber: Hashable {
  /// In lowest terms, the denominator above 0.
  case fraction(Int, Int)
  case real(Double)

  static let zero = ReadableNumber.fraction(0, 1)
  static let one = ReadableNumber.fraction(1, 1)
  private static let mostDigits = 10
  private static let greatestDenominator = 64

  /// A number, as the fraction or the short decimal that it was before it was rounded, if it looks like one.
  init(_ value: Double) {
    if value == value.rounded(), abs(value) < 1e15 {
      self = .fraction(Int(value), 1)
      return
    }
    for denominator in 2...ReadableNumber.greatestDenominator where abs(value) < 1e6 {
      let numerator = (value * Double(denominator)).rounded()
      if abs(numerator / Double(denominator) - value) <= 4 * value.ulp {
        self = .fraction(Int(numerator), denominator).reduced
        return
      }
    }
    let parts = formatNumber(abs(value)).split(separator: ".")
    if parts.count == 2, parts.joined().count <= ReadableNumber.mostDigits,
      let digits = Int(parts.joined())
    {
      let scale = parts[1].reduce(1) { scale, _ in scale * 10 }
      self = ReadableNumber.fraction(value < 0 ? -digits : digits, scale).reduced
    } else {
      self = .real(value)
    }
  }

  /// The value.
  var value: Double {
    switch self {
    case .fraction(let p, let q): Double(p) / Double(q)
    case .real(let value): value
    }
  }

  /// The whole number that it is; nil if it is none.
  var integer: Int? { if case .fraction(let p, 1) = self { p } else { nil } }

  var isZero: Bool { value == 0 }
  var isNegative: Bool { value < 0 }
  var magnitude: ReadableNumber { isNegative ? -self : self }

  private var reduced: ReadableNumber {
    guard case .fraction(let p, let q) = self else { return self }
    let divisor = greatestCommonDivisor(p, q)
    return .fraction(p / divisor, q / divisor)
  }

  static prefix func - (number: ReadableNumber) -> ReadableNumber {
    switch number {
    case .fraction(let p, let q): .fraction(-p, q)
    case .real(let value): .real(-value)
    }
  }

  static func + (left: ReadableNumber, right: ReadableNumber) -> ReadableNumber {
    guard case .fraction(let a, let b) = left, case .fraction(let c, let d) = right,
      let first = product(a, d), let second = product(c, b), let below = product(b, d)
    else { return .real(left.value + right.value) }
    let (sum, isOver) = first.addingReportingOverflow(second)
    return isOver
      ? .real(left.value + right.value) : ReadableNumber.fraction(sum, below).reduced
  }

  static func * (left: ReadableNumber, right: ReadableNumber) -> ReadableNumber {
    guard case .fraction(let a, let b) = left, case .fraction(let c, let d) = right,
      let above = product(a, c), let below = product(b, d)
    else { return .real(left.value * right.value) }
    return ReadableNumber.fraction(above, below).reduced
  }

  /// 1/c.
  ///
  /// - Precondition: c ≠ 0.
  var inverse: ReadableNumber {
    switch self {
    case .fraction(let p, let q): p < 0 ? .fraction(-q, -p) : .fraction(q, p)
    case .real(let value): .real(1 / value)
    }
  }

  /// cᵏ for a whole k.
  func power(_ k: Int) -> ReadableNumber {
    let base = k < 0 ? inverse : self
    return (0..<abs(k)).reduce(.one) { result, _ in result * base }
  }

  /// √c, if it is a fraction.
  var squareRoot: ReadableNumber? {
    guard case .fraction(let p, let q) = self, p > 0 else { return nil }
    let roots = [p, q].map { Int(Double($0).squareRoot().rounded()) }
    return roots[0] * roots[0] == p && roots[1] * roots[1] == q
      ? .fraction(roots[0], roots[1]) : nil
  }

  /// What is written above and below the bar: decimals where they are finite and shorter, else a fraction.
  var parts: (above: String, below: String?) {
    guard case .fraction(let p, let q) = self else { return (formatNumber(value), nil) }
    if q == 1 { return (String(p), nil) }
    var rest = q
    while rest % 2 == 0 { rest /= 2 }
    let isOfTwos = rest == 1
    while rest % 5 == 0 { rest /= 5 }
    let isFinite = rest == 1 && (!isOfTwos || q > ReadableNumber.greatestDenominator)
    return isFinite ? (formatNumber(value), nil) : (String(p), String(q))
  }

  private static func product(_ a: Int, _ b: Int) -> Int? {
    let (product, isOver) = a.multipliedReportingOverflow(by: b)
    // So that sums of two such products stay in range, and doubles hold them.
    return isOver || abs(product) > 1 << 52 ? nil : product
  }
}

/// The greatest common divisor of two numbers that are not both 0.
func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  var (a, b) = (abs(a), abs(b))
  while b != 0 { (a, b) = (b, a % b) }
  return max(a, 1)
}
