import Evaluation
import Expressions
import Specs

/// Says where a value became undefined: the first sub-formula that is NaN though its inputs are not.
struct Explanation: Sendable {
  private struct Part: Sendable {
    let text: String
    let arguments: [Int]
    let isLeaf: Bool
  }

  private let parts: [Part]
  private let variables: [String]
  private let values: Program
  private let gradient: Program

  init(_ function: FunctionSpec) throws {
    let (model, elaborations) = try function.model()
    var parts: [Part] = []
    var scalars: [Scalar] = []
    for elaboration in elaborations {
      let first = parts.count
      for (number, node) in elaboration.formula.nodes.enumerated() {
        let arguments = elaboration.formula.arguments(of: node).map { $0 + first }
        parts.append(
          Part(
            text: elaboration.formula.typed(number), arguments: arguments,
            isLeaf: arguments.isEmpty))
      }
      scalars += elaboration.scalars
    }
    self.parts = parts
    variables = function.variables
    let inputs = variables.indices.map { Input(.coordinate, $0) }
    values = Program(computing: scalars, from: inputs)
    gradient = Program(computing: model.gradient, from: inputs)
  }

  /// The reason, as `log(x) is nan for x = -0.3`, or the derivative that is not finite.
  func reason(at position: [Double]) -> String {
    let columns = position.map { [$0] }
    let found = Evaluator(values, width: 8).evaluate(columns).map { $0[0] }
    for (number, part) in parts.enumerated() where found[number].isNaN && !part.isLeaf {
      guard part.arguments.allSatisfy({ !found[$0].isNaN }) else { continue }
      var named: [String] = []
      for argument in part.arguments where Double(parts[argument].text) == nil {
        let text = "\(parts[argument].text) = \(formatNumber(found[argument]))"
        if !named.contains(text) { named.append(text) }
      }
      return "\(part.text) is nan for \(named.joined(separator: " and "))"
    }
    let slopes = Evaluator(gradient, width: 8).evaluate(columns).map { $0[0] }
    if let i = slopes.firstIndex(where: { !$0.isFinite }) {
      return "the derivative of f by \(variables[i]) is \(formatNumber(slopes[i]))"
    }
    return "the Hessian is not finite"
  }
}
