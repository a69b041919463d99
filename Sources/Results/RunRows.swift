import Foundation

/// The rows of a file as `CSVText` writes it, read piece by piece; cells become text when they are asked for.
struct RunRows {
  /// A row.
  struct Row {
    private let bytes: [UInt8]
    /// The commas between cells, and the end.
    private let ends: [Int]

    fileprivate init(_ bytes: [UInt8]) {
      self.bytes = bytes
      var ends: [Int] = []
      var isQuoted = false
      for (place, byte) in bytes.enumerated() {
        if byte == RunRows.quote { isQuoted.toggle() }
        if byte == UInt8(ascii: ","), !isQuoted { ends.append(place) }
      }
      self.ends = ends + [bytes.count]
    }

    /// The text of a cell; nil where the row has none of the place.
    subscript(place: Int) -> String? {
      guard ends.indices.contains(place) else { return nil }
      let cell = bytes[(place == 0 ? 0 : ends[place - 1] + 1)..<ends[place]]
      guard cell.first == RunRows.quote else { return String(decoding: cell, as: UTF8.self) }
      return String(decoding: cell.dropFirst().dropLast(), as: UTF8.self)
        .replacing("\"\"", with: "\"")
    }
  }

  private static let quote = UInt8(ascii: "\"")

  /// Calls a body with each row, the header left out.
  ///
  /// - Throws: `FileProblem` where the file cannot be read.
  static func forEach(of file: URL, _ body: (Row) -> Void) throws {
    guard let handle = try? FileHandle(forReadingFrom: file) else {
      throw FileProblem.cannotRead(file.relativePath, reason: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    var isHeader = true
    var isQuoted = false
    var rest: [UInt8] = []
    while true {
      let piece: Data
      do {
        piece = try handle.read(upToCount: 1 << 20) ?? Data()
      } catch {
        throw FileProblem.cannotRead(file.relativePath, reason: error.localizedDescription)
      }
      guard !piece.isEmpty else { return }
      let bytes = Array(piece)
      var start = 0
      for (place, byte) in bytes.enumerated() {
        if byte == quote { isQuoted.toggle() }
        guard byte == UInt8(ascii: "\n"), !isQuoted else { continue }
        if !isHeader { body(Row(rest + bytes[start..<place])) }
        isHeader = false
        rest = []
        start = place + 1
      }
      rest += bytes[start...]
    }
  }
}
