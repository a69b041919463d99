import CVectorMath

extension Graph {
  /// The value of an operation on constants, by the kernel that would compute it at run time.
  ///
  /// - Returns: nil unless every argument is a constant and the operation has a kernel of its own.
  func fold(_ operation: Operation, _ arguments: [Scalar], parameter: Int) -> Double? {
    let values = arguments.compactMap(\.constantValue)
    guard values.count == arguments.count else { return nil }
    switch operation.implementation {
    case .kernel(let opcode, let result): return evaluate(opcode, values, result: result)
    case .integerPower: return evaluate(integerPowerOpcode(parameter), values, result: 0)
    case .definition(let build): return build(arguments).constantValue
    case .matrix, .result, .rowSum: return nil
    }
  }
}

/// The opcode of an integer power from −8 to 8, without 0 and 1.
func integerPowerOpcode(_ exponent: Int) -> vm_opcode {
  precondition((-8...8).contains(exponent) && exponent != 0 && exponent != 1)
  return vm_opcode(rawValue: UInt32(Int(VM_POWER_BASE.rawValue) + exponent))
}

/// The value of a kernel at one point.
///
/// All tiers give the same bits, so the scalar one stands for them all.
public func evaluate(_ opcode: vm_opcode, _ arguments: [Double], result: Int = 0) -> Double {
  let lanes = Int(VM_LANES)
  let results = Int(vm_result_count(opcode))
  let slots = results + arguments.count
  return withUnsafeTemporaryAllocation(byteCount: slots * lanes * 8, alignment: 64) { memory in
    let registers = memory.bindMemory(to: Double.self)
    registers.initialize(repeating: 0)
    for (position, argument) in arguments.enumerated() {
      for lane in 0..<lanes { registers[(results + position) * lanes + lane] = argument }
    }
    let operands = (0..<slots).map { vm_operand(offset: Int64($0 * lanes), stride: 1) }
    vm_lookup(opcode, VM_SCALAR)?(operands, registers.baseAddress, lanes)
    return registers[result * lanes]
  }
}

/// log x by the same kernel as everywhere, for numbers that reach results.
public func evaluateLogarithm(_ x: Double) -> Double { evaluate(VM_LOG, [x]) }

/// log x of many numbers at once.
public func evaluateLogarithms(_ values: [Double]) -> [Double] { evaluate(VM_LOG, all: values) }

/// eˣ of many numbers at once.
public func evaluateExponentials(_ values: [Double]) -> [Double] { evaluate(VM_EXP, all: values) }

private func evaluate(_ opcode: vm_opcode, all values: [Double]) -> [Double] {
  let lanes = Int(VM_LANES)
  let count = (values.count + lanes - 1) / lanes * lanes
  guard count > 0 else { return [] }
  return withUnsafeTemporaryAllocation(byteCount: count * 8, alignment: 64) { memory in
    let block = memory.bindMemory(to: Double.self)
    block.initialize(repeating: 1)
    _ = block.update(from: values)
    let operands = [vm_operand(offset: 0, stride: 1), vm_operand(offset: 0, stride: 1)]
    vm_lookup(opcode, vm_best_tier())?(operands, block.baseAddress, count)
    return Array(block.prefix(values.count))
  }
}

/// eˣ by the same kernel as everywhere, for numbers that reach results.
public func evaluateExponential(_ x: Double) -> Double { evaluate(VM_EXP, [x]) }
