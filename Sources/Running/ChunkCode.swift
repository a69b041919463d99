import Specs

/// What a chunk gave, as bytes that outlive the process: nothing is left out, and every number keeps its bits.
extension ChunkResult {
  /// The bytes from which `init(decoding:)` makes the same results again.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    for outcome in outcomes { writer.append(outcome) }
    writer.append(traces.count)
    for (run, trace) in traces {
      writer.append(run)
      writer.append(trace)
    }
    return writer.bytes
  }

  /// Reads the results of a chunk.
  ///
  /// - Parameters:
  ///   - dimension: the coordinates of a point.
  ///   - traceWidth: the numbers in a row of a trace.
  /// - Returns: nil where the bytes are not those of such a chunk.
  init?(decoding bytes: [UInt8], _ chunk: Chunk, dimension: Int, traceWidth: Int) {
    var reader = ByteReader(bytes)
    do {
      let outcomes = try chunk.runs.map { _ in try reader.outcome(dimension) }
      let traces = try (0..<reader.count(atMost: chunk.runs.count)).map { _ in
        let run = try reader.integer()
        guard chunk.runs.contains(run) else { throw ByteReader.Torn() }
        return (run: run, trace: try reader.trace(width: traceWidth))
      }
      guard reader.isAtEnd else { return nil }
      self.init(
        chunk: chunk, outcomes: Outcomes(outcomes, dimension: dimension), traces: traces)
    } catch {
      return nil
    }
  }
}

extension Outcomes {
  /// The columns of runs; their reasons are whole, so that nothing is left to be watched.
  init(_ runs: [Outcome], dimension: Int) {
    self.init(count: runs.count, dimension: dimension)
    if runs.contains(where: { $0.eigenvalues != nil }) {
      eigenvalues = [(least: Double, greatest: Double)](
        repeating: (.nan, .nan), count: runs.count)
    }
    orders = runs.map { $0.order ?? .nan }
    evaluations = runs.map(\.evaluations)
    operations = runs.map(\.operations)
    for (run, outcome) in runs.enumerated() {
      endings[run] = outcome.ending
      reasons[run] = outcome.reason
      points[run] = outcome.point
      iterations[run] = outcome.iterations
      values[run] = outcome.value
      gradientNorms[run] = outcome.gradientNorm
      if let pair = outcome.eigenvalues { eigenvalues[run] = pair }
      for (i, coordinate) in outcome.position.enumerated() {
        positions[run * dimension + i] = coordinate
      }
      if let tail = outcome.tail {
        tailPlaces[run] = Int32(tails.count)
        tails.append(tail)
      }
    }
  }
}

// MARK: - Writing

/// Bytes one behind the other: whole numbers in as few as they need, others by their bits, a text once.
private struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  /// The places of the texts that were written.
  private var texts: [String: Int] = [:]

  mutating func append(_ outcome: Outcome) {
    append(outcome.ending.rawValue)
    append(outcome.reason)
    append(outcome.point.rawValue)
    append(outcome.iterations)
    for coordinate in outcome.position { append(coordinate) }
    append(outcome.value)
    append(outcome.gradientNorm)
    appendOptional(outcome.eigenvalues) {
      $0.append($1.least)
      $0.append($1.greatest)
    }
    append(outcome.evaluations.value)
    append(outcome.evaluations.gradient)
    append(outcome.evaluations.hessian)
    append(outcome.operations)
    appendOptional(outcome.tail) { $0.append($1) }
    appendOptional(outcome.order) { $0.append($1) }
  }

  mutating func append(_ tail: Tail) {
    appendOptional(tail.period) { $0.append($1) }
    append(tail.isStill ? 1 : 0)
    append(tail.isGrowing ? 1 : 0)
    appendOptional(tail.growth) { $0.append($1) }
    appendOptional(tail.cosine) { $0.append($1) }
  }

  mutating func append(_ trace: RunTrace) {
    append(trace.number)
    append(trace.iterations.count)
    for iteration in trace.iterations { append(iteration) }
    for value in trace.values { append(value) }
  }

  /// A number, seven bits a byte, the lowest first.
  mutating func append(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ number: Double) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The place of a text among all texts; one that is new follows.
  mutating func append(_ text: String) {
    if let place = texts[text] { return append(place) }
    append(texts.count)
    texts[text] = texts.count
    append(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func appendOptional<Value>(
    _ value: Value?, _ body: (inout ByteWriter, Value) -> Void
  ) {
    append(value == nil ? 0 : 1)
    if let value { body(&self, value) }
  }
}

// MARK: - Reading

/// Reads what a `ByteWriter` wrote; whatever else the bytes are, it stays within them.
private struct ByteReader {
  /// The bytes are not what they should be.
  struct Torn: Error {}

  private let bytes: [UInt8]
  private var place = 0
  private var texts: [String] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func outcome(_ dimension: Int) throws -> Outcome {
    let ending = try word(Ending.self)
    let reason = try text()
    let point = try word(PointKind.self)
    let iterations = try integer()
    var outcome = Outcome(
      ending: ending, iterations: iterations, position: try numbers(dimension))
    outcome.reason = reason
    outcome.point = point
    outcome.value = try number()
    outcome.gradientNorm = try number()
    outcome.eigenvalues = try optional { (try $0.number(), try $0.number()) }
    outcome.evaluations.value = try integer()
    outcome.evaluations.gradient = try integer()
    outcome.evaluations.hessian = try integer()
    outcome.operations = try number()
    outcome.tail = try optional { try $0.tail() }
    outcome.order = try optional { try $0.number() }
    return outcome
  }

  mutating func tail() throws -> Tail {
    let period = try optional { try $0.integer() }
    let isStill = try count(atMost: 1) == 1
    let isGrowing = try count(atMost: 1) == 1
    return Tail(
      period: period, isStill: isStill, isGrowing: isGrowing,
      growth: try optional { try $0.number() }, cosine: try optional { try $0.number() })
  }

  mutating func trace(width: Int) throws -> RunTrace {
    var trace = RunTrace(number: try integer())
    let rows = try length()
    trace.iterations = try (0..<rows).map { _ in try integer() }
    trace.values = try numbers(rows * width)
    return trace
  }

  mutating func integer() throws -> Int {
    var number: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try next()
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(truncatingIfNeeded: number) }
    }
    throw Torn()
  }

  /// A number of things of which there are not more than so many.
  mutating func count(atMost most: Int) throws -> Int {
    let count = try integer()
    guard count >= 0, count <= most else { throw Torn() }
    return count
  }

  /// A number of things that follow, each of a byte or more.
  private mutating func length() throws -> Int {
    let length = try integer()
    guard length >= 0, length <= bytes.count - place else { throw Torn() }
    return length
  }

  mutating func number() throws -> Double {
    guard bytes.count - place >= 8 else { throw Torn() }
    defer { place += 8 }
    return bytes.withUnsafeBytes {
      Double(
        bitPattern: UInt64(
          littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
    }
  }

  private mutating func numbers(_ count: Int) throws -> [Double] {
    guard count <= (bytes.count - place) / 8 else { throw Torn() }
    return try (0..<count).map { _ in try number() }
  }

  private mutating func text() throws -> String {
    let number = try count(atMost: texts.count)
    if number < texts.count { return texts[number] }
    let length = try length()
    let text = String(decoding: bytes[place..<place + length], as: UTF8.self)
    place += length
    texts.append(text)
    return text
  }

  private mutating func word<Word: RawRepresentable<String>>(_: Word.Type) throws -> Word {
    guard let word = Word(rawValue: try text()) else { throw Torn() }
    return word
  }

  private mutating func optional<Value>(
    _ body: (inout ByteReader) throws -> Value
  ) throws -> Value? {
    try count(atMost: 1) == 1 ? try body(&self) : nil
  }

  private mutating func next() throws -> UInt8 {
    guard place < bytes.count else { throw Torn() }
    defer { place += 1 }
    return bytes[place]
  }
}
