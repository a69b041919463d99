import Foundation

/// A hash of what a file holds, the same in every process: 64 bits, fast enough for all outputs on every run.
///
/// It tells files apart that differ by accident or by a hand; it is none for secrets. nil where the file cannot be
/// read.
public func fileHash(of url: URL) -> UInt64? {
  guard let file = try? FileHandle(forReadingFrom: url) else { return nil }
  defer { try? file.close() }
  var hash = WordHash()
  while let piece = try? file.read(upToCount: pieceLength), !piece.isEmpty {
    piece.withUnsafeBytes { hash.add($0) }
  }
  return hash.value
}

/// Whether two files can be read and hold the same.
func haveSameBytes(_ first: URL, _ second: URL) -> Bool {
  func compare() throws -> Bool {
    let a = try FileHandle(forReadingFrom: first)
    defer { try? a.close() }
    let b = try FileHandle(forReadingFrom: second)
    defer { try? b.close() }
    guard try a.seekToEnd() == b.seekToEnd() else { return false }
    try a.seek(toOffset: 0)
    try b.seek(toOffset: 0)
    while true {
      let piece = try a.read(upToCount: pieceLength) ?? Data()
      guard try piece == b.read(upToCount: pieceLength) ?? Data() else { return false }
      if piece.isEmpty { return true }
    }
  }
  return (try? compare()) ?? false
}

/// So much of a file is read at a time: as much as the cache holds, and a multiple of 32.
private let pieceLength = 1 << 18

/// The hash of bytes that come in pieces: where a piece is no multiple of 32 bytes long, the cut behind it counts.
struct WordHash {
  // Four words at a time, which do not wait for each other.
  private var hashes = SIMD4<UInt64>(repeating: 0xcbf2_9ce4_8422_2325)
  private var length: UInt64 = 0

  /// Adds a piece.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    let whole = bytes.count & ~31
    var (a, b, c, d) = (hashes[0], hashes[1], hashes[2], hashes[3])
    for place in stride(from: 0, to: whole, by: 32) {
      func word(_ number: Int) -> UInt64 {
        UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place + 8 * number, as: UInt64.self))
      }
      a = WordHash.mixed(a, word(0))
      b = WordHash.mixed(b, word(1))
      c = WordHash.mixed(c, word(2))
      d = WordHash.mixed(d, word(3))
    }
    for byte in bytes[whole...] { a = WordHash.mixed(a, UInt64(byte)) }
    hashes = SIMD4(a, b, c, d)
  }

  /// The hash of all bytes so far.
  var value: UInt64 {
    [hashes[1], hashes[2], hashes[3], length].reduce(hashes[0], WordHash.mixed)
  }

  private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product >> 29)
  }
}
