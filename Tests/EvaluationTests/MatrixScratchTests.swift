import Evaluation
import Expressions
import Foundation
import TestSupport
import Testing

@Suite struct MatrixScratchTests {
  private struct Case {
    let label: String
    let size: Int
    let upper: [Double]
    let gradient: [Double]
    let row: [String: String]

    init(_ row: [String: String]) {
      self.row = row
      size = Int(row["size"] ?? "") ?? 0
      label = "\(row["label"] ?? ""), n = \(size)"
      upper = numbers(row["upper"])
      gradient = numbers(row["gradient"])
    }

    /// The eigenvalues, then det H, then the step and its status.
    func results() -> (eigenvalues: [Double], determinant: Double, step: [Double], status: Double) {
      let graph = Graph()
      let inputs = (0..<upper.count + size).map { Input(.coordinate, $0) }
      let scalars = inputs.map(graph.input)
      let matrix = SymmetricMatrix(size: size, upper: Array(scalars.prefix(upper.count)))
      let (step, status) = matrix.newtonStep(Array(scalars.suffix(size)))
      let program = Program(
        computing: matrix.eigenvalues + [matrix.determinant] + step + [status], from: inputs)
      let values = Evaluator(program).evaluate((upper + gradient).map { [$0] }).map { $0[0] }
      return (
        Array(values[..<size]), values[size], Array(values[(size + 1)...(2 * size)]),
        values[2 * size + 1]
      )
    }
  }

  private static func cases() throws -> [Case] {
    try ReferenceTable("matrices").rows.map(Case.init)
  }

  @Test func eigenvaluesAreRightBesideTheLargest() throws {
    for test in try Self.cases() {
      let found = test.results().eigenvalues
      let expected = numbers(test.row["eigenvalues"])
      let largest = expected.map(abs).max() ?? 0
      for (value, truth) in zip(found, expected) {
        #expect(
          abs(value - truth) <= 1e-14 * largest, "\(test.label): \(value) for \(truth)")
      }
    }
  }

  @Test func determinantsAreRightBesideTheNormsPower() throws {
    for test in try Self.cases() {
      let found = test.results().determinant
      let truth = numbers(test.row["determinant"])[0]
      let norm = numbers(test.row["eigenvalues"]).map(abs).max() ?? 0
      if truth.isFinite, found.isFinite {
        // ‖H‖ⁿ may overflow where det H does not.
        let allowed = min(1e-14 * pow(norm, Double(test.size)), .greatestFiniteMagnitude)
        #expect(abs(found - truth) <= allowed, "\(test.label): \(found) for \(truth)")
      } else {
        #expect(found == truth, "\(test.label)")
      }
      if truth != 0, !test.label.contains("nearly singular") {
        #expect(abs(found - truth) <= 1e-13 * abs(truth) || found == truth, "\(test.label)")
      }
    }
  }

  @Test func newtonStepsSolveTheSystemOrSayThatNothingDoes() throws {
    for test in try Self.cases() {
      let (_, _, step, status) = test.results()
      #expect(status == Double(test.row["status"] ?? ""), "\(test.label)")
      if status != 0 {
        #expect(step.allSatisfy { $0.isNaN }, "\(test.label)")
        continue
      }
      let expected = numbers(test.row["step"])
      let largest = expected.map(abs).max() ?? 0
      // The condition over the eigenvalues that are kept.
      let sizes = numbers(test.row["eigenvalues"]).map(abs)
      let greatest = sizes.max() ?? 0
      let kept = sizes.filter { $0 > Double(test.size) * 0x1p-52 * greatest }
      let condition = greatest == 0 ? 1 : greatest / (kept.min() ?? greatest)
      for (value, truth) in zip(step, expected) {
        #expect(
          abs(value - truth) <= 1e-14 * condition * largest, "\(test.label): \(value) for \(truth)")
      }
    }
  }

  @Test func entriesThatAreNotFiniteAreSaid() {
    for (upper, gradient) in [
      ([1, .nan, 0, 1, 0, 1], [1, 1, 1]), ([1, 0, 0, 1, 0, .infinity], [1, 1, 1]),
      ([1, 0, 0, 1, 0, 1], [1, -.infinity, 1]),
    ] as [([Double], [Double])] {
      let test = Case([
        "label": "", "size": "3", "upper": upper.map(\.description).joined(separator: ";"),
        "gradient": gradient.map(\.description).joined(separator: ";"),
      ])
      let (eigenvalues, determinant, step, status) = test.results()
      #expect(status == 2)
      #expect(step.allSatisfy { $0.isNaN })
      #expect(eigenvalues.contains { $0.isNaN } == !upper.allSatisfy { $0.isFinite })
      #expect(determinant.isNaN == !upper.allSatisfy { $0.isFinite })
    }
  }

  @Test func allSizesKeepTheSameRule() throws {
    // f = y² in n variables takes one step to y = 0 and leaves the others alone.
    for (formula, names) in [
      ("y^2", "y"), ("y^2", "x y"), ("y^2", "x y z"), ("y^2", "a b c y d"),
    ] {
      let function = try TestFunction(formula, of: names)
      let variables = names.split(separator: " ")
      let (step, status) = function.matrix.newtonStep(function.gradient)
      let point = variables.map { _ in 3.0 }
      #expect(
        function.values(of: step + [status], at: point)
          == variables.map { $0 == "y" ? -3 : 0 } + [0], "\(names)")
    }
    // A linear function has no step, in any number of variables.
    for names in ["y", "x y", "x y z"] {
      let function = try TestFunction("y", of: names)
      let (step, status) = function.matrix.newtonStep(function.gradient)
      let values = function.values(
        of: step + [status], at: names.split(separator: " ").map { _ in 1 })
      #expect(values.last == 1)
      #expect(values.dropLast().allSatisfy { $0.isNaN })
    }
  }

  /// H D H with the reflection H = I − 2uuᵀ and the eigenvalues D, and a gradient H·1: all that is
  /// wanted of it is known beforehand.
  @Test(arguments: [17, 33, 100, 200])
  func largeMatricesHaveTheEigenvaluesTheyWereMadeOf(size: Int) {
    var random = RandomNumbers(seed: UInt64(size))
    var u = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
    let length = u.reduce(0) { $0 + $1 * $1 }.squareRoot()
    u = u.map { $0 / length }
    // Of both signs, over six decades, some of them equal.
    let values = (0..<size).map { k in
      (k % 3 == 0 ? -1.0 : 1) * exp2(Double(k / 2) / Double(size) * 40)
    }
    let weights = zip(u, values).map { $0 * $1 }
    let middle = zip(u, weights).reduce(0) { $0 + $1.0 * $1.1 }
    var upper: [Double] = []
    for i in 0..<size {
      for j in i..<size {
        let diagonal = i == j ? values[i] : 0
        upper.append(
          diagonal - 2 * u[i] * weights[j] - 2 * weights[i] * u[j] + 4 * middle * u[i] * u[j])
      }
    }
    let sum = u.reduce(0, +)
    let gradient = u.map { 1 - 2 * sum * $0 }
    let graph = Graph()
    let inputs = (0..<upper.count + size).map { Input(.coordinate, $0) }
    let scalars = inputs.map(graph.input)
    let matrix = SymmetricMatrix(size: size, upper: Array(scalars.prefix(upper.count)))
    let (step, status) = matrix.newtonStep(Array(scalars.suffix(size)))
    let found = Evaluator(
      Program(computing: matrix.eigenvalues + step + [status], from: inputs)
    ).evaluate((upper + gradient).map { [$0] }).map { $0[0] }
    let largest = values.map(abs).max() ?? 0
    for (value, truth) in zip(found, values.sorted()) {
      #expect(abs(value - truth) <= 2e-16 * Double(size) * largest)
    }
    // −H D⁻¹ H H 1 = −H D⁻¹ 1.
    let inverse = values.map { 1 / $0 }
    let share = zip(u, inverse).reduce(0) { $0 + $1.0 * $1.1 }
    for i in 0..<size {
      #expect(abs(found[size + i] + inverse[i] - 2 * share * u[i]) <= 1e-9)
    }
    #expect(found[2 * size] == 0)
  }
}
