/// Operators and functions.
extension NotationPrinter {
  /// Functions that textbooks apply to a single name without brackets, and raise behind the name.
  private static let elementary: [String: String] = [
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "arsinh", "acosh": "arcosh",
    "atanh": "artanh", "log": "log", "log2": "log2", "log10": "log10",
  ]
  private static let comparisons = [
    "<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠",
  ]
  /// e^u stands raised up to this many characters.
  private static let longestExponent = 9

  func call(
    _ name: String, _ arguments: [NotationPiece], _ places: [Int], isScript: Bool
  ) -> NotationPiece? {
    switch (name, arguments.count) {
    case ("+", 2), ("-", 2): return sum(name, arguments[0], arguments[1], isScript)
    case ("*", 2): return product(arguments[0], arguments[1], isScript)
    case ("/", 2): return quotient(arguments[0], arguments[1])
    case ("^", 2), ("pow", 2): return power(arguments, places, isScript: isScript)
    case ("negate", 1): return negative(arguments[0])
    case ("exp", 1): return exponential(arguments[0], places[0], isScript: isScript)
    case ("sqrt", 1): return root("√", arguments[0], isScript)
    case ("cbrt", 1): return root("∛", arguments[0], isScript)
    case ("abs", 1): return bars("|", arguments[0], otherwise: name)
    case ("norm", 1): return bars("‖", arguments[0], otherwise: name)
    case ("not", 1):
      return isScript
        ? nil : NotationPiece(Notation("not ") + arguments[0].atLeast(.not).notation, .not)
    case ("and", 2), ("or", 2): return isScript ? nil : connected(name, arguments)
    case ("if", 3): return isScript ? nil : choice(arguments)
    default: break
    }
    if let sign = Self.comparisons[name], arguments.count == 2 {
      return compared(sign, arguments, isScript)
    }
    if !isScript, let made = matrixCall(name, arguments, places) { return made }
    if let word = Self.elementary[name], arguments.count == 1 {
      return application(word, arguments[0], places[0], isScript)
    }
    let inside =
      arguments.count == 1
      ? arguments[0].notation.deepened()
      : arguments.map { $0.atLeast(.or).notation.deepened() }.joined(by: ", ")
    return NotationPiece(
      Notation(name + "(") + inside + Notation(")"), opening: .function)
  }

  // MARK: - Arithmetic

  private func sum(
    _ sign: String, _ left: NotationPiece, _ right: NotationPiece, _ isScript: Bool
  ) -> NotationPiece {
    let shown = sign == "-" ? "\u{2212}" : "+"
    let operation =
      isScript
      ? Notation(shown) : Notation(" \(shown) ", lineBreak: Notation.LineBreak.atSum)
    let first = left.atLeast(.sum)
    // a − (b + c), and no sign right behind another.
    let isPlainSum = sign == "+" && right.strength == .sum && right.opening != .minus
    let second =
      right.strength >= .product || isPlainSum ? right : right.bracketed
    return NotationPiece(
      first.notation + operation + second.notation, .sum, opening: first.opening)
  }

  private func negative(_ operand: NotationPiece) -> NotationPiece {
    var piece = operand.atLeast(.product)
    piece.start = Notation("\u{2212}") + piece.start
    piece.strength = .negative
    piece.opening = .minus
    piece.takesTranspose = false
    return piece
  }

  private func product(
    _ left: NotationPiece, _ right: NotationPiece, _ isScript: Bool
  ) -> NotationPiece {
    var first = left.atLeast(.negative)
    let isNumber = left.opening == .digit && left.strength == .atom
    if first.isQuotient || first.endsInSum || first.isInner { first = first.bracketed }
    var second = right.atLeast(.product)
    if second.isInner, !isNumber { second = second.bracketed }
    let isOpen = second.opening == .function
    let before = isOpen ? first.notation : first.closed
    let isSigned = right.opening == .minus && second.opening == .bracket
    let isAfterName = before.runs.last?.isSlanted == true || before.runs.last?.place == .lowered
    // Two brackets may part at the end of a line.
    let isBreak =
      !isScript && second.opening == .bracket && before.runs.last?.text.last == ")"
    let thin =
      Notation("\u{2009}", lineBreak: isBreak ? Notation.LineBreak.atProduct : nil)
    let separator =
      if second.opening == .digit || isSigned || isAfterName && second.opening == .list {
        Notation("·")
      } else if isScript, first.opening == .digit, first.strength == .atom {
        Notation()
      } else {
        thin
      }
    second.start = before + separator + second.start
    second.opening = first.opening
    second.strength = first.strength == .negative ? .negative : .product
    second.takesTranspose = false
    return second
  }

  private func quotient(_ left: NotationPiece, _ right: NotationPiece) -> NotationPiece {
    var over = left.atLeast(.negative)
    if over.isQuotient || over.endsInSum { over = over.bracketed }
    let under = right.closedStrength >= .power ? right.closed : right.bracketed.notation
    var piece = NotationPiece(
      over.closed + Notation("/") + under, over.strength == .negative ? .negative : .product,
      opening: over.opening)
    piece.isQuotient = true
    return piece
  }

  private func power(
    _ arguments: [NotationPiece], _ places: [Int], isScript: Bool
  ) -> NotationPiece {
    let exponent = isScript ? nil : script(places[1])
    if let exponent, var raised = arguments[0].end, arguments[0].start.runs.isEmpty,
      !raised.isRaised, isElementary(places[0]), isSmallInteger(places[1])
    {
      raised.head += exponent.placed(.raised)
      raised.isRaised = true
      var piece = NotationPiece(raised)
      piece.strength = raised.isSimple ? .product : .power
      return piece
    }
    let base = arguments[0].asAtom
    if let exponent {
      return NotationPiece(
        base.notation + exponent.placed(.raised), .power, opening: base.opening)
    }
    let above = arguments[1].strength == .atom ? arguments[1] : arguments[1].bracketed
    return NotationPiece(
      base.notation + Notation("^") + above.notation, .power, opening: base.opening)
  }

  private func isElementary(_ position: Int) -> Bool {
    guard case .call(let name) = formula.nodes[position].kind else { return false }
    return Self.elementary[name] != nil
  }

  private func isSmallInteger(_ position: Int) -> Bool {
    guard case .number(let value) = formula.nodes[position].kind else { return false }
    return value >= 2 && value <= 9 && value == value.rounded()
  }

  // MARK: - Functions

  private func application(
    _ word: String, _ argument: NotationPiece, _ place: Int, _ isScript: Bool
  ) -> NotationPiece {
    let digits = word.drop { !$0.isNumber }
    let isIndexed = !digits.isEmpty && !isScript
    let head =
      isIndexed
      ? Notation(String(word.dropLast(digits.count))) + Notation(String(digits)).placed(.lowered)
      : Notation(word)
    return NotationPiece(
      NotationPiece.Application(
        head: head, argument: argument.notation, isSimple: isSimple(place)))
  }

  /// A name, a number or one component: what sin x needs no brackets around.
  private func isSimple(_ position: Int) -> Bool {
    switch formula.nodes[position].kind {
    case .name(let name): return spelling.symbol(name) == nil
    case .number(let value): return abs(value) >= 1e-3 && abs(value) < 1e15
    case .index:
      guard let base = formula.arguments(of: formula.nodes[position]).first else { return false }
      return isSimple(base)
    default: return false
    }
  }

  private func exponential(
    _ argument: NotationPiece, _ place: Int, isScript: Bool
  ) -> NotationPiece {
    if !isScript, let exponent = script(place), exponent.count <= Self.longestExponent,
      !exponent.plain.contains(where: { "^[(√_".contains($0) }), !hasIndexedName(place)
    {
      return NotationPiece(
        Notation("e") + exponent.placed(.raised), .power, opening: .letter)
    }
    return NotationPiece(
      Notation("exp(") + argument.notation.deepened() + Notation(")"), opening: .function)
  }

  /// Whether a name with an index stands in a sub-formula, which as an exponent would lose it.
  private func hasIndexedName(_ position: Int) -> Bool {
    formula.names(in: position).contains { name in
      spelling.notation(name).runs.contains { $0.place != .level }
    }
  }

  private func root(_ sign: String, _ argument: NotationPiece, _ isScript: Bool) -> NotationPiece {
    let inside = argument.notation
    if isScript || inside.runs.contains(where: \.isOverlined) || inside.count > 60 {
      let isShort = argument.strength == .atom && isScript
      return NotationPiece(
        Notation(sign) + (isShort ? argument : argument.bracketed).notation, .power)
    }
    return NotationPiece(Notation(sign) + inside.overlined(), .power)
  }

  private func bars(
    _ bar: Character, _ argument: NotationPiece, otherwise name: String
  ) -> NotationPiece {
    let inside = argument.notation.deepened()
    if argument.contains(bar) {
      return NotationPiece(Notation(name + "(") + inside + Notation(")"), opening: .function)
    }
    return NotationPiece(Notation(String(bar)) + inside + Notation(String(bar)))
  }

  // MARK: - Conditions

  private func compared(
    _ sign: String, _ arguments: [NotationPiece], _ isScript: Bool
  ) -> NotationPiece {
    let sides = arguments.map { $0.atLeast(.sum).notation }
    return NotationPiece(
      sides[0] + Notation(isScript ? sign : " \(sign) ") + sides[1], .comparison,
      opening: arguments[0].opening)
  }

  private func connected(_ word: String, _ arguments: [NotationPiece]) -> NotationPiece {
    let strength: NotationPiece.Strength = word == "and" ? .and : .or
    let sides = arguments.map { $0.atLeast(strength).notation }
    return NotationPiece(
      sides[0] + Notation(" \(word) ") + sides[1], strength, opening: arguments[0].opening)
  }

  /// `a if c, b if d, else e`.
  private func choice(_ arguments: [NotationPiece]) -> NotationPiece {
    let first =
      arguments[1].atLeast(.or).notation + Notation(" if ") + arguments[0].atLeast(.or).notation
    let rest =
      arguments[2].strength == .choice
      ? Notation(", ") + arguments[2].notation : Notation(", else ") + arguments[2].notation
    return NotationPiece(first + rest, .choice)
  }

  // MARK: - Vectors and matrices

  private func matrixCall(
    _ name: String, _ arguments: [NotationPiece], _ places: [Int]
  ) -> NotationPiece? {
    switch (name, arguments.count) {
    case ("dot", 2): return inner(arguments[0], arguments[1])
    case ("solve", 2):
      let inverse = arguments[0].asAtom.notation + Notation("\u{2212}1").placed(.raised)
      return product(
        NotationPiece(inverse, .power, opening: arguments[0].opening), arguments[1], false)
    case ("det", 1): return application("det", arguments[0], places[0])
    case ("trace", 1): return application("tr", arguments[0], places[0])
    case ("diagonal", 1): return application("diag", arguments[0], nil)
    case ("absolute", 1):
      guard arguments[0].strength == .atom else { return nil }
      return bars("|", arguments[0], otherwise: name)
    case ("sum", 1), ("prod", 1):
      guard case .name(let vector) = formula.nodes[places[0]].kind, spelling.symbol(vector) == nil
      else { return nil }
      let letter = ["i", "j", "k"].first { !formula.names.contains($0) } ?? "l"
      let index = Notation(letter, isSlanted: true).placed(.lowered)
      var piece = NotationPiece(
        Notation(name == "sum" ? "∑" : "∏") + index + Notation("\u{2009}") + arguments[0].notation
          + index, .product)
      piece.endsInSum = true
      return piece
    default: return nil
    }
  }

  private func application(
    _ word: String, _ argument: NotationPiece, _ place: Int?
  ) -> NotationPiece {
    let isName: Bool =
      if let place, case .name = formula.nodes[place].kind { argument.strength == .atom } else {
        false
      }
    return NotationPiece(
      NotationPiece.Application(
        head: Notation(word), argument: argument.notation, isSimple: isName))
  }

  /// uᵀv.
  private func inner(_ left: NotationPiece, _ right: NotationPiece) -> NotationPiece {
    let row = left.takesTranspose || left.strength == .atom ? left : left.bracketed
    let isPlain =
      right.strength >= .product && right.opening == .letter && !right.isQuotient
      && !right.endsInSum && !right.isInner && right.end == nil
    let column = isPlain || right.strength == .atom ? right : right.bracketed
    var piece = NotationPiece(
      row.notation + Notation("T").placed(.raised) + column.notation, .product,
      opening: row.opening)
    piece.isInner = true
    return piece
  }
}
