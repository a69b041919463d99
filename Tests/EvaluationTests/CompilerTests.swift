import Evaluation
import Expressions
import TestSupport
import Testing

@Suite struct CompilerTests {
  private static let points: [[Double]] = {
    var generator = RandomNumbers(seed: 2)
    return (0..<100).map { _ in (0..<3).map { _ in Double.random(in: -4...4, using: &generator) } }
  }()

  /// f, g and H, each compiled alone.
  private func alone(_ function: TestFunction) -> [[UInt64]] {
    ([function.f] + function.gradient + function.hessian).flatMap {
      bits(function.values(of: [$0], at: Self.points))
    }
  }

  @Test func theOrderOfTheOutputsChangesNoBit() throws {
    var generator = RandomNumbers(seed: 3)
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let expected = alone(function)
      let wanted = [function.f] + function.gradient + function.hessian
      for _ in 0..<5 {
        let order = wanted.indices.shuffled(using: &generator)
        let found = bits(function.values(of: order.map { wanted[$0] }, at: Self.points))
        #expect(found == order.map { expected[$0] }, "\(formula) in order \(order)")
      }
    }
  }

  @Test func whatElseIsCompiledChangesNoBit() throws {
    var generator = RandomNumbers(seed: 4)
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let expected = alone(function)
      let wanted = [function.f] + function.gradient + function.hessian
      // Every value between is used a second time, which takes away the chances to fuse.
      let curvature = function.graph.secondDerivative(
        of: function.f, function.variables, along: function.gradient)
      let third = function.hessian.flatMap { function.graph.gradient(of: $0, function.variables) }
      let others = Array(function.quantities.dropFirst(wanted.count)) + [curvature] + third
      for _ in 0..<3 {
        let all = (wanted + others).indices.shuffled(using: &generator)
        let values = bits(
          function.values(of: all.map { (wanted + others)[$0] }, at: Self.points))
        for (position, number) in all.enumerated() where number < wanted.count {
          #expect(values[position] == expected[number], "\(formula), output \(number)")
        }
      }
    }
  }

  @Test func whatWasBuiltBeforeChangesNoBit() throws {
    let formulas = try referenceFormulas()
    for (formula, variables) in formulas {
      let expected = alone(try TestFunction(formula, of: variables))
      for others in [formulas, formulas.reversed()] {
        let graph = Graph()
        for other in others where other.variables.hasPrefix(variables) {
          _ = try TestFunction(other.formula, of: other.variables, in: graph).quantities
        }
        let function = try TestFunction(formula, of: variables, in: graph)
        #expect(alone(function) == expected, "\(formula)")
      }
    }
  }

  @Test func piecesBuiltInAnyOrderGiveTheSameBits() throws {
    // Factors and terms that exist already, in the other order and with other uses.
    let formula = "(x + y)*(x*y)*sin(x*y) + exp(x)*(x + y) + x*y*exp(x) + hypot(x, y)*sin(x*y)"
    let pieces = [
      "sin(x*y)", "exp(x)", "y*x", "x + y", "hypot(x, y)*sin(x*y)", "sin(x*y)*(x*y)",
      "y + x", "exp(x)*x", "x*exp(x)*y", "cos(x*y)",
    ]
    let expected = alone(try TestFunction(formula))
    var generator = RandomNumbers(seed: 5)
    for _ in 0..<20 {
      let graph = Graph()
      for piece in pieces.shuffled(using: &generator) {
        _ = try TestFunction(piece, in: graph).hessian
      }
      #expect(alone(try TestFunction(formula, in: graph)) == expected)
    }
  }

  @Test func sineAndCosineOfTheSameAngleAreOneInstruction() throws {
    let function = try TestFunction("sin(x*y)*cos(x*y)")
    let listing = Program(computing: [function.f], from: function.inputs).listing
    #expect(listing.split(separator: "\n").filter { $0.contains("sincos") }.count == 1)
  }

  /// Three products, then two, then four are added in a sweep each.
  @Test func aSumOfNineProductsTakesThreeInstructions() throws {
    let terms = (1...9).map { "(x + \($0))*(y - \($0))" }
    let function = try TestFunction(terms.joined(separator: " + "))
    let listing = Program(computing: [function.f], from: function.inputs).listing
    let sums = listing.split(separator: "\n").filter {
      $0.contains("add_products") || $0.contains("multiply_add")
    }
    #expect(sums.count == 3)
    #expect(sums.filter { $0.contains("multiply_add_4") }.count == 1)
    let (x, y) = (0.3, 0.7)
    let truth = (2...9).reduce((x + 1) * (y - 1)) { $0 + (x + Double($1)) * (y - Double($1)) }
    #expect(function.values(of: [function.f], at: [x, y]) == [truth])
  }

  struct Joined: Sendable, CustomTestStringConvertible {
    let formula: String
    let name: String
    /// Swift does not contract: operation by operation.
    let truth: @Sendable (Double, Double) -> Double

    var testDescription: String { formula }

    static let all = [
      Joined(formula: "(x*y)*3 + 10", name: "multiply_multiply_add") { x, y in
        let product = x * y
        return product * 3 + 10
      },
      Joined(formula: "3*(x*y) + 10", name: "multiply_multiply_add") { x, y in
        let product = x * y
        return 3 * product + 10
      },
      Joined(formula: "x*y + 2*x + 3*y", name: "add_products_add") { x, y in
        let sum = x * y + 2 * x
        return sum + 3 * y
      },
      Joined(formula: "x*y - 2*x + 3*y", name: "subtract_products_add") { x, y in
        let difference = x * y - 2 * x
        return difference + 3 * y
      },
      Joined(formula: "x*y*3*7", name: "multiply_4") { x, y in
        let product = x * y * 3
        return product * 7
      },
      Joined(formula: "x*y*3*x*7", name: "multiply_5") { x, y in
        let product = x * y * 3
        return product * x * 7
      },
    ]
  }

  @Test(
    "operations that feed each other are one sweep, with the bits of two", arguments: Joined.all)
  func joined(_ example: Joined) throws {
    let function = try TestFunction(example.formula)
    let program = Program(computing: [function.f], from: function.inputs)
    #expect(program.instructionCount == 1, "\(program.listing)")
    #expect(program.listing.contains(example.name + " "))
    for (x, y) in [(0.3, 0.7), (-1.1, 1e-3), (1e10, 3.3)] {
      #expect(function.values(of: [function.f], at: [x, y]) == [example.truth(x, y)])
    }
  }

  @Test func comparisonsThatFeedEachOtherAreOneSweep() throws {
    let graph = Graph()
    let inputs = (0..<4).map { Input(.coordinate, $0) }
    let (x, y, z, w) = (
      graph.input(inputs[0]), graph.input(inputs[1]), graph.input(inputs[2]), graph.input(inputs[3])
    )
    let one = graph.constant(1)
    let bounded = (w.absolute <= one).and(x <= graph.constant(5)).and(graph.constant(0) < x)
    let near = ((x - y) * (x - y) + (z - w) * (z - w) <= one).and(bounded)
    let moves = near.and(x.differs(from: y).or(z.differs(from: w)))
    let program = Program(computing: [moves], from: inputs)
    #expect(
      program.listing.split(separator: "\n").compactMap {
        $0.split(separator: " ").dropFirst(2).first
      }
        == ["between_and_within", "distance_and", "not_equals_and"])
    let evaluator = Evaluator(program)
    let numbers = [-1, -0.5, 0, 0.5, 1, 4.9, 5.1, .nan]
    for x in numbers {
      for y in numbers {
        for z in numbers {
          let w = 0.5
          let (u, v) = (x - y, z - w)
          let truth = x > 0 && x <= 5 && u * u + v * v <= 1 && (x != y || z != w)
          #expect(evaluator.evaluate([[x], [y], [z], [w]]) == [[truth ? 1 : 0]])
        }
      }
    }
  }

  @Test func aFunctionAndItsDefinitionAreOneValue() throws {
    let graph = Graph()
    let named = try TestFunction("exp(sigmoid(x))*y", in: graph)
    let written = try TestFunction("exp(1/(1 + exp(-x)))*y", in: graph)
    let both = try TestFunction("exp(sigmoid(x))*y + exp(1/(1 + exp(-x)))*y", in: graph)
    let values = named.values(of: [named.f, written.f, both.f], at: [0.3, 0.7])
    #expect(values[0] == values[1])
    #expect(values[2] == 2 * values[0])
  }

  @Test func aChainOf100000AdditionsCompilesAndRuns() throws {
    let terms = (0..<100_000).map { $0.isMultiple(of: 2) ? "x" : "\($0)*y" }
    let function = try TestFunction(terms.joined(separator: " + "))
    // Σ of the odd numbers below 100 000 is 50 000².
    #expect(
      function.values(of: [function.f] + function.gradient, at: [1, 1])
        == [50_000 + 2_500_000_000, 50_000, 2_500_000_000])
    #expect(function.values(of: function.hessian, at: [1, 1]) == [0, 0, 0])
  }
}
