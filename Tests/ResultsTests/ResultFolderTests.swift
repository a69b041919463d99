import Foundation
import Testing

@testable import Results

@Suite struct ResultFolderTests {
  private func place() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("results-\(UUID())/spec")
  }

  @Test func aFileAppearsOnlyWhenItIsFinished() throws {
    let url = place()
    let folder = try ResultFolder(url)
    try folder.append([1, 2], to: "f/runs.csv")
    let path = url.appendingPathComponent("f/runs.csv").path
    #expect(!FileManager.default.fileExists(atPath: path))
    try folder.append([3], to: "f/runs.csv")
    try folder.finish("f/runs.csv")
    #expect(FileManager.default.contents(atPath: path) == Data([1, 2, 3]))
    #expect(folder.changedCount == 1)
  }

  @Test func whatAnInterruptedRunLeftIsRemoved() throws {
    let url = place()
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let partial = url.appendingPathComponent(".runs.csv.partial")
    try Data([1]).write(to: partial)
    _ = try ResultFolder(url)
    #expect(!FileManager.default.fileExists(atPath: partial.path))
  }

  @Test func anUnfinishedFileLeavesTheOldOneWhole() throws {
    let url = place()
    try ResultFolder(url).write([1], to: "a")
    do {
      let folder = try ResultFolder(url)
      try folder.append([2], to: "a")
    }
    #expect(FileManager.default.contents(atPath: url.appendingPathComponent("a").path) == Data([1]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: url.path) == ["a"])
  }

  @Test func oneProcessWritesAFolderAtATime() throws {
    let url = place()
    let first = try ResultFolder(url)
    #expect(first.files.isEmpty)
    do {
      _ = try ResultFolder(url)
      Issue.record("a second writer got in")
    } catch let problem as FileProblem {
      #expect(
        problem.sentence
          == "\(url.relativePath) is being written by process \(getpid()); wait for it, or choose "
          + "another --output")
    }
  }

  @Test func aManifestNeverRemovesWhatLiesOutside() throws {
    let url = place()
    let outside = url.deletingLastPathComponent().appendingPathComponent("keep")
    try ResultFolder(url).write(Array("file ../keep\nfile old\n".utf8), to: "manifest.txt")
    try Data([1]).write(to: outside)
    try Data([1]).write(to: url.appendingPathComponent("old"))
    try ResultFolder(url).finishManifest(["runexp 0"])
    #expect(FileManager.default.fileExists(atPath: outside.path))
    #expect(!FileManager.default.fileExists(atPath: url.appendingPathComponent("old").path))
  }
}
