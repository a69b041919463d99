import ArgumentParser
import CairoCanvas
import Diagnostics
import Foundation
import Running

/// `runexp run SPEC…`: runs everything, writes the results, prints the summary.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run everything in the specs; write tables, traces and pictures.")

  /// Where results go if nobody says.
  static let defaultOutput = "output"

  @OptionGroup var options: RunOptions

  @Option(
    help: "Only the runs that a filter chooses, without figures: 'method=newton start=p1,p2'.")
  var only: String?

  @Option(
    help:
      "I/N: only the chunks of shard I of N, to be joined by 'merge'; auto takes both from Slurm.")
  var shard: String?

  @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Say what would run, and stop.")
  var isDry = false

  @Flag(help: "Redo everything, also what is up to date or was done before an interruption.")
  var force = false

  func validate() throws {
    if only != nil, options.isIntoDefault {
      throw ValidationError(
        "--only needs -o with a folder other than \(Run.defaultOutput), so that it never mixes with a full result."
      )
    }
    if only != nil, shard != nil {
      throw ValidationError("--shard divides all runs of a spec; leave --only out.")
    }
    _ = try chosenShard()
  }

  func run() async throws {
    try options.findKernels()
    let shard = try chosenShard()
    // The system's fonts are looked through while the specs are read.
    if !isDry, !options.skipsPlots { Task.detached { _ = SystemFont.found } }
    let parsing = Stopwatch()
    let (read, failure) = try options.arguments.read(options.pictures)
    options.report("parse", parsing)
    if let failure { throw failure }
    let files = try only.map { filter in try read.map { try $0.only(filter) } } ?? read
    let draws = !isDry && !options.skipsPlots && shard == nil
    if draws, files.contains(where: \.hasFigures) { try options.findFont() }
    var areExpectationsMet = true
    for file in files {
      let run = SpecRun(file: file, options: options, isForced: force)
      if isDry {
        print("\(file.path): \(run.size(of: shard))")
        continue
      }
      try await run.reportingProblems {
        if let shard {
          try await run.make(shard)
        } else {
          try await run.make()
          areExpectationsMet = try run.meetsExpectations(isPart: only != nil) && areExpectationsMet
        }
      }
    }
    if !areExpectationsMet { throw ExitStatus.different }
  }

  private func chosenShard() throws -> Shard? {
    do {
      return try shard.map { try Shard($0, environment: ProcessInfo.processInfo.environment) }
    } catch let problem as ShardProblem {
      throw ValidationError(problem.sentence)
    }
  }
}
