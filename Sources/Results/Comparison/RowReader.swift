import Foundation

/// Reads the rows of a file one after the other, and goes back to a row where it is asked to.
///
/// A row ends with LF or CRLF; the last one needs no end. In a table a line end between double quotes belongs to
/// the row. Of the file only a piece is in memory. What cannot go back, as a pipe, is copied to a file
/// without a name first.
final class RowReader {
  /// Where a row begins, and how many rows and lines stand before it.
  struct Place {
    var offset: Int
    var row: Int
    var line: Int
  }

  /// The most bytes that a row may have.
  static let longestRow = 1 << 26

  /// The path, as it stands in messages.
  let path: String
  /// The lines that end with CRLF.
  private(set) var hasCarriageReturns = false
  /// Whether there is a row at hand.
  private(set) var hasRow = false
  /// The row at hand, without its end; good until the next one is asked for.
  private(set) var row = UnsafeRawBufferPointer(start: nil, count: 0)

  private let descriptor: Int32
  private let isTable: Bool
  private var buffer: UnsafeMutableRawPointer
  private var capacity = 1 << 20
  private var filled = 0
  /// Where the row at hand and the one behind it begin, in the buffer.
  private var start = 0
  private var next = 0
  /// The offset in the file of the buffer's first byte.
  private var origin = 0
  private var isAtEnd = false
  private var hasQuotes = false
  private var lines = 1
  private var place = Place(offset: 0, row: -1, line: 1)

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: the path in messages.
  ///   - isTable: whether quotes join lines.
  /// - Throws: `ComparisonProblem` if it cannot be read.
  init(_ path: String, as name: String? = nil, isTable: Bool = true) throws {
    self.path = name ?? path
    self.isTable = isTable
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw RowReader.problem(self.path) }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      close(file)
      throw RowReader.problem(self.path)
    }
    if status.st_mode & S_IFMT == S_IFREG {
      descriptor = file
    } else {
      defer { close(file) }
      descriptor = try RowReader.copy(of: file, self.path)
    }
    buffer = .allocate(byteCount: capacity, alignment: 64)
    try skipByteOrderMark()
  }

  /// Another reader of the same file, at its begin.
  init(beside other: RowReader) throws {
    path = other.path
    isTable = other.isTable
    descriptor = dup(other.descriptor)
    guard descriptor >= 0 else { throw RowReader.problem(path) }
    capacity = 1 << 16
    buffer = .allocate(byteCount: capacity, alignment: 64)
    try skipByteOrderMark()
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// The place of the row at hand, or of the end; row 0 is the first of the file.
  var position: Place { place }

  /// Goes to the next row; `hasRow` says whether there is one.
  ///
  /// - Throws: `ComparisonProblem`.
  func advance() throws {
    if place.row >= 0 { place.line += lines }
    place.row += 1
    start = next
    lines = 1
    var from = start
    var isOpen = false
    while true {
      guard let found = memchr(buffer + from, 0x0A, filled - from) else {
        if !isAtEnd {
          let scanned = from - start
          try fill()
          from = start + scanned
          continue
        }
        if isTable, hasQuotes, quoteCount(from..<filled) % 2 == 1 { isOpen.toggle() }
        guard !isOpen else { throw ComparisonProblem.unclosedQuote(path, line: place.line) }
        finish(end: filled, next: filled, isThere: filled > start)
        return
      }
      let end = UnsafeRawPointer(found) - UnsafeRawPointer(buffer)
      if isTable, hasQuotes, quoteCount(from..<end) % 2 == 1 { isOpen.toggle() }
      guard isOpen else {
        let isDouble = end > start && buffer.load(fromByteOffset: end - 1, as: UInt8.self) == 0x0D
        if isDouble { hasCarriageReturns = true }
        finish(end: isDouble ? end - 1 : end, next: end + 1, isThere: true)
        return
      }
      lines += 1
      from = end + 1
    }
  }

  /// Goes to a row that was at hand before.
  func seek(_ target: Place) throws {
    let inside = target.offset - origin
    if inside >= 0, inside <= filled {
      next = inside
    } else {
      origin = target.offset
      (filled, next, start) = (0, 0, 0)
      isAtEnd = false
    }
    // `advance` counts the row from the one before.
    place = Place(offset: target.offset, row: target.row - 1, line: target.line)
    lines = 0
    try advance()
  }

  private func finish(end: Int, next: Int, isThere: Bool) {
    self.next = next
    hasRow = isThere
    place.offset = origin + start
    row = UnsafeRawBufferPointer(start: buffer + start, count: end - start)
  }

  private func quoteCount(_ range: Range<Int>) -> Int {
    UnsafeRawBufferPointer(start: buffer + range.lowerBound, count: range.count).count {
      $0 == 0x22
    }
  }

  /// Reads on behind what is there of the row at hand, for which it makes room.
  private func fill() throws {
    if start > 0 {
      memmove(buffer, buffer + start, filled - start)
      origin += start
      filled -= start
      start = 0
    }
    if filled == capacity {
      guard capacity < RowReader.longestRow else {
        throw ComparisonProblem.rowTooLong(
          path, line: place.line, bytes: RowReader.longestRow)
      }
      let larger = UnsafeMutableRawPointer.allocate(byteCount: 2 * capacity, alignment: 64)
      memcpy(larger, buffer, filled)
      buffer.deallocate()
      buffer = larger
      capacity *= 2
    }
    let count = pread(descriptor, buffer + filled, capacity - filled, off_t(origin + filled))
    guard count >= 0 else { throw RowReader.problem(path) }
    if count == 0 { isAtEnd = true }
    let piece = UnsafeRawBufferPointer(start: buffer + filled, count: count)
    if isTable, !hasQuotes, count > 0, memchr(buffer + filled, 0x22, count) != nil {
      hasQuotes = !piece.isEmpty
    }
    filled += count
  }

  private func skipByteOrderMark() throws {
    while filled < 3, !isAtEnd { try fill() }
    let bytes = UnsafeRawBufferPointer(start: buffer, count: filled)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { next = 3 }
  }

  private static func problem(_ path: String) -> ComparisonProblem {
    errno == ENOENT
      ? .missing(path) : .unreadable(path, reason: String(cString: strerror(errno)))
  }

  /// Copies what a descriptor gives to a file that ends with its last reader.
  private static func copy(of source: Int32, _ path: String) throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/runexp-XXXXXX".utf8CString)
    let target = mkstemp(&name)
    guard target >= 0 else { throw problem(path) }
    unlink(name)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &piece, piece.count)
      if count == 0 { return target }
      guard count > 0, write(target, piece, count) == count else {
        close(target)
        throw problem(path)
      }
    }
  }
}
