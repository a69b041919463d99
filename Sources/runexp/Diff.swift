import ArgumentParser
import Diagnostics
import Foundation
import Results

/// `runexp diff A B`: in what two result files or folders depart.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two result files or folders by key and number.",
    discussion: """
      Rows are compared with those of the same method, rate and start, so that one more start shifts nothing; \
      other tables by the number of the row, or by --key. A number passes if it is equal or any one of the \
      tolerances accepts it: |a-b| at most --atol, at most --rtol times |b|, or at most --ulp steps of \
      a double. nan equals nan, inf equals inf, an empty cell equals an empty one, text is compared exactly.

      Works as git's difftool, external diff and textconv; docs/review.md has the lines for it.

      Exit status: 0 the same, 1 different, 64 wrong usage, 65 a table that cannot be read as one, 66 no such input.
      """)

  @OptionGroup var tolerances: ToleranceArguments

  @Option(help: "The columns that name a row, as a,b.")
  var key: String?

  @Flag(name: .customLong("tables-only"), help: "Leave captions, pictures and the manifest aside.")
  var isOfTablesOnly = false

  @Option(help: "text, markdown for a review, csv or json for programs.")
  var format = ComparisonReport.Format.text

  @Option(help: "How many runs of a file text and markdown show.")
  var show = 10

  @Flag(help: "Print one file as an aligned table, for git to compare.")
  var textconv = false

  @Argument(
    help: "Two files or two folders; or what git gives an external diff.",
    completion: .file())
  var paths: [String]

  func validate() throws {
    if textconv {
      guard paths.count == 1 else { throw ValidationError("--textconv takes one file.") }
    } else if ![2, 7, 9].contains(paths.count) {
      throw ValidationError("Name two files or two folders.")
    }
    if show < 0 { throw ValidationError("--show needs a number of 0 or more.") }
    _ = try tolerances.tolerances()
  }

  func run() throws {
    do {
      if textconv {
        let output = LineOutput()
        try AlignedTable.write(paths[0]) { output.write($0) }
        output.flush()
        return
      }
      let isSame = try compare()
      // git takes any other status of an external diff for a crash.
      if !isSame, paths.count == 2 { throw ExitStatus.different }
    } catch let problem as ComparisonProblem {
      complain("error: \(problem.sentence)")
      throw ExitStatus.of(problem)
    }
  }

  private func compare() throws -> Bool {
    var rules = ComparisonRules()
    rules.tolerances = try tolerances.tolerances()
    rules.keys = (key ?? "").split(separator: ",").map(String.init)
    rules.isOfTablesOnly = isOfTablesOnly
    let output = LineOutput()
    var report = ComparisonReport(format, shown: show) { output.write($0) }
    var comparison = Comparison(rules)
    let isFromGit = paths.count > 2
    if isFromGit, format == .text { output.write("runexp diff \(paths[0])\n") }
    let (a, b) = isFromGit ? (paths[1], paths[4]) : (paths[0], paths[1])
    try comparison.compare(a, b, name: isFromGit ? paths[0] : nil) { report.add($0) }
    report.finish(comparison.changes, same: comparison.sameText)
    output.flush()
    return comparison.isSame
  }
}

extension ComparisonReport.Format: ExpressibleByArgument {}

extension Comparison {
  /// What is said if nothing departs.
  var sameText: String { "the same (\(counted(fileCount, "file")))" }
}

/// How far numbers may lie apart.
struct ToleranceArguments: ParsableArguments {
  @Option(help: "NUMBER or COLUMN=NUMBER: the most that |a-b|/|b| may be; may be repeated.")
  var rtol: [String] = []

  @Option(help: "NUMBER or COLUMN=NUMBER: the most that |a-b| may be.")
  var atol: [String] = []

  @Option(help: "NUMBER or COLUMN=NUMBER: the most doubles that may lie between.")
  var ulp: [String] = []

  /// The tolerances that were typed; of two of a kind and column the last one counts.
  func tolerances() throws -> Tolerances {
    var tolerances = Tolerances()
    func read<Value>(
      _ option: String, _ texts: [String], _ bound: WritableKeyPath<Tolerance, Value?>,
      _ number: (String) -> Value?
    ) throws {
      for text in texts {
        let end = text.lastIndex(of: "=")
        guard let value = number(String(end.map { text[text.index(after: $0)...] } ?? text[...]))
        else {
          throw ValidationError("\(option) is NUMBER or COLUMN=NUMBER, as 1e-9 or f=1e-9.")
        }
        if let end {
          tolerances.columns[String(text[..<end]), default: Tolerance()][keyPath: bound] = value
        } else {
          tolerances.general[keyPath: bound] = value
        }
      }
    }
    func bound(_ text: String) -> Double? { Double(text).flatMap { $0 >= 0 ? $0 : nil } }
    try read("--rtol", rtol, \.relative, bound)
    try read("--atol", atol, \.absolute, bound)
    try read("--ulp", ulp, \.ulp) { UInt64($0) }
    return tolerances
  }
}

/// Standard output, written in large pieces.
final class LineOutput {
  private var bytes: [UInt8] = []

  func write(_ text: String) {
    bytes += Array(text.utf8)
    if bytes.count > 1 << 16 { flush() }
  }

  func flush() {
    FileHandle.standardOutput.write(Data(bytes))
    bytes.removeAll(keepingCapacity: true)
  }
}
