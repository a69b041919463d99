import CVectorMath

/// What a compiler needs to know of a graph.
extension Graph {
  /// A node as a compiler sees it: definitions opened, powers by opcode.
  public enum Reading {
    /// A constant.
    case constant(Double)
    /// An input.
    case input(Input)
    /// One result of a kernel.
    case kernel(vm_opcode, result: Int, arguments: [Int])
    /// All results of a kernel for matrices.
    case matrix(MatrixKernel, arguments: [Int])
    /// One result of a kernel for matrices.
    case result(Int, of: Int)
    /// A column of a table, both by number.
    case column(table: Int, column: Int)
    /// The sum of a node over the rows of a table.
    case rowSum(of: Int, table: Int)
  }

  /// The number of the node that computes a scalar.
  public func number(of scalar: Scalar) -> Int { Int(nodes[scalar.index].definition) }

  /// The table whose every row gives a node a value of its own; nil for the rest.
  public func table(of number: Int) -> Int? {
    nodes[number].table >= 0 ? Int(nodes[number].table) : nil
  }

  /// Reads a node by its number.
  public func read(_ number: Int) -> Reading {
    switch nodes[number].content {
    case .constant(let bits): return .constant(Double(bitPattern: bits))
    case .input(let input): return .input(input)
    case .column(let table, let column): return .column(table: table, column: column)
    case .operation(let operation, let parameter):
      let arguments = argumentIndices(of: number).map { Int(nodes[Int($0)].definition) }
      switch operation.implementation {
      case .kernel(let opcode, let result):
        return .kernel(opcode, result: result, arguments: arguments)
      case .integerPower:
        return .kernel(integerPowerOpcode(parameter), result: 0, arguments: arguments)
      case .matrix(let kernel): return .matrix(kernel, arguments: arguments)
      case .result: return .result(parameter, of: arguments[0])
      case .rowSum: return .rowSum(of: arguments[0], table: parameter)
      case .definition: preconditionFailure("definitions are opened before they are read")
      }
    }
  }
}
