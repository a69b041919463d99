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

  /// x⁺ = (sin y, x·y, z, 2): an output that there is twice, one of its own, one that is an input as it stands, and a
  /// constant.
  @Test func outputsBecomeInputsAsIfTheyWereCopied() throws {
    let function = try TestFunction("sin(y)", of: "x y z w")
    let (x, y, z) = (function.variables[0], function.variables[1], function.variables[2])
    let next = [function.f, x * y, z, function.graph.constant(2)]
    let outputs = next + [function.f, x, y + x * y, z * x]
    let program = Program(computing: outputs, from: function.inputs)
    let pairs = (0..<4).map { (output: $0, input: $0) }
    let (turning, copying) = (Evaluator(program, width: 16), Evaluator(program, width: 16))
    let rest = turning.letTakeTurns(pairs)
    #expect(rest.map(\.output) == [0, 2, 3])
    for evaluator in [turning, copying] {
      for input in 0..<4 {
        for lane in 0..<16 { evaluator.input(input)[lane] = Double(lane - 7) / Double(input + 2) }
      }
    }
    for _ in 0..<5 {
      for (evaluator, copied) in [(turning, rest), (copying, pairs)] {
        evaluator.run(lanes: 13)
        for (output, input) in copied {
          evaluator.copyOutput(output, lanes: 13, to: evaluator.input(input))
        }
      }
      turning.takeTurns()
      for lane in 0..<13 {
        #expect((0..<4).allSatisfy { turning.input($0)[lane] == copying.input($0)[lane] })
      }
      turning.run(lanes: 13)
      copying.run(lanes: 13)
      for lane in 0..<13 {
        #expect(
          outputs.indices.allSatisfy {
            turning.output($0, lane: lane) == copying.output($0, lane: lane)
          })
      }
    }
  }
}
