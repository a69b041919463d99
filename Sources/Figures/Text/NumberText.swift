/// Numbers as text: for figures with a true minus sign, for captions in ASCII.
enum NumberText {
  /// The text with U+2212 for every hyphen.
  static func withMinus(_ text: String) -> String {
    String(text.map { $0 == "-" ? "\u{2212}" : $0 })
  }

  /// A value with exactly `decimals` digits after the point.
  ///
  /// Halves go away from zero; never "-0". For |value| · 10^decimals below 2⁶³.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * powerOfTen(decimals)).rounded()
    guard scaled < 9e18 else { return "\(value)" }
    var digits = String(Int64(scaled))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (value < 0 && scaled > 0 ? "-" : "") + digits
  }

  /// Splits a value into m · 10ⁿ with 1 ≤ |m| < 10, m rounded to `digits` significant digits.
  static func scientific(_ value: Double, digits: Int) -> (mantissa: Double, exponent: Int) {
    guard value != 0, value.isFinite else { return (value, 0) }
    var exponent = Int(decimalLogarithm(abs(value)).rounded(.down))
    let scale = powerOfTen(digits - 1)
    func mantissa() -> Double {
      // Powers of ten below 10⁻³⁰⁸ are not exact enough to divide by.
      let shifted =
        exponent < -300
        ? value * 1e100 / powerOfTen(exponent + 100) : value / powerOfTen(exponent)
      return (shifted * scale).rounded() / scale
    }
    var rounded = mantissa()
    if abs(rounded) >= 10 {
      exponent += 1
      rounded = mantissa()
    } else if abs(rounded) < 1 {
      exponent -= 1
      rounded = mantissa()
    }
    return (rounded, exponent)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// At most `digits` significant digits in ASCII: "-0.5", "1200", "1.5e-7"; for captions.
  static func plain(_ value: Double, digits: Int = 4) -> String {
    guard value.isFinite else { return "\(value)" }
    let (mantissa, exponent) = scientific(value, digits: digits)
    if value == 0 || (-4...7).contains(exponent) {
      return trimmed(fixed(value, decimals: max(0, digits - 1 - exponent)))
    }
    return trimmed(fixed(mantissa, decimals: digits - 1)) + "e\(exponent)"
  }

  /// At most `digits` significant digits for a figure: −0.5, 1200, 1.5 × 10⁻⁷.
  static func rich(_ value: Double, digits: Int = 3) -> RichText {
    guard value.isFinite else { return RichText(withMinus(value < 0 ? "-∞" : "∞")) }
    let (mantissa, exponent) = scientific(value, digits: digits)
    if value == 0 || (-3...4).contains(exponent) {
      return RichText(withMinus(plain(value, digits: digits)))
    }
    if abs(mantissa) == 1 {
      return RichText(mantissa < 0 ? "\u{2212}" : "") + .power(exponent)
    }
    let factor = withMinus(trimmed(fixed(mantissa, decimals: digits - 1)))
    return RichText(factor + "\u{2009}×\u{2009}") + .power(exponent)
  }

  /// A part of a whole: "12 %", "3.4 %", "0.02 %"; "none" for nothing.
  static func percent(_ count: Int, of total: Int) -> String {
    guard count > 0, total > 0 else { return "none" }
    return plain(100 * Double(count) / Double(total), digits: 2) + " %"
  }
}
