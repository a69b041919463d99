import CVectorMath
import Expressions

/// Runs a program over blocks of lanes, in memory of its own.
///
/// One evaluator belongs to one task.
public final class Evaluator {
  private struct Step {
    let kernel: vm_kernel?
    var matrix: MatrixKernel?
    /// The group of sums over rows; −1 where the step is none.
    var rows = -1
    let firstOperand: Int
  }

  /// An input and the output that it becomes.
  private struct Turn {
    let input: Int
    let output: Int
    /// The outputs that are the input as it stands.
    let copies: [Int]
  }

  /// The program it runs.
  public let program: Program
  /// The greatest number of lanes of a block: a multiple of 8.
  public let width: Int

  // Plain memory, not arrays: the loops below run for every few hundred points, and would pay for
  // counting references each time.
  private let steps: UnsafeMutableBufferPointer<Step>
  private var operands: UnsafeMutableBufferPointer<vm_operand>
  /// The operands of the next run, and the blocks that take turns, where some do.
  private var nextOperands: UnsafeMutableBufferPointer<vm_operand>?
  private var turns: [Turn] = []
  private var turningBlocks: UnsafeMutablePointer<Double>?
  private let registers: UnsafeMutablePointer<Double>
  @usableFromInline let inputs: UnsafeMutableBufferPointer<UnsafeMutablePointer<Double>>
  @usableFromInline let outputs:
    UnsafeMutableBufferPointer<(block: UnsafeMutablePointer<Double>, stride: Int)>
  private let uniforms: UnsafeMutablePointer<Double>
  private let findZeros: vm_zero_finder?
  private var scratch = MatrixScratch()
  private let rowSummers: [RowSummer]

  /// Prepares to run a program.
  ///
  /// - Parameters:
  ///   - program: what to run.
  ///   - width: lanes of a block, rounded up to a multiple of 8; nil takes as many as keep the
  ///     registers in the first-level cache. Results do not depend on it.
  ///   - tier: the instruction set; nil takes the best. Results do not depend on it either.
  public init(_ program: Program, width: Int? = nil, tier: vm_tier = vm_best_tier()) {
    let lanes = Int(VM_LANES)
    let fitting = 49_152 / 8 / max(1, program.registerCount)
    // Very large programs take what memory allows: 32 MB of registers and partial sums.
    let sums = program.rowSums.reduce(0) { $0 + $1.count }
    let affordable = 4_194_304 / max(1, program.registerCount + 8 * sums)
    let wanted = width ?? min(512, max(64, fitting), affordable)
    let lines = (wanted + lanes - 1) / lanes
    // Blocks an odd number of lines apart do not compete for the same places of the cache.
    let width = max(lanes, (width == nil && lines % 2 == 0 ? lines - 1 : lines) * lanes)
    self.program = program
    self.width = width
    let firstUniform = program.constants.count * lanes
    let firstRegister = firstUniform + program.uniformCount * lanes
    let count = max(lanes, firstRegister + program.registerCount * width)
    let registers = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: count)
    registers.initialize(repeating: 0, count: count)
    for (number, constant) in program.constants.enumerated() {
      for lane in 0..<lanes { registers[number * lanes + lane] = constant }
    }
    func place(_ location: Program.Location) -> vm_operand {
      switch location {
      case .register(let number):
        vm_operand(offset: Int64(firstRegister + number * width), stride: 1)
      case .constant(let number): vm_operand(offset: Int64(number * lanes), stride: 0)
      case .uniform(let number):
        vm_operand(offset: Int64(firstUniform + number * lanes), stride: 0)
      }
    }
    self.registers = registers
    uniforms = registers + firstUniform
    findZeros = vm_lookup_zero_finder(tier)
    rowSummers = program.rowSums.map { RowSummer($0, tier: tier) }
    operands = .copying(program.operands.map(place))
    steps = .copying(
      program.instructions.map { instruction in
        let first = instruction.operands.lowerBound
        return switch instruction.code {
        case .vector(let opcode):
          Step(kernel: vm_lookup(opcode, tier), firstOperand: first)
        case .matrix(let kernel): Step(kernel: nil, matrix: kernel, firstOperand: first)
        case .rows(let number): Step(kernel: nil, rows: number, firstOperand: first)
        }
      })
    inputs = .copying(program.inputRegisters.map { registers + firstRegister + $0 * width })
    outputs = .copying(
      program.outputLocations.map { location in
        let operand = place(location)
        return (registers + Int(operand.offset), Int(operand.stride))
      })
  }

  deinit {
    steps.deallocate()
    operands.deallocate()
    inputs.deallocate()
    outputs.deallocate()
    registers.deallocate()
    nextOperands?.deallocate()
    turningBlocks?.deallocate()
  }

  /// The block of an input, to be written before `run`; it keeps its values.
  @inlinable
  public func input(_ number: Int) -> UnsafeMutablePointer<Double> { inputs[number] }

  /// Reads a lane of an output after `run`.
  @inlinable
  public func output(_ number: Int, lane: Int) -> Double {
    let (block, stride) = outputs[number]
    return block[lane * stride]
  }

  /// The block of an output after `run`; nil where one number stands for all lanes.
  public func block(ofOutput number: Int) -> UnsafePointer<Double>? {
    let (block, stride) = outputs[number]
    return stride == 0 ? nil : UnsafePointer(block)
  }

  /// Lists the lanes in which an output is 0 after `run`, in ascending order.
  ///
  /// - Parameter places: room for every lane.
  /// - Returns: how many they are.
  public func zeros(
    of number: Int, lanes: Int, places: UnsafeMutablePointer<Int32>
  ) -> Int {
    let (block, stride) = outputs[number]
    if stride != 0 { return findZeros?(block, lanes, places) ?? 0 }
    guard block[0] == 0 else { return 0 }
    for lane in 0..<lanes { places[lane] = Int32(lane) }
    return lanes
  }

  /// Copies an output's block.
  public func copyOutput(_ number: Int, lanes: Int, to target: UnsafeMutablePointer<Double>) {
    let (block, stride) = outputs[number]
    if stride == 0 {
      target.update(repeating: block[0], count: lanes)
    } else {
      target.update(from: block, count: lanes)
    }
  }

  /// Runs the program over the first lanes of the block.
  ///
  /// - Precondition: at most `width` lanes. The kernels work on whole vectors; lanes beyond are
  ///   computed from what is in their registers, and mean nothing.
  public func run(lanes: Int) {
    run(lanes: lanes, fetching: nil)
  }

  /// Runs the program, and between its sweeps asks for a block of other memory, so that the wait for
  /// the one is hidden behind the work on the other.
  private func run(
    lanes: Int, fetching next: (blocks: UnsafeBufferPointer<UnsafePointer<Double>>, start: Int)?
  ) {
    precondition(lanes <= width)
    let vector = Int(VM_LANES)
    let whole = (lanes + vector - 1) / vector * vector
    guard let base = operands.baseAddress else { return }
    // A share of the next block's lines with every sweep, block by block.
    let linesOfBlock = width / vector
    let lines = (next?.blocks.count ?? 0) * linesOfBlock
    let share = (lines + steps.count - 1) / max(1, steps.count)
    var (block, line) = (0, 0)
    for step in steps {
      if let next {
        var rest = share
        while rest > 0, block < next.blocks.count {
          let count = min(rest, linesOfBlock - line)
          vm_prefetch(next.blocks[block] + next.start + line * vector, count)
          rest -= count
          line += count
          if line == linesOfBlock { (block, line) = (block + 1, 0) }
        }
      }
      if let kernel = step.kernel {
        kernel(base + step.firstOperand, registers, whole)
      } else if let matrix = step.matrix {
        scratch.run(matrix, base + step.firstOperand, registers, lanes: lanes)
      } else {
        rowSummers[step.rows].run(base + step.firstOperand, registers, lanes: lanes)
      }
    }
  }

  /// Evaluates any number of points.
  ///
  /// - Parameter points: for each input, its value at each point.
  /// - Returns: for each output, its value at each point.
  public func evaluate(_ points: [[Double]]) -> [[Double]] {
    let count = points.first?.count ?? 0
    precondition(points.allSatisfy { $0.count == count })
    let columns = points.count + outputs.count
    let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, columns * count))
    defer { memory.deallocate() }
    guard let base = memory.baseAddress, count > 0 else { return outputs.map { _ in [] } }
    for (number, values) in points.enumerated() {
      _ = UnsafeMutableBufferPointer(start: base + number * count, count: count)
        .initialize(from: values)
    }
    let results = base + points.count * count
    results.initialize(repeating: 0, count: outputs.count * count)
    evaluate(
      points.indices.map { UnsafePointer(base + $0 * count) }, count: count,
      into: outputs.indices.map { results + $0 * count })
    return outputs.indices.map {
      Array(UnsafeBufferPointer(start: results + $0 * count, count: count))
    }
  }

  /// Evaluates points in memory: for each input and each output, `count` numbers.
  ///
  /// Whole blocks are read and written where they lie, without a copy, and those of the next block are
  /// asked for while this one is computed.
  public func evaluate(
    _ points: [UnsafePointer<Double>], count: Int, into results: [UnsafeMutablePointer<Double>]
  ) {
    precondition(points.count == inputs.count && results.count == outputs.count)
    let whole = count / width * width
    if whole > 0 { evaluateBlocks(points, whole, results) }
    guard whole < count else { return }
    for number in inputs.indices {
      inputs[number].update(from: points[number] + whole, count: count - whole)
    }
    run(lanes: count - whole)
    for number in outputs.indices {
      copyOutput(number, lanes: count - whole, to: results[number] + whole)
    }
  }

  /// Whole blocks: the operands that stand for inputs and outputs move through the caller's memory.
  private func evaluateBlocks(
    _ points: [UnsafePointer<Double>], _ count: Int, _ results: [UnsafeMutablePointer<Double>]
  ) {
    let home = Array(operands)
    var moving: [Int] = []
    for (uses, block) in zip(program.inputUses, points) {
      for use in uses { operands[use].offset = distance(to: block) }
      moving += uses
    }
    for (uses, block) in zip(program.outputUses, results) {
      for use in uses { operands[use].offset = distance(to: block) }
      moving += uses
    }
    let copied = program.outputUses.indices.filter { program.outputUses[$0].isEmpty }
    let outputsThatAreInputs = program.outputsThatAreInputs
    let blocks = points + results.map { UnsafePointer($0) }
    moving.withUnsafeBufferPointer { moving in
      blocks.withUnsafeBufferPointer { blocks in
        for start in stride(from: 0, to: count, by: width) {
          run(lanes: width, fetching: start + 2 * width <= count ? (blocks, start + width) : nil)
          for number in copied {
            if let input = outputsThatAreInputs[number] {
              (results[number] + start).update(from: points[input] + start, count: width)
            } else {
              copyOutput(number, lanes: width, to: results[number] + start)
            }
          }
          for use in moving { operands[use].offset += Int64(width) }
        }
      }
    }
    _ = operands.update(from: home)
  }

  // MARK: - Turns

  /// Lets outputs become inputs without a copy: their blocks change places at every `takeTurns`.
  ///
  /// - Parameter pairs: the numbers of outputs and of the inputs that they become; to be called once.
  /// - Returns: the pairs whose output has no block of its own but is a constant, an input or another output, to be
  ///   copied as ever.
  public func letTakeTurns(_ pairs: [(output: Int, input: Int)]) -> [(output: Int, input: Int)] {
    precondition(nextOperands == nil)
    let turning = pairs.filter { !program.outputUses[$0.output].isEmpty }
    let room = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, turning.count * width * 8), alignment: 64
    ).bindMemory(to: Double.self, capacity: turning.count * width)
    room.initialize(repeating: 0, count: turning.count * width)
    let next = UnsafeMutableBufferPointer<vm_operand>.copying(Array(operands))
    let copies = Dictionary(grouping: program.outputsThatAreInputs.keys) {
      program.outputsThatAreInputs[$0]
    }
    for (number, pair) in turning.enumerated() {
      let (block, home) = (room + number * width, inputs[pair.input])
      for use in program.outputUses[pair.output] {
        operands[use].offset = distance(to: block)
        next[use].offset = distance(to: home)
      }
      for use in program.inputUses[pair.input] { next[use].offset = distance(to: block) }
      outputs[pair.output].block = block
      turns.append(
        Turn(input: pair.input, output: pair.output, copies: copies[pair.input] ?? []))
    }
    nextOperands = next
    turningBlocks = room
    return pairs.filter { program.outputUses[$0.output].isEmpty }
  }

  /// Makes of outputs the inputs that they become.
  public func takeTurns() {
    guard let next = nextOperands else { return }
    (operands, nextOperands) = (next, operands)
    for turn in turns {
      let block = outputs[turn.output].block
      outputs[turn.output].block = inputs[turn.input]
      inputs[turn.input] = block
      for output in turn.copies { outputs[output].block = block }
    }
  }

  // MARK: - Rows

  /// Lets the inputs be read where they lie, from a row on.
  func readInputs(from columns: [UnsafePointer<Double>], at row: Int) {
    for (uses, column) in zip(program.inputUses, columns) {
      for use in uses { operands[use].offset = distance(to: column + row) }
    }
  }

  /// Sets a number that all lanes share.
  func setUniform(_ number: Int, _ value: Double) {
    // Aligned, as all memory of the evaluator is, and as many lanes as VM_LANES.
    UnsafeMutableRawPointer(uniforms + number * Int(VM_LANES))
      .storeBytes(of: SIMD8(repeating: value), as: SIMD8<Double>.self)
  }

  /// The block of an output, which may be an input as it stands.
  func outputBlock(_ number: Int, inputs columns: [UnsafePointer<Double>], at row: Int)
    -> UnsafePointer<Double>
  {
    program.outputsThatAreInputs[number].map { columns[$0] + row }
      ?? UnsafePointer(outputs[number].block)
  }

  private func distance(to block: UnsafePointer<Double>) -> Int64 {
    Int64(block - UnsafePointer(registers))
  }
}

extension UnsafeMutableBufferPointer {
  /// Memory of its own with the elements of an array; to be deallocated.
  fileprivate static func copying(_ elements: [Element]) -> Self {
    let buffer = allocate(capacity: elements.count)
    _ = buffer.initialize(from: elements)
    return buffer
  }
}
