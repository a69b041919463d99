import CVectorMath
import Expressions

/// Symmetric linear algebra lane by lane, with plain IEEE operations only: LAPACK's bits depend on its
/// provider and the processor.
///
/// Nearly everything rests on the eigenvalue decomposition, by `JacobiEigen` for small matrices and by
/// `TridiagonalEigen` for large ones.
struct MatrixScratch {
  private var matrix: [Double] = []
  private var vectors: [Double] = []

  /// Runs a kernel: operands are results, then the upper triangle, then what follows it.
  mutating func run(
    _ kernel: MatrixKernel, _ operands: UnsafePointer<vm_operand>,
    _ registers: UnsafeMutablePointer<Double>, lanes: Int
  ) {
    let size = kernel.size
    let results = kernel.resultCount
    let triangle = size * (size + 1) / 2
    var vector = [Double](repeating: 0, count: kernel.vectorCount)
    for lane in 0..<lanes {
      func argument(_ number: Int) -> Double {
        let operand = operands[results + number]
        let position = operand.stride == 0 ? lane % Int(VM_LANES) : lane
        return registers[Int(operand.offset) + position]
      }
      var isFinite = load(size, argument)
      for i in vector.indices {
        vector[i] = argument(triangle + i)
        isFinite = isFinite && vector[i].isFinite
      }
      let values = isFinite ? run(kernel, vector) : MatrixScratch.failure(of: kernel, status: 2)
      for number in 0..<results { registers[Int(operands[number].offset) + lane] = values[number] }
    }
  }

  private mutating func run(_ kernel: MatrixKernel, _ vector: [Double]) -> [Double] {
    switch kernel {
    case .determinant(let n): [determinant(n)]
    case .eigenvalues(let n): eigenvalues(n).sorted()
    case .solve(let n): solve(n, vector, isAbsolute: false)
    case .absoluteSolve(let n): solve(n, vector, isAbsolute: true)
    case .absolute(let n): absolute(n)
    case .trustRegion(let n): boundedStep(n, vector, isCubic: false)
    case .cubic(let n): boundedStep(n, vector, isCubic: true)
    }
  }

  /// NaN for all results but the status, where there is one.
  private static func failure(of kernel: MatrixKernel, status: Double) -> [Double] {
    var values = [Double](repeating: .nan, count: kernel.resultCount)
    if kernel.vectorCount > 0 { values[values.count - 1] = status }
    return values
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
    guard exponent != 0 else { return 0 }
    if abs(exponent) <= 1000 {
      // The same bits as by the exponent alone, and many at a time.
      let factor = 1.0.scaled(by: -exponent)
      for position in matrix.indices { matrix[position] *= factor }
    } else {
      for position in matrix.indices { matrix[position] = matrix[position].scaled(by: -exponent) }
    }
    return exponent
  }

  // MARK: - Eigenvalues

  /// The greatest matrix that Jacobi's rotations are worth their time for.
  private static let greatestForJacobi = 16

  /// The eigenvalues, in no order.
  private mutating func eigenvalues(_ n: Int) -> [Double] {
    let exponent = scale(n)
    guard n > MatrixScratch.greatestForJacobi else {
      return decompose(n).map { $0.scaled(by: exponent) }
    }
    let values = matrix.withUnsafeMutableBufferPointer { matrix in
      matrix.baseAddress.map { TridiagonalEigen.decompose($0, nil, n) } ?? []
    }
    return values.map { $0.scaled(by: exponent) }
  }

  /// The eigenvalues of the scaled matrix, in no order; `vectors` then holds the eigenvectors as rows.
  private mutating func decompose(_ n: Int) -> [Double] {
    matrix.withUnsafeMutableBufferPointer { matrix in
      vectors.withUnsafeMutableBufferPointer { vectors -> [Double] in
        guard let a = matrix.baseAddress, let v = vectors.baseAddress else { return [] }
        return n > MatrixScratch.greatestForJacobi
          ? TridiagonalEigen.decompose(a, v, n) : JacobiEigen.decompose(a, v, n)
      }
    }
  }

  /// The magnitude up to which eigenvalues count as zero: nε·max|λ|.
  private static func floor(of values: [Double]) -> Double {
    Double(values.count) * 0x1p-52 * values.reduce(0) { max($0, abs($1)) }
  }

  /// The upper triangle of |A| = A + 2Σ|λ|uuᵀ over the negative eigenvalues.
  private mutating func absolute(_ n: Int) -> [Double] {
    let exponent = scale(n)
    var result = matrix
    let values = decompose(n)
    let floor = MatrixScratch.floor(of: values)
    if values.allSatisfy({ $0 <= floor }) {
      for position in result.indices { result[position] = 0 - result[position] }
    } else {
      for k in 0..<n where values[k] < -floor {
        for i in 0..<n {
          let factor = 2 * values[k] * vectors[k * n + i]
          for j in i..<n { result[i * n + j] -= factor * vectors[k * n + j] }
        }
      }
    }
    return (0..<n).flatMap { i in (i..<n).map { result[i * n + $0].scaled(by: exponent) } }
  }

  // MARK: - Steps

  /// The shortest step −A⁺g, or |A|⁺g, and its status: 0 solved, 1 no solution.
  private mutating func solve(_ n: Int, _ gradient: [Double], isAbsolute: Bool) -> [Double] {
    let largest = gradient.reduce(0) { max($0, abs($1)) }
    var step = [Double](repeating: 0, count: n)
    if largest == 0 { return step + [0] }
    let exponent = scale(n)
    if n > MatrixScratch.greatestForJacobi,
      let factors = PivotedFactorization.regular(matrix, n, isDefinite: isAbsolute)
    {
      let vector = ScaledVector(gradient)
      let sign: Double = isAbsolute && factors.isPositiveDefinite ? 1 : -1
      let solution = factors.solve(vector.entries).solution
      return solution.map { (0 + sign * $0).scaled(by: vector.exponent - exponent) } + [0]
    }
    let values = decompose(n).map { $0.scaled(by: exponent) }
    let floor = MatrixScratch.floor(of: values)
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
      let length = component / (isAbsolute ? -abs(values[k]) : values[k]) * largest
      for i in 0..<n { step[i] -= length * vectors[k * n + i] }
    }
    return lost.squareRoot() <= 1e-8 * whole.squareRoot()
      ? step + [0] : [Double](repeating: .nan, count: n) + [1]
  }

  /// The greatest matrix that is decomposed for every trial step of a trust region.
  private static let greatestForSecularRadius = 64

  /// The step, what it promises and its status; the vector is the gradient and the bound.
  private mutating func boundedStep(_ n: Int, _ vector: [Double], isCubic: Bool) -> [Double] {
    let bound = vector[n]
    guard bound > 0 || bound == 0 && !isCubic else {
      return MatrixScratch.failure(of: isCubic ? .cubic(n) : .trustRegion(n), status: 2)
    }
    let gradient = ScaledVector(vector.prefix(n))
    let matrixExponent = matrix.allSatisfy { $0 == 0 } ? ScaledVector.exponentOfZero : scale(n)
    if n > MatrixScratch.greatestForSecularRadius, !isCubic {
      let (step, predicted) = TruncatedConjugateGradients.step(
        matrix, exponent: matrixExponent, gradient, radius: bound)
      return step + [predicted, 0]
    }
    let values = decompose(n)
    var components = [Double](repeating: 0, count: n)
    for k in 0..<n {
      for i in 0..<n { components[k] += vectors[k * n + i] * gradient.entries[i] }
    }
    let equation = SecularEquation(
      values, exponent: matrixExponent, components, exponent: gradient.exponent,
      bound: isCubic ? .weight(bound) : .radius(bound))
    let solution = equation.solution { k in
      // The sign that the vector needs for its first large entry to be positive.
      let row = vectors[k * n..<(k + 1) * n]
      let half = row.reduce(0) { max($0, abs($1)) } / 2
      return (row.first { abs($0) >= half } ?? 1) < 0 ? -1 : 1
    }
    var step = [Double](repeating: 0, count: n)
    for k in 0..<n {
      for i in 0..<n { step[i] += solution.components[k] * vectors[k * n + i] }
    }
    return step.map { $0.scaled(by: solution.exponent) } + [solution.predicted, 0]
  }
}

/// A vector as the product of a power of two and entries, the largest of them from 1 to 2.
struct ScaledVector {
  /// Far below that of any number.
  static let exponentOfZero = -5000

  let entries: [Double]
  let exponent: Int

  init(_ vector: some Sequence<Double>) {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    let exponent = largest == 0 ? ScaledVector.exponentOfZero : Int(largest.exponent)
    self.exponent = exponent
    entries = vector.map { $0.scaled(by: -exponent) }
  }
}

extension Double {
  /// This number times a power of two.
  func scaled(by exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
}
