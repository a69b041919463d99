/// The shortest digits that read back to the same double, as they stand in every file.
///
/// No trailing `.0`; positional for 1e-5 ≤ |v| < 1e16, else like `1.5e-7`; `nan`, `inf`, `-inf`; `0` for
/// both zeros of either sign.
public func formatNumber(_ value: Double) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  if value == 0 { return "0" }
  let text = value.description
  // Swift's own text differs only in its exponents and in a fraction of nothing.
  if !text.utf8.contains(UInt8(ascii: "e")) {
    return text.utf8.suffix(2).elementsEqual(".0".utf8) ? String(text.dropLast(2)) : text
  }
  let sign = text.hasPrefix("-") ? "-" : ""
  let unsigned = text.drop { $0 == "-" }
  let halves = unsigned.split(separator: "e")
  let parts = halves[0].split(separator: ".")
  var digits = parts.joined()
  var point = parts[0].count + (halves.count > 1 ? Int(halves[1]) ?? 0 : 0)
  let leading = digits.prefix { $0 == "0" }.count
  digits.removeFirst(leading)
  point -= leading
  while digits.hasSuffix("0") { digits.removeLast() }
  // The value is 0.digits × 10^point.
  if point > 16 || point < -4 {
    let mantissa = digits.count > 1 ? "\(digits.first ?? "0").\(digits.dropFirst())" : digits
    return "\(sign)\(mantissa)e\(point - 1)"
  }
  if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
  if digits.count <= point {
    return sign + digits + String(repeating: "0", count: point - digits.count)
  }
  return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}

/// A number to six significant digits, for texts that people read; itself where it is too small or too large.
public func roundedForReading(_ value: Double) -> Double {
  guard value != 0, (1e-200...1e200).contains(abs(value)) else { return value }
  var factor = 1.0
  while abs(value) * factor < 1e5 { factor *= 10 }
  var divisor = 1.0
  while abs(value) / divisor >= 1e6 { divisor *= 10 }
  return (value * factor / divisor).rounded() / factor * divisor
}
