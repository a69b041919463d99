import CVectorMath
import Foundation

/// Circular and hyperbolic functions, their inverses, and the error function.
extension Operation {
  /// sin u and cos u are always the two results of one kernel, whichever is asked for: the library's
  /// separate sine differs from it in the last bit now and then.
  static let sine = Operation(
    "sin", .kernel(VM_SINCOS, result: 0), derivative: .partials { _, u in [u[0].cosine] })
  static let cosine = Operation(
    "cos", .kernel(VM_SINCOS, result: 1), derivative: .partials { _, u in [-u[0].sine] })
  static let tangent = Operation(
    "tan", .kernel(VM_TAN), derivative: .partials { node, _ in [1 + node.power(2)] })
  static let arcSine = Operation(
    "asin", .kernel(VM_ASIN),
    derivative: .partials { _, u in [1 / ((1 - u[0]) * (1 + u[0])).squareRoot] })
  static let arcCosine = Operation(
    "acos", .kernel(VM_ACOS),
    derivative: .partials { _, u in [-(1 / ((1 - u[0]) * (1 + u[0])).squareRoot)] })
  static let arcTangent = Operation(
    "atan", .kernel(VM_ATAN), derivative: .partials { _, u in [1 / (1 + u[0].power(2))] })
  static let arcTangent2 = Operation(
    "atan2", .kernel(VM_ATAN2),
    derivative: .partials { _, u in
      let square = u[0].power(2) + u[1].power(2)
      return [u[1] / square, -(u[0] / square)]
    })
  static let hyperbolicSine = Operation(
    "sinh", .kernel(VM_SINH), derivative: .partials { _, u in [u[0].hyperbolicCosine] })
  static let hyperbolicCosine = Operation(
    "cosh", .kernel(VM_COSH),
    derivative: .partials { _, u in [u[0].graph.node(.hyperbolicSine, [u[0]])] })
  /// tanh u; its derivative 1/cosh² u does not cancel where tanh u is near ±1.
  static let hyperbolicTangent: Operation = Operation(
    "tanh", .kernel(VM_TANH),
    derivative: .partials { _, u in [u[0].graph.node(.squaredSecant, [u[0]])] })
  /// 1/cosh² u, a name of its own because −2 tanh u/cosh² u is finite where sinh u is not.
  static let squaredSecant: Operation = Operation(
    "1/cosh^2", .definition { u in u[0].hyperbolicCosine.power(-2) },
    derivative: .partials { node, u in [-2 * u[0].graph.node(.hyperbolicTangent, [u[0]]) * node] })
  static let areaSine = Operation(
    "asinh", .kernel(VM_ASINH),
    derivative: .partials { _, u in [1 / u[0].one.hypotenuse(u[0])] })
  static let areaCosine = Operation(
    "acosh", .kernel(VM_ACOSH),
    derivative: .partials { _, u in [1 / ((u[0] - 1).squareRoot * (u[0] + 1).squareRoot)] })
  static let areaTangent = Operation(
    "atanh", .kernel(VM_ATANH),
    derivative: .partials { _, u in [1 / ((1 - u[0]) * (1 + u[0]))] })
  static let errorFunction = Operation(
    "erf", .kernel(VM_ERF),
    derivative: .partials { _, u in [M_2_SQRTPI * (-u[0].power(2)).exponential] })
}

extension Scalar {
  var sine: Scalar { graph.node(.sine, [self]) }
  /// cos u.
  public var cosine: Scalar { graph.node(.cosine, [self]) }
  var hyperbolicCosine: Scalar { graph.node(.hyperbolicCosine, [self]) }
  /// The angle of the point (x, u), from −π to π.
  public func arcTangent(over x: Scalar) -> Scalar { graph.node(.arcTangent2, [self, x]) }
}

extension Function {
  static let trigonometric: [Function] = [
    Function("sin", ["x"], "sine, x in radians", .sine),
    Function("cos", ["x"], "cosine, x in radians", .cosine),
    Function("tan", ["x"], "tangent, x in radians", .tangent),
    Function("asin", ["x"], "arc sine, -pi/2 to pi/2", .arcSine, domain: "-1 <= x <= 1"),
    Function("acos", ["x"], "arc cosine, 0 to pi", .arcCosine, domain: "-1 <= x <= 1"),
    Function("atan", ["x"], "arc tangent, -pi/2 to pi/2", .arcTangent),
    Function("atan2", ["y", "x"], "angle of the point (x, y), -pi to pi", .arcTangent2),
    Function("sinh", ["x"], "hyperbolic sine", .hyperbolicSine),
    Function("cosh", ["x"], "hyperbolic cosine", .hyperbolicCosine),
    Function("tanh", ["x"], "hyperbolic tangent", .hyperbolicTangent),
    Function("asinh", ["x"], "inverse of sinh", .areaSine),
    Function("acosh", ["x"], "inverse of cosh", .areaCosine, domain: "x >= 1"),
    Function("atanh", ["x"], "inverse of tanh", .areaTangent, domain: "-1 < x < 1"),
    Function("erf", ["x"], "error function", .errorFunction),
  ]
}
