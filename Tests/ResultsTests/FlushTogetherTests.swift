import Foundation
import Testing

@testable import Results

@Suite("Flushing") struct FlushTogetherTests {
  @Test("waits for many files, and says which was the first that is not there")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("runexp-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files = (0..<100).map { folder.appendingPathComponent("\($0)") }
    for file in files { try Data("a".utf8).write(to: file) }
    #expect(flushTogether([]) == nil)
    #expect(flushTogether(files) == nil)
    files[70] = folder.appendingPathComponent("no")
    files[40] = folder.appendingPathComponent("neither")
    let failure = flushTogether(files)
    #expect(failure?.place == 40)
    #expect(failure?.reason == "No such file or directory")
  }
}
