import ArgumentParser
import Diagnostics
import Foundation
import Results
import Running
import Specs

/// `runexp explain SPEC --run 'method=newton start=p1' --iteration K`: the arithmetic of one step.
struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the arithmetic of one step of a run, and why it was taken or why the run ended."
  )

  private static let mostListed = 10

  @OptionGroup var arguments: SpecArguments
  @OptionGroup var sheet: SheetArguments

  @Option(name: .customLong("run"), help: "A filter that one run meets: 'method=newton start=p1'.")
  var filter: String

  @Option(help: "The number of the iterate, from 0.")
  var iteration: Int

  func run() async throws {
    let file = try arguments.readOne().only(filter, option: "--run")
    guard file.plan.runCount == 1 else {
      complain(several(file))
      throw ExitCode.validationFailure
    }
    let found = try await ReplayedRun(file.plan)
    guard let step = found.step(iteration) else {
      let last = found.outcome.iterations
      throw ValidationError(
        last == 0
          ? "The run has one iterate: --iteration is 0."
          : "The run has \(counted(last, "iteration")): --iteration is from 0 to \(last).")
    }
    sheet.show(Sheet(step, of: found))
  }

  /// The first of several runs, and what tells them apart.
  private func several(_ file: SpecFile) -> String {
    let count = file.plan.runCount
    var lines = [
      "--run: error: \(count) runs of \(file.path) are so; say which, for example with more of this:"
    ]
    let runs = file.experiment.functions.lazy.flatMap { function in
      file.experiment.methods.lazy.flatMap { method in
        method.rates.lazy.flatMap { rate in
          function.starts.lazy.map { start in
            (function.name, method.label, rate.text, start.label)
          }
        }
      }
    }
    let isOne = file.experiment.functions.count == 1
    for (function, method, rate, start) in runs.prefix(Explain.mostListed) {
      let first = isOne ? "" : "function=\(function) "
      let shown = rate.isEmpty ? "" : "rate=\(rate.filter { $0 != " " }) "
      lines.append("  \(first)method=\(method) \(shown)start=\(start)")
    }
    if count > Explain.mostListed {
      lines.append("  … and \(counted(count - Explain.mostListed, "more run"))")
    }
    return lines.joined(separator: "\n")
  }
}
