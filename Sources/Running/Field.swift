import Diagnostics
import Dispatch
import Evaluation
import Expressions
import Methods
import Specs

/// Quantities of a function anywhere in a plane: what a picture asks for.
///
/// Where f is undefined all of them are, though a derivative may have a value there: that of log(x) is 1/x.
public struct Field: Sendable {
  /// What a picture may ask for.
  public enum Quantity: Sendable {
    /// f.
    case value
    /// det H.
    case determinant
    /// The Newton step's two components, det H, and the slope gᵀs.
    case newtonStep
    /// The two components of −g.
    case negativeGradient
    /// 2gᵀg/gᵀHg.
    case criticalRate
    /// The least and the greatest eigenvalue of H, 0 where rounding hides the sign.
    case extremeEigenvalues
    /// A formula of quantities that is a number.
    case formula(QuantityFormula)
  }

  /// How many operations a point takes, each row of data counted.
  public let cost: Double
  private let program: Program
  private let workers: Int

  /// Compiles a quantity of the whole function in a plane.
  ///
  /// - Parameter workers: how many threads may work on many points.
  /// - Throws: `Diagnostics`, never for a function and a formula that were parsed together.
  public init(
    _ quantity: Quantity, of function: FunctionSpec, in plane: Plane, workers: Int = 1
  ) throws {
    let model = try function.model().model
    var outputs: [Scalar]
    switch quantity {
    case .formula(let formula): outputs = [try formula.number(at: model)]
    case .value: outputs = [model.value]
    case .determinant: outputs = [model.hessian.determinant]
    case .criticalRate:
      let formula = try QuantityFormula(parsing: SourceText("critical_rate"))
      outputs = [try formula.number(at: model)]
    case .extremeEigenvalues: outputs = Field.extremes(model.hessian)
    case .negativeGradient: outputs = [-model.gradient[plane.x], -model.gradient[plane.y]]
    case .newtonStep:
      let step = model.newtonStep.step
      outputs =
        [step[plane.x], step[plane.y]] + [model.hessian.determinant, dot(model.gradient, step)]
    }
    let (isDefined, none) = (model.value.equals(model.value), model.graph.constant(.nan))
    outputs = outputs.map { isDefined.select($0, none) }
    var held: [Scalar: Scalar] = [:]
    for (i, coordinate) in model.position.enumerated() where i != plane.x && i != plane.y {
      held[coordinate] = model.graph.constant(plane.point[i])
    }
    if !held.isEmpty { outputs = outputs.map { model.graph.substitute(held, in: $0) } }
    cost = model.graph.operationCount(of: outputs)
    self.workers = workers
    program = Program(
      computing: outputs, from: [Input(.coordinate, plane.x), Input(.coordinate, plane.y)])
  }

  /// The extreme eigenvalues, by the rule that calls a critical point degenerate: |λ| ≤ 64nε·max|λ| is 0.
  private static func extremes(_ hessian: SymmetricMatrix) -> [Scalar] {
    let eigenvalues = hessian.eigenvalues
    let (least, greatest) = (eigenvalues[0], eigenvalues[hessian.size - 1])
    let (low, high) = (least.absolute, greatest.absolute)
    let floor = 64 * Double(hessian.size) * 0x1p-52 * (low < high).select(high, low)
    let zero = least.graph.constant(0)
    return [(low <= floor).select(zero, least), (high <= floor).select(zero, greatest)]
  }

  /// The quantity's components at each point.
  ///
  /// Much work is divided among the workers; the values do not depend on that.
  public func sample(_ x: [Double], _ y: [Double]) -> [[Double]] {
    let pieces = min(workers, x.count, Int(cost * Double(x.count) / Field.pieceCost))
    guard pieces > 1 else { return Evaluator(program).evaluate([x, y]) }
    var parts = [[[Double]]](repeating: [], count: pieces)
    parts.withUnsafeMutableBufferPointer { parts in
      // Each piece writes to its own place.
      nonisolated(unsafe) let parts = parts
      DispatchQueue.concurrentPerform(iterations: pieces) { piece in
        let range = x.count * piece / pieces..<x.count * (piece + 1) / pieces
        parts[piece] = Evaluator(program).evaluate([Array(x[range]), Array(y[range])])
      }
    }
    return parts[0].indices.map { quantity in parts.flatMap { $0[quantity] } }
  }

  /// Operations that are worth a thread.
  private static let pieceCost = 1e6
}
