import Expressions
import Foundation
import TestSupport
import Testing

/// What is computed of random matrices of all sizes, against numpy: `make_random_matrices.py` makes the table.
@Suite struct RandomMatricesTests {
  /// The matrix of a size, from the same numbers as there.
  private static func problem(_ n: Int) -> MatrixProblem {
    var random = RandomNumbers(seed: UInt64(n))
    func number() -> Double { Double(random.next() >> 11) * 0x1p-52 - 1 }
    let scale = exp2((log2(3 / Double(n)) / 2).rounded(.down))
    let upper = (0..<n * (n + 1) / 2).map { _ in number() * scale }
    return MatrixProblem(size: n, upper: upper, beside: (0..<n).map { _ in number() })
  }

  /// The sixteen numbers that the table keeps of longer lists.
  private static func spread(_ values: [Double]) -> [Double] {
    values.count <= 16 ? values : (0..<16).map { values[$0 * (values.count - 1) / 15] }
  }

  /// Both sides are backward stable: each gives the result of a matrix within a multiple of nε‖A‖ of A.
  @Test(arguments: try ReferenceTable("random-matrices").rows)
  func numpyFindsTheSame(row: [String: String]) throws {
    let n = try #require(Int(row["size", default: ""]))
    let condition = numbers(row["condition"])[0]
    let problem = RandomMatricesTests.problem(n)
    let found = problem.values { matrix, v in
      [matrix.determinant, matrix.condition] + matrix.eigenvalues + matrix.solve(v).solution
        + matrix.absolute.upper
    }
    let backward = 4 * Double(n) * 0x1p-52
    let values = found[2..<n + 2]
    let norm = max(abs(values.first ?? 0), abs(values.last ?? 0))

    func expect(_ values: some Collection<Double>, _ column: String, within bound: Double) {
      let expected = numbers(row[column])
      let kept = RandomMatricesTests.spread(Array(values))
      #expect(kept.count == expected.count)
      for (value, truth) in zip(kept, expected) {
        #expect(abs(value - truth) <= bound, "n = \(n), \(column): \(value) for \(truth)")
      }
    }
    let determinant = numbers(row["determinant"])[0]
    let solution = found[n + 2..<2 * n + 2]
    expect([found[0]], "determinant", within: backward * condition * abs(determinant))
    expect([found[1]], "condition", within: backward * condition * condition)
    expect(values, "eigenvalues", within: backward * norm)
    expect(solution, "solution", within: backward * condition * length(Array(solution)))
    expect(found[(2 * n + 2)...], "absolute", within: 4 * backward * norm)
  }
}
