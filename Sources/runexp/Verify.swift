import ArgumentParser
import Diagnostics
import Foundation
import Results

/// `runexp verify SPEC…`: whether the results that are kept are what the specs give.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run specs into a temporary folder and compare with the results that are kept.",
    discussion: """
      Where the manifest has the same versions of runexp and SLEEF, tables and captions must be the same byte for \
      byte; otherwise numbers may depart by 1e-9, and endings must be the same. Pictures are compared by bytes \
      where Cairo and the font are the same, too, and are skipped otherwise. Each spec's line says which it was.

      Exit status: 0 the same, 1 different, otherwise as 'runexp run'; 66 where there are no results to \
      compare with.
      """)

  @OptionGroup var arguments: SpecArguments
  @OptionGroup var pictures: PictureArguments

  @Option(
    name: .shortAndLong, help: "The folder with the results that are kept.",
    completion: .directory)
  var output = Run.defaultOutput

  @Option(name: .shortAndLong, help: "Chunks at a time (default: all cores).")
  var jobs: Int?

  @Flag(name: .customLong("tables-only"), help: "Draw nothing and compare the tables alone.")
  var isOfTablesOnly = false

  @Option(help: "How many runs of a file are shown.")
  var show = 10

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number of 1 or more.") }
    if show < 0 { throw ValidationError("--show needs a number of 0 or more.") }
  }

  func run() async throws {
    // A spec that is not there, or has errors, is the business of the run.
    for path in arguments.specs where FileManager.default.fileExists(atPath: path) {
      let folder = kept(path)
      guard FileManager.default.fileExists(atPath: folder.path) else {
        let advice = output == Run.defaultOutput ? "" : " -o \(output)"
        complain(
          "\(path): error: there is no \(folder.relativePath); runexp \(path)\(advice) makes it")
        throw ExitStatus.noInput
      }
    }
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    try await elsewhere(scratch.url).run()
    var isSame = true
    for path in arguments.specs { isSame = try verify(path, scratch.url) && isSame }
    if !isSame { throw ExitStatus.different }
  }

  /// The same run into another folder.
  private func elsewhere(_ folder: URL) throws -> Run {
    var options = [
      "--quiet", "--output", folder.path, "--formats", pictures.formats, "--theme", pictures.theme,
    ]
    if isOfTablesOnly { options.append("--no-plots") }
    if let jobs { options += ["--jobs", String(jobs)] }
    for limit in arguments.limit { options += ["--limit", limit] }
    return try Run.parse(options + ["--"] + arguments.specs)
  }

  private func kept(_ path: String) -> URL {
    URL(fileURLWithPath: output).appendingPathComponent(SpecFile.name(of: path))
  }

  /// Compares the results of a spec, and says how and with what outcome.
  private func verify(_ path: String, _ scratch: URL) throws -> Bool {
    let kept = kept(path)
    let new = scratch.appendingPathComponent(SpecFile.name(of: path))
    let verification = Verification(kept: kept, new: new, isOfTablesOnly: isOfTablesOnly)
    var comparison = Comparison(verification.rules)
    let output = LineOutput()
    var text = ""
    try withoutActuallyEscaping({ text += $0 }) { write in
      var report = ComparisonReport(.text, shown: show, write: write)
      do {
        try comparison.compare(kept.path, new.path) { report.add($0) }
      } catch let problem as ComparisonProblem {
        complain("error: \(problem.sentence)")
        throw ExitStatus.of(problem)
      }
      report.finish(comparison.changes, same: "")
    }
    let how =
      verification.otherNumbers.isEmpty
      ? "byte for byte"
      : "within \(formatNumber(Verification.tolerance)) and by endings"
        + " (\(list(verification.otherNumbers)))"
    let outcome = comparison.isSame ? "the same" : "different"
    let count = counted(comparison.fileCount, "file")
    output.write("\(path): \(outcome), compared \(how): \(count)")
    if verification.rules.ignoresPictures, !isOfTablesOnly {
      let reasons = verification.otherPictures + verification.otherNumbers
      output.write("; pictures skipped: \(list(reasons))")
    }
    output.write("\n")
    if !comparison.isSame {
      output.write("A is \(kept.relativePath), B what the spec gives\n\(text)\n")
    }
    output.flush()
    return comparison.isSame
  }
}
