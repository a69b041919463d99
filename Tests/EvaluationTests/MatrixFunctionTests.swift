import Expressions
import TestSupport
import Testing

/// What is solved with A and |A|, against numbers of 50 digits.
@Suite struct MatrixFunctionTests {
  private struct Case {
    let label: String
    let problem: MatrixProblem
    let status: Double
    /// max|λ| and the smallest that does not count as zero.
    let greatest: Double
    let least: Double
    let row: [String: String]

    init(_ row: [String: String]) {
      self.row = row
      let size = Int(row["size"] ?? "") ?? 0
      label = "\(row["label"] ?? ""), n = \(size)"
      problem = MatrixProblem(
        size: size, upper: numbers(row["upper"]), beside: numbers(row["vector"]))
      status = Double(row["status"] ?? "") ?? .nan
      greatest = numbers(row["greatest"])[0]
      least = numbers(row["least"])[0]
    }

    /// Whether all numbers are right but for rounding of the entries, or NaN where there are none.
    func expects(_ found: [Double], _ column: String) {
      if status != 0 {
        #expect(found.allSatisfy { $0.isNaN }, "\(label), \(column)")
        return
      }
      let expected = numbers(row[column])
      let largest = expected.map(abs).max() ?? 0
      let condition = greatest == 0 ? 1 : greatest / least
      for (value, truth) in zip(found, expected) {
        #expect(
          abs(value - truth) <= 1e-14 * condition * largest,
          "\(label), \(column): \(value) for \(truth)")
      }
    }
  }

  private static func cases() throws -> [Case] {
    try ReferenceTable("matrix-functions").rows.map(Case.init)
  }

  @Test func solutionsOfAllSizesFollowOneRule() throws {
    for test in try Self.cases() {
      let found = test.problem.values { matrix, v in
        let (solution, status) = matrix.solve(v)
        return solution + [status]
      }
      #expect(found.last == test.status, "\(test.label)")
      test.expects(found.dropLast(), "solution")
    }
  }

  @Test func theNewtonStepIsTheSolutionNegated() throws {
    for test in try Self.cases() {
      let found = test.problem.values { matrix, v in matrix.solve(v).solution }
      let step = test.problem.values { matrix, v in matrix.newtonStep(v).step }
      #expect(zip(found, step).allSatisfy { $0 == -$1 || $0.isNaN && $1.isNaN }, "\(test.label)")
    }
  }

  @Test func absoluteSolutionsOfAllSizesFollowTheSameRule() throws {
    for test in try Self.cases() {
      let found = test.problem.values { matrix, v in
        let (solution, status) = matrix.absoluteSolve(v)
        return solution + [status]
      }
      #expect(found.last == test.status, "\(test.label)")
      test.expects(found.dropLast(), "absoluteSolution")
    }
  }

  @Test func theAbsoluteMatrixIsRightBesideTheNorm() throws {
    for test in try Self.cases() {
      let found = test.problem.values { matrix, _ in matrix.absolute.upper }
      for (value, truth) in zip(found, numbers(test.row["absolute"])) {
        #expect(
          abs(value - truth) <= 2e-15 * Double(test.problem.size) * test.greatest,
          "\(test.label): \(value) for \(truth)")
      }
    }
  }

  @Test func definiteMatricesAreTheirOwnAbsoluteOnes() {
    var random = RandomNumbers(seed: 3)
    for size in [1, 2, 3, 5, 20, 40] {
      let v = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
      let problem = MatrixProblem(size: size, beside: v) { i, j in
        (i == j ? Double(size) : 0) + Double.random(in: -0.5...0.5, using: &random)
      }
      let found = problem.values { matrix, v in
        matrix.absolute.upper + matrix.absoluteSolve(v).solution
      }
      let solution = problem.values { matrix, v in matrix.solve(v).solution }
      #expect(found == problem.upper + solution, "n = \(size)")

      let negative = MatrixProblem(size: size, upper: problem.upper.map { -$0 }, beside: v)
      #expect(
        negative.values { matrix, v in
          matrix.absolute.upper + matrix.absoluteSolve(v).solution
        } == found, "n = \(size)")
    }
  }

  @Test func conditionsAreOfTheEigenvaluesAndInfiniteWhereOneCountsAsZero() throws {
    for test in try Self.cases() where !test.label.hasPrefix("zero") {
      let found = test.problem.values { matrix, _ in [matrix.condition] }[0]
      let truth = test.row["condition"] == "inf" ? .infinity : numbers(test.row["condition"])[0]
      if truth.isFinite {
        #expect(
          abs(found - truth) <= 1e-14 * truth * truth, "\(test.label): \(found) for \(truth)")
      } else {
        #expect(found == .infinity, "\(test.label)")
      }
    }
    for size in 1...4 {
      let zero = MatrixProblem(size: size) { _, _ in 0 }
      #expect(zero.values { matrix, _ in [matrix.condition] } == [.infinity])
      let undefined = MatrixProblem(size: size) { _, j in j == 0 ? .nan : 1 }
      #expect(undefined.values { matrix, _ in [matrix.condition] }[0].isNaN)
    }
  }

  @Test func theTraceIsTheSumOfTheDiagonal() {
    for size in 1...6 {
      let problem = MatrixProblem(size: size) { i, j in i == j ? Double(1 << i) : 0.3 }
      #expect(
        problem.values { matrix, _ in [matrix.trace] } == [Double(1 << size) - 1], "n = \(size)")
    }
  }

  @Test func whatIsNotFiniteIsSaid() {
    for size in 1...4 {
      for place in 0..<size * (size + 1) / 2 + size {
        for value in [Double.nan, .infinity, -.infinity] {
          var entries = (0..<size).flatMap { i in (i..<size).map { i == $0 ? 2.0 : 0.5 } }
          let triangle = entries.count
          entries += [Double](repeating: 1, count: size)
          entries[place] = value
          let problem = MatrixProblem(
            size: size, upper: Array(entries.prefix(triangle)),
            beside: Array(entries.suffix(size)))
          let found = problem.values { matrix, v in
            let (solution, status) = matrix.solve(v)
            let (absolute, absoluteStatus) = matrix.absoluteSolve(v)
            return [status, absoluteStatus] + solution + absolute
          }
          #expect(found[0] == 2 && found[1] == 2)
          #expect(found.dropFirst(2).allSatisfy { $0.isNaN })
          let entry = problem.values { matrix, _ in matrix.absolute.upper }
          #expect(entry.allSatisfy { $0.isNaN } == (place < triangle))
        }
      }
    }
  }
}
