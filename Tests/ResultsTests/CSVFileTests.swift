import Foundation
import Testing

@testable import Results

/// Tables read back, and paths in them.
@Suite struct CSVFileTests {
  private func withFile(_ text: String, _ body: (URL) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("csv-\(UUID())")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(text.utf8).write(to: url)
    try body(url)
  }

  @Test func fieldsAreReadAsTheyWereWritten() throws {
    var text = CSVText()
    text.appendRow(["rate", "A[1,2]"])
    text.appendRow(["decay(0.5, 100)", "say \"no\""])
    text.appendRow(["", "1.5e-7"])
    try withFile(String(decoding: text.bytes, as: UTF8.self)) { url in
      let file = try #require(CSVFile(url))
      #expect(file.heads == ["rate", "A[1,2]"])
      #expect(file.rows(atMost: 9).rows == [["decay(0.5, 100)", "say \"no\""], ["", "1.5e-7"]])
      #expect(file.rows(atMost: 1).rows.count == 1)
      #expect(file.rows(atMost: 1).count == 2)
      #expect(CSVFile(url.appendingPathComponent("none")) == nil)
    }
  }

  @Test func rowsGoOnOverPieces() throws {
    let lines = (0..<200_000).map { "\($0),word \($0)" }
    try withFile("k,word\n" + lines.joined(separator: "\n")) { url in
      let file = try #require(CSVFile(url))
      var next = 0
      file.forEachRow { row in
        if row.number(0) == Double(next), row.text(1) == "word \(next)" { next += 1 }
        return true
      }
      #expect(next == 200_000)
    }
  }

  @Test func pathsAreReadByRateAndStart() throws {
    let text = """
      rate,start,iteration,x,f,step_rate
      0.1,p1,0,3,9,0.1
      0.1,p1,1,2,4,
      0.1,g1,0,7,7,
      0.2,p1,0,3,9,0.2
      0.2,p1,2,1,nan,
      """
    try withFile(text) { url in
      let file = try #require(CSVFile(url))
      let paths = RecordedPath.read(file, starts: ["p1"], columns: ["x", "step_rate"])
      #expect(paths.map(\.rate) == ["0.1", "0.2"])
      #expect(paths.map(\.iterations) == [[0, 1], [0, 2]])
      #expect(paths[0].columns[0] == [3, 2])
      #expect(paths[0].columns[1][0] == 0.1)
      #expect(paths[0].columns[1][1].isNaN)
      #expect(RecordedPath.read(file, starts: ["p1"], columns: ["y"]).isEmpty)
    }
  }
}
