import ArgumentParser
import CVectorMath
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

      With --nudge nothing is verified: the specs are run with every elementary function one ulp too large, and the \
      runs whose ending that changes are named. Theirs is chance.
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

  @Flag(
    help:
      "Make every elementary function one ulp too large; say which runs end otherwise (status 0).")
  var nudge = false

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
    if nudge { vm_nudge() }
    let scratch = try ScratchFolder()
    defer { scratch.remove() }
    var isSame = true
    do {
      try await elsewhere(scratch.url).run()
    } catch let status as ExitCode where status == ExitStatus.different {
      // A broken expectation was said; what the runs gave is compared all the same.
      isSame = false
    }
    if nudge {
      for path in arguments.specs { try compareEndings(path, scratch.url) }
      return
    }
    for path in arguments.specs { isSame = try verify(path, scratch.url) && isSame }
    if !isSame { throw ExitStatus.different }
  }

  /// The same run into another folder.
  private func elsewhere(_ folder: URL) throws -> Run {
    var options = [
      "--quiet", "--output", folder.path, "--formats", pictures.formats, "--theme", pictures.theme,
    ]
    if isOfTablesOnly || nudge { options.append("--no-plots") }
    if let jobs { options += ["--jobs", String(jobs)] }
    for limit in arguments.limit { options += ["--limit", limit] }
    return try Run.parse(options + ["--"] + arguments.specs)
  }

  private func kept(_ path: String) -> URL {
    URL(fileURLWithPath: output).appendingPathComponent(SpecFile.name(of: path))
  }

  /// Compares the results of a spec, and says how and with what outcome.
  private func verify(_ path: String, _ scratch: URL) throws -> Bool {
    let (kept, new) = (kept(path), scratch.appendingPathComponent(SpecFile.name(of: path)))
    let verification = Verification(kept: kept, new: new, isOfTablesOnly: isOfTablesOnly)
    let (comparison, text) = try compare(kept, new, verification.rules)
    let how =
      verification.otherNumbers.isEmpty
      ? "byte for byte"
      : "within \(formatNumber(Verification.tolerance)) and by endings"
        + " (\(list(verification.otherNumbers)))"
    let outcome = comparison.isSame ? "the same" : "different"
    var line = "\(path): \(outcome), compared \(how): \(counted(comparison.fileCount, "file"))"
    if verification.rules.ignoresPictures, !isOfTablesOnly {
      line += "; pictures skipped: \(list(verification.otherPictures + verification.otherNumbers))"
    }
    print(line)
    if !comparison.isSame { print("A is \(kept.relativePath), B what the spec gives\n\(text)") }
    return comparison.isSame
  }

  /// Says which runs end otherwise: theirs is an ending that rests on the last bit of a function.
  private func compareEndings(_ path: String, _ scratch: URL) throws {
    var rules = ComparisonRules()
    rules.isOfEndingsOnly = true
    let kept = kept(path)
    let new = scratch.appendingPathComponent(SpecFile.name(of: path))
    let (comparison, text) = try compare(kept, new, rules)
    let runs = comparison.changes.reduce(0) { $0 + $1.departing }
    let functions = "every elementary function one ulp larger"
    print(
      comparison.isSame
        ? "\(path): every run ends as before with \(functions)"
        : "\(path): \(counted(runs, "run")) \(runs == 1 ? "ends" : "end") otherwise with \(functions)"
    )
    if !comparison.isSame { print(text) }
  }

  private func compare(
    _ kept: URL, _ new: URL, _ rules: ComparisonRules
  ) throws -> (Comparison, text: String) {
    var comparison = Comparison(rules)
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
    return (comparison, text)
  }
}
