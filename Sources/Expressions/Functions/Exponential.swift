import CVectorMath
import Foundation

/// Exponentials, logarithms and roots.
extension Operation {
  static let exponential = Operation(
    "exp", .kernel(VM_EXP), derivative: .partials { node, _ in [node] })
  static let exponentialMinusOne = Operation(
    "expm1", .kernel(VM_EXPM1), derivative: .partials { _, u in [u[0].exponential] })
  static let exponentialBaseTwo = Operation(
    "exp2", .kernel(VM_EXP2), derivative: .partials { node, _ in [M_LN2 * node] })
  static let logarithm = Operation(
    "log", .kernel(VM_LOG), derivative: .partials { _, u in [1 / u[0]] })
  static let logarithmOfOnePlus = Operation(
    "log1p", .kernel(VM_LOG1P), derivative: .partials { _, u in [1 / (1 + u[0])] })
  static let logarithmBaseTwo = Operation(
    "log2", .kernel(VM_LOG2), derivative: .partials { _, u in [M_LOG2E / u[0]] })
  static let logarithmBaseTen = Operation(
    "log10", .kernel(VM_LOG10), derivative: .partials { _, u in [M_LOG10E / u[0]] })
  static let squareRoot = Operation(
    "sqrt", .kernel(VM_SQUARE_ROOT), derivative: .partials { node, _ in [0.5 / node] })
  static let cubeRoot = Operation(
    "cbrt", .kernel(VM_CBRT), derivative: .partials { node, _ in [1 / (3 * node.power(2))] })
  /// √(x² + y²), its derivative 0 at the origin, as that of a norm.
  static let hypotenuse = Operation(
    "hypot", .kernel(VM_HYPOT),
    derivative: .partials { node, u in
      u.map { node.equals(0).select(node.zero, $0 / node) }
    })
  /// The Euclidean norm of three numbers and more, its derivative 0 at the origin.
  static let norm = Operation(
    "norm", .definition { u in u.dropFirst().reduce(u[0]) { $0.hypotenuse($1) } },
    derivative: hypotenuse.derivative)
  /// The square of |u| or a norm: the value is that of the two operations, but the derivative is 2u, so that it
  /// has one of its own at 0.
  static let squaredNorm = Operation(
    "squared norm",
    .definition { u in
      Expressions.norm(u).graph.node(.integerPower, [Expressions.norm(u)], parameter: 2)
    },
    derivative: .partials { _, u in u.map { 2 * $0 } })
  /// 1/(1 + e⁻ˣ); its derivative σ(x)·σ(−x) does not cancel where σ is near 1.
  static let sigmoid = Operation(
    "sigmoid", .definition { 1 / (1 + (-$0[0]).exponential) },
    derivative: .partials { node, u in [node * (-u[0]).sigmoid] })
  /// log(1 + eˣ) as max(x, 0) + log1p(e^−|x|), which does not overflow.
  static let softplus = Operation(
    "softplus",
    .definition { u in
      let above = u[0].graph.node(.maximum, [u[0], u[0].zero])
      return above + (-u[0].absolute).exponential.logarithmOfOnePlus
    },
    derivative: .partials { _, u in [u[0].sigmoid] })
  /// max(x, 0), its derivative 0 at 0.
  static let relu = Operation(
    "relu", .definition { ($0[0] <= $0[0].zero).select($0[0].zero, $0[0]) },
    derivative: .partials { _, u in [(u[0] <= u[0].zero).select(u[0].zero, u[0].one)] })
}

extension Scalar {
  /// eᵘ.
  public var exponential: Scalar { graph.node(.exponential, [self]) }
  /// log u.
  public var logarithm: Scalar { graph.node(.logarithm, [self]) }
  var logarithmOfOnePlus: Scalar { graph.node(.logarithmOfOnePlus, [self]) }
  /// √u.
  public var squareRoot: Scalar { graph.node(.squareRoot, [self]) }
  /// √(u² + v²) without overflow on the way.
  public func hypotenuse(_ v: Scalar) -> Scalar { graph.node(.hypotenuse, [self, v]) }
  var sigmoid: Scalar { graph.node(.sigmoid, [self]) }
}

extension Function {
  static let exponential: [Function] = [
    Function("exp", ["x"], "e^x", .exponential),
    Function("expm1", ["x"], "e^x - 1, exact near 0", .exponentialMinusOne),
    Function("exp2", ["x"], "2^x", .exponentialBaseTwo),
    Function("log", ["x"], "natural logarithm", .logarithm, domain: "x > 0"),
    Function("log1p", ["x"], "log(1 + x), exact near 0", .logarithmOfOnePlus, domain: "x > -1"),
    Function("log2", ["x"], "logarithm to base 2", .logarithmBaseTwo, domain: "x > 0"),
    Function("log10", ["x"], "logarithm to base 10", .logarithmBaseTen, domain: "x > 0"),
    Function("sqrt", ["x"], "square root", .squareRoot, domain: "x >= 0"),
    Function("cbrt", ["x"], "cube root", .cubeRoot),
    Function("hypot", ["x", "y"], "sqrt(x^2 + y^2) without overflow", .hypotenuse),
    Function("sigmoid", ["x"], "1/(1 + e^-x)", .sigmoid),
    Function("softplus", ["x"], "log(1 + e^x) without overflow", .softplus),
    Function("relu", ["x"], "max(x, 0); derivative 0 at 0", .relu),
  ]
}
