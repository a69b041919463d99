import Foundation

/// The rows of a file as `CSVText` writes it, read piece by piece.
struct RunRows {
  /// Calls a body with the cells of each row, the header left out.
  ///
  /// - Throws: `FileProblem` where the file cannot be read, and what the body throws.
  static func forEach(of file: URL, _ body: ([String]) throws -> Void) throws {
    var rows = RunRows()
    var isHeader = true
    func pass(_ row: [String]) throws {
      if !isHeader { try body(row) }
      isHeader = false
    }
    guard let handle = try? FileHandle(forReadingFrom: file) else {
      throw FileProblem.cannotRead(file.relativePath, reason: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      for byte in piece {
        if let row = rows.add(byte) { try pass(row) }
      }
    }
  }

  private var cells: [String] = []
  private var cell: [UInt8] = []
  private var isQuoted = false
  private var wasQuote = false

  /// Takes a byte; gives the row that it ends.
  private mutating func add(_ byte: UInt8) -> [String]? {
    if byte == UInt8(ascii: "\"") {
      // A quote behind a closing one stands for itself.
      if wasQuote { cell.append(byte) }
      wasQuote = isQuoted
      isQuoted.toggle()
      return nil
    }
    wasQuote = false
    guard !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") else {
      cell.append(byte)
      return nil
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    cell.removeAll(keepingCapacity: true)
    guard byte == UInt8(ascii: "\n") else { return nil }
    defer { cells.removeAll(keepingCapacity: true) }
    return cells
  }
}
