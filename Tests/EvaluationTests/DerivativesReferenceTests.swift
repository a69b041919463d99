import Expressions
import TestSupport
import Testing

@Suite struct DerivativesReferenceTests {
  /// Rows that may miss their bound, `formula at point`, each with the reason.
  static let exceptions: [String: String] = [:]

  @Test func everyRowKeepsWithinItsErrorBound() throws {
    let rows = try ReferenceTable("derivatives").rows
    #expect(rows.count == 139)
    for row in rows {
      let formula = row["formula"] ?? ""
      let label = "\(formula) at \(row["point"] ?? "")"
      if Self.exceptions[label] != nil { continue }
      let function = try TestFunction(formula, of: row["variables"] ?? "")
      let point = numbers(row["point"])
      let n = point.count
      let full = numbers(row["hessian"])
      let upper = (0..<n).flatMap { i in (i..<n).map { full[i * n + $0] } }
      check(function, [function.f], numbers(row["f"]), point, floor: 0, "f of \(label)")
      check(function, function.gradient, numbers(row["gradient"]), point, "gradient of \(label)")
      check(function, function.hessian, upper, point, "Hessian of \(label)")
    }
  }

  /// Each entry within twice its running error or `floor` times the largest; exact zeros exact.
  private func check(
    _ function: TestFunction, _ scalars: [Scalar], _ expected: [Double], _ point: [Double],
    floor: Double = 1e-13, _ label: String
  ) {
    guard scalars.count == expected.count else {
      Issue.record("\(label): \(scalars.count) entries, not \(expected.count)")
      return
    }
    let bounds = scalars.map(function.graph.runningError)
    let values = function.values(of: scalars + bounds, at: point)
    let largest = expected.map(abs).max() ?? 0
    for (entry, truth) in expected.enumerated() {
      let found = values[entry]
      if truth == 0 {
        #expect(found == 0, "\(label), entry \(entry)")
        continue
      }
      // The printed decimals are read as the nearest double: half an ulp more.
      let allowed = max(2 * values[expected.count + entry], floor * largest) + truth.ulp / 2
      #expect(
        abs(found - truth) <= allowed, "\(label), entry \(entry): \(found) for \(truth)")
    }
  }
}
