import Expressions

/// Reads formulas that are set, as a reader of textbooks does: an independent grammar, to see that nothing is
/// ambiguous.
///
/// A quotient has one factor beneath its stroke and none behind it; sin x takes one name; ∑ goes up to the next + or −.
public struct NotationReader {
  /// A sign, number or name, or all that is raised, lowered or under one bar.
  public enum Token: Equatable {
    case sign(String)
    case raised([Token])
    case lowered([Token])
    case root([Token])
  }

  /// What cannot be read, or only by guessing.
  public struct Unreadable: Error {}

  private let tokens: [Token]
  private var place = 0
  /// What the last factor was, if nothing tells where it ends: ∑ with its body, or uᵀv.
  private var openFactor: String?

  private init(_ tokens: [Token]) { self.tokens = tokens }

  /// What a formula that is set says.
  public static func read(_ notation: Notation) throws -> Meaning { try read(tokens(notation)) }

  /// What a line of signs says.
  public static func read(_ tokens: [Token]) throws -> Meaning {
    var reader = NotationReader(tokens)
    let meaning = try reader.choice()
    guard reader.place == tokens.count else { throw Unreadable() }
    return meaning
  }

  // MARK: Tokens

  /// The signs of a formula that is set.
  public static func tokens(_ notation: Notation) -> [Token] { tokens(notation.runs) }

  private static func tokens(_ runs: [Notation.Run]) -> [Token] {
    var tokens: [Token] = []
    var rest = runs[...]
    while let run = rest.first {
      let group = rest.prefix {
        run.isOverlined ? $0.isOverlined : !$0.isOverlined && $0.place == run.place
      }
      rest = rest.dropFirst(group.count)
      if run.isOverlined {
        let inside = group.map { run in
          var run = run
          run.isOverlined = false
          return run
        }
        tokens.append(.root(self.tokens(inside)))
        continue
      }
      let signs = self.signs(group.map(\.text).joined())
      switch run.place {
      case .level: tokens += signs
      case .raised: tokens.append(.raised(signs))
      case .lowered: tokens.append(.lowered(signs))
      }
    }
    return tokens
  }

  private static func signs(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(text)
    while let first = rest.first {
      let word: Substring
      if first.isLetter {
        word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      } else if first.isNumber {
        word = rest.prefix { $0.isNumber || $0 == "." }
      } else {
        word = rest.prefix(1)
      }
      rest = rest.dropFirst(word.count)
      if first != " " { tokens.append(.sign(String(word))) }
    }
    return tokens
  }

  // MARK: Grammar

  private var next: Token? { place < tokens.count ? tokens[place] : nil }

  private var nextSign: String? {
    if case .sign(let text)? = next { text } else { nil }
  }

  private mutating func takes(_ sign: String) -> Bool {
    guard next == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ sign: String) throws {
    guard takes(sign) else { throw Unreadable() }
  }

  private mutating func choice() throws -> Meaning {
    let value = try connected("or")
    guard takes("if") else { return value }
    let condition = try connected("or")
    try expect(",")
    let isLast = takes("else")
    let rest = try choice()
    guard isLast || rest.parts("if") != nil else { throw Unreadable() }
    return .node("if", [condition, value, rest])
  }

  private mutating func connected(_ word: String) throws -> Meaning {
    func operand(_ reader: inout NotationReader) throws -> Meaning {
      word == "or" ? try reader.connected("and") : try reader.negated()
    }
    var parts = [try operand(&self)]
    while takes(word) { parts.append(try operand(&self)) }
    return parts.count == 1
      ? parts[0] : .node(word, parts.flatMap { $0.parts(word) ?? [$0] })
  }

  private mutating func negated() throws -> Meaning {
    takes("not") ? .node("not", [try negated()]) : try comparison()
  }

  private mutating func comparison() throws -> Meaning {
    let left = try sum()
    for (sign, name) in [
      ("<", "<"), ("≤", "<="), (">", ">"), ("≥", ">="), ("=", "=="), ("≠", "!="),
    ] where takes(sign) {
      return .node(name, [left, try sum()])
    }
    return left
  }

  private mutating func sum() throws -> Meaning {
    var value = takes("−") ? Meaning.negative(try term()) : try term()
    while true {
      if takes("+") {
        value = .sum(value, try term())
      } else if takes("−") {
        value = .difference(value, try term())
      } else {
        return value
      }
    }
  }

  private mutating func term() throws -> Meaning {
    let over = try product()
    guard takes("/") else { return over }
    let under = try factor()
    // What ∑ and uᵀv take behind them has no end beneath a stroke.
    if openFactor != nil { throw Unreadable() }
    return .quotient(over, under)
  }

  /// A factor, or in an index a number and a name without a space: 2k.
  private mutating func numberedFactor() throws -> Meaning {
    let value = try factor()
    guard value.isNumber, let name = nextSign, name.first?.isLetter == true,
      !Self.words.contains(name)
    else { return value }
    return .product(value, try factor())
  }

  private mutating func product() throws -> Meaning {
    var value = try numberedFactor()
    while true {
      if takes("\u{2009}") || takes("·") {
        let right = try numberedFactor()
        if openFactor == "inner", !value.isNumber { throw Unreadable() }
        value = .product(value, right)
      } else {
        return value
      }
    }
  }

  private static let words = ["if", "else", "and", "or", "not"]
  private static let applied: Set<String> = [
    "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "arsinh", "arcosh",
    "artanh", "log",
  ]

  private mutating func factor() throws -> Meaning {
    guard let sign = nextSign else { throw Unreadable() }
    var ending: String?
    defer { openFactor = ending }
    if Self.applied.contains(sign) { return try application() }
    if sign == "∑" || sign == "∏" {
      let sum = try repetition()
      // Nobody knows whether it belongs to the sum.
      if let next, [.sign("\u{2009}"), .sign("·"), .sign("/")].contains(next) {
        throw Unreadable()
      }
      ending = "sum"
      return sum
    }
    let base = try atom()
    // Under the root or not?
    if sign == "√" || sign == "∛" {
      if case .raised? = next { throw Unreadable() }
      if next == .sign("^") { throw Unreadable() }
    }
    if case .raised(let exponent)? = next {
      place += 1
      if exponent == [.sign("T")] {
        let right = try product()
        ending = "inner"
        return .node("dot", [base, right])
      }
      return .power(base, try NotationReader.read(exponent))
    }
    if takes("^") { return .power(base, try exponent()) }
    return base
  }

  /// What stands behind ^ on the line.
  private mutating func exponent() throws -> Meaning {
    let exponent = try factor()
    if openFactor != nil || exponent.parts("^") != nil, tokens[place - 1] != .sign(")") {
      throw Unreadable()
    }
    return exponent
  }

  private mutating func application() throws -> Meaning {
    var name = nextSign ?? ""
    place += 1
    if case .lowered(let base)? = next, case .sign(let digits)? = base.first {
      name += digits
      place += 1
    }
    var exponent: Meaning?
    if case .raised(let tokens)? = next {
      exponent = try NotationReader.read(tokens)
      place += 1
    }
    var value: Meaning
    if next == .sign("(") {
      value = .node(name, try bracket())
      if case .raised(let tokens)? = next {
        guard exponent == nil else { throw Unreadable() }
        exponent = try NotationReader.read(tokens)
        place += 1
      } else if takes("^") {
        value = .power(value, try self.exponent())
      }
    } else {
      try expect("\u{2009}")
      guard let sign = nextSign, sign.first?.isLetter == true || sign.first?.isNumber == true
      else { throw Unreadable() }
      value = .node(name, [try atom()])
      // What follows could belong beneath the function.
      if next == .sign("/") || next == .sign("^") { throw Unreadable() }
      if case .raised? = next { throw Unreadable() }
      if next == .sign("\u{2009}") || next == .sign("·") {
        guard place + 1 < tokens.count, case .sign(let word) = tokens[place + 1],
          word.count > 1, word.first?.isLetter == true
        else { throw Unreadable() }
      }
    }
    return exponent.map { .power(value, $0) } ?? value
  }

  private mutating func repetition() throws -> Meaning {
    let name = takes("∑") ? "sum" : "prod"
    if name == "prod" { place += 1 }
    guard case .lowered(let low)? = next else { throw Unreadable() }
    place += 1
    if low.count == 1 {
      try expect("\u{2009}")
      return .node(name + " all", [try term()])
    }
    let (variable, limits) = try range(low)
    try expect("\u{2009}")
    return .node(name + " " + variable, limits + [try term()])
  }

  /// What stands beneath and above ∑, of which the lower part is read.
  private mutating func range(_ low: [Token]) throws -> (String, [Meaning]) {
    guard low.count > 2, case .sign(let variable) = low[0] else { throw Unreadable() }
    let first = try NotationReader.read(Array(low.dropFirst(2)))
    if low[1] == .sign("∈") { return (variable, [first]) }
    guard low[1] == .sign("="), case .raised(let high)? = next else { throw Unreadable() }
    place += 1
    return (variable, [first, try NotationReader.read(high)])
  }

  /// `(a, b)`, both brackets.
  private mutating func bracket() throws -> [Meaning] {
    try expect("(")
    var parts = [takes("…") ? .leaf("…") : try choice()]
    while takes(",") { parts.append(takes("…") ? .leaf("…") : try choice()) }
    try expect(")")
    return parts
  }

  private mutating func atom() throws -> Meaning {
    guard let sign = nextSign, let first = sign.first else { throw Unreadable() }
    switch first {
    case "(": return try group()
    case "|", "‖":
      place += 1
      let inside = try choice()
      try expect(sign)
      return .node(sign == "|" ? "abs" : "norm", [inside])
    case "√", "∛":
      place += 1
      let name = sign == "√" ? "sqrt" : "cbrt"
      if case .root(let inside)? = next {
        place += 1
        return .node(name, [try NotationReader.read(inside)])
      }
      return .node(name, next == .sign("(") ? try bracket() : [try atom()])
    default: return try word(sign)
    }
  }

  private mutating func group() throws -> Meaning {
    let parts = try bracket()
    if case .lowered(let low)? = next {
      place += 1
      let (variable, limits) = try range(low)
      return .node("[ " + variable, limits + parts)
    }
    return parts.count == 1 ? parts[0] : .node("list", parts)
  }

  private mutating func word(_ word: String) throws -> Meaning {
    guard let first = word.first, first.isLetter || first.isNumber || first == "∞",
      !Self.words.contains(word)
    else { throw Unreadable() }
    place += 1
    if first.isNumber { return .leaf(word) }
    if next == .sign("(") { return .node(word, try bracket()) }
    if word == "mean", case .lowered(let low)? = next {
      place += 1
      let (variable, limits) = try range(low)
      return .node("mean " + variable, limits + (try bracket()))
    }
    if takes(".") {
      guard let column = nextSign else { throw Unreadable() }
      place += 1
      return .node("field", [.leaf(word), .leaf(column)])
    }
    if case .lowered(let tokens)? = next {
      place += 1
      return try index(.leaf(word), tokens)
    }
    guard next == .sign("[") else { return .leaf(word) }
    place += 1
    let end = tokens[place...].firstIndex(of: .sign("]")) ?? tokens.count
    guard end < tokens.count else { throw Unreadable() }
    defer { place = end + 1 }
    return try index(.leaf(word), Array(tokens[place..<end]))
  }

  private func index(_ base: Meaning, _ tokens: [Token]) throws -> Meaning {
    let texts = tokens.map { if case .sign(let text) = $0 { text } else { "" } }
    if !texts.contains(where: { "+−/(\u{2009}".contains($0) }) {
      return .node("index", [base, .leaf(texts.joined())])
    }
    let parts = tokens.split(separator: .sign(","))
    return Meaning.index(base, try parts.map { try NotationReader.read(Array($0)) })
  }
}
