import Diagnostics
import Expressions
import Methods

extension SpecParser {
  /// The columns of the results, which no variable may be called.
  static let fixedColumns: Set<String> = Set(
    [
      "method", "rate", "start", "ending", "point", "reason", "period", "iterations", "iteration",
      "f_evaluations", "gradient_evaluations", "hessian_evaluations", "order", "growth", "cosine",
      "limit", "and", "or", "not", "count", "in", "from", "label", "kind", "stable_rate", "runs",
    ]
  ).union(Quantity.all.map(\.name)).union(QuantityFormula.words)
    .union(MatrixFunction.all.map(\.name))

  /// What a name means already, nil if it is free.
  static func meaning(of name: String) -> String? {
    if Function.constants[name] != nil { return "a constant" }
    if Function.named[name] != nil || Reduction.all.contains(where: { $0.name == name }) {
      return "a function"
    }
    if fixedColumns.contains(name) { return "a word of the tool (a column or a quantity)" }
    return nil
  }
}

extension Findings {
  /// `NAME = FORMULA` behind a word.
  mutating func definition(_ line: SpecLine, example: String) -> (
    name: SourceText, body: SourceText
  )? {
    guard let equals = line.rest.scalars.firstIndex(of: "=") else {
      report(
        SpecProblem.missing("the name with its formula", example: example),
        at: line.rest.place(at: 0))
      return nil
    }
    let name = line.rest[0..<equals].trimmed
    if !name.isName() { report(SpecProblem.badName(name.string), at: name.place(at: 0)) }
    return (name, line.rest[equals + 1..<line.rest.count])
  }
}
