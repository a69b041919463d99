import ArgumentParser
import Diagnostics
import Foundation
import Methods
import Specs

/// `runexp check SPEC…`: what is wrong with specs, what a run of them would do, and whether it must.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what is wrong with specs, how large they are, and what would be redone and why.")

  @OptionGroup var arguments: SpecArguments
  @OptionGroup var pictures: PictureArguments

  func run() throws {
    let (files, failure) = try arguments.read(pictures)
    for file in files {
      print("\(file.path): \(Check.size(of: file.plan)); \(file.state.words)")
    }
    if let failure { throw failure }
  }

  /// How much there is to do, and to write.
  private static func size(of plan: Plan) -> String {
    let rows = plan.functions.map { function in
      let n = function.function.variables.count
      let columns =
        plan.experiment.trace.coordinates(dimension: n).count
        + columnCount(plan.experiment.trace, function.function)
      return (
        runs: Double(function.runCount) * bytes(numbers: 2 * n + 5, rest: 60),
        traces: plan.traceRowLimit(of: function) * bytes(numbers: columns, rest: 15)
      )
    }
    let traces = rows.reduce(0) { $0 + $1.traces }
    let expectations = plan.experiment.expectations.count
    let counts = [
      counted(plan.functions.count, "function"),
      counted(plan.experiment.methods.count, "method"), counted(plan.runCount, "run"),
    ]
    let sizes = [
      "at most \(formatNumber(plan.stepLimit)) steps",
      "about \(size(rows.reduce(0) { $0 + $1.runs })) of runs",
      traces > 0 ? "at most about \(size(traces)) of traces" : "no traces",
    ]
    return (counts + (expectations > 0 ? [counted(expectations, "expectation")] : []) + sizes)
      .joined(separator: ", ")
  }

  /// The columns of traces behind the coordinates: a vector has one for each component.
  private static func columnCount(_ rules: TraceRules, _ function: FunctionSpec) -> Int {
    let columns = rules.columns(dimension: function.dimension)
    guard !rules.columns.isEmpty, let model = try? function.model().model else {
      return columns.count
    }
    return columns.reduce(0) { count, column in
      let cells = try? column.cells(in: .anyStep(of: model), variables: function.variables)
      return count + (cells?.count ?? 0)
    }
  }

  /// A row's length: most numbers have 16 to 18 characters and a comma.
  private static func bytes(numbers: Int, rest: Int) -> Double { Double(19 * numbers + rest) }

  /// Two digits and a unit.
  private static func size(_ bytes: Double) -> String {
    let (unit, name) =
      bytes < 1e6
      ? (1e3, "kB") : bytes < 1e9 ? (1e6, "MB") : bytes < 1e12 ? (1e9, "GB") : (1e12, "TB")
    let scale = bytes / unit < 10 ? 10.0 : 1
    return "\(formatNumber(max(0.1, (bytes / unit * scale).rounded() / scale))) \(name)"
  }
}
