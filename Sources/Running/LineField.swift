import Evaluation
import Expressions
import Specs

/// A function and its derivatives along a line: what a picture of a curve asks for.
///
/// Where f is undefined all of them are.
public struct LineField: Sendable {
  private let program: Program

  /// Compiles f, f′, … up to an order along a line.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(of function: FunctionSpec, along line: Line, order: Int) throws {
    let model = try function.model().model
    let graph = model.graph
    var held: [Scalar: Scalar] = [:]
    for (i, coordinate) in model.position.enumerated() where i != line.coordinate {
      held[coordinate] = graph.constant(line.point[i])
    }
    let value = held.isEmpty ? model.value : graph.substitute(held, in: model.value)
    let (variable, one) = (model.position[line.coordinate], graph.constant(1))
    var outputs = [value]
    for _ in 0..<order {
      outputs += graph.tangents(of: [outputs[outputs.count - 1]], [variable], along: [one])
    }
    let (isDefined, none) = (value.equals(value), graph.constant(.nan))
    program = Program(
      computing: outputs.map { isDefined.select($0, none) },
      from: [Input(.coordinate, line.coordinate)])
  }

  /// f, f′, … at each place.
  public func sample(_ x: [Double]) -> [[Double]] { Evaluator(program).evaluate([x]) }
}
