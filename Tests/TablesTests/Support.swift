import Diagnostics
import Expressions
import Tables

/// Reads a table from pieces of so many bytes.
func table(
  _ bytes: some Collection<UInt8>, piece: Int = .max, limits: Limits = Limits(),
  cellsBefore: Int = 0
) throws -> DataTable {
  var reader = TableReader(path: "bad.csv", limits: limits, cellsBefore: cellsBefore)
  var rest = Array(bytes)[...]
  while !rest.isEmpty {
    try reader.read(rest.prefix(piece))
    rest = rest.dropFirst(piece)
  }
  return try reader.finish(name: "t")
}

/// The numbers of a table by columns.
func columns(_ table: DataTable) -> [[Double]] {
  table.columns.indices.map { Array(table.column($0)) }
}

/// What is printed for a file; empty if it is good.
func printed(
  _ bytes: some Collection<UInt8>, piece: Int = .max, limits: Limits = Limits(),
  cellsBefore: Int = 0
) -> String {
  do {
    _ = try table(bytes, piece: piece, limits: limits, cellsBefore: cellsBefore)
    return ""
  } catch let errors as Diagnostics {
    return errors.rendered(path: "the spec", text: "a line of the spec\n\n\n")
  } catch {
    return "no diagnostics: \(error)"
  }
}
