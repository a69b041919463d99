import CVectorMath
import Expressions

/// Symmetric linear algebra for three rows and more, lane by lane, with plain IEEE operations only:
/// LAPACK's bits depend on its provider and the processor.
///
/// Everything rests on the eigenvalue decomposition: by cyclic Jacobi rotations (Golub & Van Loan,
/// *Matrix Computations*, §8.5) for small matrices, which find small eigenvalues of a scaled matrix as
/// well as large ones and always converge; by `TridiagonalEigen` for large ones. O(n³).
struct MatrixScratch {
  private var matrix: [Double] = []
  private var vectors: [Double] = []

  /// Runs a kernel: operands are results, then the upper triangle, then for `solve` the gradient.
  mutating func run(
    _ kernel: MatrixKernel, _ operands: UnsafePointer<vm_operand>,
    _ registers: UnsafeMutablePointer<Double>, lanes: Int
  ) {
    let size =
      switch kernel {
      case .determinant(let n), .eigenvalues(let n), .solve(let n): n
      }
    let results = kernel.resultCount
    let triangle = size * (size + 1) / 2
    var gradient = [Double](repeating: 0, count: size)
    for lane in 0..<lanes {
      func argument(_ number: Int) -> Double {
        let operand = operands[results + number]
        let position = operand.stride == 0 ? lane % Int(VM_LANES) : lane
        return registers[Int(operand.offset) + position]
      }
      let isFinite = load(size, argument)
      var values = [Double](repeating: .nan, count: results)
      switch kernel {
      case .determinant: values[0] = isFinite ? determinant(size) : .nan
      case .eigenvalues: if isFinite { values = eigenvalues(size).sorted() }
      case .solve:
        for i in 0..<size { gradient[i] = argument(triangle + i) }
        values = solve(size, gradient, isFinite: isFinite)
      }
      for number in 0..<results { registers[Int(operands[number].offset) + lane] = values[number] }
    }
  }

  /// Loads the full matrix; false where an entry is not finite.
  private mutating func load(_ size: Int, _ argument: (Int) -> Double) -> Bool {
    if matrix.count != size * size {
      matrix = [Double](repeating: 0, count: size * size)
      vectors = matrix
    }
    var isFinite = true
    var number = 0
    for row in 0..<size {
      for column in row..<size {
        let entry = argument(number)
        matrix[row * size + column] = entry
        matrix[column * size + row] = entry
        isFinite = isFinite && entry.isFinite
        number += 1
      }
    }
    return isFinite
  }

  /// The determinant by elimination with pivots from the whole rest (rows and columns together), exact
  /// zeros kept; the entries are first scaled by a power of two.
  private mutating func determinant(_ n: Int) -> Double {
    let exponent = scale(n)
    var product = 1.0
    var productExponent = exponent * n
    for k in 0..<n {
      var pivot = (row: k, column: k)
      for row in k..<n {
        for column in k..<n
        where abs(matrix[row * n + column]) > abs(matrix[pivot.row * n + pivot.column]) {
          pivot = (row, column)
        }
      }
      if matrix[pivot.row * n + pivot.column] == 0 { return 0 }
      if pivot.row != k {
        for column in 0..<n { matrix.swapAt(k * n + column, pivot.row * n + column) }
        product = -product
      }
      if pivot.column != k {
        for row in 0..<n { matrix.swapAt(row * n + k, row * n + pivot.column) }
        product = -product
      }
      let diagonal = matrix[k * n + k]
      product *= diagonal
      productExponent += Int(product.exponent)
      product = product.significand * (product < 0 ? -1 : 1)
      for row in k + 1..<max(n, k + 1) {
        let factor = matrix[row * n + k] / diagonal
        if factor == 0 { continue }
        for column in k + 1..<n { matrix[row * n + column] -= factor * matrix[k * n + column] }
      }
    }
    return Double(sign: .plus, exponent: max(-2200, min(2200, productExponent)), significand: 1)
      * product
  }

  /// Divides the matrix by the power of two of its largest entry; returns the exponent.
  private mutating func scale(_ n: Int) -> Int {
    let largest = matrix.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 0 }
    let exponent = Int(largest.exponent)
    for position in matrix.indices {
      matrix[position] = Double(sign: .plus, exponent: -exponent, significand: matrix[position])
    }
    return exponent
  }

  /// The greatest matrix that Jacobi's rotations are worth their time for.
  private static let greatestForJacobi = 16

  /// The eigenvalues, in no order; `vectors` then holds the eigenvectors as rows.
  private mutating func eigenvalues(_ n: Int) -> [Double] {
    let exponent = scale(n)
    if n > MatrixScratch.greatestForJacobi {
      let values = matrix.withUnsafeMutableBufferPointer { matrix in
        vectors.withUnsafeMutableBufferPointer { vectors -> [Double] in
          guard let a = matrix.baseAddress, let v = vectors.baseAddress else { return [] }
          return TridiagonalEigen.decompose(a, v, n)
        }
      }
      return values.map { Double(sign: .plus, exponent: exponent, significand: $0) }
    }
    for i in 0..<n { for j in 0..<n { vectors[i * n + j] = i == j ? 1 : 0 } }
    for _ in 0..<60 {
      var isDiagonal = true
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where !isNegligible(p, q, n) {
          isDiagonal = false
          rotate(p, q, n)
        }
      }
      if isDiagonal { break }
    }
    return (0..<n).map {
      Double(sign: .plus, exponent: exponent, significand: matrix[$0 * n + $0])
    }
  }

  /// Whether an entry beside the diagonal is too small to be seen beside both its diagonal entries.
  private mutating func isNegligible(_ p: Int, _ q: Int, _ n: Int) -> Bool {
    let entry = abs(matrix[p * n + q])
    let isSmall =
      entry <= 0x1p-54 * min(abs(matrix[p * n + p]), abs(matrix[q * n + q])) || entry < 0x1p-900
    if isSmall {
      matrix[p * n + q] = 0
      matrix[q * n + p] = 0
    }
    return isSmall
  }

  /// The rotation in the plane (p, q) that makes their entry zero, by the smaller of the two angles.
  private mutating func rotate(_ p: Int, _ q: Int, _ n: Int) {
    let entry = matrix[p * n + q]
    let theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * entry)
    let tangent =
      abs(theta) > 1e150
      ? 1 / (2 * theta)
      : (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    matrix[p * n + p] -= tangent * entry
    matrix[q * n + q] += tangent * entry
    matrix[p * n + q] = 0
    matrix[q * n + p] = 0
    for k in 0..<n where k != p && k != q {
      let left = matrix[k * n + p]
      let right = matrix[k * n + q]
      matrix[k * n + p] = cosine * left - sine * right
      matrix[k * n + q] = sine * left + cosine * right
      matrix[p * n + k] = matrix[k * n + p]
      matrix[q * n + k] = matrix[k * n + q]
    }
    for k in 0..<n {
      let left = vectors[p * n + k]
      let right = vectors[q * n + k]
      vectors[p * n + k] = cosine * left - sine * right
      vectors[q * n + k] = sine * left + cosine * right
    }
  }

  /// The shortest step −H⁺g and its status: 0 solved, 1 no solution, 2 not finite.
  private mutating func solve(_ n: Int, _ gradient: [Double], isFinite: Bool) -> [Double] {
    let failure = [Double](repeating: .nan, count: n)
    guard isFinite, gradient.allSatisfy(\.isFinite) else { return failure + [2] }
    let values = eigenvalues(n)
    let floor = Double(n) * 0x1p-52 * values.reduce(0) { max($0, abs($1)) }
    let largest = gradient.reduce(0) { max($0, abs($1)) }
    var step = [Double](repeating: 0, count: n)
    if largest == 0 { return step + [0] }
    var lost = 0.0
    var whole = 0.0
    for k in 0..<n {
      var component = 0.0
      for i in 0..<n { component += vectors[k * n + i] * (gradient[i] / largest) }
      whole += component * component
      if abs(values[k]) <= floor {
        lost += component * component
        continue
      }
      let length = component / values[k] * largest
      for i in 0..<n { step[i] -= length * vectors[k * n + i] }
    }
    return lost.squareRoot() <= 1e-8 * whole.squareRoot() ? step + [0] : failure + [1]
  }
}
