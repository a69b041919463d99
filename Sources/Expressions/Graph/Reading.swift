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
    /// One result of a kernel for matrices.
    case matrix(MatrixKernel, result: Int, arguments: [Int])
  }

  /// The number of the node that computes a scalar.
  public func number(of scalar: Scalar) -> Int { Int(nodes[scalar.index].definition) }

  /// Reads a node by its number.
  public func read(_ number: Int) -> Reading {
    switch nodes[number].content {
    case .constant(let bits): return .constant(Double(bitPattern: bits))
    case .input(let input): return .input(input)
    case .operation(let operation, let parameter):
      let arguments = argumentIndices(of: number).map { Int(nodes[Int($0)].definition) }
      switch operation.implementation {
      case .kernel(let opcode, let result):
        return .kernel(opcode, result: result, arguments: arguments)
      case .integerPower:
        return .kernel(integerPowerOpcode(parameter), result: 0, arguments: arguments)
      case .matrix(let kernel, let result):
        return .matrix(kernel, result: result, arguments: arguments)
      case .definition: preconditionFailure("definitions are opened before they are read")
      }
    }
  }
}
