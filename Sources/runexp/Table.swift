/// Rows of text under heads, for people to read and for grep to find.
struct Table {
  let heads: [String]
  /// What is typed stands in the first column.
  let rows: [[String]]

  /// One line a row, the columns aligned, without the heads.
  var text: String {
    let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let line = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ")
      return String(line.prefix(line.count - line.reversed().prefix { $0 == " " }.count))
    }.joined(separator: "\n")
  }

  /// A table of Markdown.
  var markdown: String {
    let typed = rows.map { row in
      ["`\(row[0])`"] + row.dropFirst().map { $0.replacing("|", with: "\\|") }
    }
    return ([heads, heads.map { _ in "---" }] + typed).map {
      "| " + $0.joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
