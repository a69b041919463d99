import Foundation

/// A hash of what a file holds, the same in every process: 64 bits, fast enough for all outputs on every run.
///
/// It tells files apart that differ by accident or by a hand; it is none for secrets. nil where the file cannot be
/// read.
public func fileHash(of url: URL) -> UInt64? {
  guard let file = try? FileHandle(forReadingFrom: url) else { return nil }
  defer { try? file.close() }
  var (hash, length) = (UInt64(0xcbf2_9ce4_8422_2325), UInt64(0))
  func mix(_ word: UInt64) {
    hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 29
  }
  // Pieces but for the last are whole words long, so that they do not show in the hash.
  while let piece = try? file.read(upToCount: 1 << 20), !piece.isEmpty {
    length += UInt64(piece.count)
    piece.withUnsafeBytes { bytes in
      let whole = bytes.count & ~7
      for place in stride(from: 0, to: whole, by: 8) {
        mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
      }
      for byte in bytes[whole...] { mix(UInt64(byte)) }
    }
  }
  mix(length)
  return hash
}
