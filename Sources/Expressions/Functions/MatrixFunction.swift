/// A function of vectors and matrices that formulas of quantities know, and functions to be minimised do
/// not: its derivative is not known.
///
/// To add one, write its line in `all`.
public struct MatrixFunction: Sendable {
  /// What a call gives.
  struct Result {
    let value: Value
    /// Where this is not 0 the value is NaN: 1 without a solution, 2 with an entry that is not finite.
    var status: Scalar?
  }

  /// The name, as it is typed.
  public let name: String
  /// The names of its parameters, for help and errors: A is a matrix, u a vector.
  public let parameters: [String]
  /// What it is, in a few words.
  public let summary: String
  /// What it takes, for errors.
  let accepts: String
  /// Builds the nodes; nil where the arguments have shapes that it does not take.
  let build: @Sendable ([Value]) -> Result?

  /// `solve(A, u)`.
  public var usage: String { "\(name)(\(parameters.joined(separator: ", ")))" }

  /// Every one, in the order of the guide.
  public static let all: [MatrixFunction] = [
    MatrixFunction(
      name: "solve", parameters: ["A", "u"],
      summary: "the x of A*x = u, the shortest where there are many; A symmetric",
      accepts: "a symmetric matrix and a vector of as many rows"
    ) { arguments in
      guard case .matrix(let matrix) = arguments[0], case .vector(let u) = arguments[1],
        matrix.rows == u.count
      else { return nil }
      if let original = matrix.absoluteOf {
        let (solution, status) = original.absoluteSolve(u)
        return Result(value: .vector(solution), status: status)
      }
      return matrix.symmetric.map { symmetric in
        let (solution, status) = symmetric.solve(u)
        return Result(value: .vector(solution), status: status)
      }
    },
    MatrixFunction(
      name: "det", parameters: ["A"], summary: "the determinant; A symmetric",
      accepts: "a symmetric matrix"
    ) { arguments in
      arguments[0].symmetric.map { Result(value: .scalar($0.determinant)) }
    },
    MatrixFunction(
      name: "trace", parameters: ["A"], summary: "A[1,1] + A[2,2] + …",
      accepts: "a square matrix"
    ) { arguments in
      guard case .matrix(let matrix) = arguments[0], matrix.rows == matrix.columns else {
        return nil
      }
      return Result(value: .scalar(plainSum(matrix.diagonal)))
    },
    MatrixFunction(
      name: "absolute", parameters: ["A"],
      summary: "the same eigenvectors with absolute eigenvalues; A symmetric",
      accepts: "a symmetric matrix; of a number or a vector write abs(u)"
    ) { arguments in
      arguments[0].symmetric.map {
        Result(value: .matrix(Matrix($0.absolute, absoluteOf: $0)))
      }
    },
    MatrixFunction(
      name: "diagonal", parameters: ["A"],
      summary: "the vector A[1,1], A[2,2], …; of a vector, the matrix that has it there",
      accepts: "a square matrix or a vector"
    ) { arguments in
      switch arguments[0] {
      case .matrix(let matrix) where matrix.rows == matrix.columns:
        return Result(value: .vector(matrix.diagonal))
      case .vector(let u):
        let zero = u[0].zero
        return Result(
          value: .matrix(
            Matrix(
              rows: u.count, columns: u.count,
              entries: u.indices.flatMap { i in u.indices.map { $0 == i ? u[i] : zero } })))
      default: return nil
      }
    },
  ]

  /// The call with its arguments.
  func call(_ arguments: [Value]) throws(FormulaProblem) -> Result {
    guard arguments.count == parameters.count else {
      throw .wrongArgumentCount(name, usage: usage, found: arguments.count)
    }
    guard let result = build(arguments) else {
      throw .wrongShapes(usage, accepts: accepts, found: arguments.map(\.shapeInFull))
    }
    return result
  }

  /// The functions by name.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

extension Value {
  /// The shape, and whether what looks square is not symmetric.
  fileprivate var shapeInFull: String {
    guard case .matrix(let matrix) = self, matrix.rows == matrix.columns, matrix.symmetric == nil
    else { return shape }
    return shape + " that is not symmetric"
  }

  fileprivate var symmetric: SymmetricMatrix? {
    if case .matrix(let matrix) = self { matrix.symmetric } else { nil }
  }
}

extension Matrix {
  /// A symmetric matrix, both its triangles.
  ///
  /// - Parameter original: A, where the matrix is |A|: systems with it are solved from A itself.
  public init(_ matrix: SymmetricMatrix, absoluteOf original: SymmetricMatrix? = nil) {
    let n = matrix.size
    self.init(
      rows: n, columns: n,
      entries: (0..<n).flatMap { i in
        (0..<n).map { j in matrix.upper[matrix.position(min(i, j), max(i, j))] }
      })
    absoluteOf = original
  }

  /// The matrix without its lower triangle; nil unless that holds the same nodes.
  public var symmetric: SymmetricMatrix? {
    guard rows == columns else { return nil }
    var upper: Vector = []
    for i in 0..<rows {
      for j in i..<rows {
        let entry = entries[i * columns + j]
        guard entry == entries[j * columns + i] else { return nil }
        upper.append(entry)
      }
    }
    return SymmetricMatrix(size: rows, upper: upper)
  }

  /// a₁₁, a₂₂, ….
  var diagonal: Vector { (0..<rows).map { entries[$0 * columns + $0] } }
}
