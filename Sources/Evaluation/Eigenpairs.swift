/// The eigenvalues of a symmetric matrix, ascending, each with its unit eigenvector, the largest component of
/// which is positive.
///
/// By Jacobi's rotations, the same bits on every machine. Of equal eigenvalues the vectors are one of many
/// choices.
///
/// - Parameter matrix: n rows of n finite entries; the lower triangle is not looked at.
/// - Returns: nothing where an entry is not finite.
public func eigenpairs(of matrix: [[Double]]) -> [(value: Double, vector: [Double])] {
  let n = matrix.count
  let greatest = matrix.joined().reduce(0) { max($0, abs($1)) }
  guard greatest.isFinite, !matrix.joined().contains(where: \.isNaN) else { return [] }
  // A power of two, so that nothing is rounded.
  let scale = greatest > 0 ? Double(sign: .plus, exponent: greatest.exponent, significand: 1) : 1
  var entries = (0..<n).flatMap { i in (0..<n).map { matrix[min(i, $0)][max(i, $0)] / scale } }
  var vectors = [Double](repeating: 0, count: n * n)
  let values = entries.withUnsafeMutableBufferPointer { entries in
    vectors.withUnsafeMutableBufferPointer { vectors -> [Double] in
      guard let first = entries.baseAddress, let second = vectors.baseAddress else { return [] }
      return JacobiEigen.decompose(first, second, n)
    }
  }
  let pairs = values.indices.map { i in
    let vector = Array(vectors[i * n..<(i + 1) * n])
    let largest = vector.max { abs($0) < abs($1) } ?? 1
    return (value: values[i] * scale, vector: largest < 0 ? vector.map { 0 - $0 } : vector)
  }
  return pairs.enumerated().sorted {
    ($0.element.value, $0.offset) < ($1.element.value, $1.offset)
  }.map(\.element)
}
