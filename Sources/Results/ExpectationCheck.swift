import Diagnostics
import Foundation
import Specs

/// Whether the runs came to what a spec expects of them, by the rows of runs.csv as they were written.
public struct ExpectationCheck {
  /// A run that broke an expectation.
  private struct Broken {
    let key: [String]
    let column: String
    let expected: String
    let cell: String
  }

  /// What was found for an expectation.
  private struct Finding {
    let expectation: Expectation
    var runCount = 0
    var brokenCount = 0
    /// The first of them.
    var broken: [Broken] = []
  }

  /// How many runs are shown of those that broke an expectation.
  private static let mostShown = 10

  private let plan: Plan
  private let keys: [String]
  /// Whether the plan is a part of the spec's, so that an expectation may match none of its runs.
  private let isPart: Bool
  private var findings: [Finding]

  /// Prepares to check the expectations of a plan.
  ///
  /// - Parameter isPart: whether the plan is a part of the spec's, so that expectations that match none of its
  ///   runs are left aside.
  public init(_ plan: Plan, isPart: Bool = false) {
    self.plan = plan
    self.isPart = isPart
    keys = ["function", "method"] + plan.experiment.optionColumns + ["rate", "start"]
    findings = plan.experiment.expectations.map { Finding(expectation: $0) }
  }

  /// Reads the runs of every function from a result folder.
  ///
  /// - Throws: `FileProblem` where a file cannot be read.
  public mutating func read(_ folder: URL) throws {
    guard !findings.isEmpty else { return }
    for function in plan.functions {
      let name = function.function.name
      let places = Dictionary(
        uniqueKeysWithValues: RunTable.heads(function).enumerated().map { ($1, $0) })
      try RunRows.forEach(of: folder.appendingPathComponent("\(name)/runs.csv")) { row in
        judge { $0 == "function" ? name : places[$0].flatMap { row[$0] } }
      }
    }
  }

  private mutating func judge(_ cell: (String) -> String?) {
    for index in findings.indices {
      let expectation = findings[index].expectation
      guard expectation.filter.holds({ cell($0).map { .text($0) } }) else { continue }
      findings[index].runCount += 1
      let broken = expectation.conditions.filter { condition in
        !(cell(condition.column).map { condition.holds(for: .text($0)) } ?? false)
      }
      guard !broken.isEmpty else { continue }
      findings[index].brokenCount += 1
      guard findings[index].brokenCount <= ExpectationCheck.mostShown else { continue }
      findings[index].broken += broken.map {
        Broken(
          key: keys.map { cell($0) ?? "" }, column: $0.column, expected: $0.text,
          cell: cell($0.column) ?? "no such column")
      }
    }
  }

  /// Whether all expectations hold.
  public var holds: Bool { findings.allSatisfy { !isBroken($0) } }

  private func isBroken(_ finding: Finding) -> Bool {
    finding.brokenCount > 0 || finding.runCount == 0 && !isPart
  }

  /// What is printed: a line for those that hold, and a table of the runs that broke each of the others.
  ///
  /// - Parameter path: the spec's, as the user typed it.
  public func report(path: String) -> [String] {
    guard !findings.isEmpty else { return [] }
    let broken = findings.filter(isBroken)
    let aside = findings.count { $0.runCount == 0 }
    var lines = broken.flatMap { report($0, path) }
    if isPart, aside > 0 {
      lines.append(
        "\(counted(aside, "expectation")) \(aside == 1 ? "speaks" : "speak") of other runs")
    }
    let held = findings.count - broken.count - (isPart ? aside : 0)
    if held > 0 { lines.append("\(counted(held, "expectation")) \(held == 1 ? "holds" : "hold")") }
    return lines
  }

  private func report(_ finding: Finding, _ path: String) -> [String] {
    let expectation = finding.expectation
    let head = "\(path):\(expectation.line): broken: expect \(expectation.text)"
    guard finding.runCount > 0 else { return [head, "  it matches no run"] }
    let rows =
      [keys + ["expected", "but"]]
      + finding.broken.map {
        $0.key + [$0.expected, "\($0.column) \($0.cell.isEmpty ? "is empty" : $0.cell)"]
      }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "  " + cells.joined(separator: "  ").trimmingTrailingBlanks
    }
    let rest = finding.brokenCount - ExpectationCheck.mostShown
    let more = rest > 0 ? ["  … and \(counted(rest, "more run"))"] : []
    return [head, "  by \(finding.brokenCount) of \(counted(finding.runCount, "run")):"] + table
      + more
  }
}
