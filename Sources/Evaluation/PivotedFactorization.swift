/// The factorisation P(A + sI)Pᵀ = UᵀDU of a symmetric matrix, U unit upper triangular, D of 1×1 and 2×2
/// blocks: Bunch & Kaufman 1977, doi:10.1090/S0025-5718-1977-0428694-0; Golub & Van Loan, *Matrix
/// Computations*, §4.4.
///
/// A sixth of the time of an eigenvalue decomposition at the very least. It knows the number of negative
/// eigenvalues (Sylvester), and with that which eigenvalues lie where: `regular` needs no more.
struct PivotedFactorization {
  private let n: Int
  /// U and D, row by row; below the diagonal is nothing of interest.
  private var upper: [Double]
  /// The row of A that each row of the factors comes from.
  private var order: [Int]
  /// Where a 2×2 block of D begins.
  private var isPair: [Bool]
  /// The number of negative eigenvalues.
  private(set) var negativeCount = 0
  /// ‖|U|ᵀ|D||U|‖∞: rounding is bounded by it.
  private var growth = 0.0

  /// (1 + √17)/8: the pivots that let the entries grow least.
  private static let threshold = 0x1.47e0_f66a_fed07p-1

  /// Factors a matrix of which it is certain that the rule of the eigenvalues drops none; nil else.
  ///
  /// The margin μ = 8nε(‖A‖∞ + ‖|U|ᵀ|D||U|‖∞) is at least eight times what counts as zero. No eigenvalue is within μ of
  /// zero if A − μI and A + μI have equally many negative ones, and rounding moves those counts by no more
  /// than 2nε(‖A‖∞ + ‖|U|ᵀ|D||U|‖∞), of their own factors (Higham, *Accuracy and Stability of Numerical Algorithms*,
  /// theorem 11.3), which must be below μ/2. A matrix is surely taken where its condition is far below 1/nε, and
  /// surely refused where it is above; one between may be refused, which costs time and nothing else.
  ///
  /// - Parameters:
  ///   - matrix: n × n, symmetric, its entries at most 2.
  ///   - isDefinite: whether others than definite ones are refused.
  /// - Complexity: n³/3 operations for each of at most three factorisations.
  static func regular(
    _ matrix: [Double], _ n: Int, isDefinite: Bool = false
  ) -> PivotedFactorization? {
    var size = 0.0
    for row in 0..<n {
      var sum = 0.0
      for column in 0..<n { sum += abs(matrix[row * n + column]) }
      size = max(size, sum)
    }
    guard let factors = PivotedFactorization(matrix, shift: 0, n),
      !isDefinite || factors.isPositiveDefinite || factors.isNegativeDefinite
    else { return nil }
    let margin = 8 * Double(n) * 0x1p-52 * (size + factors.growth)
    func negativeCount(_ shift: Double) -> Int? {
      guard let shifted = PivotedFactorization(matrix, shift: shift, n),
        4 * Double(n) * 0x1p-52 * (size + shifted.growth) <= margin
      else { return nil }
      return shifted.negativeCount
    }
    let count = factors.negativeCount
    // Of a definite matrix one side is enough.
    if count < n { guard negativeCount(-margin) == count else { return nil } }
    if count > 0 { guard negativeCount(margin) == count else { return nil } }
    return factors
  }

  /// Whether all eigenvalues are positive.
  var isPositiveDefinite: Bool { negativeCount == 0 }
  /// Whether all eigenvalues are negative.
  var isNegativeDefinite: Bool { negativeCount == n }

  /// Factors A + `shift`·I; nil where it is singular, or not finite.
  private init?(_ matrix: [Double], shift: Double, _ n: Int) {
    self.n = n
    upper = matrix
    order = Array(0..<n)
    isPair = [Bool](repeating: false, count: n)
    for i in 0..<n { upper[i * n + i] += shift }
    let isRegular = upper.withUnsafeMutableBufferPointer { buffer in
      guard let u = buffer.baseAddress else { return false }
      return PivotedFactorization.eliminate(u, n, &order, &isPair, &negativeCount)
    }
    guard isRegular else { return nil }
    growth = greatestRowSum()
    guard growth.isFinite else { return nil }
  }

  // MARK: - Elimination

  private static func eliminate(
    _ u: UnsafeMutablePointer<Double>, _ n: Int, _ order: inout [Int], _ isPair: inout [Bool],
    _ negativeCount: inout Int
  ) -> Bool {
    var k = 0
    while k < n {
      let row = u + k * n
      var other = k
      var beside = 0.0
      for j in k + 1..<max(n, k + 1) where abs(row[j]) > beside {
        beside = abs(row[j])
        other = j
      }
      if max(abs(row[k]), beside) == 0 { return false }
      if abs(row[k]) >= threshold * beside {
        negativeCount += row[k] < 0 ? 1 : 0
        eliminateOne(u, n, k)
        k += 1
        continue
      }
      var besideOther = 0.0
      for i in k..<other { besideOther = max(besideOther, abs(u[i * n + other])) }
      for j in other + 1..<max(n, other + 1) {
        besideOther = max(besideOther, abs(u[other * n + j]))
      }
      if abs(row[k]) * besideOther >= threshold * beside * beside {
        negativeCount += row[k] < 0 ? 1 : 0
        eliminateOne(u, n, k)
        k += 1
      } else if abs(u[other * n + other]) >= threshold * besideOther {
        swap(u, n, k, other)
        order.swapAt(k, other)
        negativeCount += row[k] < 0 ? 1 : 0
        eliminateOne(u, n, k)
        k += 1
      } else {
        if other != k + 1 {
          swap(u, n, k + 1, other)
          order.swapAt(k + 1, other)
        }
        isPair[k] = true
        negativeCount += 1  // such a block has one eigenvalue of each sign
        eliminateTwo(u, n, k)
        k += 2
      }
    }
    return true
  }

  /// Swaps rows and columns k < r of the upper triangle, U's columns too.
  private static func swap(_ u: UnsafeMutablePointer<Double>, _ n: Int, _ k: Int, _ r: Int) {
    func swap(_ i: Int, _ j: Int) { (u[i], u[j]) = (u[j], u[i]) }
    for i in 0..<k { swap(i * n + k, i * n + r) }
    for j in k + 1..<r { swap(k * n + j, j * n + r) }
    for j in r + 1..<max(n, r + 1) { swap(k * n + j, r * n + j) }
    swap(k * n + k, r * n + r)
  }

  private static func eliminateOne(_ u: UnsafeMutablePointer<Double>, _ n: Int, _ k: Int) {
    let pivot = u + k * n
    for i in k + 1..<max(n, k + 1) where pivot[i] != 0 {
      let factor = pivot[i] / pivot[k]
      let row = u + i * n
      for j in i..<n { row[j] -= factor * pivot[j] }
      pivot[i] = factor
    }
  }

  private static func eliminateTwo(_ u: UnsafeMutablePointer<Double>, _ n: Int, _ k: Int) {
    let (first, second) = (u + k * n, u + (k + 1) * n)
    let block = PairedBlock(first[k], first[k + 1], second[k + 1])
    for i in k + 2..<max(n, k + 2) where first[i] != 0 || second[i] != 0 {
      let (left, right) = block.solve(first[i], second[i])
      let row = u + i * n
      for j in i..<n { row[j] -= left * first[j] + right * second[j] }
      first[i] = left
      second[i] = right
    }
  }

  /// ‖|U|ᵀ|D||U|‖∞, by products with a vector of ones.
  private func greatestRowSum() -> Double {
    var sums = [Double](repeating: 0, count: n)
    for k in 0..<n {
      sums[k] = 1
      for j in firstBehind(k)..<n { sums[k] += abs(upper[k * n + j]) }
    }
    var k = 0
    while k < n {
      let diagonal = abs(upper[k * n + k])
      if isPair[k] {
        let (beside, next) = (abs(upper[k * n + k + 1]), abs(upper[(k + 1) * n + k + 1]))
        (sums[k], sums[k + 1]) = (
          diagonal * sums[k] + beside * sums[k + 1], beside * sums[k] + next * sums[k + 1]
        )
        k += 2
      } else {
        sums[k] *= diagonal
        k += 1
      }
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
      for j in firstBehind(k)..<n { sums[j] += abs(upper[k * n + j]) * sums[k] }
    }
    return sums.reduce(0, max)
  }

  // MARK: - Solving

  /// The solution of A x = v, and vᵀx = vᵀA⁻¹v, for a definite A a sum of terms of one sign.
  ///
  /// - Complexity: 2n² operations.
  func solve(_ v: [Double]) -> (solution: [Double], product: Double) {
    var x = order.map { v[$0] }
    var product = 0.0
    for k in 0..<n {
      for j in firstBehind(k)..<n { x[j] -= upper[k * n + j] * x[k] }
    }
    var k = 0
    while k < n {
      if isPair[k] {
        let block = PairedBlock(upper[k * n + k], upper[k * n + k + 1], upper[(k + 1) * n + k + 1])
        let (left, right) = block.solve(x[k], x[k + 1])
        product += left * x[k] + right * x[k + 1]
        (x[k], x[k + 1]) = (left, right)
        k += 2
      } else {
        let quotient = x[k] / upper[k * n + k]
        product += quotient * x[k]
        x[k] = quotient
        k += 1
      }
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
      for j in firstBehind(k)..<n { x[k] -= upper[k * n + j] * x[j] }
    }
    var solution = x
    for (place, row) in order.enumerated() { solution[row] = x[place] }
    return (solution, product)
  }

  /// The first column of U behind the block that row k belongs to.
  private func firstBehind(_ k: Int) -> Int { min(n, isPair[k] ? k + 2 : k + 1) }
}

/// A block [[a, b], [b, c]] of D, where pivoting makes |ac| < b²/2: divided by b, as LAPACK's dsytf2 does.
private struct PairedBlock {
  private let left: Double
  private let right: Double
  private let factor: Double

  init(_ a: Double, _ b: Double, _ c: Double) {
    left = c / b
    right = a / b
    factor = 1 / (left * right - 1) / b
  }

  func solve(_ x: Double, _ y: Double) -> (Double, Double) {
    (factor * (left * x - y), factor * (right * y - x))
  }
}
