import Diagnostics

extension Formula {
  /// Parses a formula.
  ///
  /// Precedence from loose to tight: `or`, `and`, `not`, comparisons, `+ -`, `* /`, sign, `^`. Powers
  /// bind to the right, everything else to the left: −x^2 = −(x²), 2^-3^2 = 2^(−(3²)).
  ///
  /// - Throws: a `Diagnostic` with the place of the first mistake.
  /// - Complexity: linear in the text. The stack is explicit, its depth bounded by `limits`.
  public init(
    parsing text: SourceText, as language: Language = .functions, limits: Limits = Limits()
  ) throws {
    let trimmed = text.trimmed
    guard trimmed.count <= limits[.formula] else {
      throw Diagnostic(
        LimitProblem(
          "the formula has \(trimmed.count) characters", name: .formula, limit: limits[.formula]),
        at: trimmed.place(at: 0))
    }
    guard trimmed.count > 0 else { throw Diagnostic(FormulaProblem.empty, at: text.end) }
    var parser = try Parser(trimmed, language, limits: limits)
    self = try parser.parse()
  }
}

/// Dijkstra's shunting yard: a stack of operands (node positions) and a stack of what still waits.
private struct Parser {
  private enum Waiting {
    case binary(Binary, anchor: Int)
    case prefix(name: String, precedence: Int, anchor: Int)
    case bracket(Bracket)
  }

  private struct Binary {
    let name: String
    let precedence: Int
    var bindsRight = false
  }

  /// A bracket that is still open.
  private struct Bracket {
    enum Role: Equatable {
      case group
      case call(String)
      case list
      case index
    }

    let role: Role
    /// Where what it belongs to begins.
    let anchor: Int
    /// The bracket itself.
    let place: Int
    let firstOperand: Int
    var binder: Binding?

    var isRound: Bool { role != .list && role != .index }
    /// Whether commas separate operands here.
    var takesCommas: Bool { role != .group && (binder.map { $0.stage == .body } ?? true) }
    var closing: String { isRound ? ")" : "]" }
  }

  /// `i in 1..n:` on its way, up to where it is read.
  private struct Binding {
    enum Stage {
      case low
      case high
      case body
    }

    let variable: String
    let anchor: Int
    var stage = Stage.low
    var isRange = false
    var firstNode = 0
  }

  private static let binaries: [String: Binary] = [
    "or": Binary(name: "or", precedence: 1), "and": Binary(name: "and", precedence: 2),
    "<": Binary(name: "<", precedence: 4), "<=": Binary(name: "<=", precedence: 4),
    ">": Binary(name: ">", precedence: 4), ">=": Binary(name: ">=", precedence: 4),
    "==": Binary(name: "==", precedence: 4), "!=": Binary(name: "!=", precedence: 4),
    "+": Binary(name: "+", precedence: 5), "-": Binary(name: "-", precedence: 5),
    "*": Binary(name: "*", precedence: 6), "/": Binary(name: "/", precedence: 6),
    "^": Binary(name: "^", precedence: 8, bindsRight: true),
    "**": Binary(name: "^", precedence: 8, bindsRight: true),
  ]
  private static let comparison = 4
  /// The functions that can repeat a body; `[` is a list that does.
  private static let repeating: Set<String> = ["sum", "prod", "mean"]

  private let text: SourceText
  private let limits: Limits
  private let tokens: [Token]
  private var formula: Formula
  private var index = 0
  private var operands: [Int] = []
  private var waiting: [Waiting] = []

  init(_ text: SourceText, _ language: Formula.Language, limits: Limits) throws {
    self.text = text
    self.limits = limits
    tokens = try Tokens(text, language).all
    formula = Formula(text: text, language)
  }

  mutating func parse() throws -> Formula {
    var expectsOperand = true
    while tokens[index].kind != .end {
      let token = tokens[index]
      expectsOperand = try expectsOperand ? readOperand(token) : readOperator(token)
      index += 1
      guard waiting.count <= limits[.nesting] else {
        throw problem(
          LimitProblem(
            "the formula is nested deeper than \(limits[.nesting]) levels", name: .nesting,
            limit: limits[.nesting]), token)
      }
    }
    if expectsOperand {
      throw problem(FormulaProblem.expectedOperand(found: "the end"), tokens[index])
    }
    while let top = waiting.last {
      if case .bracket(let bracket) = top {
        throw problem(.unclosed(bracket.isRound ? "(" : "["), bracket.place)
      }
      reduce()
    }
    return formula
  }

  // MARK: - Operands

  /// Reads a token where an operand must begin; returns whether one is still awaited.
  private mutating func readOperand(_ token: Token) throws -> Bool {
    let anchor = token.range.lowerBound
    switch token.kind {
    case .number(let value):
      push(.number(value), taking: 0, range: token.range, anchor: anchor)
      return false
    case .text(let value):
      push(.text(value), taking: 0, range: token.range, anchor: anchor)
      return false
    case .name("not"):
      waiting.append(.prefix(name: "not", precedence: 3, anchor: anchor))
      return true
    case .name(let name) where Parser.binaries[name] == nil:
      if tokens[index + 1].kind == .sign("(") {
        index += 1
        try open(.call(name), from: anchor, canRepeat: Parser.repeating.contains(name))
        return true
      }
      if Function.named[name] != nil, tokens[index + 1].kind == .sign("^") {
        throw problem(.powerOfFunction(name), anchor)
      }
      push(.name(name), taking: 0, range: token.range, anchor: anchor)
      return false
    case .sign("-"):
      waiting.append(.prefix(name: "negate", precedence: 7, anchor: anchor))
      return true
    case .sign("+"):
      return true
    case .sign("("):
      try open(.group, from: anchor, canRepeat: false)
      return true
    case .sign("["):
      try open(.list, from: anchor, canRepeat: true)
      return true
    case .sign(")"), .sign("]"):
      // `f()` and `[]`: nothing between a bracket and its end.
      if case .bracket(let bracket)? = waiting.last,
        bracket.place == tokens[index - 1].range.lowerBound,
        bracket.role != .group, bracket.role != .index, token.kind == .sign(bracket.closing)
      {
        close(bracket, to: token.range.upperBound)
        return false
      }
      throw problem(.expectedOperand(found: describe(token)), anchor)
    default:
      throw problem(.expectedOperand(found: describe(token)), anchor)
    }
  }

  /// Opens the bracket at the current token, and reads `i in` behind it.
  private mutating func open(_ role: Bracket.Role, from anchor: Int, canRepeat: Bool) throws {
    var bracket = Bracket(
      role: role, anchor: anchor, place: tokens[index].range.lowerBound,
      firstOperand: operands.count)
    if index + 2 < tokens.count, case .name(let variable) = tokens[index + 1].kind,
      tokens[index + 2].kind == .name("in")
    {
      let place = tokens[index + 1].range.lowerBound
      guard canRepeat else { throw problem(.cannotRepeat, place) }
      bracket.binder = Binding(variable: variable, anchor: place)
      index += 2
    }
    waiting.append(.bracket(bracket))
  }

  // MARK: - Operators

  /// Reads a token where an operator may stand; returns whether an operand is awaited after it.
  private mutating func readOperator(_ token: Token) throws -> Bool {
    let anchor = token.range.lowerBound
    switch token.kind {
    case .sign(")"), .sign("]"):
      guard let bracket = innermostBracket() else {
        throw problem(.unopened(text.string(token.range)), anchor)
      }
      guard token.kind == .sign(bracket.closing) else {
        throw problem(
          .wrongBracket(text.string(token.range), expected: bracket.closing), anchor)
      }
      if let binder = bracket.binder, binder.stage != .body {
        throw problem(
          .incompleteRepetition(name: name(of: bracket), variable: binder.variable), anchor)
      }
      close(bracket, to: token.range.upperBound)
      return false
    case .sign(","):
      guard let bracket = innermostBracket(), bracket.takesCommas else {
        if case .number = tokens[index - 1].kind, case .number = tokens[index + 1].kind {
          let decimals = text.string(tokens[index + 1].range)
          throw problem(.decimalComma(text.string(tokens[index - 1].range), decimals), anchor)
        }
        throw problem(.expectedOperator(found: "','"), anchor)
      }
      return true
    case .sign(".."):
      guard var bracket = innermostBracket(), bracket.binder?.stage == .low else {
        throw problem(.expectedOperator(found: "'..'"), anchor)
      }
      bracket.binder?.stage = .high
      bracket.binder?.isRange = true
      waiting[waiting.count - 1] = .bracket(bracket)
      return true
    case .sign(":"):
      guard var bracket = innermostBracket(), let binder = bracket.binder, binder.stage != .body
      else { throw problem(.expectedOperator(found: "':'"), anchor) }
      bracket.binder?.stage = .body
      bracket.binder?.firstNode = formula.nodes.count
      waiting[waiting.count - 1] = .bracket(bracket)
      return true
    case .sign("="): throw problem(.singleEquals, anchor)
    case .sign("["):
      let operand = operands[operands.count - 1]
      waiting.append(
        .bracket(
          Bracket(
            role: .index, anchor: formula.nodes[operand].range.lowerBound, place: anchor,
            firstOperand: operands.count - 1)))
      return true
    case .sign("."): return try readField(anchor)
    case .sign(let name), .name(let name):
      if let binary = Parser.binaries[name] {
        try push(binary, anchor: anchor)
        return true
      }
      throw missingOperator(token)
    case .number, .text: throw missingOperator(token)
    case .end: return false
    }
  }

  /// Reads `.column` behind a row.
  private mutating func readField(_ anchor: Int) throws -> Bool {
    let left = text.string(tokens[index - 1].range)
    switch tokens[index + 1].kind {
    case .name(let name):
      if tokens[index + 2].kind == .sign("(") {
        throw problem(.dottedFunction(left, name), tokens[index - 1].range.lowerBound)
      }
      let operand = formula.nodes[operands[operands.count - 1]]
      index += 1
      push(
        .field(name), taking: 1, range: operand.range.lowerBound..<tokens[index].range.upperBound,
        anchor: tokens[index].range.lowerBound)
      return false
    case .sign(let sign) where Parser.binaries[sign] != nil:
      throw problem(.dottedOperator(sign), anchor)
    default: throw problem(.expectedOperator(found: "'.'"), anchor)
    }
  }

  /// Applies what waits above the innermost open bracket; nil where none is open.
  private mutating func innermostBracket() -> Bracket? {
    while let top = waiting.last {
      if case .bracket(let bracket) = top { return bracket }
      reduce()
    }
    return nil
  }

  /// Makes the node of the bracket on top of the waiting stack.
  private mutating func close(_ bracket: Bracket, to end: Int) {
    waiting.removeLast()
    let count = operands.count - bracket.firstOperand
    let range = bracket.anchor..<end
    if let binder = bracket.binder {
      formula.binders.append(
        Formula.Binder(
          name: name(of: bracket), variable: binder.variable, anchor: binder.anchor,
          isRange: binder.isRange, body: binder.firstNode..<formula.nodes.count))
      push(
        .binder(formula.binders.count - 1), taking: count, range: range, anchor: bracket.anchor)
      return
    }
    switch bracket.role {
    case .group: widen(to: range)
    case .call(let name): push(.call(name), taking: count, range: range, anchor: bracket.anchor)
    case .list: push(.list, taking: count, range: range, anchor: bracket.anchor)
    case .index: push(.index, taking: count, range: range, anchor: bracket.place)
    }
  }

  private func name(of bracket: Bracket) -> String {
    if case .call(let name) = bracket.role { name } else { "[" }
  }

  private mutating func push(_ binary: Binary, anchor: Int) throws {
    while let top = waiting.last {
      let precedence: Int
      switch top {
      case .binary(let left, _):
        if left.precedence == Parser.comparison, binary.precedence == Parser.comparison {
          throw problem(.chainedComparison, anchor)
        }
        precedence = left.precedence
      case .prefix(_, let prefix, _): precedence = prefix
      case .bracket: precedence = 0
      }
      let reduces =
        precedence > binary.precedence
        || (precedence == binary.precedence && !binary.bindsRight)
      if !reduces { break }
      reduce()
    }
    waiting.append(.binary(binary, anchor: anchor))
  }

  /// Applies the operator on top of the waiting stack to the operands on top of theirs.
  private mutating func reduce() {
    switch waiting.removeLast() {
    case .binary(let binary, let anchor):
      let left = formula.nodes[operands[operands.count - 2]].range.lowerBound
      let right = formula.nodes[operands[operands.count - 1]].range.upperBound
      push(.call(binary.name), taking: 2, range: left..<right, anchor: anchor)
    case .prefix(let name, _, let anchor):
      let right = formula.nodes[operands[operands.count - 1]].range.upperBound
      push(.call(name), taking: 1, range: anchor..<right, anchor: anchor)
    case .bracket: preconditionFailure("brackets are closed by their ends")
    }
  }

  private mutating func push(
    _ kind: Formula.Kind, taking count: Int, range: Range<Int>, anchor: Int
  ) {
    let first = formula.children.count
    formula.children.append(contentsOf: operands.suffix(count))
    operands.removeLast(count)
    operands.append(formula.nodes.count)
    formula.nodes.append(
      Formula.Node(
        kind: kind, children: first..<formula.children.count, range: range, anchor: anchor))
  }

  /// Gives the operand on top the range of the brackets around it, so that it is quoted with them.
  private mutating func widen(to range: Range<Int>) {
    let node = formula.nodes[operands[operands.count - 1]]
    formula.nodes[operands[operands.count - 1]] = Formula.Node(
      kind: node.kind, children: node.children, range: range, anchor: node.anchor)
  }

  // MARK: - Problems

  private func missingOperator(_ token: Token) -> Diagnostic {
    let place = token.range.lowerBound
    let left = text.string(tokens[index - 1].range)
    let right = text.string(token.range)
    if token.kind == .name("for") { return problem(.comprehension, place) }
    if ["if", "then", "else"].contains(right) { return problem(.conditional, place) }
    if case .name(let name) = tokens[index - 1].kind, let function = Function.named[name] {
      if case .sign = token.kind {
        return problem(.expectedOperator(found: describe(token)), place)
      }
      return problem(
        function.parameters.count == 1
          ? .functionWithoutBrackets(name, argument: right)
          : .functionWithoutArguments(name, usage: function.usage),
        tokens[index - 1].range.lowerBound)
    }
    switch (tokens[index - 1].kind, token.kind) {
    case (.number, .name), (.name, .name), (.sign(")"), .name), (.number, .sign("(")),
      (.sign(")"), .sign("(")), (.sign(")"), .number), (.name, .number), (.sign("]"), .name),
      (.sign("]"), .number), (.sign("]"), .sign("(")):
      let beginning = formula.nodes[operands[operands.count - 1]].range.lowerBound
      let factor = left == ")" ? "(…)" : text.string(beginning..<tokens[index - 1].range.upperBound)
      return problem(
        .missingMultiplication(left: factor, right: right == "(" ? "(…)" : right), place)
    default:
      return problem(.expectedOperator(found: describe(token)), place)
    }
  }

  private func describe(_ token: Token) -> String {
    token.kind == .end ? "the end" : "'\(text.string(token.range))'"
  }

  private func problem(_ problem: FormulaProblem, _ index: Int) -> Diagnostic {
    Diagnostic(problem, at: text.place(at: index))
  }

  private func problem(_ problem: any Problem, _ token: Token) -> Diagnostic {
    Diagnostic(problem, at: text.place(at: token.range.lowerBound))
  }
}
