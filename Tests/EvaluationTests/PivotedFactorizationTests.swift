import Expressions
import Foundation
import TestSupport
import Testing

@testable import Evaluation

@Suite struct PivotedFactorizationTests {
  /// H D H with the reflection H = I − 2uuᵀ, as rows, so that its inverse is known.
  private struct Reflected {
    let u: [Double]
    let values: [Double]
    /// uᵀDu.
    let middle: Double

    init(size: Int, values: (Int) -> Double) {
      var random = RandomNumbers(seed: UInt64(size))
      let vector = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
      u = vector.map { $0 / length(vector) }
      self.values = (0..<size).map(values)
      middle = zip(u, self.values).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    }

    func entry(_ i: Int, _ j: Int) -> Double {
      let beside = -2 * u[i] * u[j] * (values[i] + values[j])
      return (i == j ? values[i] : 0) + beside + 4 * middle * u[i] * u[j]
    }

    var rows: [Double] {
      u.indices.flatMap { i in u.indices.map { entry(min(i, $0), max(i, $0)) } }
    }

    func reflected(_ v: [Double]) -> [Double] {
      let product = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(u, v).map { $1 - 2 * product * $0 }
    }

    /// The solution of A x = H·1, and H·1.
    var system: (solution: [Double], v: [Double]) {
      (reflected(values.map { 1 / $0 }), reflected(values.map { _ in 1 }))
    }
  }

  @Test(arguments: [2, 3, 17, 33, 64, 100])
  func solutionsAreThoseOfTheMatrixThatWasFactored(size: Int) {
    for isDefinite in [false, true] {
      let matrix = Reflected(size: size) { k in
        (k % 3 == 1 && !isDefinite ? -1 : 1) * exp2(-Double(k) / Double(size) * 20)
      }
      let (expected, v) = matrix.system
      guard let factors = PivotedFactorization.regular(matrix.rows, size) else {
        Issue.record("n = \(size): refused")
        continue
      }
      #expect(factors.negativeCount == matrix.values.count { $0 < 0 })
      #expect(factors.isPositiveDefinite == isDefinite)
      let (solution, product) = factors.solve(v)
      let error = length(zip(solution, expected).map { $0 - $1 })
      #expect(error <= 1e-15 * exp2(20) * Double(size) * length(expected), "n = \(size): \(error)")
      let truth = zip(expected, v).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(product - truth) <= 1e-8 * length(expected) * length(v))
    }
  }

  @Test func pairsOfAllKindsAreEliminated() {
    // Zero diagonals need blocks of two, with an exchange and without.
    for size in [2, 3, 4, 5, 8, 9, 20] {
      var random = RandomNumbers(seed: UInt64(size))
      let rows = MatrixProblem(size: size) { i, j in
        i == j ? (i % 4 == 3 ? 1e-3 : 0) : Double.random(in: -1...1, using: &random)
      }
      let full = (0..<size).flatMap { i in
        rows.product((0..<size).map { $0 == i ? 1 : 0 })
      }
      let x = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
      guard let factors = PivotedFactorization.regular(full, size) else {
        Issue.record("n = \(size): refused")
        continue
      }
      let eigenvalues = rows.values { matrix, _ in matrix.eigenvalues }
      #expect(factors.negativeCount == eigenvalues.count { $0 < 0 }, "n = \(size)")
      let solution = factors.solve(rows.product(x)).solution
      let condition = (eigenvalues.map(abs).max() ?? 0) / (eigenvalues.map(abs).min() ?? 1)
      for (value, truth) in zip(solution, x) {
        #expect(abs(value - truth) <= 1e-14 * condition, "n = \(size)")
      }
    }
  }

  @Test(arguments: [6, 17, 40])
  func whatTheRuleDropsIsRefusedAndWhatIsWellAboveItTaken(size: Int) {
    let border = Double(size) * 0x1p-52
    for isDefinite in [false, true] {
      for power in stride(from: -12.0, through: 24, by: 1) {
        let least = border * exp2(power)
        let matrix = Reflected(size: size) { k in
          k == 5 ? least : (k % 2 == 0 || isDefinite ? 1 : -1) * (1 - Double(k) / Double(4 * size))
        }
        let isTaken = PivotedFactorization.regular(matrix.rows, size) != nil
        if power < 2 { #expect(!isTaken, "n = \(size), 2^\(power) above the border") }
        if power > 14 { #expect(isTaken, "n = \(size), 2^\(power) above the border") }
      }
    }
  }

  @Test(arguments: [17, 40])
  func bothWaysAgreeNearTheBorder(size: Int) {
    var taken = Set<Bool>()
    for power in stride(from: 4.0, through: 20, by: 1) {
      let least = Double(size) * 0x1p-52 * exp2(power)
      let matrix = Reflected(size: size) { k in k == 5 ? -least : 1 - Double(k) / Double(4 * size) }
      taken.insert(PivotedFactorization.regular(matrix.rows, size) != nil)
      let (expected, v) = matrix.system
      let problem = MatrixProblem(size: size, beside: v, entry: matrix.entry)
      // Of an indefinite matrix, |A|⁺v comes from its eigenvalues, and all but one component is the same.
      let found = problem.values { matrix, v in
        matrix.solve(v).solution + matrix.absoluteSolve(v).solution
      }
      let (solution, absolute) = (Array(found.prefix(size)), Array(found.suffix(size)))
      let lowest = matrix.reflected((0..<size).map { $0 == 5 ? 1 : 0 })
      func across(_ x: [Double]) -> [Double] {
        let along = zip(lowest, x).reduce(0) { $0 + $1.0 * $1.1 }
        return zip(x, lowest).map { $0 - along * $1 }
      }
      let bound = 4 * Double(size) * 0x1p-52 / least
      #expect(length(zip(solution, expected).map { $0 - $1 }) <= bound * length(expected))
      #expect(
        length(zip(across(solution), across(absolute)).map { $0 - $1 }) <= bound * length(expected))
    }
    #expect(taken == [true, false], "n = \(size): the border is not in the range")
  }

  @Test(arguments: [17, 64])
  func powersOfTwoScaleSolutionsExactly(size: Int) {
    let matrix = Reflected(size: size) { k in Double(k % 2 == 0 ? k + 1 : -k) }
    let (_, v) = matrix.system
    let problem = MatrixProblem(size: size, beside: v, entry: matrix.entry)
    let solution = problem.values { matrix, v in matrix.solve(v).solution }
    for (a, b) in [(500, 0), (-500, 100), (3, -700)] {
      let scaled = MatrixProblem(
        size: size, upper: problem.upper.map { $0.scaled(by: a) },
        beside: v.map { $0.scaled(by: b) })
      let found = scaled.values { matrix, v in matrix.solve(v).solution }
      #expect(found == solution.map { $0.scaled(by: b - a) })
    }
  }

  @Test func whatIsSingularIsRefused() {
    for size in 1...6 {
      #expect(PivotedFactorization.regular([Double](repeating: 0, count: size * size), size) == nil)
      let ones = [Double](repeating: 1, count: size * size)
      #expect((PivotedFactorization.regular(ones, size) == nil) == (size > 1))
    }
  }
}
