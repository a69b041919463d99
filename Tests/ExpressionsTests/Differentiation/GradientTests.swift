import Diagnostics
import Expressions
import TestSupport
import Testing

@Suite struct GradientTests {
  private func gradient(_ formula: String, of names: String = "x", at point: [Double]) throws
    -> [Double]
  {
    let function = try TestFunction(formula, of: names)
    return function.values(of: function.gradient, at: point)
  }

  private func hessian(_ formula: String, of names: String = "x", at point: [Double]) throws
    -> [Double]
  {
    let function = try TestFunction(formula, of: names)
    return function.values(of: function.hessian, at: point)
  }

  @Test func rosenbrockByHand() throws {
    let rosenbrock = "100*(y - x^2)^2 + (1 - x)^2"
    // g = (−400x(y − x²) − 2(1 − x), 200(y − x²)), H = [[1200x² − 400y + 2, −400x], [−400x, 200]]
    #expect(try gradient(rosenbrock, of: "x y", at: [-1, 2]) == [396, 200])
    #expect(try hessian(rosenbrock, of: "x y", at: [-1, 2]) == [402, 400, 200])
    #expect(try gradient(rosenbrock, of: "x y", at: [1, 1]) == [0, 0])
    #expect(try hessian(rosenbrock, of: "x y", at: [1, 1]) == [802, -400, 200])
  }

  @Test(
    arguments: [
      ("if(x > 0, sqrt(x), 0)", -1.0, 0.0), ("if(x > 0, sqrt(x), 0)", 0, 0),
      ("if(x > 0, sqrt(x), 0)", 4, 0.25), ("if(x < 700, exp(x), 0)", 1000, 0),
      ("if(x < 700, exp(x), 0)", 0, 1), ("if(x > 0, log(x), x)", -3, 1),
      ("if(x != 0, sin(1/x), 0)", 0, 0), ("if(x == 0, 1, 1/x)", 0, 0),
      ("3*if(x > 0, sqrt(x), 0) + x", -1, 1), ("if(x > 0, if(x > 1, x^2, sqrt(x)), 7)", -1, 0),
      ("if(x > 0, if(x > 1, x^2, sqrt(x)), 7)", 4, 8), ("min(sqrt(x - 5) - 9, 2)", 6, 0.5),
    ] as [(String, Double, Double)])
  func theBranchNotTakenDoesNotLeak(formula: String, x: Double, derivative: Double) throws {
    #expect(try gradient(formula, at: [x]) == [derivative])
  }

  @Test(
    arguments: [
      ("if(x > 0, sqrt(x), 0)", -1.0, 0.0), ("if(x > 0, sqrt(x), 0)", 0, 0),
      ("if(x < 700, exp(x), 0)", 1000, 0), ("if(x > 0, sqrt(x), 0)", 4, -1.0 / 32),
      ("3*if(x > 0, sqrt(x), 0) + x", 4, -3.0 / 32), ("5*if(x > 0, x^3, x^2)", -2, 10),
    ] as [(String, Double, Double)])
  func theBranchNotTakenDoesNotLeakIntoTheSecondDerivative(
    formula: String, x: Double, derivative: Double
  ) throws {
    #expect(try hessian(formula, at: [x]) == [derivative])
  }

  @Test(
    arguments: [
      ("3*if(x > 0, x^2, x)", 6.0), ("if(x > 0, x^2, x)*3", 6), ("-if(x > 0, x^2, x)", -2),
      ("2*max(x, 0)", 2), ("sin(0*x + min(x, 5) - 1)", 1), ("exp(2*min(x - 1, 5))/4", 0.5),
      ("x*max(x, 0) + max(x, 0)^2", 4), ("(2*min(x, 9))^2", 8), ("2*(3*max(2*max(x, 0), 1))", 12),
    ] as [(String, Double)])
  func aChoiceInsideAnotherOperationPassesItsDerivativeOn(formula: String, derivative: Double)
    throws
  {
    #expect(try gradient(formula, at: [1]) == [derivative])
  }

  @Test func whereMinAndMaxTieTheFirstCounts() throws {
    #expect(try gradient("min(x, y)", of: "x y", at: [2, 2]) == [1, 0])
    #expect(try gradient("max(x, y)", of: "x y", at: [2, 2]) == [1, 0])
    #expect(try gradient("min(x, y)", of: "x y", at: [3, 2]) == [0, 1])
    #expect(try gradient("max(x, y)", of: "x y", at: [3, 2]) == [1, 0])
    #expect(try gradient("max(x, y, z)", of: "x y z", at: [1, 2, 2]) == [0, 1, 0])
  }

  @Test func cornersHaveADerivativeOfZero() throws {
    #expect(try gradient("abs(x)", at: [0]) == [0])
    #expect(try gradient("abs(x)", at: [-0.0]) == [0])
    #expect(try gradient("sign(x)", at: [0]) == [0])
    #expect(try gradient("relu(x)", at: [0]) == [0])
    #expect(try gradient("hypot(x, y)", of: "x y", at: [0, 0]) == [0, 0])
    #expect(try hessian("hypot(x, y)", of: "x y", at: [0, 0]) == [0, 0, 0])
  }

  @Test func powersAtZero() throws {
    #expect(try gradient("x^y", of: "x y", at: [0, 2]) == [0, 0])
    #expect(try gradient("x^y", of: "x y", at: [0, 1]) == [1, 0])
    #expect(try gradient("x^2.5", at: [0]) == [0])
    #expect(try gradient("x^0", at: [0]) == [0])
    #expect(try gradient("2^x", at: [0])[0] == 0.6931471805599453)
  }

  /// With p = 1/(1 + e) the Hessian of log(eˣ + eʸ) at y = x + 1 is p(1 − p)[[1, −1], [−1, 1]].
  @Test(arguments: [-700.0, -371, 0, 185, 371, 400, 708]) func quotientsDoNotUnderflowOnTheWay(
    x: Double
  ) throws {
    let curvature = 0.19661193324148185254
    for formula in [
      "log(exp(x) + exp(y))", "-log((exp(x) + exp(y))^-1)", "log(1/(exp(x) + exp(y)))*-1",
    ] {
      let found = try hessian(formula, of: "x y", at: [x, x + 1])
      for (entry, sign) in zip(found, [1.0, -1, 1]) {
        #expect(abs(entry - sign * curvature) < 1e-14, "\(formula)")
      }
    }
  }

  @Test func comparisonsHaveNoDerivative() throws {
    #expect(try gradient("(x < 1)*x", at: [0.5]) == [1])
    #expect(try gradient("x < 1 or not x", at: [0.5]) == [0])
  }

  @Test func variablesThatAreAbsentGiveAConstantZero() throws {
    let function = try TestFunction("sin(x)", of: "x y")
    #expect(function.gradient[1].constantValue == 0)
    #expect(function.hessian.dropFirst().map(\.constantValue) == [0, 0])
  }

  @Test func aVariableAndAConstant() throws {
    #expect(try gradient("x", of: "x y", at: [3, 4]) == [1, 0])
    #expect(try gradient("7", of: "x y", at: [3, 4]) == [0, 0])
  }

  @Test func thirdDerivativesAreGradientsOfTheHessian() throws {
    for row in try ReferenceTable("third-derivatives").rows {
      let formula = row["formula"] ?? ""
      let function = try TestFunction(formula, of: row["variables"] ?? "")
      let third = function.hessian.flatMap { function.graph.gradient(of: $0, function.variables) }
      let values = function.values(of: third, at: numbers(row["point"]))
      let expected = numbers(row["derivatives"])
      let largest = expected.map(abs).max() ?? 0
      #expect(values.count == expected.count)
      for (value, truth) in zip(values, expected) {
        #expect(abs(value - truth) <= 1e-13 * largest, "\(formula): \(value) for \(truth)")
      }
    }
  }

  /// Each branch knows one variable: a gradient of all of them for each would take 1.6 GB.
  @Test(.timeLimit(.minutes(15))) func manyBranchesTakeMemoryForTheirOwnVariablesAlone() throws {
    let graph = Graph()
    let position = (0..<10_000).map { graph.input(Input(.coordinate, $0)) }
    let f = try Formula(parsing: SourceText("sum(i in 1..10000: max(w[i], i))")).elaborate(
      in: graph, values: ["w": .vector(position)]
    ).result
    #expect(graph.gradient(of: f, position).count == 10_000)
    #expect(graph.count < 100_000)
  }

  @Test func branchesOfDifferentVariablesAreJoined() throws {
    let function = try TestFunction("if(x < 0, y*z, x^2*z)", of: "x y z")
    #expect(function.values(of: function.gradient, at: [-1, 2, 3]) == [0, 3, 2])
    #expect(function.values(of: function.gradient, at: [2, 2, 3]) == [12, 0, 4])
  }
}
