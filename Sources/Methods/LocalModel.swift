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
  /// The model with the exact derivatives: itself, unless its own are differences.
  public var exact: LocalModel { original ?? self }
  /// Whether anybody asked for the Hessian yet.
  public private(set) var usesHessian = false
  /// Whether a method asked for f yet.
  public private(set) var usesValue = false
  /// The order of the highest derivative that anybody asked for.
  public private(set) var order = 0
  private let original: LocalModel?
  private let quotients: DifferenceQuotients?

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
    original = nil
    quotients = nil
  }

  /// Creates a model of the same f whose derivatives are differences.
  public init(_ exact: LocalModel, _ differences: Differences) {
    value = exact.value
    position = exact.position
    names = exact.names
    original = exact
    quotients = DifferenceQuotients(exact.value, exact.position, differences)
  }

  /// f(x) as a method asks for it, which counts as an evaluation.
  public var askedValue: Scalar {
    usesValue = true
    return value
  }

  /// g = ∇f(x).
  public var gradient: Vector {
    order = max(order, 1)
    return builtGradient
  }
  private lazy var builtGradient = quotients?.gradient ?? graph.gradient(of: value, position)

  /// g at another point.
  func gradient(at point: Vector) -> Vector {
    if let quotients { return quotients.gradient(at: point) }
    let moves = Dictionary(uniqueKeysWithValues: zip(position, point))
    return gradient.map { graph.substitute(moves, in: $0) }
  }

  /// H = ∇²f(x).
  public var hessian: SymmetricMatrix {
    usesHessian = true
    order = max(order, 2)
    return builtHessian
  }
  private lazy var builtHessian = SymmetricMatrix(
    size: dimension,
    upper: quotients?.hessian ?? graph.hessian(of: builtGradient, position))

  /// The Newton step −H⁺g and its status, as `SymmetricMatrix.newtonStep` has them.
  public var newtonStep: (step: Vector, status: Scalar) { hessian.newtonStep(gradient) }

  /// Σ 2c∇u∇uᵀ of f = Σ cu², from first derivatives alone, which are exact in every model.
  ///
  /// - Precondition: f is a sum of squares, which `Graph.squares` says.
  public private(set) lazy var gaussNewton = SymmetricMatrix(
    size: dimension, upper: graph.gaussNewton(of: graph.squares(in: value) ?? [], position))

  /// gᵀg.
  public private(set) lazy var gradientSquare: Scalar = dot(gradient, gradient)

  /// gᵀHg, as `curvature(along:)` has it.
  public var gradientCurvature: Scalar {
    order = max(order, 2)
    return builtCurvature
  }
  private lazy var builtCurvature = curvature(along: gradient)

  /// dᵀHd: the directional second derivative along d, which is exact without H; with differences from their H.
  public func curvature(along direction: Vector) -> Scalar {
    order = max(order, 2)
    return quotients == nil
      ? graph.secondDerivative(of: value, position, along: direction)
      : dot(direction, builtHessian.product(direction))
  }

  /// The third derivatives contracted twice with d: the gradient of dᵀHd, d held.
  public func thirdDerivative(along direction: Vector) -> Vector {
    order = 3
    return quotients == nil
      ? graph.thirdDerivative(of: value, position, along: direction)
      : hessianDerivative(along: direction).product(direction)
  }

  /// The derivative of H along d, held.
  public func hessianDerivative(along direction: Vector) -> SymmetricMatrix {
    order = 3
    return SymmetricMatrix(
      size: dimension,
      upper: quotients?.hessianDerivative(along: direction)
        ?? graph.hessianDerivative(of: value, position, along: direction))
  }
}

// MARK: - Differences

extension LocalModel {
  /// Whether differences of f cannot be taken at x, as a status.
  var differenceStatus: Scalar? {
    guard let quotients, order > 0 else { return nil }
    let greatest = graph.constant(.greatestFiniteMagnitude)
    let areFinite = gradient.map { $0.absolute <= greatest }
    return quotients.isLost.status(.lostDifference).orStatus(
      areFinite.dropFirst().reduce(areFinite[0]) { $0.and($1) }.equals(0)
        .status(.differenceNotFinite))
  }

  /// How often f is evaluated for the differences at a point; nil where derivatives are exact.
  ///
  /// - Parameter isKnown: whether f(x) is known already.
  public func differenceCounts(isValueKnown isKnown: Bool) -> (gradient: Int, hessian: Int)? {
    guard let quotients else { return nil }
    var first = quotients.gradientPoints
    if usesValue { first.insert(.x) }
    var second = quotients.hessianPoints.subtracting(first)
    if isKnown {
      first.remove(.x)
      second.remove(.x)
    }
    return (first.count, second.count)
  }
}
