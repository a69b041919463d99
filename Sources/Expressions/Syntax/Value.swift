import Diagnostics

/// What a formula, or a part of one, stands for: a number, a vector or a matrix of nodes, or a table.
public enum Value {
  case scalar(Scalar)
  case vector(Vector)
  case matrix(Matrix)
  /// A table of data, to sum over.
  case table(DataTable)
  /// One row of a table, inside a sum over its rows.
  case row(DataTable)
  /// A row that cannot be used inside another sum over rows; the name is that sum's.
  case hiddenRow(inside: String)
  /// A text in double quotes.
  case text(String)
  /// Something is wrong below. What is listed here has not been said yet: it does not matter where the
  /// value is in a branch that is never taken.
  case failed([Diagnostic])

  /// The components of a number, vector or matrix, row by row; nil of anything else.
  public var components: Vector? {
    switch self {
    case .scalar(let scalar): [scalar]
    case .vector(let vector): vector
    case .matrix(let matrix): matrix.entries
    case .table, .row, .hiddenRow, .text, .failed: nil
    }
  }

  /// The number of components; 1 for what has none.
  var count: Int {
    switch self {
    case .vector(let vector): vector.count
    case .matrix(let matrix): matrix.entries.count
    case .scalar, .table, .row, .hiddenRow, .text, .failed: 1
    }
  }

  /// The number, if it is one.
  var scalar: Scalar? { if case .scalar(let scalar) = self { scalar } else { nil } }

  /// `a number`, `a vector of 3`, `a 3 x 2 matrix`, for errors.
  public var shape: String {
    switch self {
    case .scalar: "a number"
    case .vector(let vector): "a vector of \(vector.count)"
    case .matrix(let matrix): "a \(matrix.rows) x \(matrix.columns) matrix"
    case .table: "a table"
    case .row, .hiddenRow: "a row"
    case .text: "a text"
    case .failed: "nothing"
    }
  }

  /// The same shape with other components.
  func filled(with components: Vector) -> Value {
    switch self {
    case .matrix(let matrix):
      .matrix(Matrix(rows: matrix.rows, columns: matrix.columns, entries: components))
    case .vector: .vector(components)
    default: components.count == 1 ? .scalar(components[0]) : .vector(components)
    }
  }

  private func hasShape(of other: Value) -> Bool {
    switch (self, other) {
    case (.scalar, .scalar): true
    case (.vector(let u), .vector(let v)): u.count == v.count
    case (.matrix(let a), .matrix(let b)): a.rows == b.rows && a.columns == b.columns
    default: false
    }
  }

  /// Applies an operation element by element; numbers go with every element.
  ///
  /// - Parameter values: numbers, vectors and matrices.
  static func elementwise(
    _ values: [Value], _ operation: String, _ build: (Vector) -> Scalar
  ) throws(FormulaProblem) -> Value {
    guard let model = values.first(where: { $0.scalar == nil }) else {
      return .scalar(build(values.compactMap(\.scalar)))
    }
    if let misfit = values.first(where: { $0.scalar == nil && !$0.hasShape(of: model) }) {
      throw .unequalShapes(model.shape, misfit.shape, operation: operation)
    }
    let all = values.compactMap(\.components)
    let count = all.reduce(0) { max($0, $1.count) }
    return model.filled(
      with: (0..<count).map { i in build(all.map { $0.count == 1 ? $0[0] : $0[i] }) })
  }

  /// The product: of matrices as in algebra, else element by element.
  static func product(_ left: Value, _ right: Value) throws(FormulaProblem) -> Value {
    switch (left, right) {
    case (.matrix(let a), .vector(let v)):
      guard a.columns == v.count else { throw .matrixShapes(left.shape, right.shape) }
      return .vector((0..<a.rows).map { plainDot(a.row($0), v) })
    case (.matrix(let a), .matrix(let b)):
      guard a.columns == b.rows else { throw .matrixShapes(left.shape, right.shape) }
      return .matrix(
        Matrix(
          rows: a.rows, columns: b.columns,
          entries: (0..<a.rows).flatMap { i in
            (0..<b.columns).map { plainDot(a.row(i), b.column($0)) }
          }))
    case (.vector, .matrix): throw .vectorTimesMatrix
    default: return try elementwise([left, right], "*") { $0[0].graph.node(.multiply, $0) }
    }
  }
}

/// A matrix of nodes, its entries row by row.
public struct Matrix {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// a₁₁, a₁₂, ….
  public let entries: Vector
  /// A, where the matrix is |A|.
  var absoluteOf: SymmetricMatrix?

  /// Creates a matrix.
  ///
  /// - Precondition: rows × columns entries, at least one.
  public init(rows: Int, columns: Int, entries: Vector) {
    precondition(rows > 0 && columns > 0 && entries.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.entries = entries
  }

  /// A row, counted from 0.
  public func row(_ number: Int) -> Vector {
    Array(entries[number * columns..<(number + 1) * columns])
  }

  func column(_ number: Int) -> Vector { (0..<rows).map { entries[$0 * columns + number] } }
}

/// u·v as a user would have typed it out: summed from the first component on, nothing simplified.
func plainDot(_ u: Vector, _ v: Vector) -> Scalar {
  plainSum(zip(u, v).map { $0.graph.node(.multiply, [$0, $1]) })
}

/// The sum as a user would have typed it out.
///
/// - Precondition: at least one term.
func plainSum(_ terms: Vector) -> Scalar {
  terms.dropFirst().reduce(terms[0]) { $0.graph.node(.add, [$0, $1]) }
}
