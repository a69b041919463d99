import Foundation

/// A CSV file of results, read row by row.
///
/// Only a piece of it is in memory, so that traces of any length take none.
public struct CSVFile {
  /// The heads of the columns.
  public let heads: [String]
  private let url: URL

  /// Opens a file; nil where there is none, or nothing in it.
  public init?(_ url: URL) {
    self.url = url
    var first: [String]?
    CSVFile.forEachRow(of: url) { row in
      first = row.texts
      return false
    }
    guard let first else { return nil }
    heads = first
  }

  /// Calls a body with each row behind the heads, until it returns false.
  ///
  /// - Parameter body: may not keep its row.
  public func forEachRow(_ body: (CSVRow) -> Bool) {
    var isHead = true
    CSVFile.forEachRow(of: url) { row in
      defer { isHead = false }
      return isHead || body(row)
    }
  }

  /// The texts of the first so many rows, and how many rows there are.
  public func rows(atMost limit: Int) -> (rows: [[String]], count: Int) {
    var (rows, count) = ([[String]](), 0)
    forEachRow { row in
      if count < limit { rows.append(row.texts) }
      count += 1
      return true
    }
    return (rows, count)
  }

  /// What cannot be read ends the rows: files of results were written by the same process, or compared before.
  private static func forEachRow(of url: URL, _ body: (CSVRow) -> Bool) {
    guard let reader = try? RowReader(url.path) else { return }
    var cells = Cells()
    while (try? reader.advance()) != nil, reader.hasRow {
      cells.split(reader.row)
      guard body(CSVRow(bytes: reader.row, cells: cells)) else { return }
    }
  }
}

/// The fields of a row, good while it is at hand.
public struct CSVRow {
  fileprivate let bytes: UnsafeRawBufferPointer
  fileprivate let cells: Cells

  /// The text of a field; empty where the row is too short.
  public func text(_ column: Int) -> String {
    column < cells.ranges.count ? Cells.text(bytes, cells.ranges[column]) : ""
  }

  /// The number of a field; nil where it is empty or a word.
  public func number(_ column: Int) -> Double? {
    column < cells.ranges.count
      ? Results.number(in: Cells.bytes(bytes, cells.ranges[column])) : nil
  }

  /// The texts of all fields.
  public var texts: [String] { cells.ranges.indices.map(text) }
}
