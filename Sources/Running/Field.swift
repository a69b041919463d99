import Evaluation
import Expressions
import Methods
import Specs

/// Quantities of a function of two variables, anywhere in the plane: what a picture asks for.
public struct Field: Sendable {
  /// What a picture may ask for.
  public enum Quantity: Sendable {
    /// f.
    case value
    /// det H.
    case determinant
    /// The Newton step's two components, det H, and the slope gᵀs.
    case newtonStep
  }

  private let program: Program

  /// Compiles a quantity.
  ///
  /// - Precondition: two variables.
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init(_ quantity: Quantity, of function: FunctionSpec) throws {
    precondition(function.variables.count == 2)
    let model = try function.model().model
    let outputs: [Scalar]
    switch quantity {
    case .value: outputs = [model.value]
    case .determinant: outputs = [model.hessian.determinant]
    case .newtonStep:
      let step = model.newtonStep.step
      outputs = step + [model.hessian.determinant, dot(model.gradient, step)]
    }
    program = Program(
      computing: outputs, from: [Input(.coordinate, 0), Input(.coordinate, 1)])
  }

  /// The quantity's components at each point.
  public func sample(_ x: [Double], _ y: [Double]) -> [[Double]] {
    Evaluator(program).evaluate([x, y])
  }
}
