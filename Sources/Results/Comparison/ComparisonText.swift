import Diagnostics

/// The words and cells that people are shown of findings.
enum ComparisonText {
  /// How many columns of a row are shown.
  private static let shownColumns = 5

  /// The lines of the findings of one row.
  static func lines(_ row: [Finding]) -> [String] {
    guard let first = row.first else { return [] }
    guard first.kind == .value else { return [sentence(first)] }
    let name = [first.run, first.row].filter { !$0.isEmpty }.joined(separator: " ")
    let rest = first.rows > 1 ? ", and \(counted(first.rows - 1, "row")) behind it" : ""
    let width = row.prefix(shownColumns).map(\.column.count).max() ?? 0
    let cells = row.prefix(shownColumns).map { finding in
      let blanks = String(repeating: " ", count: width - finding.column.count)
      return "  \(finding.column)\(blanks)  \(shown(finding.a)) -> \(shown(finding.b))"
        + (finding.gap.map { "  (\(text($0)))" } ?? "")
    }
    let more = row.count - shownColumns
    return ["\(name) departs\(rest)\(lines(first)):"] + cells
      + (more > 0 ? ["  … and \(counted(more, "more column"))"] : [])
  }

  /// The rows of Markdown of the findings of one row.
  static func cells(_ row: [Finding]) -> [String] {
    row.prefix(shownColumns).map { finding in
      let place = [finding.run, finding.row].filter { !$0.isEmpty }.joined(separator: " ")
      let isValue = finding.kind == .value
      let numbers = finding.gap.map {
        [shortNumber($0.absolute), shortNumber($0.relative), $0.ulp.map { String($0) } ?? ""]
      }
      let cells =
        isValue
        ? [place, finding.column, shown(finding.a), shown(finding.b)]
        : [sentence(finding), finding.column, finding.a, finding.b]
      return "| "
        + (cells + (numbers ?? ["", "", ""]))
        .map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }
        .joined(separator: " | ") + " |"
    }
  }

  private static func text(_ gap: Gap) -> String {
    var parts = ["absolute \(shortNumber(gap.absolute))", "relative \(shortNumber(gap.relative))"]
    if let ulp = gap.ulp { parts.append("\(ulp) ulp") }
    return parts.joined(separator: ", ")
  }

  private static func shown(_ cell: String) -> String { cell.isEmpty ? "(empty)" : cell }

  private static func lines(_ finding: Finding) -> String {
    switch (finding.lineA, finding.lineB) {
    case (let a?, let b?) where a == b: " (line \(a))"
    case (let a?, let b?): " (line \(a) of A, \(b) of B)"
    case (let a?, nil): " (line \(a) of A)"
    case (nil, let b?): " (line \(b) of B)"
    case (nil, nil): ""
    }
  }

  private static func sentence(_ finding: Finding) -> String {
    let place = [finding.run, finding.row].filter { !$0.isEmpty }.joined(separator: " ")
    let rows = finding.rows > 1 ? ", \(finding.rows) rows" : ""
    switch finding.kind {
    case .value: return place
    case .cells:
      return "\(place.isEmpty ? "a row" : place) has \(finding.a) cells in A and \(finding.b) in B"
        + lines(finding)
    case .onlyInA: return "only in A: \(place)\(rows)\(lines(finding))"
    case .onlyInB: return "only in B: \(place)\(rows)\(lines(finding))"
    case .renamed: return "\(finding.a) is called \(finding.b) in B"
    case .columnOnlyInA: return "column \(finding.column) only in A"
    case .columnOnlyInB: return "column \(finding.column) only in B"
    case .columnOrder:
      return "the columns stand in another order: \(finding.column) is \(finding.a) of A and "
        + "\(finding.b) of B"
    case .line:
      let number = finding.lineA ?? finding.lineB ?? 1
      switch (finding.lineA, finding.lineB) {
      case (nil, _): return "line \(number) only in B: \(finding.b)"
      case (_, nil): return "line \(number) only in A: \(finding.a)"
      default: return "line \(number): \(finding.a) -> \(finding.b)"
      }
    case .bytes: return "differs"
    case .fileOnlyInA: return "only in A"
    case .fileOnlyInB: return "only in B"
    }
  }
}
