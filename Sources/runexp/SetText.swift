import Diagnostics
import Expressions
import Figures
import Methods
import Specs

/// Formulas and names as figures show them: set by the syntax tree, typed in captions.

extension RichText {
  /// What a formula became.
  init(_ notation: Notation) {
    self.init(
      runs: notation.runs.map { run in
        let place: Place =
          switch run.place {
          case .level: .level
          case .raised: .raised
          case .lowered: .lowered
          }
        return Run(
          text: run.text, isItalic: run.isSlanted, place: place, isOverlined: run.isOverlined,
          lineBreak: run.lineBreak)
      })
  }
}

extension FunctionSpec {
  /// How its names are set, in its own formulas and those of quantities that speak of it.
  private func spelling(_ others: [Formula] = []) -> Spelling {
    let own = [formula] + locals.map(\.formula)
    let names = declarations.map(\.name) + parameters.keys.sorted() + locals.map(\.name)
    // A coordinate is an element, even where no formula asks for one.
    let coordinates = variables.compactMap { try? Formula(parsing: SourceText($0)) }
    return Spelling(
      own + others + coordinates, names: names, symbols: others.isEmpty ? [:] : Quantity.symbols)
  }

  /// f(x) = …, and behind it what is not in the formula: sizes of vectors and local names.
  ///
  /// - Parameter name: what it is called, f where it stands alone.
  func label(named name: String = "f") -> Label {
    let spelling = spelling()
    let names = declarations.map { spelling.notation($0.name) }
    var line = Notation(name, isSlanted: true) + Notation("(")
    for (place, name) in names.enumerated() {
      line += (place > 0 ? Notation(", ") : Notation()) + name
    }
    line += Notation(") = ") + Notation(formula, spelling)
    for declaration in declarations where parameters.isEmpty {
      guard let size = declaration.size else { continue }
      line += Notation(", ") + spelling.notation(declaration.name)
      line += Notation(" ∈ ℝ") + Notation(size).placed(.raised)
    }
    for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
      line += Notation(", ") + spelling.notation(name) + Notation(" = \(formatNumber(value))")
    }
    for (place, local) in locals.enumerated() {
      line += Notation(",")
      line +=
        place == 0
        ? Notation(" where ", lineBreak: Notation.LineBreak.best) : Notation(" ", lineBreak: 1)
      line += Notation(local.name, local.formula, spelling)
    }
    return Label(typedFormula(name), shown: RichText(line))
  }

  private func typedFormula(_ name: String) -> String {
    let head =
      "\(name)(\(declarations.map(\.declaration).joined(separator: ", "))) = \(formula.text.string)"
    return (head + locals.map { ", \($0.name) = \($0.formula.text.string)" }.joined()).oneLine
  }

  /// The name of a coordinate: x, w₁, A₁₂.
  func label(axis: Int) -> Label {
    let name = variables[axis]
    guard let formula = try? Formula(parsing: SourceText(name)) else { return Label(words: name) }
    return Label(name, shown: RichText(Notation(formula, spelling())))
  }

  /// A formula of quantities.
  func label(_ formula: QuantityFormula) -> Label {
    Label(
      formula.formula.text.string.oneLine,
      shown: RichText(Notation(formula.formula, spelling([formula.formula]))))
  }

  /// The name of a column of tables: a coordinate or quantity as it is set, or words.
  func label(column: String) -> Label {
    if let axis = variables.firstIndex(of: column) { return label(axis: axis) }
    let start = "start_"
    if column.hasPrefix(start),
      let axis = variables.firstIndex(of: String(column.dropFirst(start.count)))
    {
      return Label(column, shown: RichText("start ") + label(axis: axis).shown)
    }
    if let quantity = Quantity.named[column], quantity.column != .always,
      let formula = try? QuantityFormula(parsing: SourceText(column))
    {
      return Label(column, shown: label(formula).shown)
    }
    return Label(column: column)
  }
}

extension Label {
  /// The name of a column as words.
  init(column: String) { self.init(column, shown: RichText(column.replacing("_", with: " "))) }
}

extension Variable {
  /// The power of ℝ that it lies in; nil for a number.
  fileprivate var size: String? {
    switch shape {
    case .scalar: nil
    case .vector(let count): "\(count)"
    case .matrix(let rows, let columns): "\(rows)×\(columns)"
    }
  }
}

extension String {
  /// A formula that was continued over several lines, without their indentation.
  var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
