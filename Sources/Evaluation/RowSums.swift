import CVectorMath
import Expressions

/// Sums over the rows of a table that are made in one pass: a program whose lanes are the rows.
struct RowSums: Sendable {
  let table: DataTable
  /// What is added up: for each sum one output, or two whose product it is of.
  ///
  /// Its inputs are columns, its uniforms what the rows share.
  let program: Program
  /// The columns that are its inputs.
  let columns: [Int]
  /// The outputs of each sum.
  let sums: [Range<Int>]

  /// The number of sums.
  var count: Int { sums.count }
}

/// Makes the sums for a block of lanes, in memory of its own.
///
/// Rows lie on the lanes of an evaluator, a block of rows at a time, and for every block all lanes of the
/// program outside take their turn while the columns are in the cache. Each sum is 8 partial ones, the
/// j-th over the rows j, j + 8, j + 16, …, so it does not depend on the sizes of the blocks.
final class RowSummer {
  private let sums: RowSums
  private let evaluator: Evaluator
  private let columns: [UnsafePointer<Double>]
  private var partials: [Double] = []
  private let accumulate: vm_accumulator
  // What is added up in a block of rows, as the kernel takes it.
  private var left: [UnsafePointer<Double>?]
  private var right: [UnsafePointer<Double>?]

  init(_ sums: RowSums, tier: vm_tier) {
    self.sums = sums
    evaluator = Evaluator(sums.program, tier: tier)
    accumulate = vm_lookup_accumulator(tier)
    left = [UnsafePointer<Double>?](repeating: nil, count: sums.count)
    right = left
    columns = sums.columns.map { number in
      guard let base = sums.table.column(number).baseAddress else {
        preconditionFailure("a table has rows")
      }
      return base
    }
  }

  /// Writes the sums of each lane: operands are results, then what the rows share.
  func run(
    _ operands: UnsafePointer<vm_operand>, _ registers: UnsafeMutablePointer<Double>, lanes: Int
  ) {
    let count = sums.count
    let size = lanes * count * 8
    if partials.count < size { partials = [Double](repeating: 0, count: size) }
    let shared = operands + count
    partials.withUnsafeMutableBufferPointer { buffer in
      guard let partials = buffer.baseAddress else { return }
      partials.update(repeating: 0, count: size)
      for start in stride(from: 0, to: sums.table.rowCount, by: evaluator.width) {
        let rows = min(evaluator.width, sums.table.rowCount - start)
        evaluator.readInputs(from: columns, at: start)
        for (number, outputs) in sums.sums.enumerated() {
          left[number] = evaluator.outputBlock(outputs.lowerBound, inputs: columns, at: start)
          if outputs.count > 1 {
            right[number] = evaluator.outputBlock(
              outputs.lowerBound + 1, inputs: columns, at: start)
          }
        }
        for lane in 0..<lanes {
          for number in 0..<sums.program.uniformCount {
            let operand = shared[number]
            let position = operand.stride == 0 ? lane % Int(VM_LANES) : lane
            evaluator.setUniform(number, registers[Int(operand.offset) + position])
          }
          evaluator.run(lanes: rows)
          accumulate(left, right, count, rows, partials + lane * count * 8)
        }
      }
      for lane in 0..<lanes {
        for number in 0..<count {
          let p = partials + (lane * count + number) * 8
          let sum = ((p[0] + p[1]) + (p[2] + p[3])) + ((p[4] + p[5]) + (p[6] + p[7]))
          registers[Int(operands[number].offset) + lane] = sum
        }
      }
    }
  }
}
