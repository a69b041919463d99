/// Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations: Golub & Van
/// Loan, *Matrix Computations*, §8.5.
///
/// They find small eigenvalues of a scaled matrix as well as large ones and always converge. Plain IEEE
/// operations in a fixed order, so the same bits on every machine.
struct JacobiEigen {
  private let n: Int
  private let matrix: UnsafeMutablePointer<Double>
  private let vectors: UnsafeMutablePointer<Double>

  /// Decomposes a matrix in place.
  ///
  /// - Parameters:
  ///   - matrix: n × n, symmetric, its entries near 1 in size; destroyed.
  ///   - vectors: takes the eigenvectors as rows.
  /// - Returns: the eigenvalue of each row, in no order.
  /// - Complexity: about 30n³ operations.
  static func decompose(
    _ matrix: UnsafeMutablePointer<Double>, _ vectors: UnsafeMutablePointer<Double>, _ n: Int
  ) -> [Double] {
    let eigen = JacobiEigen(n: n, matrix: matrix, vectors: vectors)
    eigen.diagonalize()
    return (0..<n).map { matrix[$0 * n + $0] }
  }

  private func diagonalize() {
    for i in 0..<n { for j in 0..<n { vectors[i * n + j] = i == j ? 1 : 0 } }
    for _ in 0..<60 {
      var isDiagonal = true
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where !isNegligible(p, q) {
          isDiagonal = false
          rotate(p, q)
        }
      }
      if isDiagonal { break }
    }
  }

  /// Whether an entry beside the diagonal is too small to be seen beside both its diagonal entries.
  private func isNegligible(_ p: Int, _ q: Int) -> Bool {
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
  private func rotate(_ p: Int, _ q: Int) {
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
}
