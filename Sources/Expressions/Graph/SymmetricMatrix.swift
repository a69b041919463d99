import CVectorMath

/// A symmetric matrix of scalars, its upper triangle row by row.
///
/// All that is computed of it follows one rule: eigenvalues |λ| ≤ nε·max|λ|, ε = 2⁻⁵², count as zero. Results
/// with a status are NaN unless it is 0. Multiplied by powers of two, everything gives the same bits.
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

  /// Av.
  public func product(_ v: Vector) -> Vector {
    precondition(v.count == size)
    return (0..<size).map { row in
      dot((0..<size).map { upper[position(min(row, $0), max(row, $0))] }, v)
    }
  }

  /// a₁₁ + a₂₂ + … + aₙₙ, from the first on.
  public var trace: Scalar {
    (0..<size).dropFirst().reduce(upper[0]) { $0 + upper[position($1, $1)] }
  }

  /// max|λ|/min|λ|: 1 at best, inf where an eigenvalue counts as zero, NaN where an entry is not
  /// finite.
  public var condition: Scalar {
    let magnitudes = eigenvalues.map(\.absolute)
    let graph = upper[0].graph
    let greatest = magnitudes.dropFirst().reduce(magnitudes[0]) { graph.node(.maximum, [$0, $1]) }
    let least = magnitudes.dropFirst().reduce(magnitudes[0]) { graph.node(.minimum, [$0, $1]) }
    let isSingular = least <= Double(size) * 0x1p-52 * greatest
    return isSingular.select(graph.constant(.infinity), greatest / least)
  }

  /// |A|: the same eigenvectors, the absolute eigenvalues; NaN where an entry of A is not finite.
  ///
  /// A itself, bit for bit, where no eigenvalue is negative, and −A where none is positive.
  public var absolute: SymmetricMatrix {
    if size > 1 { return SymmetricMatrix(size: size, upper: results(of: .absolute(size), upper)) }
    let isFinite = upper[0].absolute <= upper[0].graph.constant(.greatestFiniteMagnitude)
    return SymmetricMatrix(
      size: 1, upper: [isFinite.select(upper[0].absolute, upper[0].graph.constant(.nan))])
  }
}

// MARK: - Linear systems

extension SymmetricMatrix {
  /// The step s = −A⁺g that solves A s = −g, the shortest one where there are many.
  ///
  /// The status is 0 if the system has a solution (to 1e-8‖g‖), 1 if it has none, 2 where an entry is
  /// not finite.
  ///
  /// - Complexity: up to n = 2 a closed form over whole vectors; up to n = 16 an eigendecomposition,
  ///   about 30n³ operations a lane; beyond, n³ for a factorisation, and eigenvalues only where it
  ///   cannot tell that none of them counts as zero.
  public func newtonStep(_ gradient: Vector) -> (step: Vector, status: Scalar) {
    precondition(gradient.count == size)
    if size == 1 { return quotient(upper[0], gradient[0]) }
    let results =
      size == 2
      ? Operation.solveOfTwo.map { upper[0].graph.node($0, upper + gradient) }
      : results(of: .solve(size), upper + gradient)
    return (Array(results.dropLast()), results[size])
  }

  /// The solution A⁺v of A x = v: `newtonStep` of −v, with its status and its cost.
  public func solve(_ v: Vector) -> (solution: Vector, status: Scalar) {
    let (step, status) = newtonStep(v.map { -$0 })
    return (step, status)
  }

  /// |A|⁺v, with the absolute eigenvalues; the status is that of `solve`.
  ///
  /// The same bits as `solve` where A is positive definite.
  ///
  /// - Complexity: as `solve`; beyond n = 16 the factorisation serves definite matrices only.
  public func absoluteSolve(_ v: Vector) -> (solution: Vector, status: Scalar) {
    precondition(v.count == size)
    if size == 1 {
      let (step, status) = quotient(upper[0].absolute, -v[0])
      return (step, status)
    }
    let results =
      size == 2
      ? Operation.absoluteSolveOfTwo.map { upper[0].graph.node($0, upper + v) }
      : results(of: .absoluteSolve(size), upper + v)
    return (Array(results.dropLast()), results[size])
  }

  /// The rule of `newtonStep` for one row: −g/h, and what is left of it where h = 0.
  private func quotient(_ h: Scalar, _ g: Scalar) -> (step: Vector, status: Scalar) {
    let greatest = h.graph.constant(.greatestFiniteMagnitude)
    let isFinite = (h.absolute <= greatest).and(g.absolute <= greatest)
    let isSingular = h.equals(0).and(g.differs(from: h.zero))
    let status = isFinite.select(isSingular, 2 * h.one)
    let step = h.equals(0).select(h.zero, -(g / h))
    return ([status.equals(0).select(step, h.graph.constant(.nan))], status)
  }
}

// MARK: - Steps that are held back

extension SymmetricMatrix {
  /// The minimiser p of m(p) = gᵀp + ½pᵀAp over ‖p‖ ≤ Δ.
  ///
  /// Up to n = 64 it is the exact one: (A + λI)p = −g with λ ≥ 0, A + λI without negative eigenvalues, and
  /// λ = 0 or ‖p‖ = Δ (to rounding). Where that leaves a sign open, because g has nothing along the
  /// lowest eigenvector, the first of its entries that is at least half as large as the largest is
  /// positive in p. Where A has no negative eigenvalue and a step −A⁺g that is short enough, p is that
  /// step.
  ///
  /// Beyond n = 64 it is −A⁻¹g where A is surely positive definite and that is short enough; else the
  /// point where conjugate gradients leave the ball, meet negative curvature or have a residual
  /// below 1e-10‖g‖: at least as low as the steepest descent's best point, but 0 where g = 0. A radius
  /// beyond 2⁹⁰⁰‖g‖/‖A‖ is cut there.
  ///
  /// `predicted` is −m(p) ≥ 0, a sum of positive terms. The status is 0, or 2 where an entry is not
  /// finite or Δ is negative.
  ///
  /// Conn, Gould & Toint, *Trust-Region Methods*, §7.3; Moré & Sorensen 1983, doi:10.1137/0904038;
  /// Steihaug 1983, doi:10.1137/0720042.
  ///
  /// - Complexity: up to n = 64 an eigendecomposition; beyond, at most 2n products with A, mostly
  ///   far fewer, and a factorisation.
  public func trustRegionStep(
    _ gradient: Vector, radius: Scalar
  ) -> (step: Vector, predicted: Scalar, status: Scalar) {
    boundedStep(.trustRegion(size), gradient, radius)
  }

  /// The global minimiser p of c(p) = gᵀp + ½pᵀAp + (σ/3)‖p‖³, for a weight σ > 0.
  ///
  /// That is (A + λI)p = −g with λ = σ‖p‖ and A + λI without negative eigenvalues; a sign left open is
  /// taken as in `trustRegionStep`. `predicted` is −c(p) ≥ 0, a sum of positive terms, the cubic term
  /// taken off. The status is 0, or 2 where an entry is not finite or σ is not positive.
  ///
  /// Nesterov & Polyak 2006, doi:10.1007/s10107-006-0706-8; Cartis, Gould & Toint 2011,
  /// doi:10.1007/s10107-009-0286-5, §6.1.
  ///
  /// - Complexity: an eigendecomposition, for every n.
  public func cubicStep(
    _ gradient: Vector, weight: Scalar
  ) -> (step: Vector, predicted: Scalar, status: Scalar) {
    boundedStep(.cubic(size), gradient, weight)
  }

  private func boundedStep(
    _ kernel: MatrixKernel, _ gradient: Vector, _ bound: Scalar
  ) -> (step: Vector, predicted: Scalar, status: Scalar) {
    precondition(gradient.count == size)
    let results = results(of: .boundedStep(kernel), upper + gradient + [bound])
    return (Array(results.prefix(size)), results[size], results[size + 1])
  }
}

extension SymmetricMatrix {
  /// Where the entry of a row and a column not before it stands in `upper`.
  func position(_ row: Int, _ column: Int) -> Int {
    row * size - row * (row + 1) / 2 + column
  }

  /// The results of a kernel: one node for the call, and one for each that it gives.
  private func results(of operation: Operation, _ arguments: [Scalar]) -> [Scalar] {
    guard case .matrix(let kernel) = operation.implementation else { return [] }
    let call = upper[0].graph.node(operation, arguments)
    return (0..<kernel.resultCount).map { call.graph.node(.result, [call], parameter: $0) }
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
  static let absoluteSolveOfTwo = (0..<3).map {
    linear("absolute solve \($0)", VM_ABSOLUTE_SOLVE2, result: $0)
  }
  static func matrixDeterminant(_ size: Int) -> Operation {
    linear("determinant", MatrixKernel.determinant(size))
  }
  static func eigenvalues(_ size: Int) -> Operation { linear("eigenvalues", .eigenvalues(size)) }
  static func solve(_ size: Int) -> Operation { linear("solve", .solve(size)) }
  static func absoluteSolve(_ size: Int) -> Operation { linear("solve", .absoluteSolve(size)) }
  static func absolute(_ size: Int) -> Operation { linear("matrix", MatrixKernel.absolute(size)) }
  static func boundedStep(_ kernel: MatrixKernel) -> Operation { linear("step", kernel) }
  static let result = Operation("result", .result, derivative: .none)
}
