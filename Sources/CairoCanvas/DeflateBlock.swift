/// A block of DEFLATE (RFC 1951): bytes and repetitions, written in a Huffman code made for them.
struct DeflateBlock {
  /// A byte, or the length of a repetition times 2¹⁶ and its distance.
  private var tokens: [UInt32] = []
  /// Few enough that the code fits them, enough that it need not be told too often.
  private static let capacity = 4096

  /// Whether it is time to write the block.
  var isFull: Bool { tokens.count >= Self.capacity }

  init() { tokens.reserveCapacity(Self.capacity + 1024) }

  @inline(__always)
  mutating func add(literal: UInt8) { tokens.append(UInt32(literal)) }

  @inline(__always)
  mutating func add(length: Int, distance: Int) {
    tokens.append(UInt32(truncatingIfNeeded: length << 16 | distance & 0xffff))
  }

  /// Writes what was added, and begins anew.
  mutating func write(to stream: inout BitStream, isLast: Bool) {
    var symbols = [UInt32](repeating: 0, count: 286)
    var distances = [UInt32](repeating: 0, count: 30)
    let (lengthClasses, distanceClasses) = (Self.lengths, Self.distances)
    for token in tokens {
      if token < 256 {
        symbols[Int(token)] += 1
      } else {
        symbols[257 + lengthClasses.class(of: Int(token >> 16))] += 1
        distances[distanceClasses.class(of: Int(token & 0xffff))] += 1
      }
    }
    symbols[Self.end] = 1
    let symbolCode = HuffmanCode(symbols, longest: 15)
    let distanceCode = HuffmanCode(distances, longest: 15)
    stream.put(isLast ? 1 : 0, 1)
    stream.put(2, 2)
    Self.write(symbolCode, distanceCode, to: &stream)
    for token in tokens {
      if token < 256 {
        symbolCode.write(Int(token), to: &stream)
      } else {
        lengthClasses.write(Int(token >> 16), symbolCode, from: 257, to: &stream)
        distanceClasses.write(Int(token & 0xffff), distanceCode, from: 0, to: &stream)
      }
    }
    symbolCode.write(Self.end, to: &stream)
    tokens.removeAll(keepingCapacity: true)
  }

  // MARK: Numbers

  /// The symbol that ends a block.
  private static let end = 256

  /// Classes of numbers, each with its least and with as many further bits as tell its members apart.
  private struct Classes {
    let least: [UInt16]
    let bits: [UInt8]
    private let classes: [UInt8]

    /// Classes of so many bits, from a first number on; the last class may be one number.
    init(from first: Int, bits: [UInt8], last: Int) {
      var next = first
      var least: [UInt16] = []
      for width in bits {
        least.append(UInt16(min(next, last)))
        next += 1 << Int(width)
      }
      var classes = [UInt8](repeating: 0, count: last + 1)
      for number in least.indices {
        for member in Int(least[number])...last { classes[member] = UInt8(number) }
      }
      (self.least, self.bits, self.classes) = (least, bits, classes)
    }

    @inline(__always)
    func `class`(of number: Int) -> Int { Int(classes[number]) }

    @inline(__always)
    func write(_ number: Int, _ code: HuffmanCode, from first: Int, to stream: inout BitStream) {
      let own = `class`(of: number)
      code.write(first + own, to: &stream)
      stream.put(UInt32(truncatingIfNeeded: number - Int(least[own])), bits[own])
    }
  }

  private static let lengths = Classes(
    from: 3, bits: (0..<28).map { $0 < 8 ? 0 : UInt8($0 / 4 - 1) } + [0], last: 258)
  private static let distances = Classes(
    from: 1, bits: (0..<30).map { $0 < 4 ? 0 : UInt8($0 / 2 - 1) }, last: 32768)

  // MARK: Codes

  /// The order in which the lengths of the code of code lengths are told.
  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// Writes two codes as the lengths of their words, which are coded themselves.
  private static func write(
    _ symbols: HuffmanCode, _ distances: HuffmanCode, to stream: inout BitStream
  ) {
    let parts = [symbols.used(atLeast: 257), distances.used(atLeast: 1)]
    let steps = repetitions(in: parts.flatMap { $0 })
    var counts = [UInt32](repeating: 0, count: order.count)
    for step in steps { counts[step.symbol] += 1 }
    let code = HuffmanCode(counts, longest: 7)
    let told = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    stream.put(UInt32(parts[0].count - 257), 5)
    stream.put(UInt32(parts[1].count - 1), 5)
    stream.put(UInt32(told - 4), 4)
    for symbol in order[..<told] { stream.put(UInt32(code.lengths[symbol]), 3) }
    for step in steps {
      code.write(step.symbol, to: &stream)
      stream.put(step.more, step.bits)
    }
  }

  /// Lengths of words as symbols: a length, one that is repeated (16), or zeros (17, 18).
  private static func repetitions(in lengths: [UInt8]) -> [(
    symbol: Int, more: UInt32, bits: UInt8
  )] {
    var steps: [(symbol: Int, more: UInt32, bits: UInt8)] = []
    var place = 0
    while place < lengths.count {
      let length = lengths[place]
      var left = lengths[place...].prefix { $0 == length }.count
      place += left
      if length > 0 {
        steps.append((Int(length), 0, 0))
        left -= 1
      }
      while left >= 3 {
        let (symbol, bits, least, most): (Int, UInt8, Int, Int) =
          length > 0 ? (16, 2, 3, 6) : left < 11 ? (17, 3, 3, 10) : (18, 7, 11, 138)
        let part = min(left, most)
        steps.append((symbol, UInt32(part - least), bits))
        left -= part
      }
      for _ in 0..<left { steps.append((Int(length), 0, 0)) }
    }
    return steps
  }
}
