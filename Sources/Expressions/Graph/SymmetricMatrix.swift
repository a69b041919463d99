import CVectorMath

/// A symmetric matrix of scalars, its upper triangle row by row.
public struct SymmetricMatrix {
  /// The number of rows.
  public let size: Int
  /// a₁₁, a₁₂, …, a₁ₙ, a₂₂, …, aₙₙ.
  public let upper: [Scalar]

  /// Creates a matrix from its upper triangle.
  ///
  /// - Precondition: n(n + 1)/2 entries, n ≥ 1.
  public init(size: Int, upper: [Scalar]) {
    precondition(size > 0 && upper.count == size * (size + 1) / 2)
    self.size = size
    self.upper = upper
  }

  /// The determinant; closed forms for n ≤ 2 that neither overflow nor cancel.
  public var determinant: Scalar {
    switch size {
    case 1: upper[0]
    case 2: upper[0].graph.node(.determinantOfTwo, upper)
    default: results(of: .matrixDeterminant(size), upper)[0]
    }
  }

  /// The eigenvalues, ascending; all NaN where an entry is not finite.
  public var eigenvalues: [Scalar] {
    switch size {
    case 1: upper
    case 2: Operation.eigenvaluesOfTwo.map { upper[0].graph.node($0, upper) }
    default: results(of: .eigenvalues(size), upper)
    }
  }

  /// The step s = −A⁺g that solves A s = −g, the shortest one where there are many.
  ///
  /// Eigenvalues |λ| ≤ nε·max|λ| count as zero. The status is 0 if the system has a solution (to
  /// 1e-8‖g‖), 1 if it has none, 2 where an entry is not finite; s is NaN unless it is 0.
  public func newtonStep(_ gradient: [Scalar]) -> (step: [Scalar], status: Scalar) {
    precondition(gradient.count == size)
    if size == 1 { return quotient(upper[0], gradient[0]) }
    let results =
      size == 2
      ? Operation.solveOfTwo.map { upper[0].graph.node($0, upper + gradient) }
      : results(of: .solve(size), upper + gradient)
    return (Array(results.dropLast()), results[size])
  }

  /// The results of a kernel: one node for the call, and one for each that it gives.
  private func results(of operation: Operation, _ arguments: [Scalar]) -> [Scalar] {
    guard case .matrix(let kernel) = operation.implementation else { return [] }
    let call = upper[0].graph.node(operation, arguments)
    return (0..<kernel.resultCount).map { call.graph.node(.result, [call], parameter: $0) }
  }

  /// The rule of `newtonStep` for one row: −g/h, and what is left of it where h = 0.
  private func quotient(_ h: Scalar, _ g: Scalar) -> (step: [Scalar], status: Scalar) {
    let greatest = h.graph.constant(.greatestFiniteMagnitude)
    let isFinite = (h.absolute <= greatest).and(g.absolute <= greatest)
    let isSingular = h.equals(0).and(g.differs(from: h.zero))
    let status = isFinite.select(isSingular, 2 * h.one)
    let step = h.equals(0).select(h.zero, -(g / h))
    return ([status.equals(0).select(step, h.graph.constant(.nan))], status)
  }
}

extension Operation {
  private static func linear(_ name: String, _ opcode: vm_opcode, result: Int = 0) -> Operation {
    Operation(name, .kernel(opcode, result: result), derivative: .none)
  }

  private static func linear(_ name: String, _ kernel: MatrixKernel) -> Operation {
    Operation("\(name) \(kernel)", .matrix(kernel), derivative: .none)
  }

  static let determinantOfTwo = linear("determinant", VM_DETERMINANT2)
  static let eigenvaluesOfTwo = (0..<2).map {
    linear("eigenvalue \($0)", VM_EIGENVALUES2, result: $0)
  }
  static let solveOfTwo = (0..<3).map { linear("solve \($0)", VM_SOLVE2, result: $0) }
  static func matrixDeterminant(_ size: Int) -> Operation {
    linear("determinant", MatrixKernel.determinant(size))
  }
  static func eigenvalues(_ size: Int) -> Operation { linear("eigenvalues", .eigenvalues(size)) }
  static func solve(_ size: Int) -> Operation { linear("solve", .solve(size)) }
  static let result = Operation("result", .result, derivative: .none)
}
