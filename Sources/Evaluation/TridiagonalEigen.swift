/// Eigenvalues and eigenvectors of a symmetric matrix by Householder reflections to tridiagonal form and
/// implicit QR steps with Wilkinson's shift: Golub & Van Loan, *Matrix Computations*, §8.3.
///
/// Where nobody wants the vectors, the steps are the square-root-free ones of Pal, Walker and Kahan: Parlett, *The
/// Symmetric Eigenvalue Problem*, §8.14.
///
/// Each eigenvalue is right beside the largest one, not beside itself as by Jacobi's rotations, but a
/// large matrix takes a tenth of the time. Plain IEEE operations in a fixed order, so the same bits on
/// every machine.
struct TridiagonalEigen {
  private let n: Int
  private let matrix: UnsafeMutablePointer<Double>
  private let vectors: UnsafeMutablePointer<Double>?
  private var diagonal: [Double]
  /// What stands beside the diagonal, or the squares of that.
  private var beside: [Double]
  private var areSquared = false

  /// Decomposes a matrix in place.
  ///
  /// - Parameters:
  ///   - matrix: n × n, symmetric, its entries near 1 in size; destroyed.
  ///   - vectors: takes the eigenvectors as rows; nil where nobody wants them.
  /// - Returns: the eigenvalue of each row, in no order.
  /// - Complexity: about 6n³ operations, 4n³/3 without the vectors.
  static func decompose(
    _ matrix: UnsafeMutablePointer<Double>, _ vectors: UnsafeMutablePointer<Double>?, _ n: Int
  ) -> [Double] {
    var eigen = TridiagonalEigen(n: n, matrix: matrix, vectors: vectors)
    eigen.reduce()
    if vectors != nil {
      eigen.diagonalize { $0.step($1, $2) }
      return eigen.diagonal
    }
    for k in 0..<n { eigen.beside[k] *= eigen.beside[k] }
    eigen.areSquared = true
    eigen.diagonalize { $0.rootFreeStep($1, $2) }
    return eigen.diagonal
  }

  private init(
    n: Int, matrix: UnsafeMutablePointer<Double>, vectors: UnsafeMutablePointer<Double>?
  ) {
    self.n = n
    self.matrix = matrix
    self.vectors = vectors
    diagonal = [Double](repeating: 0, count: n)
    beside = [Double](repeating: 0, count: n)
  }

  /// Reflects the matrix to tridiagonal form, and multiplies the reflections into `vectors`.
  private mutating func reduce() {
    var betas = [Double](repeating: 0, count: n)
    var w = [Double](repeating: 0, count: n)
    for k in 0..<max(0, n - 2) {
      // The reflection's vector replaces the row that it clears.
      let v = matrix + k * n
      var rest = 0.0
      for i in k + 2..<n { rest += v[i] * v[i] }
      guard rest > 0 else {
        beside[k] = v[k + 1]
        continue
      }
      let length = (rest + v[k + 1] * v[k + 1]).squareRoot()
      beside[k] = v[k + 1] > 0 ? -length : length
      v[k + 1] -= beside[k]
      let beta = 2 / (rest + v[k + 1] * v[k + 1])
      betas[k] = beta
      var product = 0.0
      for i in k + 1..<n {
        let row = matrix + i * n
        var sum = 0.0
        for j in k + 1..<n { sum += row[j] * v[j] }
        w[i] = beta * sum
        product += w[i] * v[i]
      }
      let share = beta / 2 * product
      for i in k + 1..<n { w[i] -= share * v[i] }
      for i in k + 1..<n {
        let row = matrix + i * n
        let (vi, wi) = (v[i], w[i])
        for j in k + 1..<n { row[j] -= vi * w[j] + wi * v[j] }
      }
    }
    for i in 0..<n { diagonal[i] = matrix[i * n + i] }
    if n > 1 { beside[n - 2] = matrix[(n - 2) * n + n - 1] }
    guard let vectors else { return }
    vectors.update(repeating: 0, count: n * n)
    for i in 0..<n { vectors[i * n + i] = 1 }
    for k in stride(from: n - 3, through: 0, by: -1) where betas[k] > 0 {
      let v = matrix + k * n
      for i in k + 1..<n {
        let row = vectors + i * n
        var sum = 0.0
        for j in k + 1..<n { sum += row[j] * v[j] }
        sum *= betas[k]
        for j in k + 1..<n { row[j] -= sum * v[j] }
      }
    }
  }

  /// - Parameter step: one step on the unreduced block between two places.
  private mutating func diagonalize(_ step: (inout TridiagonalEigen, Int, Int) -> Void) {
    var high = n - 1
    var steps = 0
    while high > 0 {
      if isNegligible(high - 1) {
        high -= 1
        steps = 0
        continue
      }
      var low = high - 1
      while low > 0, !isNegligible(low - 1) { low -= 1 }
      steps += 1
      // It never takes more than a few; a matrix that is not finite is kept from here.
      guard steps <= 60 else { return }
      step(&self, low, high)
    }
  }

  private mutating func isNegligible(_ k: Int) -> Bool {
    let bound = 0x1p-53 * (abs(diagonal[k]) + abs(diagonal[k + 1]))
    if areSquared {
      if beside[k] <= max(bound * bound, 0x1p-1000) { beside[k] = 0 }
    } else if abs(beside[k]) <= max(bound, 0x1p-500) {
      beside[k] = 0
    }
    return beside[k] == 0
  }

  /// One QR step on the unreduced block from `low` to `high`, the squares beside its diagonal in place of what stands
  /// there.
  private mutating func rootFreeStep(_ low: Int, _ high: Int) {
    let last = diagonal[high]
    let end = beside[high - 1].squareRoot()
    let half = (diagonal[high - 1] - last) / (2 * end)
    let root = (half * half + 1).squareRoot()
    let shift = last - end / (half < 0 ? half - root : half + root)
    diagonal.withUnsafeMutableBufferPointer { diagonal in
      beside.withUnsafeMutableBufferPointer { squares in
        // The squares of the cosine and the sine of the last rotation, and the bottom of what it has left.
        var (c, s) = (1.0, 0.0)
        var bottom = diagonal[low] - shift
        var square = bottom * bottom
        for k in low..<high {
          let length = square + squares[k]
          if k > low { squares[k - 1] = s * length }
          let (oldC, oldBottom) = (c, bottom)
          c = square / length
          s = squares[k] / length
          let next = diagonal[k + 1]
          bottom = c * (next - shift) - s * oldBottom
          diagonal[k] = oldBottom + (next - bottom)
          square = c != 0 ? bottom * bottom / c : oldC * squares[k]
        }
        squares[high - 1] = s * square
        diagonal[high] = shift + bottom
      }
    }
  }

  /// One QR step on the unreduced block from `low` to `high`, the rotations applied to `vectors`.
  private mutating func step(_ low: Int, _ high: Int) {
    let half = (diagonal[high - 1] - diagonal[high]) / 2
    let end = beside[high - 1]
    let root = (half * half + end * end).squareRoot()
    let shift = diagonal[high] - end * end / (half < 0 ? half - root : half + root)
    var x = diagonal[low] - shift
    var z = beside[low]
    for k in low..<high {
      let size = max(abs(x), abs(z))
      if size == 0 { return }
      let radius = size * ((x / size) * (x / size) + (z / size) * (z / size)).squareRoot()
      let (c, s) = (x / radius, z / radius)
      if k > low { beside[k - 1] = radius }
      let (d, e, next) = (diagonal[k], beside[k], diagonal[k + 1])
      diagonal[k] = c * c * d + 2 * c * s * e + s * s * next
      diagonal[k + 1] = s * s * d - 2 * c * s * e + c * c * next
      beside[k] = c * s * (next - d) + (c * c - s * s) * e
      if k + 1 < high {
        x = beside[k]
        z = s * beside[k + 1]
        beside[k + 1] *= c
      }
      guard let vectors else { continue }
      let (upper, lower) = (vectors + k * n, vectors + (k + 1) * n)
      for i in 0..<n {
        let (u, v) = (upper[i], lower[i])
        upper[i] = c * u + s * v
        lower[i] = c * v - s * u
      }
    }
  }
}
