import CVectorMath
import Expressions

/// Compiled formulas: instructions over registers, each a block of lanes.
///
/// A program is a value without memory of its own; an `Evaluator` runs it. Its instructions are the
/// nodes that the outputs rest on, in the order of their syntax. Neighbouring operations may share a
/// sweep, but each of them rounds as if it stood alone, so that the results are those of the graph bit
/// for bit, whatever else is compiled beside them.
public struct Program: Sendable {
  /// Where an operand lives.
  enum Location: Sendable, Hashable {
    case register(Int)
    case constant(Int)
  }

  /// What an instruction does.
  enum Code: Sendable, Hashable {
    case vector(vm_opcode)
    case matrix(MatrixKernel)
  }

  struct Instruction: Sendable {
    let code: Code
    /// How many of the operands are results.
    var resultCount: Int {
      switch code {
      case .vector(let opcode): Int(vm_result_count(opcode))
      case .matrix(let kernel): kernel.resultCount
      }
    }
    /// The first of its operands in `operands`: results first, then arguments.
    let operands: Range<Int>
  }

  /// The inputs, in the order in which the evaluator takes them.
  public let inputs: [Input]
  let instructions: [Instruction]
  let operands: [Location]
  let constants: [Double]
  let inputRegisters: [Int]
  let outputLocations: [Location]
  /// The number of registers.
  public let registerCount: Int

  /// The number of instructions, each one sweep over the block.
  public var instructionCount: Int { instructions.count }

  /// Compiles nodes of a graph.
  ///
  /// - Parameters:
  ///   - outputs: what to compute, of one graph.
  ///   - inputs: the inputs in the caller's order; those that no output needs are kept.
  /// - Precondition: every input that an output rests on is among `inputs`.
  /// - Complexity: linear in the nodes.
  public init(computing outputs: [Scalar], from inputs: [Input]) {
    var compiler = Compiler(outputs: outputs, inputs: inputs)
    compiler.compile()
    self.inputs = inputs
    instructions = compiler.instructions
    operands = compiler.operands
    constants = compiler.constants
    inputRegisters = compiler.inputRegisters
    outputLocations = compiler.outputLocations
    registerCount = compiler.registerCount
  }

  /// The inputs that are outputs as they stand, by the output's number.
  var outputsThatAreInputs: [Int: Int] {
    var pairs: [Int: Int] = [:]
    for (number, location) in outputLocations.enumerated() {
      if case .register(let register) = location {
        pairs[number] = inputRegisters.firstIndex(of: register)
      }
    }
    return pairs
  }

  /// The operands that stand for an output: where it is made, and where it is read again.
  ///
  /// Empty where it has no register to itself: a constant, an input, or the same value as an
  /// earlier output.
  func usesOfOutput(_ number: Int) -> [Int] {
    let location = outputLocations[number]
    guard case .register(let register) = location, !inputRegisters.contains(register),
      !outputLocations[..<number].contains(location),
      !outputLocations[(number + 1)...].contains(location),
      let maker = instructions.lastIndex(where: { instruction in
        operands[instruction.operands].prefix(instruction.resultCount).contains(location)
      })
    else { return [] }
    let instruction = instructions[maker]
    let result = instruction.operands.prefix(instruction.resultCount).filter {
      operands[$0] == location
    }
    let later = operands.indices[instruction.operands.upperBound...].filter {
      operands[$0] == location
    }
    return result + later
  }

  /// The instructions as text, one a line, for tests and for people.
  public var listing: String {
    func name(_ location: Location) -> String {
      switch location {
      case .register(let number): "r\(number)"
      case .constant(let number): "\(constants[number])"
      }
    }
    return instructions.map { instruction in
      let all = operands[instruction.operands].map(name)
      let results = instruction.resultCount
      let word =
        switch instruction.code {
        case .vector(let opcode): String(cString: vm_opcode_name(opcode))
        case .matrix(let kernel): "\(kernel)"
        }
      let left = all.prefix(results).joined(separator: ", ")
      return "\(left) = \(word) \(all.dropFirst(results).joined(separator: ", "))"
    }.joined(separator: "\n")
  }
}
