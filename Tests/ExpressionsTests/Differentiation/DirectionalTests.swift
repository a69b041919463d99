import Expressions
import TestSupport
import Testing

@Suite struct DirectionalTests {
  @Test func alongTheGradientItIsGradientTimesHessianTimesGradient() throws {
    var generator = RandomNumbers(seed: 6)
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let (g, h) = (function.gradient, function.hessian)
      let n = g.count
      let curvature = function.graph.secondDerivative(of: function.f, function.variables, along: g)
      for _ in 0..<20 {
        let point = (0..<n).map { _ in Double.random(in: 0.1...0.9, using: &generator) }
        let values = function.values(of: [curvature] + g + h, at: point)
        let (slope, upper) = (Array(values[1...n]), Array(values[(n + 1)...]))
        var expected = 0.0
        var size = 0.0
        var entry = 0
        for i in 0..<n {
          for j in i..<n {
            let term = (i == j ? 1 : 2) * slope[i] * upper[entry] * slope[j]
            expected += term
            size += abs(term)
            entry += 1
          }
        }
        #expect(
          abs(values[0] - expected) <= 1e-12 * size, "\(formula) at \(point): \(values[0])")
      }
    }
  }

  @Test(
    arguments: [
      ("if(x > 0, sqrt(x), 0)", -1.0, 0.0), ("if(x > 0, sqrt(x), 0)", 0, 0),
      ("if(x < 700, exp(x), 0)", 1000, 0), ("3*if(x > 0, x^3, 0)", 2, 36), ("2*max(x, 0)^2", 3, 4),
    ] as [(String, Double, Double)])
  func theBranchNotTakenDoesNotLeak(formula: String, x: Double, curvature: Double) throws {
    let function = try TestFunction(formula, of: "x")
    let second = function.graph.secondDerivative(
      of: function.f, function.variables, along: [function.graph.constant(1)])
    #expect(function.values(of: [second], at: [x]) == [curvature])
  }

  @Test func theDirectionIsHeldConstant() throws {
    let function = try TestFunction("x^2*y^3")
    let direction = [function.variables[1], function.variables[0]]
    let second = function.graph.secondDerivative(
      of: function.f, function.variables, along: direction)
    // H = [[2y³, 6xy²], [6xy², 6x²y]] at (2, 1), d = (1, 2): 2 + 2·2·12 + 4·24
    #expect(function.values(of: [second], at: [2, 1]) == [146])
  }

  @Test func aLinearFunctionHasNoCurvature() throws {
    let function = try TestFunction("3*x - y")
    let second = function.graph.secondDerivative(
      of: function.f, function.variables, along: function.gradient)
    #expect(second.constantValue == 0)
  }

  @Test func substitutionReplacesInputsEverywhere() throws {
    let function = try TestFunction("sin(x)*x + y*sigmoid(x)")
    let (x, y) = (function.variables[0], function.variables[1])
    let swapped = function.graph.substitute([x: y, y: x], in: function.f)
    let other = try TestFunction("sin(y)*y + x*sigmoid(y)", in: function.graph)
    #expect(swapped == other.f)
  }

  @Test func substitutionOfConstantsFolds() throws {
    let function = try TestFunction("x^2 + if(y, x, 7)")
    let graph = function.graph
    let replaced = graph.substitute(
      [function.variables[0]: graph.constant(3), function.variables[1]: graph.constant(1)],
      in: function.f)
    #expect(replaced.constantValue == 12)
  }

  @Test func substitutionOfWhatIsAbsentChangesNothing() throws {
    let function = try TestFunction("sin(x)", of: "x y")
    #expect(
      function.graph.substitute([function.variables[1]: function.f], in: function.f) == function.f)
  }
}
