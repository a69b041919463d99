import CCairo
import Testing

@testable import CairoCanvas

/// Bytes that were packed, unpacked by zlib.
@Suite("Deflate") struct DeflateTests {
  private func unpacked(_ stream: [UInt8], count: Int) -> [UInt8]? {
    var size = UInt(count + 1)
    var bytes = [UInt8](repeating: 0, count: count + 1)
    guard uncompress(&bytes, &size, stream, UInt(stream.count)) == Z_OK else { return nil }
    return Array(bytes.prefix(Int(size)))
  }

  /// How long zlib makes it at its best.
  private func best(_ bytes: [UInt8]) -> Int {
    var size = compressBound(UInt(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    return compress2(&result, &size, bytes, UInt(bytes.count), 9) == Z_OK ? Int(size) : 0
  }

  /// Bytes without a pattern.
  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  @Test("gives back what it packed, be it short, long, without a pattern or nothing but one")
  func all() {
    let noise = noise(40_000)
    var samples: [[UInt8]] = [
      [], [7], Array("abcabcabcabcabcabcabcabc".utf8), noise, Array(repeating: 0, count: 300_000),
      // Repetitions as far back as may be, and one byte farther.
      Array(noise.prefix(32_768)) + noise.prefix(500),
      Array(noise.prefix(32_769)) + noise.prefix(500),
    ]
    // Repetitions of every length.
    samples.append((1...600).flatMap { noise[$0..<2 * $0] + noise[$0..<2 * $0] })
    samples.append((1...600).flatMap { [UInt8(1)] + Array(repeating: 0, count: $0) })
    for (number, bytes) in samples.enumerated() {
      for row in [1, 100, 40_000] {
        let stream = Deflate.packed(bytes, row: row)
        #expect(unpacked(stream, count: bytes.count) == bytes, "sample \(number), rows of \(row)")
      }
    }
  }

  @Test("writes words of at most 15 bits, however rare a byte is")
  func rare() {
    // Each byte as often as the two before it together: the tree is as deep as there are bytes.
    var counts = [1, 1]
    while counts.count < 24 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    let code = HuffmanCode(counts.map { UInt32($0) }, longest: 15)
    #expect(code.lengths.max() ?? 0 <= 15)
    let share = code.lengths.reduce(0.0) { $0 + 1 / Double(1 << Int($1)) }
    #expect(share <= 1)
    // Pairs with a byte from a long list between them, so that little repeats.
    let noise = noise(1 << 18)
    let bytes = noise.indices.map { place -> UInt8 in
      UInt8(noise[place].leadingZeroBitCount + 8 * (Int(noise[place]) & 1))
    }
    #expect(unpacked(Deflate.packed(bytes, row: 512), count: bytes.count) == bytes)
  }

  @Test("is as good as zlib's best for flat areas, hatching and edges, within a tenth")
  func pictures() {
    let width = 701
    let bytes = (0..<width * 500).map { place -> UInt8 in
      let (x, y) = (place % width, place / width)
      if x < 200 { return (x + y) % 9 < 2 ? 3 : 4 }
      let radius = (x - 400) * (x - 400) + (y - 250) * (y - 250)
      return UInt8(min(radius / 8000, 9)) + (radius % 8000 < 500 ? UInt8(radius % 7 + 10) : 0)
    }
    let stream = Deflate.packed(bytes, row: width)
    #expect(unpacked(stream, count: bytes.count) == bytes)
    #expect(Double(stream.count) < 1.1 * Double(best(bytes)))
  }
}
