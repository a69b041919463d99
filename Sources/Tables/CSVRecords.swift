import Diagnostics

/// Cuts bytes into the records of RFC 4180, as the bytes come.
///
/// Cells are separated by commas, records by LF, CRLF or CR; the last one needs no end. A cell in double
/// quotes may hold commas, line ends and doubled quotes; elsewhere a quote is an error. A byte order mark
/// is skipped. Only the record that is not yet whole is kept.
struct CSVRecords {
  /// The bytes of a cell without the quotes around them.
  struct Cell {
    let range: Range<Int>
    let isQuoted: Bool

    /// Its first byte, the quote where there is one.
    var start: Int { isQuoted ? range.lowerBound - 1 : range.lowerBound }
    /// The byte behind it.
    var end: Int { isQuoted ? range.upperBound + 1 : range.upperBound }
  }

  /// The cells of the present record, at least one.
  private(set) var cells: [Cell] = []
  /// The line of the file that the present record begins on.
  private(set) var line = 1
  private var bytes: [UInt8] = []
  /// Where the present record begins, and where the next one does.
  private var start = 0
  private var next = 0
  private var isAtBegin = true

  /// Adds bytes behind those that are there; those of the present record and before are dropped.
  mutating func append(_ piece: some Collection<UInt8>) {
    leaveRecord()
    bytes.removeSubrange(..<start)
    (start, next) = (0, 0)
    bytes += piece
  }

  /// Goes to the next record.
  ///
  /// - Parameters:
  ///   - isLast: whether no more bytes will come.
  ///   - limit: the most bytes of a record.
  /// - Returns: false where more bytes are needed, or no more will come.
  /// - Throws: the problem and the byte of its place.
  mutating func advance(isLast: Bool, limit: Int) throws(Fault) -> Bool {
    leaveRecord()
    if isAtBegin {
      guard bytes.count >= 3 || isLast else { return false }
      isAtBegin = false
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (start, next) = (3, 3) }
    }
    let end = try scan(isLast: isLast)
    guard (end ?? bytes.count) - start <= limit else {
      let what = "this row is too long (is a quote not closed?)"
      throw Fault(LimitProblem(what, name: .fileBytes, limit: limit), at: start)
    }
    next = end ?? next
    return end != nil
  }

  /// A problem at a byte.
  struct Fault: Error {
    let problem: any Problem
    let byte: Int

    init(_ problem: any Problem, at byte: Int) {
      self.problem = problem
      self.byte = byte
    }
  }

  private mutating func leaveRecord() {
    guard next > start else { return }
    line += cells.contains(where: \.isQuoted) ? breaks(in: start..<next).count : 1
    start = next
  }

  /// Finds the cells of the record at `start`.
  ///
  /// - Returns: where the next record begins; nil where bytes are missing.
  private mutating func scan(isLast: Bool) throws(Fault) -> Int? {
    cells.removeAll(keepingCapacity: true)
    guard start < bytes.count else { return nil }
    var index = start
    while true {
      let first = index
      if index < bytes.count, bytes[index] == .quote {
        repeat {
          // Behind a pair of quotes the cell goes on.
          index += 1
          while index < bytes.count, bytes[index] != .quote { index += 1 }
          index += 1
        } while index < bytes.count && bytes[index] == .quote
        guard index < bytes.count || isLast else { return nil }
        guard index <= bytes.count else { throw Fault(TableProblem.unclosedQuote, at: first) }
        cells.append(Cell(range: first + 1..<index - 1, isQuoted: true))
      } else {
        while index < bytes.count, !bytes[index].endsCell { index += 1 }
        cells.append(Cell(range: first..<index, isQuoted: false))
      }
      guard index < bytes.count else { return isLast ? index : nil }
      switch bytes[index] {
      case .comma: index += 1
      case .lineFeed: return index + 1
      case .carriageReturn:
        guard index + 1 < bytes.count else { return isLast ? index + 1 : nil }
        return bytes[index + 1] == .lineFeed ? index + 2 : index + 1
      default:
        // The error quotes the line, which must therefore be whole.
        guard isLast || bytes[index...].contains(where: \.isBreak) else { return nil }
        throw Fault(
          cells[cells.count - 1].isQuoted
            ? TableProblem.textBehindQuote : TableProblem.quoteInsideCell, at: index)
      }
    }
  }

  /// Calls a body with the bytes of a cell as they stand, doubled quotes still double.
  func withBytes<Result>(of cell: Cell, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result)
    -> Result
  {
    bytes.withUnsafeBufferPointer { body($0[cell.range]) }
  }

  /// The text of a cell, without blanks around it.
  func text(of cell: Cell) -> String {
    var text = bytes[cell.range].trimmingBlanks
    if cell.isQuoted {
      var isFirst = false
      text =
        text.filter { byte in
          isFirst = byte == .quote && !isFirst
          return byte != .quote || isFirst
        }[...]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The first byte of the present record that is not text; nil if all are.
  var firstByteThatIsNotText: Int? {
    textPrefix(of: bytes[start..<next]).map { start + $0 }
  }

  /// The line and column of a byte of the present record.
  func place(of byte: Int) -> Place {
    let breaks = breaks(in: start..<byte)
    let column = String(decoding: bytes[(breaks.last ?? start)..<byte], as: UTF8.self)
      .unicodeScalars.count
    return Place(line: line + breaks.count, column: column + 1)
  }

  /// The whole line of the file around a byte of the present record.
  func line(around byte: Int) -> String {
    let first = breaks(in: start..<byte).last ?? start
    let end = bytes[byte...].firstIndex(where: \.isBreak) ?? bytes.count
    return String(decoding: bytes[first..<end], as: UTF8.self)
  }

  /// Where the lines behind the line ends of a range begin.
  private func breaks(in range: Range<Int>) -> [Int] {
    range.filter { index in
      bytes[index] == .lineFeed
        || bytes[index] == .carriageReturn
          && (index + 1 == bytes.count || bytes[index + 1] != .lineFeed)
    }.map { $0 + 1 }
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")

  fileprivate var isBreak: Bool { self == .lineFeed || self == .carriageReturn }
  fileprivate var endsCell: Bool { self == .comma || self == .quote || isBreak }
  fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}

extension BidirectionalCollection<UInt8> {
  /// The part without spaces and tabs at either end.
  var trimmingBlanks: SubSequence {
    guard let last = lastIndex(where: { !$0.isBlank }) else { return self[endIndex...] }
    return self[...last].drop(while: \.isBlank)
  }
}
