import Foundation
import Testing

@testable import Results

@Suite struct StampTests {
  private let stamp = Stamp(
    spec: 0x2A, text: 0x1F, data: [("my data.csv", 7)], versions: ["runexp 1.0", "sleef 3.5"])

  @Test func everyDifferenceIsNamed() {
    #expect(stamp.changes(since: stamp).isEmpty)
    let next = Stamp(
      spec: 0x2B, text: 0x1E, data: [("my data.csv", 8), ("new.csv", 1)],
      versions: ["runexp 1.1", "cairo 1.16", "build 7"])
    #expect(
      next.changes(since: stamp) == [
        "the spec changed", "my data.csv changed", "new.csv changed", "runexp 1.0 → 1.1",
        "cairo none → 1.16", "runexp was built anew",
      ])
    #expect(next.hasOtherText(than: stamp))
    #expect(!stamp.hasOtherText(than: stamp))
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
        == "spec 2a\ntext 1f\ndata my data.csv 7\nrunexp 1.0\nsleef 3.5\n")
    let inside = url.appendingPathComponent("inside")
    #expect(throws: FileProblem.self) { try stamp.write(to: inside) }
  }

  @Test func filesThatAreGoneOrEditedAreNamed() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("stamp-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    let folder = root.appendingPathComponent("a")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["b c.csv", "d", "e"] {
      try Data(name.utf8).write(to: folder.appendingPathComponent(name))
    }
    let url = root.appendingPathComponent("stamp")
    #expect(!stamp.hasFiles)
    try stamp.recording(["b c.csv", "d", "e"], in: folder).write(to: url)
    let read = try #require(Stamp(reading: url))
    #expect(read.fileNames == ["b c.csv", "d", "e"])
    #expect(read.damage(in: folder).isEmpty)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("d"))
    try Data("b c.csw".utf8).write(to: folder.appendingPathComponent("b c.csv"))
    let damage = read.damage(in: folder)
    #expect(damage.map(\.file) == ["b c.csv", "d"])
    #expect(damage.map(\.isMissing) == [false, true])
    // What is recorded anew is the file as it is now.
    let again = stamp.with(filesOf: read).recording(["b c.csv"], in: folder)
    #expect(again.damage(in: folder).map(\.file) == ["d"])
  }

  @Test func filesAreTheSameIfEveryByteIs() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("same-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (a, b) = (folder.appendingPathComponent("a"), folder.appendingPathComponent("b"))
    #expect(!haveSameBytes(a, b))
    for length in [0, 1, 1 << 18, 1 << 18 + 1, 3 << 18] {
      var bytes = [UInt8](repeating: 7, count: length)
      try Data(bytes).write(to: a)
      try Data(bytes).write(to: b)
      #expect(haveSameBytes(a, b))
      try Data(bytes + [0]).write(to: b)
      #expect(!haveSameBytes(a, b))
      guard length > 0 else { continue }
      bytes[length - 1] = 8
      try Data(bytes).write(to: b)
      #expect(!haveSameBytes(a, b))
    }
    #expect(!haveSameBytes(a, folder))
  }

  @Test func hashesTellFilesApart() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("hash-\(UUID())")
    defer { try? FileManager.default.removeItem(at: url) }
    func hash(_ bytes: [UInt8]) throws -> UInt64 {
      try Data(bytes).write(to: url)
      return try #require(fileHash(of: url))
    }
    #expect(fileHash(of: url) == nil)
    // Neither zeros at the end nor the place of a byte is lost, over words and over pieces.
    let long = [UInt8](repeating: 1, count: 1 << 20)
    var edited = long + [1, 2]
    edited[77] = 0
    let all: [[UInt8]] = [
      [], [0], [0, 0], [1], [0, 1], [1, 0], Array(0..<8), Array(0..<9), [8] + Array(0..<8), long,
      long + [1], long + [1, 2], edited,
    ]
    let hashes = try all.map(hash)
    #expect(Set(hashes).count == all.count)
    #expect(try all.map(hash) == hashes)
  }
}
