/// The shortest digits that read back to the same double, as they stand in every file.
///
/// No trailing `.0`; positional for 1e-5 ≤ |v| < 1e16, else like `1.5e-7`; `nan`, `inf`, `-inf`; `0` for
/// both zeros of either sign.
public func formatNumber(_ value: Double) -> String {
  withNumber(value) { String(decoding: $0, as: UTF8.self) }
}

/// Appends what `formatNumber` gives to text in bytes.
public func appendNumber(_ value: Double, to bytes: inout [UInt8]) {
  withNumber(value) { bytes.append(contentsOf: $0) }
}

private func withNumber<Result>(
  _ value: Double, _ body: (UnsafeRawBufferPointer) -> Result
) -> Result {
  withUnsafeTemporaryAllocation(byteCount: NumberWriter.room, alignment: 8) { room in
    guard let start = room.baseAddress else { return body(UnsafeRawBufferPointer(room)) }
    let end = NumberWriter.shared.write(value, to: start)
    return body(UnsafeRawBufferPointer(rebasing: room[..<(end - start)]))
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
