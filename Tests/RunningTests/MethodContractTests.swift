import Diagnostics
import Foundation
import Specs
import TestSupport
import Testing

@testable import Running

/// Every method over every library function from its usual start, against the reviewed tables
/// `method-contract.csv` and `method-contract-exceptions.csv` of `Tests/Reference`.
///
/// After a change that is meant, `RECORD=1 swift test --filter MethodContractTests` writes the first anew; the
/// second, every way to end that is not converged at a minimum and why, is written by hand.
@Suite struct MethodContractTests {
  /// Rates for those that have none of their own: one for all functions, which cannot be right for many.
  private static let methods = [
    "gradient rate=0.01", "gradient rate=armijo", "gradient rate=wolfe", "momentum rate=0.01",
    "nesterov rate=0.01", "adagrad rate=0.1", "rmsprop rate=0.01", "adam rate=0.01",
    "conjugate-gradient", "newton", "newton rate=armijo", "diagonal-newton", "saddle-free-newton",
    "regularized-newton", "trust-region", "cubic-newton", "halley", "chebyshev", "bfgs", "lbfgs",
  ]
  private static let methodsForSquares = ["gauss-newton", "levenberg-marquardt"]

  /// The rows of a function.
  private static func rows(of function: String) async throws -> [String] {
    func spec(_ methods: [String]) -> String {
      "function \(function)\n" + methods.map { "method \($0)\n" }.joined() + "trace off\n"
    }
    let isSumOfSquares = (try? Experiment.parse(spec(methodsForSquares))) != nil
    return try await results(spec(methods + (isSumOfSquares ? methodsForSquares : []))).runs.map(
      row)
  }

  /// The table as the program gives it; building the derivatives takes long enough to do it on all cores.
  private static func table() async throws -> String {
    let all = try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
      for (number, name) in Library.names.enumerated() {
        group.addTask { (number, try await rows(of: name)) }
      }
      var found = [[String]](repeating: [], count: Library.names.count)
      for try await (number, rows) in group { found[number] = rows }
      return found.flatMap { $0 }
    }
    return ([columns] + all).joined(separator: "\n") + "\n"
  }

  private static let columns =
    "function,method,ending,point,minimum,iterations,f,gradient_norm,f_evaluations,"
    + "gradient_evaluations,hessian_evaluations"

  private static func row(_ run: Seen) -> String {
    let outcome = run.outcome
    let near = run.function.minima.firstIndex { minimum in
      euclideanNorm(zip(minimum, outcome.position).map { $0 - $1 })
        <= 1e-6 * (1 + euclideanNorm(minimum))
    }
    let cells: [String] = [
      run.function.name, run.method, outcome.ending.rawValue, outcome.point.rawValue,
      near.map { "\($0 + 1)" } ?? "", "\(outcome.iterations)", formatNumber(outcome.value),
      formatNumber(outcome.gradientNorm), "\(outcome.evaluations.value)",
      "\(outcome.evaluations.gradient)", "\(outcome.evaluations.hessian)",
    ]
    return cells.joined(separator: ",")
  }

  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Reference/method-contract.csv")

  @Test func everyMethodEndsOnEveryFunctionAsReviewed() async throws {
    let found = try await MethodContractTests.table()
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try found.write(to: MethodContractTests.file, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: MethodContractTests.file, encoding: .utf8)
    let differences = found.split(separator: "\n").difference(from: expected.split(separator: "\n"))
    for change in differences {
      switch change {
      case .insert(_, let row, _): Issue.record("new: \(row)")
      case .remove(_, let row, _): Issue.record("reviewed: \(row)")
      }
    }
  }

  /// Every exception is named, and every name is still an exception.
  @Test func whatDoesNotConvergeAtAMinimumHasItsReason() throws {
    struct Exception {
      let functions: [String]
      let methods: [String]
      let how: [String]

      init(_ row: [String: String]) {
        func names(_ column: String) -> [String] {
          row[column, default: ""].split(separator: " ").map(String.init)
        }
        functions = names("functions")
        methods = names("methods")
        how = [row["ending", default: ""], row["point", default: ""]]
      }
    }
    let exceptions = try ReferenceTable("method-contract-exceptions").rows.map(Exception.init)
    var unused = Set(
      exceptions.enumerated().flatMap { number, exception in
        (exception.functions + exception.methods).map { "\($0) of exception \(number + 1)" }
      })
    for row in try ReferenceTable("method-contract").rows {
      let how = [row["ending", default: ""], row["point", default: ""]]
      guard how != ["converged", "minimum"] else { continue }
      let (function, method) = (row["function", default: ""], row["method", default: ""])
      var isNamed = false
      for (number, exception) in exceptions.enumerated() where exception.how == how {
        let functions = exception.functions.filter { $0 == "*" || $0 == function }
        let methods = exception.methods.filter { $0 == "*" || $0 == method }
        guard !functions.isEmpty, !methods.isEmpty else { continue }
        isNamed = true
        for name in functions + methods { unused.remove("\(name) of exception \(number + 1)") }
      }
      #expect(isNamed, "\(function), \(method): \(how.joined(separator: ", "))")
    }
    #expect(unused.isEmpty)
  }
}
