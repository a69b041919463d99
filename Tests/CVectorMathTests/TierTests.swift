import CVectorMath
import Testing

@Suite("Every tier gives the same bits")
struct TierTests {
  private static let lanes = 136
  private static let rounds = 150

  @Test(
    "on random inputs of every size, constants among them, in place or not",
    arguments: Operation.all)
  func tiersAgree(operation: Operation) {
    var random = SplitMix64(state: UInt64(operation.opcode.rawValue) &* 7919)
    var differences = 0
    for round in 0..<Self.rounds {
      let arguments = Self.arguments(of: operation, using: &random)
      let expected = apply(operation.opcode, VM_SCALAR, arguments, lanes: Self.lanes)
      for tier in availableTiers {
        let result = apply(
          operation.opcode, tier, arguments, lanes: Self.lanes, inPlace: round % 2 == 1)
        for index in result.indices {
          for lane in 0..<Self.lanes
          where !isIdentical(result[index][lane], expected[index][lane]) {
            differences += 1
            if differences > 3 { continue }
            let inputs = arguments.map { $0[lane] }
            Issue.record(
              """
              \(operation.name)\(inputs), result \(index), lane \(lane): \
              \(String(cString: vm_tier_name(tier))) gives \(result[index][lane]), \
              scalar \(expected[index][lane])
              """)
          }
        }
      }
    }
    #expect(differences == 0)
  }

  @Test("and the best tier is there")
  func bestTierIsAvailable() {
    #expect(vm_machine_supported())
    #expect(vm_tier_available(vm_best_tier()))
    #expect(availableTiers.first == VM_SCALAR)
  }

  @Test("and every operation has a kernel, a name and counts")
  func operationsAreDescribed() {
    #expect(Set(Operation.all.map(\.name)).count == Operation.all.count)
    #expect(Operation(opcode: VM_MULTIPLY_ADD).name == "multiply_add")
    #expect(Operation(opcode: VM_SINCOS).resultCount == 2)
    #expect(Operation(opcode: VM_SOLVE2).argumentCount == 5)
    #expect(VM_POWER_BASE.rawValue + 8 == VM_POWER_8.rawValue)
    #expect(Int(VM_POWER_BASE.rawValue) - 8 == Int(VM_POWER_M8.rawValue))
  }

  private static func arguments(
    of operation: Operation, using random: inout SplitMix64
  ) -> [Argument] {
    var blocks = (0..<operation.argumentCount).map { _ in
      (0..<lanes).map { _ in random.anyDouble() }
    }
    // Of random matrices none is nearly singular: make every other one so.
    let solvers = [VM_SOLVE2, VM_ABSOLUTE_SOLVE2]
    if ([VM_DETERMINANT2, VM_EIGENVALUES2] + solvers).contains(operation.opcode) {
      for lane in stride(from: 0, to: lanes, by: 2) {
        let ratio = blocks[1][lane] / blocks[0][lane]
        blocks[2][lane] = blocks[1][lane] * ratio
        if solvers.contains(operation.opcode), lane % 4 == 0 {
          blocks[4][lane] = blocks[3][lane] * ratio
        }
      }
    }
    return blocks.map { block in
      random.next() % 4 == 0 ? .constant(block[0]) : .lanes(block)
    }
  }
}
