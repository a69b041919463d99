import Foundation

/// A hash of what a file holds, the same in every process: 64 bits, fast enough for all outputs on every run.
///
/// It tells files apart that differ by accident or by a hand; it is none for secrets. nil where the file cannot be
/// read.
public func fileHash(of url: URL) -> UInt64? {
  guard let file = try? FileHandle(forReadingFrom: url) else { return nil }
  defer { try? file.close() }
  var hash = WordHash()
  while let piece = try? file.read(upToCount: 1 << 20), !piece.isEmpty {
    piece.withUnsafeBytes { hash.add($0) }
  }
  return hash.value
}

/// The hash of bytes that come in pieces, of which all but the last are whole words long.
struct WordHash {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private var length: UInt64 = 0

  /// Adds a piece; how the bytes are cut into pieces does not show.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    let whole = bytes.count & ~7
    for place in stride(from: 0, to: whole, by: 8) {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }
    for byte in bytes[whole...] { mix(UInt64(byte)) }
  }

  /// The hash of all bytes so far.
  var value: UInt64 {
    var whole = self
    whole.mix(length)
    return whole.hash
  }

  private mutating func mix(_ word: UInt64) {
    hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 29
  }
}
