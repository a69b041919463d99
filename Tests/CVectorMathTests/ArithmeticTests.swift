import CVectorMath
import Testing

@Suite("Arithmetic is IEEE 754, one rounding per operation")
struct ArithmeticTests {
  typealias Reference = @Sendable ([Double]) -> Double

  /// An operation and the same in Swift.
  struct Case: CustomTestStringConvertible, Sendable {
    let opcode: vm_opcode
    let reference: Reference

    var testDescription: String { Operation(opcode: opcode).name }
  }

  private static func truth(_ condition: Bool) -> Double { condition ? 1 : 0 }

  static let plain: [Case] = [
    Case(opcode: VM_ADD) { $0[0] + $0[1] },
    Case(opcode: VM_SUBTRACT) { $0[0] - $0[1] },
    Case(opcode: VM_MULTIPLY) { $0[0] * $0[1] },
    Case(opcode: VM_DIVIDE) { $0[0] / $0[1] },
    Case(opcode: VM_NEGATE) { -$0[0] },
    Case(opcode: VM_ABSOLUTE) { abs($0[0]) },
    Case(opcode: VM_SQUARE_ROOT) { $0[0].squareRoot() },
    Case(opcode: VM_SIGN) { $0[0].isNaN ? .nan : $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : 0 },
    Case(opcode: VM_MINIMUM) {
      $0[0].isNaN || $0[1].isNaN ? .nan : $0[0] < $0[1] ? $0[0] : $0[1]
    },
    Case(opcode: VM_MAXIMUM) {
      $0[0].isNaN || $0[1].isNaN ? .nan : $0[0] > $0[1] ? $0[0] : $0[1]
    },
    Case(opcode: VM_LESS) { truth($0[0] < $0[1]) },
    Case(opcode: VM_LESS_EQUAL) { truth($0[0] <= $0[1]) },
    Case(opcode: VM_EQUAL) { truth($0[0] == $0[1]) },
    Case(opcode: VM_NOT_EQUAL) { truth($0[0] != $0[1]) },
    Case(opcode: VM_AND) { truth($0[0] != 0 && $0[1] != 0) },
    Case(opcode: VM_OR) { truth($0[0] != 0 || $0[1] != 0) },
    Case(opcode: VM_NOT) { truth($0[0] == 0) },
    Case(opcode: VM_SELECT) { $0[0] != 0 ? $0[1] : $0[2] },
    Case(opcode: VM_COPY) { $0[0] },
  ]

  static let powers: [Case] = (-8...8).map { k in
    Case(opcode: vm_opcode(UInt32(Int(VM_POWER_BASE.rawValue) + k))) { arguments in
      // From the left: the bits of |k| after the first.
      var power = arguments[0]
      for bit in String(abs(k), radix: 2).dropFirst() {
        power *= power
        if bit == "1" { power *= arguments[0] }
      }
      return k == 0 ? 1 : k > 0 ? power : 1 / power
    }
  }

  /// Swift does not contract, so these are the separate operations.
  static let fused: [Case] = [
    Case(opcode: VM_MULTIPLY_ADD) { $0[0] * $0[1] + $0[2] },
    Case(opcode: VM_MULTIPLY_ADD_2) { $0[3] * $0[4] + ($0[0] * $0[1] + $0[2]) },
    Case(opcode: VM_MULTIPLY_ADD_4) {
      $0[7] * $0[8] + ($0[5] * $0[6] + ($0[3] * $0[4] + ($0[0] * $0[1] + $0[2])))
    },
    Case(opcode: VM_MULTIPLY_SUBTRACT) { $0[0] * $0[1] - $0[2] },
    Case(opcode: VM_SUBTRACT_PRODUCT) { $0[2] - $0[0] * $0[1] },
    Case(opcode: VM_ADD_MULTIPLY) { ($0[0] + $0[1]) * $0[2] },
    Case(opcode: VM_SUBTRACT_MULTIPLY) { ($0[0] - $0[1]) * $0[2] },
    Case(opcode: VM_MULTIPLY_MULTIPLY) { ($0[0] * $0[1]) * $0[2] },
    Case(opcode: VM_MULTIPLY_4) { (($0[0] * $0[1]) * $0[2]) * $0[3] },
    Case(opcode: VM_MULTIPLY_5) { ((($0[0] * $0[1]) * $0[2]) * $0[3]) * $0[4] },
    Case(opcode: VM_MULTIPLY_MULTIPLY_ADD) { ($0[0] * $0[1]) * $0[2] + $0[3] },
    Case(opcode: VM_ADD_PRODUCTS_ADD) { $0[4] * $0[5] + ($0[0] * $0[1] + $0[2] * $0[3]) },
    Case(opcode: VM_SUBTRACT_PRODUCTS_ADD) { $0[4] * $0[5] + ($0[0] * $0[1] - $0[2] * $0[3]) },
    Case(opcode: VM_NOT_EQUALS_AND) {
      truth(($0[0] != $0[1] || $0[2] != $0[3]) && $0[4] != 0)
    },
    Case(opcode: VM_BETWEEN_AND_WITHIN) {
      truth($0[0] < $0[1] && $0[1] <= $0[2] && abs($0[3]) <= $0[4])
    },
    Case(opcode: VM_DISTANCE_AND) {
      let (u, v) = ($0[0] - $0[1], $0[2] - $0[3])
      return truth(u * u + v * v <= $0[4] && $0[5] != 0)
    },
    Case(opcode: VM_ADD_ADD) { ($0[0] + $0[1]) + $0[2] },
    Case(opcode: VM_NEGATE_MULTIPLY) { -($0[0] * $0[1]) },
    Case(opcode: VM_ADD_PRODUCTS) { $0[0] * $0[1] + $0[2] * $0[3] },
    Case(opcode: VM_SUBTRACT_PRODUCTS) { $0[0] * $0[1] - $0[2] * $0[3] },
    Case(opcode: VM_SQUARED_DISTANCE) {
      let (u, v) = ($0[0] - $0[1], $0[2] - $0[3])
      return u * u + v * v
    },
    Case(opcode: VM_ABSOLUTE_LESS_EQUAL) { truth(abs($0[0]) <= $0[1]) },
    Case(opcode: VM_LESS_AND) { truth($0[0] < $0[1] && $0[2] != 0) },
    Case(opcode: VM_LESS_EQUAL_AND) { truth($0[0] <= $0[1] && $0[2] != 0) },
    Case(opcode: VM_EQUAL_AND) { truth($0[0] == $0[1] && $0[2] != 0) },
    Case(opcode: VM_BETWEEN_AND) { truth($0[0] < $0[1] && $0[1] <= $0[2] && $0[3] != 0) },
    Case(opcode: VM_NOT_EQUAL_OR) { truth($0[0] != $0[1] || $0[2] != 0) },
    Case(opcode: VM_NOT_EQUALS) { truth($0[0] != $0[1] || $0[2] != $0[3]) },
  ]

  @Test("as Swift computes it, bit for bit", arguments: plain + powers + fused)
  func agreesWithSwift(example: Case) {
    let lanes = 1024
    var random = SplitMix64(state: 42)
    let blocks = (0..<Operation(opcode: example.opcode).argumentCount).map { _ in
      (0..<lanes).map { _ in random.anyDouble() }
    }
    for tier in availableTiers {
      let result = apply(example.opcode, tier, blocks.map { .lanes($0) }, lanes: lanes)[0]
      for lane in 0..<lanes {
        let inputs = blocks.map { $0[lane] }
        let expected = example.reference(inputs)
        guard !isIdentical(result[lane], expected) else { continue }
        Issue.record("\(example.testDescription)\(inputs) = \(result[lane]), not \(expected)")
        return
      }
    }
  }

  @Test("in one sweep as by the kernels one by one")
  func sweepsAgreeWithSeparateKernels() {
    let lanes = 1024
    var random = SplitMix64(state: 43)
    let blocks = (0..<4).map { _ in Argument.lanes((0..<lanes).map { _ in random.anyDouble() }) }
    let (x, y, z, w) = (blocks[0], blocks[1], blocks[2], blocks[3])
    for tier in availableTiers {
      func run(_ opcode: vm_opcode, _ arguments: Argument...) -> Argument {
        .lanes(apply(opcode, tier, arguments, lanes: lanes)[0])
      }
      let product = run(VM_MULTIPLY, x, y)
      let pairs: [(Argument, Argument)] = [
        (run(VM_MULTIPLY_ADD, x, y, z), run(VM_ADD, product, z)),
        (run(VM_MULTIPLY_SUBTRACT, x, y, z), run(VM_SUBTRACT, product, z)),
        (run(VM_SUBTRACT_PRODUCT, x, y, z), run(VM_SUBTRACT, z, product)),
        (run(VM_ADD_MULTIPLY, x, y, z), run(VM_MULTIPLY, run(VM_ADD, x, y), z)),
        (run(VM_SUBTRACT_MULTIPLY, x, y, z), run(VM_MULTIPLY, run(VM_SUBTRACT, x, y), z)),
        (run(VM_MULTIPLY_MULTIPLY, x, y, z), run(VM_MULTIPLY, product, z)),
        (run(VM_ADD_ADD, x, y, z), run(VM_ADD, run(VM_ADD, x, y), z)),
        (run(VM_NEGATE_MULTIPLY, x, y), run(VM_NEGATE, product)),
        (run(VM_ADD_PRODUCTS, x, y, z, w), run(VM_ADD, product, run(VM_MULTIPLY, z, w))),
        (run(VM_SUBTRACT_PRODUCTS, x, y, z, w), run(VM_SUBTRACT, product, run(VM_MULTIPLY, z, w))),
      ]
      for (sweep, separate) in pairs {
        #expect((0..<lanes).allSatisfy { isIdentical(sweep[$0], separate[$0]) })
      }
    }
  }

  @Test("and a selection never leaks the other side")
  func selectionDoesNotLeak() {
    let payload = Double(bitPattern: 0x7FF8_0000_0000_1234)
    let condition = [1, 0, -0.0, .nan, .leastNonzeroMagnitude, 1, 0, 1]
    for tier in availableTiers {
      let result = apply(
        VM_SELECT, tier, [.lanes(condition), .constant(payload), .constant(-0.0)], lanes: 8)[0]
      for (lane, value) in result.enumerated() {
        let expected = condition[lane] != 0 ? payload : -0.0
        #expect(value.bitPattern == expected.bitPattern)
      }
    }
  }
}
