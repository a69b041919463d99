import Foundation
import Testing

@testable import Results

@Suite final class ResultFolderTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "results-\(UUID())")

  deinit { try? FileManager.default.removeItem(at: root) }

  private func place() -> URL { root.appendingPathComponent("spec") }

  private func write(_ bytes: [UInt8], to file: String, in url: URL) throws {
    let folder = try ResultFolder(url)
    try folder.write(bytes, to: file)
    try folder.settle()
  }

  @Test func aFileAppearsOnlyWhenItIsSettled() throws {
    let url = place()
    let folder = try ResultFolder(url)
    try folder.append([1, 2], to: "f/runs.csv")
    let path = url.appendingPathComponent("f/runs.csv").path
    #expect(!FileManager.default.fileExists(atPath: path))
    try folder.append([3], to: "f/runs.csv")
    try folder.finish("f/runs.csv")
    #expect(!FileManager.default.fileExists(atPath: path))
    try folder.settle()
    #expect(FileManager.default.contents(atPath: path) == Data([1, 2, 3]))
    #expect(folder.changedCount == 1)
  }

  /// The disk begins with pieces of this size before the file is whole.
  @Test func largePiecesComeTogetherInOneFile() throws {
    let url = place()
    let pieces = (1...3).map { [UInt8](repeating: $0, count: (1 << 20) + Int($0)) }
    for changedCount in [1, 0] {
      let folder = try ResultFolder(url)
      for piece in pieces { try folder.append(piece, to: "f/trace.csv") }
      try folder.finish("f/trace.csv")
      try folder.settle()
      let path = url.appendingPathComponent("f/trace.csv").path
      #expect(FileManager.default.contents(atPath: path) == Data(pieces.joined()))
      #expect(folder.changedCount == changedCount)
    }
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
    try write([1], to: "a", in: url)
    do {
      let folder = try ResultFolder(url)
      try folder.append([2], to: "a")
      // Nor does one that is finished and was not settled.
      try folder.write([2], to: "b")
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
    try write(Array("file ../keep\nfile old\n".utf8), to: "manifest.txt", in: url)
    try Data([1]).write(to: outside)
    try Data([1]).write(to: url.appendingPathComponent("old"))
    try ResultFolder(url).finishManifest(["runexp 0"])
    #expect(FileManager.default.fileExists(atPath: outside.path))
    #expect(!FileManager.default.fileExists(atPath: url.appendingPathComponent("old").path))
  }

  @Test func anUnchangedFileIsNotRewritten() throws {
    let url = place()
    try write([1, 2], to: "f/a", in: url)
    let path = url.appendingPathComponent("f/a").path
    func identity() throws -> [AnyHashable] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return [
        try #require(attributes[.systemFileNumber] as? Int),
        try #require(attributes[.modificationDate] as? Date),
      ]
    }
    let before = try identity()
    do {
      let folder = try ResultFolder(url)
      try folder.write([1, 2], to: "f/a")
      #expect(folder.changedCount == 0)
      #expect(folder.files == ["f/a"])
    }
    #expect(try identity() == before)
    let folder = try ResultFolder(url)
    try folder.write([1, 3], to: "f/a")
    try folder.settle()
    #expect(folder.changedCount == 1)
    #expect(try identity() != before)
  }

  @Test func theManifestListsVersionsAndThenTheFilesInOrder() throws {
    let url = place()
    let folder = try ResultFolder(url)
    try folder.write([1], to: "b")
    try folder.write([1], to: "a/c")
    try folder.finishManifest(["runexp 1", "sleef 2"])
    let manifest = url.appendingPathComponent("manifest.txt")
    #expect(
      try String(contentsOf: manifest, encoding: .utf8)
        == "runexp 1\nsleef 2\nfile a/c\nfile b\n")
  }

  @Test func onlyFilesOfTheOldManifestAreRemoved() throws {
    let url = place()
    do {
      let folder = try ResultFolder(url)
      for file in ["f/old", "f/kept", "g/old"] { try folder.write([1], to: file) }
      try folder.finishManifest([])
    }
    try Data([2]).write(to: url.appendingPathComponent("f/mine"))
    // What was a file is now somebody's folder.
    let folder = url.appendingPathComponent("g/old")
    try FileManager.default.removeItem(at: folder)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data([3]).write(to: folder.appendingPathComponent("mine"))
    do {
      let folder = try ResultFolder(url)
      try folder.write([1], to: "f/kept")
      try folder.finishManifest([])
    }
    let files = try #require(FileManager.default.subpaths(atPath: url.path)).sorted()
    #expect(files == ["f", "f/kept", "f/mine", "g", "g/old", "g/old/mine", "manifest.txt"])
  }

  @Test func moreFilesGrowAtOnceThanAProcessMayKeepOpen() throws {
    let folder = try ResultFolder(place())
    for byte in UInt8(1)...2 {
      for number in 0..<3000 { try folder.append([byte], to: "f/\(number)") }
    }
    for number in 0..<3000 { try folder.finish("f/\(number)") }
    try folder.settle()
    #expect(folder.changedCount == 3000)
    let last = folder.url.appendingPathComponent("f/2999").path
    #expect(FileManager.default.contents(atPath: last) == Data([1, 2]))
  }

  @Test func aFolderBelowAFileCannotBeCreated() throws {
    let url = place()
    try write([1], to: "file", in: url)
    do {
      _ = try ResultFolder(url.appendingPathComponent("file/inside"))
      Issue.record("a folder was made below a file")
    } catch FileProblem.cannotCreate(let path, let reason) {
      #expect(path.hasSuffix("file/inside"))
      #expect(reason == "Not a directory")
    }
  }

  @Test(.enabled(if: getuid() != 0, "root writes everywhere"))
  func aFolderThatCannotBeWrittenIsSaid() throws {
    let url = place()
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: url.path)
    do {
      _ = try ResultFolder(url)
      Issue.record("a folder was taken that cannot be written")
    } catch FileProblem.cannotCreate(_, let reason) {
      #expect(reason == "Permission denied")
    }
  }

  @Test func theLockEndsWithItsHolder() throws {
    let url = place()
    do { _ = try ResultFolder(url) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: url.path).isEmpty)
    _ = try ResultFolder(url)
  }
}
