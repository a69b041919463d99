import Foundation
import Testing

@testable import Results

/// Rows as they were written, whatever their cells hold.
@Suite struct RunRowsTests {
  private func cells(_ fields: [[String]]) throws -> [[String?]] {
    var text = CSVText()
    text.appendRow(["head"])
    for row in fields { text.appendRow(row) }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rows-\(UUID())")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.bytes).write(to: file)
    var found: [[String?]] = []
    try RunRows.forEach(of: file) { row in found.append((0...3).map { row[$0] }) }
    return found
  }

  @Test func quotesCommasAndLineEndsAreKept() throws {
    let found = try cells([
      ["a", "", "c, \"d\"", "\n"], ["\"", "\"\"", ",", "x\ny"], ["1", "2"],
    ])
    #expect(
      found == [
        ["a", "", "c, \"d\"", "\n"], ["\"", "\"\"", ",", "x\ny"], ["1", "2", nil, nil],
      ])
  }

  @Test func rowsMayLieAcrossPieces() throws {
    let long = String(repeating: "é\"\n,", count: 100_000)
    let rows = (0..<5).map { ["\($0)", long, "", "end"] }
    #expect(try cells(rows) == rows)
  }

  @Test func aFileThatIsNotThereIsAProblem() {
    #expect(throws: FileProblem.self) {
      try RunRows.forEach(of: URL(fileURLWithPath: "/nowhere/runs.csv")) { _ in }
    }
  }
}
