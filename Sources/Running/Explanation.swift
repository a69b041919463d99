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
    if let culprit = culprit(values, values, isMissing: \.isNaN) {
      return sentence(culprit, values, position, "is nan", "for")
    }
    func derivative(_ name: String, order: Int) -> String? {
      let found = self.values(order: order, at: position)
      guard let culprit = culprit(found, values, isMissing: { !$0.isFinite }) else { return nil }
      return sentence(culprit, values, position, "has no finite \(name)", "at")
    }
    let slopes = Evaluator(gradient, width: 8).evaluate(position.map { [$0] }).map { $0[0] }
    if let i = slopes.firstIndex(where: { !$0.isFinite }) {
      return derivative("derivative", order: 1)
        ?? "the derivative of f by \(coordinates[i]) is \(formatNumber(slopes[i]))"
    }
    return derivative("second derivative", order: 2) ?? derivative("third derivative", order: 3)
      ?? Failure.notFinite.reason
  }

  /// The derivative of an order of every part, along the direction.
  private mutating func values(order: Int, at position: [Double]) -> [Double] {
    let direction = coordinates.indices.map { Input(.direction, $0) }
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
    // Components that differ, so that none takes another away.
    let components = position.indices.map { 1 + Double($0 + 1) / Double(position.count + 1) }
    return Evaluator(programs[order], width: 8).evaluate((position + components).map { [$0] })
      .map { $0[0] }
  }

  /// The first part for which something is missing though for its arguments it is not.
  ///
  /// Branches that are not taken do not count, and nothing does if the whole lacks nothing.
  private func culprit(
    _ found: [Double], _ values: [Double], isMissing: (Double) -> Bool
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
    _ number: Int, _ values: [Double], _ position: [Double], _ verdict: String,
    _ preposition: String
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
    if part.arguments.isEmpty {
      // A sum over rows: what stands in it differs from row to row, but for the coordinates.
      for (name, value) in zip(coordinates, position) where names.contains(name) {
        add(name, formatNumber(value))
      }
    }
    for index in part.indices where names.contains(index.name) { add(index.name, "\(index.value)") }
    let head = "\(text(number)) \(verdict)"
    return named.isEmpty ? head : "\(head) \(preposition) \(list(named))"
  }

  private func text(_ number: Int) -> String {
    formulas[parts[number].formula].typed(parts[number].node)
  }
}
