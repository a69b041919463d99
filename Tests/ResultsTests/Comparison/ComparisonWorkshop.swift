import Foundation
import Results

/// Two files or folders in a temporary folder, and what is found in them.
final class ComparisonWorkshop {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("diff-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The path of a file, which is written, with the folders around it.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

/// What a comparison gave.
struct Compared {
  var findings: [Finding] = []
  var sentences: [String] = []
  var notes: [String] = []
  var text = ""

  /// The findings in one word each: `value f p1 1 -> 2`.
  var short: [String] {
    findings.map { finding in
      let parts = [
        finding.kind.rawValue, finding.run, finding.row, finding.column,
        finding.a.isEmpty && finding.b.isEmpty ? "" : "\(finding.a) -> \(finding.b)",
        finding.rows > 1 ? "\(finding.rows) rows" : "",
      ]
      return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }
  }
}

/// Compares two texts as files of a name.
func compared(
  _ a: String, _ b: String, as name: String = "t.csv", _ rules: ComparisonRules = ComparisonRules()
) throws -> Compared {
  let shop = try ComparisonWorkshop()
  return try compared(paths: shop.write(a, to: "a/" + name), shop.write(b, to: "b/" + name), rules)
}

/// Compares two paths.
func compared(
  paths a: String, _ b: String, _ rules: ComparisonRules = ComparisonRules(),
  _ format: ComparisonReport.Format = .text
) throws -> Compared {
  var result = Compared()
  var comparison = Comparison(rules)
  var text = ""
  try withoutActuallyEscaping({ text += $0 }) { write in
    var report = ComparisonReport(format, write: write)
    try comparison.compare(a, b, name: nil) { finding in
      result.findings.append(finding)
      report.add(finding)
    }
    report.finish(comparison.changes, same: "the same")
  }
  result.text = text
  result.sentences = comparison.changes.flatMap(\.sentences)
  result.notes = comparison.changes.compactMap(\.note)
  return result
}
