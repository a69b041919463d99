import Diagnostics

extension Notation {
  /// A name and what it stands for; of a list [i in 1..n: …] the element: wᵢ = ….
  public init(_ name: String, _ formula: Formula, _ spelling: Spelling) {
    self = spelling.notation(name)
    guard let root = formula.nodes.last, case .binder(let number) = root.kind,
      let body = formula.arguments(of: root).last, formula.binders[number].name == "[",
      root.children.count == 3, formula.isOne(formula.children[root.children.lowerBound]),
      runs.allSatisfy({ $0.place == .level })
    else {
      self += Notation(" = ") + Notation(formula, spelling)
      return
    }
    var printer = NotationPrinter(formula, spelling)
    let element = printer.print(upTo: body)
    self += spelling.notation(formula.binders[number].variable).placed(.lowered)
    self += Notation(" = ") + element.notation
  }

  /// A formula with as few brackets as it can have without saying something else.
  ///
  /// A quotient takes one factor beneath its stroke and none behind it, ∑ and ∏ what follows up to the next + or −, sin x
  /// one name. Associativity is not shown: a + (b + c) is a + b + c.
  ///
  /// - Complexity: linear in the text but for what is nested, without recursion.
  public init(_ formula: Formula, _ spelling: Spelling) {
    var printer = NotationPrinter(formula, spelling)
    self = printer.print().notation
  }
}

/// The walk over a formula from the leaves to the root: each node becomes a piece of the line and, if it is short, a
/// piece of an index or exponent.
struct NotationPrinter {
  /// Exponents and indices with more characters stand on the line.
  private static let longestScript = 24

  let formula: Formula
  let spelling: Spelling
  private var pieces: [NotationPiece?] = []
  private var scripts: [NotationPiece?] = []

  init(_ formula: Formula, _ spelling: Spelling) {
    self.formula = formula
    self.spelling = spelling
  }

  /// The whole formula, or a sub-formula of it.
  mutating func print(upTo last: Int? = nil) -> NotationPiece {
    for (position, node) in formula.nodes[...(last ?? formula.nodes.count - 1)].enumerated() {
      let children = Array(formula.arguments(of: node))
      let small = children.compactMap { scripts[$0] }
      var script: NotationPiece?
      if small.count == children.count {
        script = piece(node, small, children, isScript: true)
        if let made = script, made.notation.count > Self.longestScript { script = nil }
      }
      // Each child has one parent, which alone holds it then.
      let full = children.map { child in
        defer { pieces[child] = nil }
        return pieces[child] ?? NotationPiece(Notation())
      }
      pieces.append(
        piece(node, full, children, isScript: false) ?? NotationPiece(plainText(position)))
      scripts.append(script)
    }
    return (pieces.last ?? nil) ?? NotationPiece(Notation())
  }

  private func plainText(_ position: Int) -> Notation { Notation(formula.typed(position)) }

  /// An argument as an index or exponent; nil if it is too long.
  func script(_ position: Int) -> Notation? { scripts[position]?.notation }

  // MARK: - Nodes

  /// A node; nil where it has no place in an index or exponent.
  private func piece(
    _ node: Formula.Node, _ arguments: [NotationPiece], _ places: [Int], isScript: Bool
  ) -> NotationPiece? {
    switch node.kind {
    case .number(let value): number(value, isScript: isScript)
    case .text(let text): NotationPiece(Notation("\u{201C}\(text)\u{201D}"))
    case .name(let name): self.name(name, isScript: isScript)
    case .index: index(arguments, places, isScript: isScript)
    case .field(let column):
      NotationPiece(arguments[0].notation + Notation(".") + letters(column), opening: .letter)
    case .list: isScript ? nil : list(arguments, places)
    case .binder(let number):
      isScript ? nil : repetition(formula.binders[number], arguments, places)
    case .call(let name): call(name, arguments, places, isScript: isScript)
    }
  }

  private func letters(_ column: String) -> Notation {
    column.map { Notation(String($0), isSlanted: $0.isLetter) }.reduce(Notation(), +)
  }

  private func number(_ value: Double, isScript: Bool) -> NotationPiece {
    let (digits, exponent) = NotationPrinter.digits(value)
    guard let exponent else { return NotationPiece(Notation(digits), opening: .digit) }
    let power =
      isScript ? Notation("10^(\(exponent))") : Notation("10") + Notation(exponent).placed(.raised)
    if digits == "1" { return NotationPiece(power, .power, opening: .digit) }
    return NotationPiece(Notation(digits + "·") + power, .product, opening: .digit)
  }

  private func name(_ name: String, isScript: Bool) -> NotationPiece? {
    if let symbol = spelling.symbol(name) {
      if isScript, case .applied = symbol { return nil }
      return self.symbol(symbol, isScript: isScript)
    }
    let notation = spelling.notation(name)
    let hasIndex = notation.runs.contains { $0.place != .level }
    if isScript, hasIndex {
      return NotationPiece(Notation(name, isSlanted: true), opening: .letter)
    }
    return NotationPiece(notation, opening: .letter)
  }

  private func symbol(_ symbol: Spelling.Symbol, isScript: Bool) -> NotationPiece? {
    switch symbol {
    case .sign(let notation):
      let isLevel = notation.runs.allSatisfy { $0.place == .level }
      return isScript && !isLevel ? nil : NotationPiece(notation, opening: .letter)
    case .compound(let notation):
      var piece = NotationPiece(notation, .power, opening: .letter)
      piece.takesTranspose = true
      return piece
    case .applied(let word, let notation):
      return NotationPiece(
        NotationPiece.Application(head: Notation(word), argument: notation, isSimple: true))
    }
  }

  private func index(
    _ arguments: [NotationPiece], _ places: [Int], isScript: Bool
  ) -> NotationPiece? {
    if case .text(let column)? = places.dropFirst().first.map({ formula.nodes[$0].kind }) {
      return NotationPiece(
        arguments[0].notation + Notation(".") + letters(column), opening: .letter)
    }
    let base = arguments[0].asAtom
    let isName: Bool = if case .name = formula.nodes[places[0]].kind { true } else { false }
    if isScript, !isName { return nil }
    let indices = places.dropFirst().compactMap { script($0) }
    let isRoom = base.notation.runs.allSatisfy { $0.place == .level } || !isName
    guard indices.count == places.count - 1, !isScript, isRoom else {
      let inside = arguments.dropFirst().map(\.notation).joined(by: ",")
      return NotationPiece(
        base.notation + Notation("[") + inside + Notation("]"), opening: base.opening)
    }
    let isShort = indices.allSatisfy { $0.count == 1 }
    let lowered = indices.joined(by: isShort ? "" : ",").placed(.lowered)
    return NotationPiece(base.notation + lowered, opening: base.opening)
  }

  private func list(_ arguments: [NotationPiece], _ places: [Int]) -> NotationPiece {
    let isTable = places.allSatisfy { formula.isNumber($0) }
    let shown = arguments.map { $0.atLeast(.or).notation.deepened() }
    // Data are in the caption.
    let items =
      isTable && shown.count > 5
      ? [shown[0], shown[1], Notation("…"), shown[shown.count - 1]] : shown
    return NotationPiece(
      Notation("(") + items.joined(by: ", ") + Notation(")"), opening: .list)
  }

  // MARK: - Repetitions

  private func repetition(
    _ binder: Formula.Binder, _ arguments: [NotationPiece], _ places: [Int]
  ) -> NotationPiece {
    let variable = spelling.notation(binder.variable)
    let bodies = Array(arguments.dropFirst(binder.isRange ? 2 : 1))
    let limits = self.limits(binder, variable, arguments, places)
    if binder.name == "[" {
      let inside = bodies.map { $0.atLeast(.or).notation.deepened() }.joined(by: ", ")
      return NotationPiece(
        Notation("(") + inside + Notation(")") + limits, opening: .list)
    }
    if binder.name == "mean" {
      let body = Notation("(") + bodies[0].notation.deepened() + Notation(")")
      return NotationPiece(Notation("mean") + limits + body, opening: .function)
    }
    let sign = Notation(binder.name == "sum" ? "∑" : "∏")
    let body = bodies[0].strength == .negative ? bodies[0].bracketed : bodies[0].atLeast(.product)
    var piece = NotationPiece(sign + limits + Notation("\u{2009}") + body.notation, .product)
    piece.endsInSum = true
    return piece
  }

  /// The range at the side of ∑: lowered where it begins, raised where it ends.
  private func limits(
    _ binder: Formula.Binder, _ variable: Notation, _ arguments: [NotationPiece], _ places: [Int]
  ) -> Notation {
    let isLevel = variable.runs.allSatisfy { $0.place == .level }
    let name = isLevel ? variable : Notation(binder.variable, isSlanted: true)
    guard binder.isRange else {
      return (name + Notation("∈") + arguments[0].notation).placed(.lowered)
    }
    guard let low = script(places[0]), let high = script(places[1]) else {
      return Notation("[") + variable + Notation(" = ") + arguments[0].notation + Notation(", …, ")
        + arguments[1].notation + Notation("]")
    }
    return (name + Notation("=") + low).placed(.lowered) + high.placed(.raised)
  }
}

extension [Notation] {
  /// One behind the other with a separator between.
  func joined(by separator: String) -> Notation {
    enumerated().reduce(into: Notation()) { line, item in
      if item.offset > 0 { line += Notation(separator) }
      line += item.element
    }
  }
}

extension NotationPrinter {
  /// The digits of a number and its power of ten: 2.5·10⁻⁷ for 2.5e-7; nil where it has none.
  private static func digits(_ value: Double) -> (String, String?) {
    var text = formatNumber(value)
    if !text.contains("e"), abs(value) < 1e-4, value != 0 {
      // 0.00001 has more noughts than digits.
      let digits = text.drop { $0 == "0" || $0 == "." }
      let zeros = text.dropFirst(2).prefix { $0 == "0" }.count
      guard digits.count <= zeros else { return (text, nil) }
      let rest = digits.dropFirst()
      text = "\(digits.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)e-\(zeros + 1)"
    }
    let parts = text.split(separator: "e")
    guard parts.count == 2 else { return (text, nil) }
    return (String(parts[0]), String(parts[1]).replacing("-", with: "\u{2212}"))
  }
}

extension Formula {
  /// Whether a sub-formula is the number 1.
  func isOne(_ position: Int) -> Bool { nodes[position].kind == .number(1) }

  /// Whether a sub-formula is a number, maybe with a sign.
  func isNumber(_ position: Int) -> Bool {
    switch nodes[position].kind {
    case .number: true
    case .call("negate"): isNumber(arguments(of: nodes[position]).first ?? position)
    default: false
    }
  }
}
