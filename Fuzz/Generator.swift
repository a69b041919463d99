/// Makes inputs: grown by a grammar or damaged copies of good ones, all by one seed.
struct Generator {
  /// An input as its checks take it, and the tokens that it was made of.
  struct Input {
    let kind: Kind
    let bytes: [UInt8]
    let tokens: [String]
  }

  private static let longest = 600
  private var random: RandomNumbers
  private var corpus: Corpus
  /// Inputs without an error, from which more are made.
  private var kept: [Kind: [[String]]] = [:]

  init(seed: UInt64, corpus: Corpus) {
    random = RandomNumbers(seed: seed)
    self.corpus = corpus
  }

  /// The next input of a kind.
  mutating func input(of kind: Kind) -> Input {
    var tokens = beginning(of: kind)
    for _ in 0..<mutationCount() { mutate(&tokens, kind) }
    var bytes = tokens.joined().utf8.map { $0 }
    if kind == .table, one(in: 4), !bytes.isEmpty { damage(&bytes) }
    if kind == .spec, one(in: 30) { tokens = tokens.map { $0 == "\n" ? "\r\n" : $0 } }
    bytes = [kind.tag, UInt8.random(in: 0...255, using: &random)] + bytes
    return Input(kind: kind, bytes: bytes, tokens: tokens)
  }

  /// Keeps an input to make more from; one of many is dropped for it.
  mutating func keep(_ input: Input) {
    guard input.tokens.count < Generator.longest else { return }
    var all = kept[input.kind] ?? []
    if all.count < 300 {
      all.append(input.tokens)
    } else {
      all[Int.random(in: 0..<300, using: &random)] = input.tokens
    }
    kept[input.kind] = all
  }

  private mutating func one(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func any<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  private mutating func mutationCount() -> Int {
    var count = one(in: 20) ? 0 : 1
    while count < 12, one(in: 2) { count += 1 }
    return count
  }

  private mutating func beginning(of kind: Kind) -> [String] {
    if let kept = kept[kind], one(in: 3) { return any(kept) }
    if one(in: 40) { return (0..<Int.random(in: 0..<60, using: &random)).map { _ in word() } }
    switch kind {
    case .spec: return any(corpus.specs)
    case .formula:
      return one(in: 3) ? any(corpus.formulas) : Corpus.tokens(of: formula(depth: 5))
    case .table: return one(in: 2) ? any(corpus.tables) : table()
    }
  }

  private mutating func word() -> String { any(Corpus.vocabulary) }

  // MARK: - Growing

  private static let leaves = ["x", "y", "v[1]", "A[1, 2]", "2", "0.5", "pi", "n", "3", "v[n]"]
  private static let vectors = ["v", "[x, y, 1]", "A*[x, y]", "A[1]", "[i in 1..3: i]", "2*v"]
  private static let functions = Corpus.vocabulary.filter { $0.allSatisfy(\.isLetter) }

  private mutating func formula(depth: Int) -> String {
    if depth <= 0 || one(in: 6) { return any(Generator.leaves) }
    let (a, b) = (formula(depth: depth - 1), formula(depth: depth - 2))
    let c = any(Generator.leaves)
    switch Int.random(in: 0..<14, using: &random) {
    case 0...3: return "\(a) \(any(["+", "-", "*", "/", "^"])) \(b)"
    case 4: return "(\(a))\(any(["*", "^", "+", "/"]))\(b)"
    case 5: return "-\(a)"
    case 6, 7: return "\(any(["sin", "exp", "log", "sqrt", "abs", "tanh", "relu", "cbrt"]))(\(a))"
    case 8: return "\(any(["min", "max", "hypot", "atan2", "pow"]))(\(a), \(b))"
    case 9: return "if(\(c) \(any(["<", "<=", "==", "!=", ">"])) \(c), \(a), \(b))"
    case 10: return "\(any(["sum", "prod", "mean"]))(i in 1..\(any(["3", "n", "0"])): \(a)*i)"
    case 11: return "\(any(["sum", "mean"]))(r in t: \(a)*r.x + r.y)"
    case 12: return "\(any(["sum", "norm", "prod", "max"]))(\(any(Generator.vectors)))"
    default: return "\(any(Generator.functions))(\(a))"
    }
  }

  private mutating func table() -> [String] {
    let columns = Int.random(in: 1...4, using: &random)
    let end = any(["\n", "\n", "\r\n", "\r"])
    var cells: [String] = []
    for row in 0..<Int.random(in: 1...6, using: &random) {
      for column in 0..<columns {
        if column > 0 { cells.append(",") }
        let cell = row == 0 ? "c\(column)" : any(Corpus.numbers)
        cells.append(one(in: 8) ? "\"\(cell)\"" : cell)
      }
      cells.append(end)
    }
    return cells
  }

  // MARK: - Damaging

  private mutating func mutate(_ tokens: inout [String], _ kind: Kind) {
    guard !tokens.isEmpty, tokens.count < 4 * Generator.longest else {
      tokens = [word()]
      return
    }
    let place = Int.random(in: tokens.indices, using: &random)
    let end = min(tokens.count, place + Int.random(in: 1...(one(in: 4) ? 30 : 3), using: &random))
    switch Int.random(in: 0..<13, using: &random) {
    case 0: tokens.removeSubrange(place..<end)
    case 1: tokens.insert(contentsOf: tokens[place..<end], at: place)
    case 2: tokens.swapAt(place, Int.random(in: tokens.indices, using: &random))
    case 3, 4: tokens[place] = word()
    case 5, 6: tokens.insert(word(), at: place)
    case 7:
      let number = tokens.indices.filter { tokens[$0].first?.isNumber == true }
      if !number.isEmpty { tokens[any(number)] = any(Corpus.numbers) }
    case 8:
      let other = beginning(of: kind)
      guard !other.isEmpty else { return }
      let start = Int.random(in: other.indices, using: &random)
      tokens.replaceSubrange(place..<end, with: other[start..<min(other.count, start + 20)])
    case 9:
      let depth = one(in: 10) ? 120 : 2
      let (open, close) = any([("(", ")"), ("[", "]"), ("-", ""), ("sin(", ")"), ("relu(", ")")])
      tokens.insert(contentsOf: [String](repeating: close, count: depth), at: end)
      tokens.insert(contentsOf: [String](repeating: open, count: depth), at: place)
    case 10:
      let part = Array(tokens[place..<end])
      let count = one(in: 10) ? 100 : 3
      tokens.insert(contentsOf: (0..<count).flatMap { _ in part }, at: place)
    case 11: moveLine(&tokens)
    default: tokens[place] = String(tokens[place].reversed())
    }
  }

  /// Moves, doubles or removes a line.
  private mutating func moveLine(_ tokens: inout [String]) {
    var lines = tokens.split(separator: "\n", omittingEmptySubsequences: false)
    let line = Int.random(in: lines.indices, using: &random)
    let target = Int.random(in: lines.indices, using: &random)
    if one(in: 2) { lines.insert(lines[line], at: target) } else { lines.swapAt(line, target) }
    if one(in: 3) { lines.remove(at: line) }
    tokens = Array(lines.joined(separator: ["\n"]))
  }

  /// Changes single bytes, so that the text may be none.
  private mutating func damage(_ bytes: inout [UInt8]) {
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] =
        one(in: 2) ? UInt8.random(in: 0...255, using: &random) : any(Array("\",\r\n0e-. \t".utf8))
    }
  }
}

/// SplitMix64: the same numbers in every process.
private struct RandomNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
