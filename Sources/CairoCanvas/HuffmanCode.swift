/// Words of few bits for common symbols and of more for rare ones, as DEFLATE orders them.
struct HuffmanCode {
  /// The bits of each symbol's word; 0 for a symbol that does not occur.
  let lengths: [UInt8]
  /// The words, their bits in the order in which they are written.
  private let words: [UInt16]

  /// The best code for symbols that occur so often, or nearly that where a word would be too long.
  init(_ counts: [UInt32], longest: Int) {
    var counts = counts
    var lengths = Self.depths(counts)
    while lengths.contains(where: { $0 > longest }) {
      // Rarer by half, a symbol that occurs at all remains.
      counts = counts.map { ($0 + 1) / 2 }
      lengths = Self.depths(counts)
    }
    var next: [UInt16] = [0]
    for length in 1...longest {
      let shorter = lengths.count { Int($0) == length - 1 && $0 > 0 }
      next.append((next[length - 1] + UInt16(shorter)) << 1)
    }
    words = lengths.map { length in
      guard length > 0 else { return 0 }
      defer { next[Int(length)] += 1 }
      return Self.reversed(next[Int(length)], length)
    }
    self.lengths = lengths
  }

  /// Writes a symbol.
  @inline(__always)
  func write(_ symbol: Int, to stream: inout BitStream) {
    stream.put(UInt32(words[symbol]), lengths[symbol])
  }

  /// The lengths up to the last symbol that occurs, of at least so many symbols.
  func used(atLeast count: Int) -> ArraySlice<UInt8> {
    lengths[..<max(count, (lengths.lastIndex { $0 > 0 } ?? 0) + 1)]
  }

  private static func reversed(_ word: UInt16, _ length: UInt8) -> UInt16 {
    (0..<Int(length)).reduce(0) { $0 << 1 | word >> UInt16($1) & 1 }
  }

  /// The depths of symbols in the tree that joins the two rarest again and again; 1 for a single one.
  private static func depths(_ counts: [UInt32]) -> [UInt8] {
    var depths = [UInt8](repeating: 0, count: counts.count)
    let leaves = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    guard leaves.count > 1 else {
      for leaf in leaves { depths[leaf] = 1 }
      return depths
    }
    // Joined ones become ever commoner, so that the rarest is the first of them or the first leaf left.
    var weights = leaves.map { counts[$0] }
    var parents: [Int] = Array(repeating: 0, count: 2 * leaves.count - 1)
    var (leaf, joined) = (0, leaves.count)
    for parent in leaves.count..<parents.count {
      var weight: UInt32 = 0
      for _ in 0..<2 {
        let isLeaf = leaf < leaves.count && (joined >= parent || weights[leaf] <= weights[joined])
        let child = isLeaf ? leaf : joined
        if isLeaf { leaf += 1 } else { joined += 1 }
        parents[child] = parent
        weight += weights[child]
      }
      weights.append(weight)
    }
    var levels = parents.map { _ in UInt8(0) }
    for node in parents.indices.dropLast().reversed() { levels[node] = levels[parents[node]] + 1 }
    for (place, symbol) in leaves.enumerated() { depths[symbol] = levels[place] }
    return depths
  }
}
