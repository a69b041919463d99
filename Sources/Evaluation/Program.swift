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
    /// A number that all lanes share, given from outside: in a program over rows, what does not depend on
    /// the row.
    case uniform(Int)
  }

  /// What an instruction does.
  enum Code: Sendable, Hashable {
    case vector(vm_opcode)
    case matrix(MatrixKernel)
    /// Sums over rows, by their place in `rowSums`.
    case rows(Int)
  }

  struct Instruction: Sendable {
    let code: Code
    /// How many of the operands are results.
    let resultCount: Int
    /// The first of its operands in `operands`: results first, then arguments.
    let operands: Range<Int>
  }

  /// The inputs, in the order in which the evaluator takes them.
  public let inputs: [Input]
  let instructions: [Instruction]
  let operands: [Location]
  let constants: [Double]
  let uniformCount: Int
  /// The sums over rows of data, each group of them one pass.
  let rowSums: [RowSums]
  let inputRegisters: [Int]
  let outputLocations: [Location]
  /// The number of registers.
  public let registerCount: Int
  /// For each input, the operands that read it.
  let inputUses: [[Int]]
  /// For each output, the operands that stand for it: where it is made, and where it is read again.
  ///
  /// Empty where it has no register to itself: a constant, an input, or the same value as another
  /// output.
  let outputUses: [[Int]]
  /// The inputs that are outputs as they stand, by the output's number.
  let outputsThatAreInputs: [Int: Int]
  /// Whether anything depends on the input of a number.
  public let isRead: [Bool]

  /// The number of instructions, each one sweep over the block.
  public var instructionCount: Int { instructions.count }

  /// The number of outputs.
  public var outputCount: Int { outputLocations.count }

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
    self.init(compiler, inputs: inputs)
  }

  /// Takes over what a compiler has made.
  init(_ compiler: Compiler, inputs: [Input]) {
    self.inputs = inputs
    instructions = compiler.instructions
    operands = compiler.operands
    constants = compiler.constants
    uniformCount = compiler.uniformCount
    rowSums = compiler.rowSums
    inputRegisters = compiler.inputRegisters
    outputLocations = compiler.outputLocations
    registerCount = compiler.registerCount
    inputUses = Program.usesOfInputs(compiler)
    outputUses = Program.usesOfOutputs(compiler)
    outputsThatAreInputs = Program.outputsThatAreInputs(compiler)
    var isRead = inputUses.map { !$0.isEmpty }
    for input in outputsThatAreInputs.values { isRead[input] = true }
    self.isRead = isRead
  }

  /// Whether anything depends on an input.
  public func reads(_ input: Input) -> Bool {
    guard let number = inputs.firstIndex(of: input) else { return false }
    return isRead[number]
  }

  private static func usesOfInputs(_ compiler: Compiler) -> [[Int]] {
    var uses = [[Int]](repeating: [], count: compiler.inputRegisters.count)
    var inputOf = [Int?](repeating: nil, count: compiler.registerCount)
    for (number, register) in compiler.inputRegisters.enumerated() { inputOf[register] = number }
    for (place, operand) in compiler.operands.enumerated() {
      if case .register(let register) = operand, let input = inputOf[register] {
        uses[input].append(place)
      }
    }
    return uses
  }

  /// Walks backwards, because registers are used again: an output has its own from where it is made to
  /// the end.
  private static func usesOfOutputs(_ compiler: Compiler) -> [[Int]] {
    var uses = [[Int]](repeating: [], count: compiler.outputLocations.count)
    var outputOf = [Int?](repeating: nil, count: compiler.registerCount)
    var isTaken = [Bool](repeating: false, count: compiler.registerCount)
    for register in compiler.inputRegisters { isTaken[register] = true }
    for (number, location) in compiler.outputLocations.enumerated() {
      guard case .register(let register) = location else { continue }
      outputOf[register] = isTaken[register] ? nil : number
      isTaken[register] = true
    }
    for instruction in compiler.instructions.reversed() {
      let first = instruction.operands.lowerBound
      for place in first..<first + instruction.resultCount {
        if case .register(let register) = compiler.operands[place], let output = outputOf[register]
        {
          uses[output].append(place)
          outputOf[register] = nil
        }
      }
      for place in first + instruction.resultCount..<instruction.operands.upperBound {
        if case .register(let register) = compiler.operands[place], let output = outputOf[register]
        {
          uses[output].append(place)
        }
      }
    }
    return uses
  }

  private static func outputsThatAreInputs(_ compiler: Compiler) -> [Int: Int] {
    var inputOf: [Int: Int] = [:]
    for (number, register) in compiler.inputRegisters.enumerated() { inputOf[register] = number }
    var pairs: [Int: Int] = [:]
    for (number, location) in compiler.outputLocations.enumerated() {
      if case .register(let register) = location { pairs[number] = inputOf[register] }
    }
    return pairs
  }

  /// The instructions as text, one a line, for tests and for people; those over rows behind, indented.
  public var listing: String {
    func name(_ location: Location) -> String {
      switch location {
      case .register(let number): "r\(number)"
      case .constant(let number): "\(constants[number])"
      case .uniform(let number): "u\(number)"
      }
    }
    let lines = instructions.map { instruction in
      let all = operands[instruction.operands].map(name)
      let results = instruction.resultCount
      let word =
        switch instruction.code {
        case .vector(let opcode): String(cString: vm_opcode_name(opcode))
        case .matrix(let kernel): "\(kernel)"
        case .rows(let number): "rows\(number)"
        }
      let left = all.prefix(results).joined(separator: ", ")
      return "\(left) = \(word) \(all.dropFirst(results).joined(separator: ", "))"
    }
    let rows = rowSums.enumerated().flatMap { number, sums in
      ["rows\(number):"] + sums.program.listing.split(separator: "\n").map { "  " + $0 }
    }
    return (lines + rows).joined(separator: "\n")
  }
}
