import Foundation
import Testing

@testable import Results

@Suite struct StampTests {
  private let stamp = Stamp(
    spec: 0x2A, data: [("my data.csv", 7)], versions: ["runexp 1.0", "sleef 3.5"])

  @Test func everyDifferenceIsNamed() {
    #expect(stamp.changes(since: stamp).isEmpty)
    let next = Stamp(
      spec: 0x2B, data: [("my data.csv", 8), ("new.csv", 1)],
      versions: ["runexp 1.1", "cairo 1.16"])
    #expect(
      next.changes(since: stamp) == [
        "the spec changed", "my data.csv changed", "new.csv changed", "runexp 1.0 → 1.1",
        "cairo none → 1.16",
      ])
  }

  @Test func itIsReadAsItWasWritten() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("stamp-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    let url = root.appendingPathComponent(".runexp/a")
    #expect(Stamp(reading: url) == nil)
    try stamp.write(to: url)
    #expect(Stamp(reading: url) == stamp)
    #expect(
      try String(contentsOf: url, encoding: .utf8)
        == "spec 2a\ndata my data.csv 7\nrunexp 1.0\nsleef 3.5\n")
    let inside = url.appendingPathComponent("inside")
    #expect(throws: FileProblem.self) { try stamp.write(to: inside) }
  }
}
