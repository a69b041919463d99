/// A hash that is the same in every process and on every machine, unlike Swift's own: FNV-1a of 64 bits.
///
/// - Parameter before: the hash of what stands before the bytes, if that came in another piece.
public func stableHash(
  _ bytes: some Sequence<UInt8>, after before: UInt64 = 0xcbf2_9ce4_8422_2325
) -> UInt64 {
  bytes.reduce(before) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
