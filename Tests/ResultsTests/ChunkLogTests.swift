import Foundation
import Running
import Testing

@testable import Results

/// A file of finished chunks, and what is left of it whatever happens to it.
@Suite final class ChunkLogTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "chunks-\(UUID())")
  private var file: URL { root.appendingPathComponent("a.chunks") }
  private let stamp = Stamp(
    spec: 1, data: [("my data.csv", 7)], versions: ["runexp 1.0", "sleef 3.5"])
  private var header: ChunkLog.Header { ChunkLog.Header(stamp: stamp, chunkSize: 64) }

  init() throws {
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  private let chunks: [Int: [UInt8]] = [
    5: Array(repeating: 7, count: 1000), 0: [], 2: [1, 2, 3], 9: Array("\n\nshard".utf8),
  ]

  /// Writes the chunks in an order of chance, as workers do.
  private func write() throws {
    let log = try ChunkLog(file, header)
    for number in [5, 0, 2, 9] { try log.keep(number) { chunks[number] ?? [] } }
  }

  private func found(_ log: ChunkLog) throws -> [Int: [UInt8]] {
    var found: [Int: [UInt8]] = [:]
    for number in 0..<12 { found[number] = try log.bytes(of: number) }
    return found
  }

  private func bytes() throws -> [UInt8] { Array(try Data(contentsOf: file)) }

  @Test func whatWasKeptIsThereInTheNextProcess() throws {
    try write()
    let log = try ChunkLog(file, header)
    #expect(log.oldCount == 4)
    #expect(try found(log) == chunks)
    #expect(!log.has(1))
    try log.keep(1) { [4, 4] }
    let read = try #require(try ChunkLog(reading: file))
    #expect(read.header == header)
    #expect(try found(read) == chunks.merging([1: [4, 4]]) { $1 })
    read.remove()
    #expect(!FileManager.default.fileExists(atPath: file.path))
    #expect(try ChunkLog(reading: file) == nil)
  }

  @Test func theHeadSaysOfWhatTheChunksAre() throws {
    let shard = Shard(2, of: 3)
    _ = try ChunkLog(file, ChunkLog.Header(stamp: stamp, chunkSize: 99, shard: shard))
    #expect(
      String(decoding: try bytes(), as: UTF8.self)
        == """
        runexp chunks 1
        size 99
        shard 2/3
        spec 1
        data my data.csv 7
        runexp 1.0
        sleef 3.5


        """)
    let read = try #require(try ChunkLog(reading: file))
    #expect(read.header == ChunkLog.Header(stamp: stamp, chunkSize: 99, shard: shard))
  }

  /// A process may be killed in the middle of any byte.
  @Test func aTornTailIsDroppedAndWrittenAnew() throws {
    try write()
    let whole = try bytes()
    // A record has 24 bytes before what it holds.
    let ends = [0, 24 + 1000, 24, 24 + 3, 24 + 7].reduce(into: [Int]()) {
      $0.append(($0.last ?? whole.count - (4 * 24 + 1010)) + $1)
    }
    #expect(ends.last == whole.count)
    for length in ends[0]...whole.count
    where length < ends[0] + 40 || length > ends[1] - 3 {
      try Data(whole[..<length]).write(to: file)
      let log = try ChunkLog(file, header)
      #expect(log.oldCount == ends.count { $0 <= length } - 1, "\(length)")
      for number in [5, 0, 2, 9] where !log.has(number) {
        try log.keep(number) { chunks[number] ?? [] }
      }
      #expect(try bytes() == whole)
    }
    // What ends before its head does is no file of chunks.
    try Data(whole[..<(ends[0] - 1)]).write(to: file)
    #expect(try ChunkLog(reading: file) == nil)
    try write()
    #expect(try bytes() == whole)
  }

  @Test func aBitThatFlippedIsNoticedWhereverItIs() throws {
    try write()
    let whole = try bytes()
    let first = whole.count - (4 * 24 + 1010)
    for place in first..<whole.count where place < first + 60 || place > first + 1000 {
      var damaged = whole
      damaged[place] ^= 1 << (place % 8)
      try Data(damaged).write(to: file)
      let found = try found(try ChunkLog(file, header))
      #expect(found.count < chunks.count, "\(place)")
      #expect(found.allSatisfy { chunks[$0] == $1 }, "\(place)")
    }
  }

  @Test func whatIsOfAnotherRunIsReplaced() throws {
    let others = [
      ChunkLog.Header(stamp: Stamp(spec: 2, versions: []), chunkSize: 64),
      ChunkLog.Header(stamp: stamp.with("build 7"), chunkSize: 64),
      ChunkLog.Header(stamp: stamp, chunkSize: 64, shard: Shard(1, of: 1)),
    ]
    for other in others {
      try write()
      #expect(try ChunkLog(file, other).oldCount == 0)
      #expect(try #require(try ChunkLog(reading: file)).header == other)
    }
    try write()
    #expect(try ChunkLog(file, header, isAnew: true).oldCount == 0)
    try Data("no chunks\n\n".utf8).write(to: file)
    #expect(try ChunkLog(file, header).oldCount == 0)
    // The number of a chunk means what it meant when the file was begun.
    try write()
    let log = try ChunkLog(file, ChunkLog.Header(stamp: stamp, chunkSize: 1000))
    #expect(log.oldCount == 4)
    #expect(log.chunkSize == 64)
  }

  @Test func whatIsSoonDoneIsNotKept() throws {
    let log = try ChunkLog(file, header, delay: .seconds(3600))
    #expect(try log.bytes(of: 0) == nil)
    try log.keep(0) {
      Issue.record("the bytes were made")
      return []
    }
    #expect(!FileManager.default.fileExists(atPath: file.path))
    try write()
    #expect(try ChunkLog(file, header, delay: .seconds(3600)).oldCount == 4)
  }

  @Test func workersKeepAtTheSameTime() throws {
    let log = try ChunkLog(file, header)
    DispatchQueue.concurrentPerform(iterations: 200) { number in
      try? log.keep(number) { Array(repeating: UInt8(number), count: 10 * number) }
    }
    let read = try #require(try ChunkLog(reading: file))
    for number in 0..<200 {
      #expect(try read.bytes(of: number) == Array(repeating: UInt8(number), count: 10 * number))
      #expect(try log.bytes(of: number) == Array(repeating: UInt8(number), count: 10 * number))
    }
  }

  @Test func placesThatCannotBeWrittenSaySo() throws {
    let inside = root.appendingPathComponent("none/a.chunks")
    do {
      _ = try ChunkLog(inside, header)
      Issue.record("it was written")
    } catch let problem as FileProblem {
      #expect(
        problem.sentence
          == "cannot create \(inside.relativePath): No such file or directory")
    }
  }
}
