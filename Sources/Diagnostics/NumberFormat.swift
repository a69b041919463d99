/// The shortest digits that read back to the same double, as they stand in every file.
///
/// No trailing `.0`; positional for 1e-5 ≤ |v| < 1e16, else like `1.5e-7`; `nan`, `inf`, `-inf`; `0` for
/// both zeros of either sign.
public func formatNumber(_ value: Double) -> String {
  var bytes: [UInt8] = []
  appendNumber(value, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

/// Appends what `formatNumber` gives to text in bytes, for files of millions of numbers.
public func appendNumber(_ value: Double, to bytes: inout [UInt8]) {
  if value.isNaN { return bytes.append(contentsOf: "nan".utf8) }
  if value.isInfinite { return bytes.append(contentsOf: (value < 0 ? "-inf" : "inf").utf8) }
  if value == 0 { return bytes.append(UInt8(ascii: "0")) }
  // Swift's own text differs only in its exponents and in a fraction of nothing.
  var text = value.description
  text.withUTF8 { text in
    if let exponent = text.firstIndex(of: UInt8(ascii: "e")) {
      appendScientific(text, exponent: exponent, to: &bytes)
    } else {
      let isWhole =
        text.count > 2 && text[text.count - 1] == UInt8(ascii: "0")
        && text[text.count - 2] == UInt8(ascii: ".")
      bytes.append(
        contentsOf: UnsafeBufferPointer(rebasing: text[..<(text.count - (isWhole ? 2 : 0))]))
    }
  }
}

/// Appends a number that Swift writes as `-d.ddde-05`: its exponent without zeros, or none from 1e-5 to 1e16.
private func appendScientific(
  _ text: UnsafeBufferPointer<UInt8>, exponent place: Int, to bytes: inout [UInt8]
) {
  let minus = UInt8(ascii: "-")
  let zero = UInt8(ascii: "0")
  let point = UInt8(ascii: ".")
  var size = 0
  for digit in text[(place + 2)...] { size = 10 * size + Int(digit - zero) }
  let exponent = text[place + 1] == minus ? -size : size
  let isPositional = (-5..<16).contains(exponent)
  guard isPositional else {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<place]))
    bytes.append(UInt8(ascii: "e"))
    bytes.append(contentsOf: String(exponent).utf8)
    return
  }
  let isNegative = text[0] == minus
  if isNegative { bytes.append(minus) }
  let digits = text[(isNegative ? 1 : 0)..<place].filter { $0 != point }
  if exponent < 0 {
    bytes.append(zero)
    bytes.append(point)
    for _ in 0..<(-exponent - 1) { bytes.append(zero) }
    bytes.append(contentsOf: digits)
    return
  }
  for position in 0..<max(digits.count, exponent + 1) {
    if position == exponent + 1 { bytes.append(point) }
    bytes.append(position < digits.count ? digits[position] : zero)
  }
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
