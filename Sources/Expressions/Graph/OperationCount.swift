import CVectorMath

/// How much arithmetic a formula takes.
extension Graph {
  /// The arithmetic operations behind some nodes, each node counted once.
  ///
  /// A sum, product, quotient, root or elementary function counts 1; a comparison, a choice and a sign count
  /// nothing; both branches of a choice count. What is summed over data counts for every row. Systems and
  /// eigenvalues count as `MatrixKernel.operationCount` says, whatever an entry's value.
  ///
  /// - Parameter known: nodes that are there already.
  public func operationCount(of outputs: [Scalar], knowing known: [Scalar] = []) -> Double {
    var isSeen = Set(known.map { Int(nodes[$0.index].definition) })
    var waiting = outputs.map { Int(nodes[$0.index].definition) }
    // Results of one call are one call.
    var calls = Set<[Int]>()
    var count = 0.0
    while let number = waiting.popLast() {
      guard isSeen.insert(number).inserted,
        case .operation(let operation, _) = nodes[number].content
      else { continue }
      let arguments = argumentIndices(of: number).map { Int(nodes[Int($0)].definition) }
      waiting += arguments
      let rows = table(of: number).map { Double(tables[$0].rowCount) } ?? 1
      switch operation.implementation {
      case .result, .definition: break
      case .integerPower: count += rows
      case .matrix(let kernel): count += kernel.operationCount
      // An addition for each row of what is summed.
      case .rowSum: count += Double(table(ofSum: number).rowCount)
      case .kernel(let opcode, _):
        guard calls.insert([Int(opcode.rawValue)] + arguments).inserted else { break }
        count += rows * Graph.cost(of: operation, opcode, arguments.count)
      }
    }
    return count
  }

  private static func cost(of operation: Operation, _ opcode: vm_opcode, _ arguments: Int) -> Double
  {
    switch opcode {
    case VM_LESS, VM_LESS_EQUAL, VM_EQUAL, VM_NOT_EQUAL, VM_AND, VM_OR, VM_NOT, VM_SELECT,
      VM_NEGATE, VM_ABSOLUTE, VM_MINIMUM, VM_MAXIMUM, VM_SIGN:
      0
    case VM_DETERMINANT2: MatrixKernel.determinant(2).operationCount
    case VM_EIGENVALUES2: MatrixKernel.eigenvalues(2).operationCount
    case VM_SOLVE2: MatrixKernel.solve(2).operationCount
    case VM_ABSOLUTE_SOLVE2: MatrixKernel.absoluteSolve(2).operationCount
    default: Double(max(1, arguments - 1))
    }
  }
}

extension MatrixKernel {
  /// The usual count for an n × n matrix: n³/3 for a factorisation and 2n² to solve with it, 4n³/3 for
  /// eigenvalues, 9n³ where eigenvectors are needed too; 2n³ for n products with it.
  ///
  /// Golub and Van Loan, *Matrix Computations*, §4.4, §8.3.
  var operationCount: Double {
    let n = Double(size)
    switch self {
    case .determinant: return n * n * n / 3
    case .solve: return n * n * n / 3 + 2 * n * n
    case .eigenvalues: return 4 * n * n * n / 3
    case .absoluteSolve, .absolute, .cubic: return 9 * n * n * n
    case .trustRegion: return size <= 64 ? 9 * n * n * n : 2 * n * n * n
    }
  }
}
