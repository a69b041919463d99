import ArgumentParser
import Foundation
import Results

/// `runexp merge SPEC…`: the results of a run whose shards were made one by one.
struct Merge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the shards of a run into the same bytes as one run.",
    discussion: """
      'runexp run --shard I/N SPEC' makes one of N parts of a run, on any machine with the same versions of runexp \
      and SLEEF, and leaves it in output/SPECNAME/shards. Once all are there, this writes what 'runexp SPEC' \
      writes, and removes them. It is an error if one is missing, is not finished or is of another spec, data or \
      version; each error says what to type.

      Exit status: as 'runexp run'; 66 where shards are missing or not finished, 65 where they are of another run.
      """)

  @OptionGroup var options: RunOptions

  func run() async throws {
    try options.findKernels()
    let (files, failure) = try options.arguments.read(options.pictures)
    if let failure { throw failure }
    if !options.skipsPlots, files.contains(where: \.hasFigures) { try options.findFont() }
    var status: ExitCode?
    for file in files {
      let run = SpecRun(file: file, options: options)
      do {
        try await run.reportingProblems {
          guard try await run.merge() else { return }
          if try !run.meetsExpectations() { status = status ?? ExitStatus.different }
        }
      } catch let problem as IncompleteShards {
        for sentence in problem.sentences({ run.command("run --shard \($0)") }) {
          complain("\(file.path): error: \(sentence)")
        }
        status = problem.isOfWrongShards ? ExitStatus.dataError : ExitStatus.noInput
      }
    }
    if let status { throw status }
  }
}

extension SpecRun {
  /// Makes the results from the shards that are there.
  ///
  /// - Returns: whether there was anything to do: results that are up to date need no shards.
  /// - Throws: `IncompleteShards`, `FileProblem`.
  fileprivate func merge() async throws -> Bool {
    let shards = ShardFolder(in: place)
    guard !shards.shards.isEmpty else {
      if isUpToDate() { return false }
      throw IncompleteShards([.none(shards.url.relativePath)])
    }
    let folder = try ResultFolder(place)
    try await makeResults(in: folder, try shards.joined(file.plan, file.runStamp))
    return true
  }
}
