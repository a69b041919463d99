import Diagnostics

extension Formula {
  /// Parses a formula.
  ///
  /// Precedence from loose to tight: `or`, `and`, `not`, comparisons, `+ -`, `* /`, sign, `^`. Powers
  /// bind to the right, everything else to the left: −x^2 = −(x²), 2^-3^2 = 2^(−(3²)).
  ///
  /// - Throws: a `Diagnostic` with the place of the first mistake.
  /// - Complexity: linear in the text. The stack is explicit, its depth bounded by `limits`.
  public init(parsing text: SourceText, limits: Limits = Limits()) throws {
    let trimmed = text.trimmed
    guard trimmed.count <= limits[.formula] else {
      throw Diagnostic(
        LimitProblem(
          "the formula has \(trimmed.count) characters", name: .formula, limit: limits[.formula]),
        at: trimmed.place(at: 0))
    }
    guard trimmed.count > 0 else { throw Diagnostic(FormulaProblem.empty, at: text.end) }
    var parser = try Parser(trimmed, limits: limits)
    self = try parser.parse()
  }
}

/// Dijkstra's shunting yard: a stack of operands (node positions) and a stack of what still waits.
private struct Parser {
  private enum Waiting {
    case binary(Binary, anchor: Int)
    case prefix(name: String, precedence: Int, anchor: Int)
    case group(anchor: Int)
    case call(name: String, anchor: Int, firstOperand: Int)
  }

  private struct Binary {
    let name: String
    let precedence: Int
    var bindsRight = false
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

  private let text: SourceText
  private let limits: Limits
  private let tokens: [Token]
  private var formula: Formula
  private var index = 0
  private var operands: [Int] = []
  private var waiting: [Waiting] = []

  init(_ text: SourceText, limits: Limits) throws {
    self.text = text
    self.limits = limits
    tokens = try Tokens(text).all
    formula = Formula(text: text)
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
      switch top {
      case .group(let anchor): throw problem(.unclosed("("), anchor)
      case .call(_, let anchor, _):
        var bracket = anchor
        while text.scalars[bracket] != "(" { bracket += 1 }
        throw problem(.unclosed("("), bracket)
      default: reduce()
      }
    }
    return formula
  }

  /// Reads a token where an operand must begin; returns whether one is still awaited.
  private mutating func readOperand(_ token: Token) throws -> Bool {
    let anchor = token.range.lowerBound
    switch token.kind {
    case .number(let value):
      push(.number(value), taking: 0, range: token.range, anchor: anchor)
      return false
    case .name("not"):
      waiting.append(.prefix(name: "not", precedence: 3, anchor: anchor))
      return true
    case .name(let name) where Parser.binaries[name] == nil:
      if tokens[index + 1].kind == .sign("(") {
        index += 1
        waiting.append(.call(name: name, anchor: anchor, firstOperand: operands.count))
        return true
      }
      push(.name(name), taking: 0, range: token.range, anchor: anchor)
      return false
    case .sign("-"):
      waiting.append(.prefix(name: "negate", precedence: 7, anchor: anchor))
      return true
    case .sign("+"):
      return true
    case .sign("("):
      waiting.append(.group(anchor: anchor))
      return true
    case .sign(")"):
      if case .call(let name, let callee, let first)? = waiting.last, operands.count == first,
        text.scalars[callee..<anchor].last(where: { !$0.properties.isWhitespace }) == "("
      {
        waiting.removeLast()
        push(.call(name), taking: 0, range: callee..<token.range.upperBound, anchor: callee)
        return false
      }
      throw problem(.expectedOperand(found: "')'"), anchor)
    default:
      throw problem(.expectedOperand(found: describe(token)), anchor)
    }
  }

  /// Reads a token where an operator may stand; returns whether an operand is awaited after it.
  private mutating func readOperator(_ token: Token) throws -> Bool {
    let anchor = token.range.lowerBound
    switch token.kind {
    case .sign(")"):
      while let top = waiting.last {
        switch top {
        case .group(let start):
          waiting.removeLast()
          widen(to: start..<token.range.upperBound)
          return false
        case .call(let name, let callee, let first):
          waiting.removeLast()
          push(
            .call(name), taking: operands.count - first, range: callee..<token.range.upperBound,
            anchor: callee)
          return false
        default: reduce()
        }
      }
      throw problem(.unopened(")"), anchor)
    case .sign(","):
      while let top = waiting.last {
        if case .call = top { return true }
        if case .group = top { break }
        reduce()
      }
      throw problem(.expectedOperator(found: "','"), anchor)
    case .sign("="): throw problem(.singleEquals, anchor)
    case .sign("["):
      throw problem(.indexing(text.string(tokens[index - 1].range)), anchor)
    case .sign(let name), .name(let name):
      if let binary = Parser.binaries[name] {
        try push(binary, anchor: anchor)
        return true
      }
      throw missingOperator(token)
    case .number: throw missingOperator(token)
    case .end: return false
    }
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
      case .group, .call: precedence = 0
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
    case .group, .call: preconditionFailure("brackets are closed by ')'")
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

  private func missingOperator(_ token: Token) -> Diagnostic {
    let left = text.string(tokens[index - 1].range)
    let right = text.string(token.range)
    switch (tokens[index - 1].kind, token.kind) {
    case (.number, .name), (.name, .name), (.sign(")"), .name), (.number, .sign("(")),
      (.sign(")"), .sign("(")), (.sign(")"), .number), (.name, .number):
      return problem(
        .missingMultiplication(
          left: left == ")" ? "(…)" : left, right: right == "(" ? "(…)" : right),
        token.range.lowerBound)
    default:
      return problem(.expectedOperator(found: describe(token)), token.range.lowerBound)
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
