import Diagnostics
import Foundation

/// A CSV file of results, read row by row.
///
/// It reads what `CSVText` writes: RFC 4180 with LF line ends, no line end within a field. Only the row at hand is
/// kept, so that traces of any length take no memory.
public struct CSVFile {
  /// The heads of the columns.
  public let heads: [String]
  private let url: URL
  private static let pieceLength = 1 << 20

  /// Opens a file; nil where there is none, or nothing in it.
  public init?(_ url: URL) {
    self.url = url
    var first: [String]?
    CSVFile.forEachLine(of: url) { line in
      first = CSVRow(line).texts
      return false
    }
    guard let first else { return nil }
    heads = first
  }

  /// Calls a body with each row behind the heads, until it returns false.
  public func forEachRow(_ body: (CSVRow) -> Bool) {
    var isHead = true
    CSVFile.forEachLine(of: url) { line in
      defer { isHead = false }
      return isHead || body(CSVRow(line))
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

  private static func forEachLine(of url: URL, _ body: (ArraySlice<UInt8>) -> Bool) {
    guard let file = try? FileHandle(forReadingFrom: url) else { return }
    defer { try? file.close() }
    var bytes: [UInt8] = []
    while let piece = try? file.read(upToCount: pieceLength), !piece.isEmpty {
      bytes += piece
      var start = 0
      while let end = lineEnd(bytes, from: start) {
        guard body(bytes[start..<end]) else { return }
        start = end + 1
      }
      bytes.removeSubrange(..<start)
    }
    if !bytes.isEmpty { _ = body(bytes[...]) }
  }

  private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { memory in
      guard let base = memory.baseAddress, start < memory.count else { return nil }
      return memchr(base + start, 0x0A, memory.count - start).map {
        $0 - UnsafeMutableRawPointer(mutating: base)
      }
    }
  }
}

/// The fields of a row, each looked for when it is asked for.
public struct CSVRow {
  private let line: ArraySlice<UInt8>
  private static let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))

  init(_ line: ArraySlice<UInt8>) { self.line = line }

  /// Where the field that begins at a place ends.
  private func end(of start: Int) -> Int {
    var isQuoted = false
    var place = start
    while place < line.endIndex {
      if line[place] == CSVRow.quote { isQuoted.toggle() }
      if line[place] == CSVRow.comma, !isQuoted { break }
      place += 1
    }
    return place
  }

  /// The text of a field; empty where the row is too short.
  public func text(_ column: Int) -> String {
    var start = line.startIndex
    for _ in 0..<column {
      start = end(of: start) + 1
      if start > line.endIndex { return "" }
    }
    return CSVRow.text(line[start..<end(of: start)])
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    let text = String(decoding: field, as: UTF8.self)
    guard text.hasPrefix("\""), text.count >= 2 else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }

  /// The number of a field; nil where it is empty or a word.
  public func number(_ column: Int) -> Double? { Double(text(column)) }

  /// The texts of all fields.
  public var texts: [String] {
    var texts: [String] = []
    var start = line.startIndex
    while start <= line.endIndex {
      let end = end(of: start)
      texts.append(CSVRow.text(line[start..<end]))
      start = end + 1
    }
    return texts
  }
}
