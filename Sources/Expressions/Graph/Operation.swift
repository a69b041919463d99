import CVectorMath

/// One kind of node: its name, its kernel or its definition by other operations, and its derivative.
///
/// All that the program knows about an elementary function or an arithmetic operation stands in one
/// value of this type, so that adding one touches one file (see `Functions`).
public final class Operation: Sendable {
  /// How values are computed.
  public enum Implementation: Sendable {
    /// A kernel of `CVectorMath`, and which of its results this is. Nodes that differ only in the
    /// result share one call of the kernel.
    case kernel(vm_opcode, result: Int = 0)
    /// A kernel for an n × n symmetric matrix, its upper triangle row by row first among the inputs. The
    /// node stands for all its results; nodes of `result` pick one each.
    case matrix(MatrixKernel)
    /// The result of the input, its number the node's parameter.
    case result
    /// The sum of the input over the rows of a table, its number the node's parameter.
    case rowSum
    /// Other operations: the node is a name for what this builds.
    case definition(@Sendable ([Scalar]) -> Scalar)
    /// An integer power, its exponent the node's parameter.
    case integerPower
  }

  /// How the chain rule passes.
  public enum Derivative: Sendable {
    /// The partial derivatives with respect to the inputs, from the node itself and its inputs; nil is
    /// an exact zero.
    case partials(@Sendable (_ node: Scalar, _ inputs: [Scalar]) -> [Scalar?])
    /// Input 0 chooses between inputs 1 and 2, and so between their derivatives: what the branch not
    /// taken would give never leaks in.
    case choice
    /// As `choice`, the condition built from the inputs, both of which are branches.
    case branches(@Sendable (_ inputs: [Scalar]) -> Scalar)
    /// The sum over rows of the input's derivative.
    case rowSum
    /// The derivative is zero wherever it exists, and taken as zero elsewhere.
    case zero
    /// Quantities are not differentiated.
    case none
  }

  /// The name, as it is typed or, for what cannot be typed, as it is printed.
  public let name: String
  /// A stable number for the name, the same in every process.
  let identity: UInt64
  /// Whether the two inputs may be swapped without a change of bits.
  let isCommutative: Bool
  /// How values are computed.
  public let implementation: Implementation
  /// How the chain rule passes.
  let derivative: Derivative

  /// Creates an operation.
  init(
    _ name: String, _ implementation: Implementation, isCommutative: Bool = false,
    derivative: Derivative
  ) {
    self.name = name
    identity = Operation.hash(name)
    self.isCommutative = isCommutative
    self.implementation = implementation
    self.derivative = derivative
  }

  /// FNV-1a of the name's bytes, mixed: Swift's own hashes differ from process to process.
  static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// The kernels for symmetric matrices, lane by lane; `SymmetricMatrix` has the contracts.
public enum MatrixKernel: Hashable, Sendable {
  /// det A.
  case determinant(Int)
  /// The eigenvalues, ascending.
  case eigenvalues(Int)
  /// The step −A⁺g and a status; the inputs end with g.
  case solve(Int)
  /// |A|⁺v and a status; the inputs end with v.
  case absoluteSolve(Int)
  /// The upper triangle of |A|.
  case absolute(Int)
  /// The step within a radius, what it promises and a status; the inputs end with g and the radius.
  case trustRegion(Int)
  /// The step with a cubic weight, what it promises and a status; the inputs end with g and the weight.
  case cubic(Int)

  /// The number of rows n.
  public var size: Int {
    switch self {
    case .determinant(let n), .eigenvalues(let n), .solve(let n), .absoluteSolve(let n),
      .absolute(let n), .trustRegion(let n), .cubic(let n):
      n
    }
  }

  /// How many inputs follow the upper triangle.
  public var vectorCount: Int {
    switch self {
    case .determinant, .eigenvalues, .absolute: 0
    case .solve(let n), .absoluteSolve(let n): n
    case .trustRegion(let n), .cubic(let n): n + 1
    }
  }

  /// How many results the kernel has.
  public var resultCount: Int {
    switch self {
    case .determinant: 1
    case .eigenvalues(let n): n
    case .solve(let n), .absoluteSolve(let n): n + 1
    case .absolute(let n): n * (n + 1) / 2
    case .trustRegion(let n), .cubic(let n): n + 2
    }
  }
}
