import CVectorMath
import Evaluation
import Expressions
import TestSupport
import Testing

@Suite struct EvaluatorTests {
  private static let points: [[Double]] = {
    var generator = RandomNumbers(seed: 1)
    return (0..<1000).map { _ in (0..<3).map { _ in Double.random(in: -4...4, using: &generator) } }
  }()

  @Test func allTiersGiveTheSameBits() throws {
    let points = Array(Self.points.prefix(500))
    let tiers = [VM_AVX2, VM_AVX512, VM_NEON].filter { vm_tier_available($0) }
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let quantities = function.quantities
      let scalar = bits(function.values(of: quantities, at: points, tier: VM_SCALAR))
      for tier in tiers {
        let other = bits(function.values(of: quantities, at: points, tier: tier))
        #expect(other == scalar, "\(formula), tier \(String(cString: vm_tier_name(tier)))")
      }
    }
  }

  @Test func allWidthsGiveTheSameBits() throws {
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let quantities = function.quantities
      let expected = bits(function.values(of: quantities, at: Self.points))
      for width in [8, 9, 16, 24, 64, 104, 128, 200, 256] {
        let found = bits(function.values(of: quantities, at: Self.points, width: width))
        #expect(found == expected, "\(formula), width \(width)")
      }
    }
  }

  @Test func oneLaneEqualsThatLaneOfAThousand() throws {
    for (formula, variables) in try referenceFormulas() {
      let function = try TestFunction(formula, of: variables)
      let program = Program(computing: function.quantities, from: function.inputs)
      let evaluator = Evaluator(program)
      let columns = function.inputs.indices.map { i in Self.points.map { $0[i] } }
      let all = bits(evaluator.evaluate(columns))
      for lane in [0, 1, 7, 8, 255, 256, 998, 999] {
        let one = bits(evaluator.evaluate(columns.map { [$0[lane]] }))
        #expect(one == all.map { [$0[lane]] }, "\(formula), lane \(lane)")
      }
    }
  }

  @Test func aWidthIsRoundedUpToWholeVectors() throws {
    let function = try TestFunction("x + y")
    let program = Program(computing: [function.f], from: function.inputs)
    #expect([0, 1, 8, 9, 255].map { Evaluator(program, width: $0).width } == [8, 8, 8, 16, 256])
  }

  @Test func constantsAndInputsCanBeOutputs() throws {
    let function = try TestFunction("x + y")
    let outputs = [function.graph.constant(2.5), function.variables[1], function.f, function.f]
    #expect(function.values(of: outputs, at: [3, 4]) == [2.5, 4, 7, 7])
  }

  @Test func noPointsGiveNoValues() throws {
    let function = try TestFunction("x + y")
    #expect(function.values(of: [function.f], at: [[Double]]()) == [[]])
  }
}
