import Foundation

/// The cells of a row, as ranges of its bytes without the quotes around them.
struct Cells {
  private(set) var ranges: [Range<Int>] = []

  /// Finds the cells of a row, at most a number of them.
  mutating func split(_ row: UnsafeRawBufferPointer, limit: Int = .max) {
    ranges.removeAll(keepingCapacity: true)
    var index = 0
    while ranges.count < limit {
      var first = index
      var end: Int
      if index < row.count, row[index] == .quote {
        first += 1
        repeat {
          // Behind a pair of quotes the cell goes on.
          index += 1
          while index < row.count, row[index] != .quote { index += 1 }
          index += 1
        } while index < row.count && row[index] == .quote
        end = min(index - 1, row.count)
        while index < row.count, row[index] != .comma { index += 1 }
        if index > end + 1 { (first, end) = (first - 1, index) }
      } else {
        if let base = row.baseAddress, let found = memchr(base + index, 0x2C, row.count - index) {
          index = UnsafeRawPointer(found) - base
        } else {
          index = row.count
        }
        end = index
      }
      ranges.append(first..<max(first, end))
      guard index < row.count else { return }
      index += 1
    }
  }

  /// The bytes of a cell.
  static func bytes(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: row[range])
  }

  /// The text of a cell.
  static func text(_ row: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    let text = String(decoding: row[range], as: UTF8.self)
    return row[range].contains(.quote) ? text.replacing("\"\"", with: "\"") : text
  }
}

extension UInt8 {
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate static let comma = UInt8(ascii: ",")
}

/// Whether two pieces of bytes are the same.
func isSame(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count else { return false }
  guard let first = a.baseAddress, let second = b.baseAddress else { return true }
  return memcmp(first, second, a.count) == 0
}

/// The number that a cell holds, as files have it; nil of text.
func number(in cell: UnsafeRawBufferPointer) -> Double? {
  guard let base = cell.baseAddress, !cell.isEmpty, cell.count < 400 else { return nil }
  var hasDigit = false
  for byte in cell {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      break
    default:
      switch String(decoding: cell, as: UTF8.self) {
      case "nan": return .nan
      case "inf": return .infinity
      case "-inf": return -.infinity
      default: return nil
      }
    }
  }
  guard hasDigit else { return nil }
  return withUnsafeTemporaryAllocation(byteCount: cell.count + 1, alignment: 1) { copy in
    guard let text = copy.baseAddress else { return nil }
    memcpy(text, base, cell.count)
    copy[cell.count] = 0
    let characters = text.assumingMemoryBound(to: CChar.self)
    var end: UnsafeMutablePointer<CChar>?
    let value = strtod(characters, &end)
    return end == characters + cell.count ? value : nil
  }
}
