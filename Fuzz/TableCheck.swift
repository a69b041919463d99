import Diagnostics
import Expressions
import Tables

/// The bytes of a CSV file, whole and in pieces: the same table, or the same errors.
enum TableCheck {
  private static let limits = {
    var limits = Limits()
    limits[.fileBytes] = 300
    limits[.dataCells] = 200
    return limits
  }()

  static func run(_ bytes: ArraySlice<UInt8>, choice: UInt8) -> Bool {
    let limits = choice % 2 == 0 ? Limits() : limits
    let whole = outcome(of: bytes, piece: max(1, bytes.count), limits)
    let pieces = outcome(of: bytes, piece: 1 + Int(choice) / 2, limits)
    // Of a row that is too long less is known where it comes in pieces.
    if pieces.printed.contains("too long") { return false }
    Checks.expect(whole.printed == pieces.printed, "\(whole.printed)\nin pieces: \(pieces.printed)")
    Checks.expect(whole.columns == pieces.columns, "the columns differ in pieces")
    Checks.expect(whole.bits == pieces.bits, "the numbers differ in pieces")
    return whole.printed.isEmpty
  }

  private static func outcome(of bytes: ArraySlice<UInt8>, piece: Int, _ limits: Limits) -> (
    columns: [String], bits: [[UInt64]], printed: String
  ) {
    var reader = TableReader(path: "fuzz.csv", limits: limits)
    do {
      for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: piece) {
        try reader.read(bytes[start..<min(start + piece, bytes.endIndex)])
      }
      let table = try reader.finish(name: "t")
      let numbers = table.columns.indices.map { Array(table.column($0)) }
      Checks.expect(numbers.allSatisfy { $0.allSatisfy(\.isFinite) }, "a cell is not finite")
      Checks.expect(Set(table.columns).count == table.columns.count, "columns of one name")
      return (table.columns, numbers.map { $0.map(\.bitPattern) }, "")
    } catch let errors as Diagnostics {
      return ([], [], Checks.rendered(errors, of: ""))
    } catch {
      fatalError("no diagnostics: \(error)")
    }
  }
}
