import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// Says where a value or a derivative became undefined: the first sub-formula that has none though what it is
/// made of has.
///
/// Derivatives are taken of every sub-formula along one direction that no coordinate is missing from: where
/// any derivative of an order is not finite, neither is that one.
struct Explanation {
  /// A sub-formula of one of the function's formulas.
  private struct Part {
    let formula: Int
    let node: Int
    let scalar: Scalar
    /// Its arguments, as places among all parts.
    let arguments: [Int]
    let indices: [(name: String, value: Int)]
  }

  private let model: LocalModel
  private let formulas: [Formula]
  private let parts: [Part]
  private let coordinates: [String]
  private let gradient: Program
  /// The derivatives of the parts, those of order 0 first, as far as they were asked for.
  private var derivatives: [[Scalar]]
  private var programs: [Program] = []

  /// Lists every sub-formula: worth it only once something is undefined.
  init(_ function: FunctionSpec) throws {
    let (model, elaborations) = try function.model(keepsParts: true)
    var parts: [Part] = []
    for (number, elaboration) in elaborations.enumerated() {
      let first = parts.count
      for part in elaboration.parts {
        parts.append(
          Part(
            formula: number, node: part.node, scalar: part.scalar,
            arguments: part.arguments.map { $0 + first }, indices: part.indices))
      }
    }
    self.model = model
    self.parts = parts
    formulas = elaborations.map(\.formula)
    coordinates = function.variables
    derivatives = [parts.map(\.scalar)]
    gradient = Program(
      computing: model.gradient, from: coordinates.indices.map { Input(.coordinate, $0) })
  }

  /// The reason, as `log(x) is nan for x = -0.3` or `sqrt(x) has no finite derivative at x = 0`.
  mutating func reason(at position: [Double]) -> String {
    let values = values(order: 0, at: position)
    if let culprit = culprit(values, values, Self.isMissing[0]) {
      return sentence(culprit, order: 0, values, position)
    }
    let slopes = Evaluator(gradient, width: 8).evaluate(position.map { [$0] }).map { $0[0] }
    let slope = slopes.firstIndex { !$0.isFinite }
    for order in slope == nil ? 2...3 : 1...1 {
      let found = self.values(order: order, at: position)
      if let culprit = culprit(found, values, Self.isMissing[order]) {
        return sentence(culprit, order: order, values, position)
      }
    }
    guard let slope else { return Failure.notFinite.reason }
    return "the derivative of f by \(coordinates[slope]) is \(formatNumber(slopes[slope]))"
  }

  /// Whether a value is missing, by the order of the derivative that it is; an infinite f is another ending.
  private static let isMissing: [@Sendable (Double) -> Bool] = [
    { $0.isNaN }, { !$0.isFinite }, { !$0.isFinite }, { !$0.isFinite },
  ]
  private static let verdicts = [
    ("is nan", "for"), ("has no finite derivative", "at"),
    ("has no finite second derivative", "at"), ("has no finite third derivative", "at"),
  ]

  private var direction: [Input] { coordinates.indices.map { Input(.direction, $0) } }

  /// A point and the components of the direction, which differ so that none takes another away.
  private func inputs(_ position: [Double]) -> [Double] {
    position + position.indices.map { 1 + Double($0 + 1) / Double(position.count + 1) }
  }

  /// The derivative of an order of every part, along the direction.
  private mutating func values(order: Int, at position: [Double]) -> [Double] {
    while programs.count <= order {
      if programs.count > 0 {
        derivatives.append(
          model.graph.tangents(
            of: derivatives[programs.count - 1], model.position,
            along: direction.map(model.graph.input)))
      }
      programs.append(
        Program(
          computing: derivatives[programs.count],
          from: coordinates.indices.map { Input(.coordinate, $0) } + direction))
    }
    return Evaluator(programs[order], width: 8).evaluate(inputs(position).map { [$0] })
      .map { $0[0] }
  }

  /// The first part for which something is missing though for its arguments it is not.
  ///
  /// Branches that are not taken do not count, and nothing does if the whole lacks nothing.
  private func culprit(
    _ found: [Double], _ values: [Double], _ isMissing: (Double) -> Bool
  ) -> Int? {
    guard let whole = found.last, isMissing(whole) else { return nil }
    var isTaken = [Bool](repeating: true, count: parts.count)
    for part in parts where part.arguments.count == 3 {
      guard formulas[part.formula].nodes[part.node].kind == .call("if") else { continue }
      let (condition, yes, no) = (part.arguments[0], part.arguments[1], part.arguments[2])
      // The parts of a branch stand side by side, itself the last.
      let branch = values[condition] != 0 ? yes + 1...no : condition + 1...yes
      for place in branch { isTaken[place] = false }
    }
    return parts.indices.first { number in
      let part = parts[number]
      return isMissing(found[number]) && isTaken[number]
        && !formulas[part.formula].nodes[part.node].children.isEmpty
        && part.arguments.allSatisfy { !isTaken[$0] || !isMissing(found[$0]) }
    }
  }

  /// `log(u) is nan for u = -1`: the part, what is wrong, and the numbers that went in.
  private func sentence(
    _ number: Int, order: Int, _ values: [Double], _ position: [Double]
  ) -> String {
    let part = parts[number]
    var named: [String] = []
    func add(_ name: String, _ value: String) {
      let equation = "\(name) = \(value)"
      if !named.contains(equation) { named.append(equation) }
    }
    for argument in part.arguments where Double(text(argument)) == nil {
      add(text(argument), formatNumber(values[argument]))
    }
    let names = formulas[part.formula].names(in: part.node)
    for index in part.indices where names.contains(index.name) { add(index.name, "\(index.value)") }
    var place = ""
    if let (variable, row) = row(part, order: order, position) {
      for (name, value) in zip(coordinates, position) where names.contains(name) {
        add(name, formatNumber(value))
      }
      for (column, value) in row.values { add("\(variable).\(column)", formatNumber(value)) }
      place = " in row \(row.number)"
    }
    let (verdict, preposition) = Self.verdicts[order]
    let inputs = named.isEmpty ? "" : " \(preposition) \(list(named))"
    return "\(text(number)) \(verdict)\(inputs)\(place)"
  }

  /// The row that a sum over rows has nothing to add for, and the name it goes by there.
  private func row(
    _ part: Part, order: Int, _ position: [Double]
  ) -> (variable: String, row: RowSearch.Row)? {
    guard case .binder(let number) = formulas[part.formula].nodes[part.node].kind,
      !formulas[part.formula].binders[number].isRange,
      let search = RowSearch(
        in: part.scalar, order: order, model.position, along: direction.map(model.graph.input)),
      let row = search.first(at: inputs(position), isMissing: Self.isMissing[order])
    else { return nil }
    return (formulas[part.formula].binders[number].variable, row)
  }

  private func text(_ number: Int) -> String {
    formulas[parts[number].formula].typed(parts[number].node)
  }
}
