import Expressions
import Foundation
import Methods
import Specs
import Testing

@testable import Running

/// Every direction on functions of data and of many variables, to the minimum that theory or the literature
/// has for them.
@Suite struct DataAndDimensionsTests {
  /// A direction that is not run on a problem, or not to its minimum, and why.
  typealias Exceptions = [String: String]

  /// Runs all directions but the exceptions, each with its own rate or the one that is told.
  private func runAll(
    _ function: String, told rates: [String: String], but exceptions: Exceptions = [:],
    stop: String = "iterations=40000", tables: [DataTable] = []
  ) async throws -> [(direction: String, outcome: Outcome)] {
    let directions = Direction.all.filter { exceptions[$0.name] == nil }
    let methods = directions.map { direction in
      let rate = rates[direction.name] ?? rates["others"] ?? "armijo"
      let isTold = direction.defaultRate == .mustBeTold || rates[direction.name] != nil
      return "method \(direction.name)\(isTold ? " rate=\(rate)" : "")"
    }
    let heads = tables.map { "data \($0.name) from \"\($0.name).csv\"\n" }.joined()
    let runs = try await results(
      heads + function + "\n" + methods.joined(separator: "\n")
        + "\nstop \(stop)\ntrace off", tables: tables
    ).runs
    #expect(runs.count == directions.count)
    return zip(directions.map(\.name), runs.map(\.outcome)).map { ($0, $1) }
  }

  private func expect(
    _ direction: String, _ outcome: Outcome, at truth: [Double], within tolerance: Double
  ) {
    let distance = zip(outcome.position, truth).map { abs($0 - $1) }.max() ?? .nan
    #expect(outcome.ending == .converged, "\(direction): \(outcome.reason), \(distance)")
    #expect(outcome.point == .minimum, "\(direction): \(outcome.reason), \(distance)")
    #expect(distance <= tolerance, "\(direction)")
  }

  // MARK: - Data

  private static let line = DataTable(
    name: "line", columns: ["x", "y"],
    values: [[0, 1, 2, 3, 4, 5], [1.1, 2.8, 5.3, 6.9, 9.2, 10.7]])

  @Test func leastSquaresReachTheSolutionOfTheNormalEquations() async throws {
    let (x, y) = ([0.0, 1, 2, 3, 4, 5], [1.1, 2.8, 5.3, 6.9, 9.2, 10.7])
    let (sx, sy) = (x.reduce(0, +), y.reduce(0, +))
    let sxx = x.reduce(0) { $0 + $1 * $1 }
    let sxy = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    let slope = (6 * sxy - sx * sy) / (6 * sxx - sx * sx)
    let truth = [(sy - slope * sx) / 6, slope]
    // λmax of the mean is 19.7: fixed rates must stay below 0.1.
    let found = try await runAll(
      """
      function loss(a, b) = mean(r in line: (a + b*r.x - r.y)^2)
        start (0, 0)
      """, told: ["others": "0.05", "adagrad": "0.5", "rmsprop": "exponential(0.01, 0.999)"],
      tables: [DataAndDimensionsTests.line])
    for (direction, outcome) in found { expect(direction, outcome, at: truth, within: 1e-7) }
  }

  /// Of those who did not prepare one in four passed, of the others three: the odds are 1/3 and 3.
  private static let exam = DataTable(
    name: "exam", columns: ["prepared", "passed"],
    values: [[0, 0, 0, 0, 1, 1, 1, 1], [1, 0, 0, 0, 1, 1, 1, 0]])

  @Test func logisticRegressionReachesTheOddsOfItsGroups() async throws {
    let found = try await runAll(
      """
      function loss(bias, w) = mean(r in exam: softplus(bias + w*r.prepared)
                                                - r.passed*(bias + w*r.prepared))
        start (0, 0)
      """, told: ["others": "0.5", "rmsprop": "exponential(0.01, 0.999)", "adam": "0.1"],
      but: [
        "gauss-newton": "no sum of squares", "levenberg-marquardt": "no sum of squares",
      ], tables: [DataAndDimensionsTests.exam])
    for (direction, outcome) in found {
      expect(direction, outcome, at: [-log(3.0), 2 * log(3.0)], within: 1e-6)
    }
  }

  // MARK: - Many variables

  private static let valley = [
    "gradient": "armijo", "momentum": "5e-4", "nesterov": "5e-4", "adagrad": "0.5",
    "rmsprop": "exponential(0.01, 0.999)", "adam": "exponential(0.05, 0.999)",
    "diagonal-newton": "armijo",
  ]

  @Test func rosenbrocksValleyIsFollowedInTenDimensions() async throws {
    let thirdOrder = "corrects Newton's step by more than its length: for the neighbourhood alone"
    let found = try await runAll(
      "function rosenbrock[10]\n  start ([i in 1..10: 0.8])", told: DataAndDimensionsTests.valley,
      but: ["halley": thirdOrder, "chebyshev": thirdOrder])
    let near = try await runAll(
      "function rosenbrock[10]\n  start ([i in 1..10: 0.98])", told: [:],
      but: Dictionary(
        uniqueKeysWithValues: Direction.all.filter { !["halley", "chebyshev"].contains($0.name) }
          .map { ($0.name, "follows the valley from further away") }))
    for (direction, outcome) in found + near {
      expect(direction, outcome, at: [Double](repeating: 1, count: 10), within: 1e-6)
    }
  }

  @Test func aHundredDimensionsNeedNoHessian() async throws {
    var exceptions: Exceptions = [:]
    for direction in Direction.all where direction.needsHessian {
      exceptions[direction.name] = "asks for the Hessian"
    }
    let found = try await runAll(
      "function rosenbrock[100]\n  start ([i in 1..100: 0.8])",
      told: DataAndDimensionsTests.valley.merging(["gradient": "barzilai-borwein"]) { $1 },
      but: exceptions, stop: "iterations=40000 gradient=1e-5")
    for (direction, outcome) in found {
      // The smallest eigenvalue there is above 0.1.
      expect(direction, outcome, at: [Double](repeating: 1, count: 100), within: 1e-4)
    }
  }
}
