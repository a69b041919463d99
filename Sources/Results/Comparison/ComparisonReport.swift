import Diagnostics

/// Findings as text for people, Markdown for a review, or CSV or JSON for programs.
///
/// CSV and JSON have every finding, and are written as they come; people are shown the first few of each file.
public struct ComparisonReport {
  /// How it is written.
  public enum Format: String, Sendable, CaseIterable {
    case text
    case markdown
    case csv
    case json
  }

  private let format: Format
  /// How many findings of a file are shown to people.
  private let shown: Int
  private let write: (String) -> Void
  private var count = 0
  /// The findings of the row at hand.
  private var row: [Finding] = []
  private var files: [(file: String, count: Int, lines: [String])] = []

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - shown: how many runs of a file are shown to people.
  ///   - write: takes the text, in pieces that end with a line.
  public init(_ format: Format, shown: Int = 10, write: @escaping (String) -> Void) {
    self.format = format
    self.shown = shown
    self.write = write
  }

  /// The columns of CSV, which are the keys of JSON.
  public static let columns = [
    "file", "what", "run", "row", "column", "a", "b", "absolute", "relative", "ulp", "rows",
    "line_a",
    "line_b",
  ]

  /// Takes a finding.
  public mutating func add(_ finding: Finding) {
    count += 1
    switch format {
    case .csv:
      var text = CSVText()
      if count == 1 { text.appendRow(ComparisonReport.columns) }
      for cell in cells(finding) { text.append(cell.text) }
      text.endRow()
      write(String(decoding: text.bytes, as: UTF8.self).dropLast() + "\n")
    case .json:
      let members = zip(ComparisonReport.columns, cells(finding)).filter { !$1.text.isEmpty }
        .map { "\(jsonText($0)): \($1.isNumber ? $1.text : jsonText($1.text))" }
      write(
        (count == 1 ? "{\"findings\": [\n  {" : ",\n  {") + members.joined(separator: ", ") + "}")
    case .text, .markdown: show(finding)
    }
  }

  private func cells(_ finding: Finding) -> [(text: String, isNumber: Bool)] {
    func number(_ value: Double?) -> (String, Bool) {
      value.map { (formatNumber($0), $0.isFinite) } ?? ("", true)
    }
    func whole(_ value: UInt64?) -> (String, Bool) { (value.map { String($0) } ?? "", true) }
    func line(_ value: Int?) -> (String, Bool) { (value.map { String($0) } ?? "", true) }
    return [
      (finding.file, false), (finding.kind.rawValue, false), (finding.run, false),
      (finding.row, false), (finding.column, false), (finding.a, false), (finding.b, false),
      number(finding.gap?.absolute), number(finding.gap?.relative), whole(finding.gap?.ulp),
      line(finding.rows > 0 ? finding.rows : nil), line(finding.lineA), line(finding.lineB),
    ]
  }

  /// Writes what is left, and the summary.
  ///
  /// - Parameters:
  ///   - changes: what changed in each table.
  ///   - same: what to say if nothing departs.
  public mutating func finish(_ changes: [TableChanges], same: String) {
    let sentences = changes.flatMap { change in
      change.sentences.map { (change.file, $0) }
    }
    switch format {
    case .csv:
      if count == 0 { write(ComparisonReport.columns.joined(separator: ",") + "\n") }
    case .json:
      let summary = sentences.map {
        "  {\"file\": \(jsonText($0)), \"sentence\": \(jsonText($1))}"
      }.joined(separator: ",\n")
      write(count == 0 ? "{\"findings\": [" : "\n")
      write("], \"same\": \(count == 0), \"summary\": [")
      write(summary.isEmpty ? "]}\n" : "\n\(summary)\n]}\n")
    case .text, .markdown:
      let notes = changes.compactMap { change in change.note.map { (change.file, $0) } }
      let texts = (sentences + notes).map { "\($0): \($1)" }
      let all = texts.isEmpty && count == 0 ? [same] : texts
      if format == .text {
        for text in all { write(text + "\n") }
      } else {
        for text in all { write("- \(text)\n") }
      }
      showFiles()
    }
  }
}

// MARK: - For people

extension ComparisonReport {
  /// The cells of one row come one behind the other and are shown together.
  private mutating func show(_ finding: Finding) {
    if let first = row.first,
      first.file != finding.file || first.run != finding.run || first.row != finding.row
        || first.kind != .value || finding.kind != .value
    {
      endRow()
    }
    if files.last?.file != finding.file { files.append((finding.file, 0, [])) }
    row.append(finding)
  }

  private mutating func endRow() {
    guard !row.isEmpty, let place = files.indices.last else { return }
    files[place].count += 1
    if files[place].count <= shown {
      files[place].lines += format == .text ? ComparisonText.lines(row) : ComparisonText.cells(row)
    }
    row.removeAll()
  }

  private mutating func showFiles() {
    endRow()
    for file in files {
      let rest = file.count - shown
      switch format {
      case .markdown:
        write("\n**\(file.file)**\n\n| where | column | A | B | absolute | relative | ulp |\n")
        write("| --- | --- | --- | --- | --- | --- | --- |\n")
        for line in file.lines { write(line + "\n") }
        if rest > 0 { write("\n… and \(rest) more.\n") }
      default:
        write("\n\(file.file)\n")
        for line in file.lines { write("  \(line)\n") }
        if rest > 0 { write("  … and \(rest) more\n") }
      }
    }
  }
}
