import Foundation

/// A table with its cells below each other, for people and for line-by-line comparisons.
///
/// No digit is left out. Columns have a few widths only, so that one longer cell rarely moves the others, and a
/// comparison by lines shows the rows that changed. An empty cell is a dot. A file that is no table is
/// given as it is.
public enum AlignedTable {
  /// Writes a file.
  ///
  /// It is read twice, a row at a time: for the widths and for the rows.
  ///
  /// - Throws: `ComparisonProblem` if it cannot be read.
  public static func write(_ path: String, to write: (String) -> Void) throws {
    let isTable = FileKind(path) == .table
    let reader = try RowReader(path, isTable: isTable)
    try reader.advance()
    let begin = reader.position
    guard isTable else {
      while reader.hasRow {
        write(String(decoding: reader.row, as: UTF8.self) + "\n")
        try reader.advance()
      }
      return
    }
    var widths: [Int] = []
    var cells = Cells()
    while reader.hasRow {
      cells.split(reader.row)
      for (column, range) in cells.ranges.enumerated() {
        if column == widths.count { widths.append(0) }
        // Bytes are counted for most; where they are characters of more bytes, the column is wider than it must be.
        widths[column] = max(widths[column], range.count)
      }
      try reader.advance()
    }
    widths = widths.map { width in
      [4, 8, 12, 16, 24].first { $0 >= width } ?? (width + 23) / 24 * 24
    }
    try reader.seek(begin)
    while reader.hasRow {
      cells.split(reader.row)
      var line = ""
      for (column, range) in cells.ranges.enumerated() {
        var cell = range.isEmpty ? "·" : Cells.text(reader.row, range)
        cell = cell.replacing("\n", with: "↵")
        line += cell
        if column < cells.ranges.count - 1 {
          line += String(repeating: " ", count: max(0, widths[column] - cell.count) + 2)
        }
      }
      write(line + "\n")
      try reader.advance()
    }
  }
}
