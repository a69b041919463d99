import Expressions

/// What can be known of f at the point x of a lane: each part is built when it is first asked for.
///
/// A method that never mentions the Hessian therefore never computes it, and nobody has to list which
/// derivatives a method needs.
public final class LocalModel {
  /// The coordinates x.
  public let position: Vector
  /// f(x).
  public let value: Scalar
  /// What f was written with: its variables, parameters, local names and tables.
  public let names: [String: Value]
  /// Whether anybody asked for the Hessian yet.
  public private(set) var usesHessian = false
  /// Whether a method asked for f yet.
  public private(set) var usesValue = false

  /// The graph of all formulas.
  public var graph: Graph { value.graph }
  /// The dimension n.
  public var dimension: Int { position.count }

  /// Creates the model of a formula.
  ///
  /// - Parameters:
  ///   - value: f.
  ///   - position: the inputs that f is a function of, at least one.
  ///   - names: what formulas of quantities may call by name.
  public init(value: Scalar, position: Vector, names: [String: Value] = [:]) {
    precondition(!position.isEmpty)
    self.value = value
    self.position = position
    self.names = names
  }

  /// f(x) as a method asks for it, which counts as an evaluation.
  public var askedValue: Scalar {
    usesValue = true
    return value
  }

  /// g = ∇f(x).
  public private(set) lazy var gradient: Vector = graph.gradient(of: value, position)

  /// H = ∇²f(x).
  public var hessian: SymmetricMatrix {
    usesHessian = true
    return builtHessian
  }
  private lazy var builtHessian = SymmetricMatrix(
    size: dimension, upper: graph.hessian(of: gradient, position))

  /// The Newton step −H⁺g and its status, as `SymmetricMatrix.newtonStep` has them.
  public var newtonStep: (step: Vector, status: Scalar) { hessian.newtonStep(gradient) }

  /// Σ 2c∇u∇uᵀ of f = Σ cu², from first derivatives alone.
  ///
  /// - Precondition: f is a sum of squares, which `Graph.squares` says.
  public private(set) lazy var gaussNewton = SymmetricMatrix(
    size: dimension, upper: graph.gaussNewton(of: graph.squares(in: value) ?? [], position))

  /// gᵀg.
  public private(set) lazy var gradientSquare: Scalar = dot(gradient, gradient)

  /// gᵀHg, always as the directional second derivative along g.
  public private(set) lazy var gradientCurvature: Scalar = graph.secondDerivative(
    of: value, position, along: gradient)

  /// The third derivatives contracted twice with d: the gradient of dᵀHd, d held.
  public func thirdDerivative(along direction: Vector) -> Vector {
    graph.thirdDerivative(of: value, position, along: direction)
  }

  /// The derivative of H along d, held.
  public func hessianDerivative(along direction: Vector) -> SymmetricMatrix {
    SymmetricMatrix(
      size: dimension, upper: graph.hessianDerivative(of: value, position, along: direction))
  }
}
