import Diagnostics
import Specs

/// Text of a CSV file as RFC 4180 has it, with LF line ends: no comments, no times, no machine facts.
public struct CSVText: Sendable, CellSink {
  /// The bytes so far.
  public private(set) var bytes: [UInt8] = []
  private var isAtStart = true

  /// Creates an empty text.
  public init() {}

  /// Creates a text of whole rows.
  ///
  /// - Parameters:
  ///   - room: the bytes that are there to be written.
  ///   - fill: writes the rows from a place on, and says where they end.
  init(room: Int, fill: (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer) {
    bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      count = fill(start) - UnsafeMutableRawPointer(start)
    }
  }

  /// Appends a field of text, quoted where it must be.
  public mutating func append(_ field: String) {
    separate()
    if field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) {
      bytes.append(0x22)
      for byte in field.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    } else {
      bytes.append(contentsOf: field.utf8)
    }
  }

  /// Appends a number by its shortest digits; nothing where there is none.
  public mutating func append(_ number: Double?) {
    separate()
    if let number { appendNumber(number, to: &bytes) }
  }

  /// Appends a whole number; nothing where there is none.
  public mutating func append(_ number: Int?) {
    separate()
    if let number { bytes.append(contentsOf: String(number).utf8) }
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(0x0A)
    isAtStart = true
  }

  /// Appends a whole row of text.
  public mutating func appendRow(_ fields: [String]) {
    for field in fields { append(field) }
    endRow()
  }

  private mutating func separate() {
    if !isAtStart { bytes.append(0x2C) }
    isAtStart = false
  }
}
