import Foundation
import Running
import Testing

@testable import Results

/// The files of shards, and the proof that they belong together.
@Suite final class ShardFolderTests {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "shards-\(UUID())")
  private let stamp = Stamp(spec: 1, versions: ["runexp 1.0", "sleef 3.5"])

  deinit { try? FileManager.default.removeItem(at: root) }

  /// 100 runs in chunks of 64: two of each method.
  private let spec = "function f(x) = x^2\nmethod gradient rate=0.1\nmethod newton\ngrid 100"

  private func make(
    _ shard: Shard, _ chunks: [Int], _ stamp: Stamp? = nil, build: Int = 1
  ) throws {
    let (log, lock) = try ShardFolder(in: root).log(
      of: shard, (stamp ?? self.stamp).with("build \(build)"), chunkSize: 64, isAnew: false)
    for chunk in chunks { try log.keep(chunk) { [UInt8(chunk), 7] } }
    withExtendedLifetime(lock) {}
  }

  private func problems() throws -> [IncompleteShards.Problem] {
    do {
      _ = try ShardFolder(in: root).joined(try parsed(spec), stamp)
      return []
    } catch let incomplete as IncompleteShards {
      return incomplete.problems
    }
  }

  @Test func chunksComeFromTheShardThatHasThem() throws {
    try make(Shard(3, of: 3), [2])
    try make(Shard(1, of: 3), [3, 0], build: 2)
    try make(Shard(2, of: 3), [1])
    let joined = try ShardFolder(in: root).joined(try parsed(spec), stamp)
    #expect(joined.chunkSize == 64)
    for chunk in 0..<4 { #expect(try joined.bytes(of: chunk) == [UInt8(chunk), 7]) }
    // What a file loses later on is no reason to make it.
    do {
      try joined.keep(1) { [] }
      Issue.record("a chunk was made")
    } catch let problem as FileProblem {
      #expect(problem.sentence.hasSuffix("shards/2-of-3.chunks: it was changed while it was read"))
    }
    joined.remove()
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("shards").path))
  }

  @Test func everythingInTheWayIsSaidAtOnce() throws {
    #expect(try problems() == [.none(ShardFolder(in: root).url.relativePath)])
    try make(Shard(2, of: 5), [1])
    try make(Shard(1, of: 5), [])
    try make(Shard(4, of: 5), [2])
    let place = root.appendingPathComponent("shards/5-of-5.chunks")
    try Data("runexp chunks 2\n\n".utf8).write(to: place)
    for name in ["6-of-5.chunks", "02-of-5.chunks", "1-of-4.chunks~", "notes"] {
      try Data().write(to: root.appendingPathComponent("shards/\(name)"))
    }
    #expect(
      try problems() == [
        .unfinished(Shard(1, of: 5), chunks: 0, of: 1),
        .unfinished(Shard(4, of: 5), chunks: 0, of: 1),
        .foreign(Shard(5, of: 5)), .missing([Shard(3, of: 5)]),
      ])
    try make(Shard(1, of: 2), [0, 2])
    try make(Shard(2, of: 4), [1])
    #expect(
      try problems()
        == [.mixed(ShardFolder(in: root).url.relativePath, counts: [2, 4, 5])])
  }

  @Test func whatWasLeftOfAnotherRunIsInNobodysWay() throws {
    let old = Stamp(spec: 2, versions: ["runexp 1.0", "sleef 3.4"])
    let reasons = ["the spec changed", "sleef 3.4 → 3.5"]
    try make(Shard(1, of: 4), [0], old)
    try make(Shard(3, of: 4), [2], old)
    #expect(
      try problems() == [
        .outdated(Shard(1, of: 4), reasons), .outdated(Shard(3, of: 4), reasons),
        .missing([Shard(2, of: 4), Shard(4, of: 4)]),
      ])
    try make(Shard(1, of: 2), [0, 2])
    #expect(try problems() == [.missing([Shard(2, of: 2)])])
    try make(Shard(2, of: 2), [1, 3])
    let joined = try ShardFolder(in: root).joined(try parsed(spec), stamp)
    for chunk in 0..<4 { #expect(try joined.bytes(of: chunk) == [UInt8(chunk), 7]) }
    joined.remove()
    #expect(!FileManager.default.fileExists(atPath: root.appendingPathComponent("shards").path))
  }

  @Test func thereMayBeMoreShardsThanAProcessMayKeepOpen() throws {
    let count = 1100
    for number in 1...count {
      try make(Shard(number, of: count), number <= 4 ? [number - 1] : [])
    }
    let joined = try ShardFolder(in: root).joined(try parsed(spec), stamp)
    for chunk in 0..<4 { #expect(try joined.bytes(of: chunk) == [UInt8(chunk), 7]) }
    try FileManager.default.removeItem(at: root.appendingPathComponent("shards/7-of-1100.chunks"))
    #expect(try problems() == [.missing([Shard(7, of: count)])])
  }
}
