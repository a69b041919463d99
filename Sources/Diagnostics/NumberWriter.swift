/// Writes numbers into memory as they stand in every file, without a text between.
///
/// Words are taken as bytes from the lowest on: all processors that the program runs on keep them so.
public struct NumberWriter: Sendable {
  /// The only one; to be taken once for many numbers.
  public static let shared = NumberWriter()

  /// The most bytes a number has: those of -2.2250738585072014e-308.
  public static let longest = 24
  /// The most bytes that may be touched where a number is written.
  public static let room = 40

  private let powers = PowersOfTen()
  /// For each exponent.
  private let scales: [ShortestDigits.Scale]
  /// The digits of 0000 to 9999, the first in the lowest byte.
  private let fourDigits: [UInt32]

  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  private init() {
    let powers = powers
    scales = (0..<2047).map { ShortestDigits.Scale($0, powers) }
    fourDigits = (0..<10_000 as Range<UInt32>).map { number in
      let digits = [number / 1000, number / 100 % 10, number / 10 % 10, number % 10]
      return digits.reversed().reduce(0) { $0 << 8 | $1 | 0x30 }
    }
  }

  /// Writes what `formatNumber` gives.
  ///
  /// - Parameter start: `room` bytes are there.
  /// - Returns: where the text ends.
  public func write(
    _ value: Double, to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    guard value != 0, value.isFinite else { return writeWord(value, to: start) }
    start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    let place = start + Int(truncatingIfNeeded: value.bitPattern &>> 63)
    let shortest = ShortestDigits(value, scales, powers)
    // One digit, eight and eight.
    let upper = shortest.digits / 100_000_000
    let last = eight(shortest.digits &- 100_000_000 &* upper)
    let leading = upper / 100_000_000
    let middle = eight(upper &- 100_000_000 &* leading)
    let first = UInt8(truncatingIfNeeded: leading) | UInt8(ascii: "0")
    let count =
      last != NumberWriter.zeros
      ? 17 &- NumberWriter.trailingZeros(last) : 9 &- NumberWriter.trailingZeros(middle)
    // How many digits stand before the point.
    let point = shortest.exponent &+ 1
    if point == 1 {
      store(first, middle, last, at: place + 1)
      place.storeBytes(of: first, as: UInt8.self)
      place.storeBytes(of: UInt8(ascii: "."), toByteOffset: 1, as: UInt8.self)
      return place + (count == 1 ? 1 : count &+ 1)
    }
    if point > -5, point <= 0 {
      place.storeBytes(of: 0x3030_3030_3030_2E30, as: UInt64.self)  // 0.000000
      store(first, middle, last, at: place + (2 &- point))
      return place + (2 &- point &+ count)
    }
    if point > 1, point <= 16 {
      store(first, middle, last, at: place)
      if count <= point { return place + point }
      let bits = 8 &* (point &- 1)
      place.storeBytes(of: UInt8(ascii: "."), toByteOffset: point, as: UInt8.self)
      place.storeBytes(
        of: middle >> bits | last << (64 &- bits), toByteOffset: point &+ 1,
        as: UInt64.self)
      place.storeBytes(
        of: last >> bits, toByteOffset: point &+ 9, as: UInt64.self)
      return place + (count &+ 1)
    }
    store(first, middle, last, at: place + 1)
    place.storeBytes(of: first, as: UInt8.self)
    place.storeBytes(of: UInt8(ascii: "."), toByteOffset: 1, as: UInt8.self)
    let end = place + (count == 1 ? 1 : count &+ 1)
    end.storeBytes(of: UInt8(ascii: "e"), as: UInt8.self)
    return write(shortest.exponent, to: end + 1)
  }

  /// Writes a whole number.
  ///
  /// - Parameter start: `room` bytes are there.
  /// - Returns: where the text ends.
  public func write(_ number: Int, to start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
    let place = start + (number < 0 ? 1 : 0)
    var count = 1
    var rest = number.magnitude / 10
    while rest > 0 {
      rest /= 10
      count += 1
    }
    rest = number.magnitude
    for offset in (0..<count).reversed() {
      let digit = UInt8(truncatingIfNeeded: rest % 10) | UInt8(ascii: "0")
      place.storeBytes(of: digit, toByteOffset: offset, as: UInt8.self)
      rest /= 10
    }
    return place + count
  }

  /// The digits of a number below 10⁸ as bytes in memory.
  @inline(__always)
  private func eight(_ number: UInt64) -> UInt64 {
    let upper = number / 10_000
    let lower = number &- 10_000 &* upper
    return UInt64(fourDigits[Int(truncatingIfNeeded: upper)])
      | UInt64(fourDigits[Int(truncatingIfNeeded: lower)]) &<< 32
  }

  /// How many of eight digits are 0 at the end.
  @inline(__always)
  private static func trailingZeros(_ digits: UInt64) -> Int {
    (digits ^ zeros).byteSwapped.trailingZeroBitCount &>> 3
  }

  @inline(__always)
  private func store(
    _ first: UInt8, _ middle: UInt64, _ last: UInt64, at place: UnsafeMutableRawPointer
  ) {
    place.storeBytes(of: first, as: UInt8.self)
    place.storeBytes(of: middle, toByteOffset: 1, as: UInt64.self)
    place.storeBytes(of: last, toByteOffset: 9, as: UInt64.self)
  }

  /// What has no digits to be found.
  private func writeWord(
    _ value: Double, to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    let word: StaticString =
      value == 0 ? "0" : value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
    start.copyMemory(from: word.utf8Start, byteCount: word.utf8CodeUnitCount)
    return start + word.utf8CodeUnitCount
  }
}
