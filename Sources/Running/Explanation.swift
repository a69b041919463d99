import Diagnostics
import Evaluation
import Expressions
import Specs

/// Says where a value became undefined: the first sub-formula that is NaN though its inputs are not.
struct Explanation {
  /// A sub-formula of one of the function's formulas.
  private struct Part {
    let formula: Int
    let node: Int
    /// Its arguments, as places among all parts.
    let arguments: [Int]
    let indices: [(name: String, value: Int)]
  }

  private let formulas: [Formula]
  private let parts: [Part]
  private let coordinates: [String]
  private let values: Program
  private let gradient: Program

  /// Compiles every sub-formula: worth it only once something is undefined.
  init(_ function: FunctionSpec) throws {
    let (model, elaborations) = try function.model(keepsParts: true)
    var parts: [Part] = []
    for (number, elaboration) in elaborations.enumerated() {
      let first = parts.count
      for part in elaboration.parts {
        parts.append(
          Part(
            formula: number, node: part.node, arguments: part.arguments.map { $0 + first },
            indices: part.indices))
      }
    }
    self.parts = parts
    formulas = elaborations.map(\.formula)
    coordinates = function.variables
    let inputs = coordinates.indices.map { Input(.coordinate, $0) }
    values = Program(computing: elaborations.flatMap(\.parts).map(\.scalar), from: inputs)
    gradient = Program(computing: model.gradient, from: inputs)
  }

  /// The reason, as `log(x) is nan for x = -0.3`, or the derivative that is not finite.
  func reason(at position: [Double]) -> String {
    let columns = position.map { [$0] }
    let found = Evaluator(values, width: 8).evaluate(columns).map { $0[0] }
    for (number, part) in parts.enumerated() where found[number].isNaN {
      let isName = formulas[part.formula].nodes[part.node].children.isEmpty
      guard !isName, part.arguments.allSatisfy({ !found[$0].isNaN }) else { continue }
      var named: [String] = []
      for argument in part.arguments where Double(text(argument)) == nil {
        let equation = "\(text(argument)) = \(formatNumber(found[argument]))"
        if !named.contains(equation) { named.append(equation) }
      }
      let names = formulas[part.formula].names(in: part.node)
      for index in part.indices where names.contains(index.name) {
        let equation = "\(index.name) = \(index.value)"
        if !named.contains(equation) { named.append(equation) }
      }
      return named.isEmpty
        ? "\(text(number)) is nan" : "\(text(number)) is nan for \(list(named))"
    }
    let slopes = Evaluator(gradient, width: 8).evaluate(columns).map { $0[0] }
    if let i = slopes.firstIndex(where: { !$0.isFinite }) {
      return "the derivative of f by \(coordinates[i]) is \(formatNumber(slopes[i]))"
    }
    return "the Hessian is not finite"
  }

  private func text(_ number: Int) -> String {
    formulas[parts[number].formula].typed(parts[number].node)
  }
}
