import Diagnostics
import Foundation

/// Numbers as a page shows them, to six digits.
enum ReadNumber {
  /// The double nearest to a value with six significant digits.
  static func rounded(_ value: Double) -> Double {
    value.isFinite ? Double(String(format: "%.6g", value)) ?? value : value
  }

  /// A field of a table: 0.25, −3, 1.5 × 10⁻⁷; a word as it is.
  static func text(_ field: String) -> String {
    guard let value = Double(field) else { return field }
    if value.isNaN { return "undefined" }
    if value.isInfinite { return value < 0 ? "\u{2212}∞" : "∞" }
    let short = rounded(value)
    let size = abs(short)
    guard size > 0, size < 1e-4 || size >= 1e9 else { return withMinus(formatNumber(short)) }
    var digits = String(format: "%.5e", short)
    var power = 0
    if let mark = digits.firstIndex(of: "e") {
      power = Int(digits[digits.index(after: mark)...]) ?? 0
      digits = formatNumber(Double(digits[..<mark]) ?? 0)
    }
    let factor = digits == "1" ? "" : digits == "-1" ? "-" : digits + "\u{2009}×\u{2009}"
    return withMinus(factor) + "10" + raised(power)
  }

  /// A number in data for a script, or `null`; what has no digits is a word.
  static func json(_ value: Double) -> String {
    if value.isNaN { return "null" }
    if value.isInfinite { return value < 0 ? "\"\u{2212}∞\"" : "\"∞\"" }
    return formatNumber(rounded(value))
  }

  private static func withMinus(_ text: String) -> String {
    text.replacing("-", with: "\u{2212}")
  }

  private static func raised(_ power: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (power < 0 ? "⁻" : "")
      + String(String(abs(power)).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}

extension String {
  /// The text as a string of JSON that may stand in a script: no `<` ends it, and no line ends where JavaScript
  /// once saw one.
  var json: String {
    jsonText(self).replacing("<", with: "\\u003c").replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }
}
