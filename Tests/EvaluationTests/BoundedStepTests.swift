import CVectorMath
import Expressions
import Foundation
import TestSupport
import Testing

/// Steps within a radius and with a cubic weight.
@Suite struct BoundedStepTests {
  /// What a kind of step gives.
  private struct Step {
    let p: [Double]
    let predicted: Double
    let status: Double

    init(_ values: [Double]) {
      p = Array(values.dropLast(2))
      predicted = values[values.count - 2]
      status = values[values.count - 1]
    }

    init(_ problem: MatrixProblem, isCubic: Bool) {
      self.init(problem.values { BoundedStepTests.build($0, $1, isCubic: isCubic) })
    }
  }

  /// The numbers beside the matrix are the gradient and the bound.
  fileprivate static func build(
    _ matrix: SymmetricMatrix, _ beside: Vector, isCubic: Bool
  ) -> [Scalar] {
    let gradient = Array(beside.dropLast())
    let bound = beside[beside.count - 1]
    let (step, predicted, status) =
      isCubic
      ? matrix.cubicStep(gradient, weight: bound)
      : matrix.trustRegionStep(gradient, radius: bound)
    return step + [predicted, status]
  }

  @Test func stepsAreThoseOf50Digits() throws {
    for row in try ReferenceTable("bounded-steps").rows {
      let size = Int(row["size"] ?? "") ?? 0
      let isCubic = row["kind"] == "weight"
      let problem = MatrixProblem(
        size: size, upper: numbers(row["upper"]),
        beside: numbers(row["gradient"]) + numbers(row["bound"]))
      let label = "\(row["label"] ?? ""), n = \(size), \(row["kind"] ?? "") \(row["bound"] ?? "")"
      let found = Step(problem, isCubic: isCubic)
      #expect(found.status == 0, "\(label)")
      let predicted = numbers(row["predicted"])[0]
      let sensitivity = min(1e14, numbers(row["sensitivity"])[0])
      let allowed = 1e-14 * Double(size) * sensitivity
      #expect(
        abs(found.predicted - predicted) <= min(0.01, allowed) * predicted,
        "\(label): \(found.predicted) for \(predicted)")
      let expected = numbers(row["step"])
      let largest = expected.map(abs).max() ?? 0
      for (value, truth) in zip(found.p, expected) {
        #expect(abs(value - truth) <= allowed * largest, "\(label): \(found.p) for \(expected)")
      }
    }
  }
}
