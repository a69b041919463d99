import Diagnostics
import Expressions

/// What a formula says, whatever it looks like: where a product has its sign or its quotient, and
/// associativity, do not matter.
public indirect enum Meaning: Equatable, Sendable, CustomStringConvertible {
  case leaf(String)
  case node(String, [Meaning])

  /// The tree with brackets around all parts.
  public var description: String {
    switch self {
    case .leaf(let text): text
    case .node(let name, let parts):
      "\(name)(\(parts.map(\.description).joined(separator: ", ")))"
    }
  }

  var isNumber: Bool {
    if case .leaf(let text) = self { text.allSatisfy(\.isNumber) } else { false }
  }

  func parts(_ name: String) -> [Meaning]? {
    if case .node(name, let parts) = self { parts } else { nil }
  }

  static func negative(_ a: Meaning) -> Meaning {
    // −(−a) in a product is a.
    if let inner = a.parts("negate"), inner[0].parts("*") != nil { return inner[0] }
    return .node("negate", [a])
  }

  static func sum(_ a: Meaning, _ b: Meaning) -> Meaning {
    .node("+", (a.parts("+") ?? [a]) + (b.parts("+") ?? [b]))
  }

  static func difference(_ a: Meaning, _ b: Meaning) -> Meaning {
    .node("+", (a.parts("+") ?? [a]) + [.node("minus", [b])])
  }

  static func product(_ a: Meaning, _ b: Meaning) -> Meaning {
    if let inner = a.parts("negate") { return negative(product(inner[0], b)) }
    if let inner = b.parts("negate") { return negative(product(a, inner[0])) }
    return .node("*", (a.parts("*") ?? [a]) + (b.parts("*") ?? [b]))
  }

  static func quotient(_ a: Meaning, _ b: Meaning) -> Meaning {
    if let inner = a.parts("negate") { return negative(quotient(inner[0], b)) }
    // a b/c is a (b/c).
    if let factors = a.parts("*") {
      return .node("*", factors.dropLast() + [quotient(factors[factors.count - 1], b)])
    }
    return .node("/", [a, b])
  }

  static func power(_ a: Meaning, _ b: Meaning) -> Meaning {
    a == .leaf("e") ? .node("exp", [b]) : .node("^", [a, b])
  }

  private static let textbook = [
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arsinh", "acosh": "arcosh",
    "atanh": "artanh",
  ]

  // MARK: From the syntax

  /// What a parsed formula says.
  public init(_ formula: Formula, _ spelling: Spelling) throws {
    var meanings: [Meaning] = []
    for node in formula.nodes {
      let places = Array(formula.arguments(of: node))
      meanings.append(
        try Meaning.of(node, places, places.map { meanings[$0] }, formula, spelling))
    }
    self = meanings.last ?? .leaf("")
  }

  private static func of(
    _ node: Formula.Node, _ places: [Int], _ parts: [Meaning], _ formula: Formula,
    _ spelling: Spelling
  ) throws -> Meaning {
    switch node.kind {
    case .number(let value):
      let number = try Formula(parsing: SourceText(formatNumber(value)))
      return try NotationReader.read(Notation(number, Spelling([number])))
    case .name(let name): return try NotationReader.read(spelling.notation(name))
    case .text(let text): return .leaf(text)
    case .index: return index(parts[0], Array(parts.dropFirst()))
    case .field(let column): return .node("field", [parts[0], .leaf(column)])
    case .list:
      let isTable = places.allSatisfy {
        if case .number = formula.nodes[$0].kind { true } else { false }
      }
      return .node(
        "list",
        isTable && parts.count > 5
          ? [parts[0], parts[1], .leaf("…"), parts[parts.count - 1]] : parts)
    case .binder(let number):
      let binder = formula.binders[number]
      return .node(binder.name + " " + binder.variable, parts)
    case .call(let name):
      switch (name, parts.count) {
      case ("+", 2): return sum(parts[0], parts[1])
      case ("-", 2): return difference(parts[0], parts[1])
      case ("*", 2): return product(parts[0], parts[1])
      case ("/", 2): return quotient(parts[0], parts[1])
      case ("^", 2), ("pow", 2): return power(parts[0], parts[1])
      case ("negate", 1): return negative(parts[0])
      case ("and", 2), ("or", 2):
        return .node(
          name, (parts[0].parts(name) ?? [parts[0]]) + (parts[1].parts(name) ?? [parts[1]]))
      case ("sum", 1), ("prod", 1):
        guard case .name = formula.nodes[places[0]].kind else { return .node(name, parts) }
        let letter = ["i", "j", "k"].first { !formula.names.contains($0) } ?? "l"
        return .node(name + " all", [index(parts[0], [.leaf(letter)])])
      default: return .node(textbook[name] ?? name, parts)
      }
    }
  }

  /// Indices of one character each stand side by side.
  static func index(_ base: Meaning, _ indices: [Meaning]) -> Meaning {
    let texts = indices.map { index in
      if let factors = index.parts("*"), factors.count == 2 {
        return factors.map(\.description).joined()
      }
      return index.description
    }
    let isShort = texts.count > 1 && texts.allSatisfy { $0.count == 1 }
    return .node("index", [base, .leaf(texts.joined(separator: isShort ? "" : ","))])
  }
}
