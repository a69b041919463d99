import CVectorMath
import Expressions

/// Runs a program over blocks of lanes, in memory of its own. One evaluator belongs to one task.
public final class Evaluator {
  private struct Step {
    let kernel: vm_kernel?
    let matrix: MatrixKernel?
    let firstOperand: Int
  }

  /// The program it runs.
  public let program: Program
  /// The greatest number of lanes of a block: a multiple of 8.
  public let width: Int

  private let steps: [Step]
  private let operands: [vm_operand]
  private let registers: UnsafeMutablePointer<Double>
  private let byteCount: Int
  private var scratch: MatrixScratch

  /// Prepares to run a program.
  ///
  /// - Parameters:
  ///   - program: what to run.
  ///   - width: lanes of a block, rounded up to a multiple of 8; nil takes as many as keep the
  ///     registers in the first-level cache. Results do not depend on it.
  ///   - tier: the instruction set; nil takes the best. Results do not depend on it either.
  public init(_ program: Program, width: Int? = nil, tier: vm_tier = vm_best_tier()) {
    let lanes = Int(VM_LANES)
    let fitting = 32_768 / 8 / max(1, program.registerCount)
    let wanted = width ?? min(256, max(64, fitting))
    let width = max(lanes, (wanted + lanes - 1) / lanes * lanes)
    self.program = program
    self.width = width
    let firstRegister = program.constants.count * lanes
    operands = program.operands.map { location in
      switch location {
      case .register(let number):
        vm_operand(offset: UInt32(firstRegister + number * width), stride: 1)
      case .constant(let number): vm_operand(offset: UInt32(number * lanes), stride: 0)
      }
    }
    steps = program.instructions.map { instruction in
      switch instruction.code {
      case .vector(let opcode):
        Step(
          kernel: vm_lookup(opcode, tier), matrix: nil,
          firstOperand: instruction.operands.lowerBound)
      case .matrix(let kernel):
        Step(kernel: nil, matrix: kernel, firstOperand: instruction.operands.lowerBound)
      }
    }
    scratch = MatrixScratch()
    let count = firstRegister + program.registerCount * width
    byteCount = max(64, count * 8)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    registers = memory.bindMemory(to: Double.self, capacity: byteCount / 8)
    registers.initialize(repeating: 0, count: byteCount / 8)
    for (number, constant) in program.constants.enumerated() {
      for lane in 0..<lanes { registers[number * lanes + lane] = constant }
    }
  }

  deinit { registers.deallocate() }

  /// The block of an input, to be written before `run`; it keeps its values.
  public func input(_ number: Int) -> UnsafeMutablePointer<Double> {
    let first = program.constants.count * Int(VM_LANES)
    return registers + first + program.inputRegisters[number] * width
  }

  /// Reads a lane of an output after `run`.
  @inline(__always)
  public func output(_ number: Int, lane: Int) -> Double {
    switch program.outputLocations[number] {
    case .register(let register):
      registers[program.constants.count * Int(VM_LANES) + register * width + lane]
    case .constant(let constant): program.constants[constant]
    }
  }

  /// Copies an output's block.
  public func copyOutput(_ number: Int, lanes: Int, to target: UnsafeMutablePointer<Double>) {
    switch program.outputLocations[number] {
    case .register(let register):
      let first = program.constants.count * Int(VM_LANES)
      target.update(from: registers + first + register * width, count: lanes)
    case .constant(let constant):
      target.update(repeating: program.constants[constant], count: lanes)
    }
  }

  /// Runs the program over the first lanes of the block.
  ///
  /// - Precondition: at most `width` lanes. The kernels work on whole vectors; lanes beyond are
  ///   computed from what is in their registers, and mean nothing.
  public func run(lanes: Int) {
    precondition(lanes <= width)
    let vector = Int(VM_LANES)
    let whole = (lanes + vector - 1) / vector * vector
    operands.withUnsafeBufferPointer { operands in
      guard let base = operands.baseAddress else { return }
      for step in steps {
        if let kernel = step.kernel {
          kernel(base + step.firstOperand, registers, whole)
        } else if let matrix = step.matrix {
          scratch.run(matrix, base + step.firstOperand, registers, lanes: lanes)
        }
      }
    }
  }

  /// Evaluates any number of points.
  ///
  /// - Parameter points: for each input, its value at each point.
  /// - Returns: for each output, its value at each point.
  public func evaluate(_ points: [[Double]]) -> [[Double]] {
    let count = points.first?.count ?? 0
    var results = program.outputLocations.map { _ in [Double](repeating: 0, count: count) }
    var start = 0
    while start < count {
      let lanes = min(width, count - start)
      for (number, values) in points.enumerated() {
        values.withUnsafeBufferPointer { source in
          guard let base = source.baseAddress else { return }
          input(number).update(from: base + start, count: lanes)
        }
      }
      run(lanes: lanes)
      for number in results.indices {
        results[number].withUnsafeMutableBufferPointer { target in
          guard let base = target.baseAddress else { return }
          copyOutput(number, lanes: lanes, to: base + start)
        }
      }
      start += lanes
    }
    return results
  }
}
