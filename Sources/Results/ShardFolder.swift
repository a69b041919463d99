import Diagnostics
import Foundation
import Running
import Specs

/// output/SPECNAME/shards: one file of chunks for each shard of a run, until they are joined.
public struct ShardFolder: Sendable {
  /// The folder.
  public let url: URL

  /// The folder within that of the results of a spec.
  public init(in results: URL) {
    url = results.appendingPathComponent("shards")
  }

  /// The path of a shard's file.
  public func path(of shard: Shard) -> String {
    url.relativePath + "/" + ShardFolder.name(of: shard)
  }

  /// Goes on with the file of a shard, or begins it.
  ///
  /// - Parameter isAnew: whether a file that is there is left aside.
  /// - Returns: the file, and what keeps other processes from writing it for as long as it lives.
  /// - Throws: `FileProblem`, also where another process is writing it.
  public func log(of shard: Shard, _ stamp: Stamp, chunkSize: Int, isAnew: Bool) throws
    -> (log: ChunkLog, lock: AnyObject)
  {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw FileProblem.cannotCreate(url.relativePath, reason: String(cString: strerror(errno)))
    }
    let name = ShardFolder.name(of: shard)
    let lock = try FolderLock(url, part: name)
    let header = ChunkLog.Header(stamp: stamp, chunkSize: chunkSize, shard: shard)
    return (try ChunkLog(url.appendingPathComponent(name), header, isAnew: isAnew), lock)
  }

  /// The shards that have files.
  public var shards: [Shard] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.compactMap(ShardFolder.shard).sorted {
      ($0.count, $0.number) < ($1.count, $1.number)
    }
  }

  /// All shards of a run, once it is proved that they belong together, to the plan as it is now, and are all there.
  ///
  /// Shards of another division of the plan are in the way unless they are of another run.
  ///
  /// - Parameter stamp: what the plan is made from; shards of other builds of the same version are good.
  /// - Throws: `IncompleteShards`, with everything that is in the way, or `FileProblem`.
  public func joined(_ plan: Plan, _ stamp: Stamp) throws -> JoinedShards {
    let files = try shards.map { try ShardFile($0, in: self, stamp) }
    guard let last = files.last else { throw IncompleteShards([.none(url.relativePath)]) }
    let counts = Set(files.filter(\.isOfRun).map(\.shard.count)).sorted()
    guard counts.count < 2 else {
      throw IncompleteShards([.mixed(url.relativePath, counts: counts)])
    }
    let count = counts.first ?? last.shard.count
    let parts = files.filter { $0.shard.count == count }
    let size = parts.first(where: \.isOfRun)?.log?.chunkSize ?? plan.chunkSize(shards: count)
    let chunkCount = plan.chunks(size: size).count
    var problems = parts.compactMap { $0.problem(chunkSize: size, chunkCount: chunkCount) }
    let there = Set(parts.map(\.shard))
    let missing = (1...count).map { Shard($0, of: count) }.filter { !there.contains($0) }
    if !missing.isEmpty { problems.append(.missing(missing)) }
    guard problems.isEmpty else { throw IncompleteShards(problems) }
    return JoinedShards(
      folder: self, logs: parts.compactMap(\.log),
      outdated: files.filter { !$0.changes.isEmpty }.compactMap(\.log))
  }

  /// Removes the files of some shards, and the folder if nothing else is in it.
  fileprivate func remove(_ logs: [ChunkLog]) {
    for log in logs { log.remove() }
    // Files of locks that killed processes left.
    let rest = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    for name in rest where name.hasPrefix(".") && name.hasSuffix(".chunks.lock") {
      unlink(url.appendingPathComponent(name).path)
    }
    rmdir(url.path)  // which never removes a folder with something in it
  }

  private static let ending = ".chunks"

  fileprivate static func name(of shard: Shard) -> String {
    "\(shard.number)-of-\(shard.count)\(ending)"
  }

  private static func shard(_ name: String) -> Shard? {
    guard name.hasSuffix(ending) else { return nil }
    let text = name.dropLast(ending.count).replacing("-of-", with: "/")
    guard let shard = try? Shard(String(text), environment: [:]),
      ShardFolder.name(of: shard) == name
    else { return nil }
    return shard
  }
}

/// The file of a shard, as it is found.
private struct ShardFile {
  let shard: Shard
  /// Nil where the file is not what its name says.
  let log: ChunkLog?
  /// Why it is of another run.
  let changes: [String]

  init(_ shard: Shard, in folder: ShardFolder, _ stamp: Stamp) throws {
    self.shard = shard
    let log = try ChunkLog(reading: folder.url.appendingPathComponent(ShardFolder.name(of: shard)))
    self.log = log?.header.shard == shard ? log : nil
    changes = self.log.map { stamp.changes(since: $0.header.stamp) } ?? []
  }

  var isOfRun: Bool { log != nil && changes.isEmpty }

  /// What is wrong with it as one of shards with chunks of such a size.
  func problem(chunkSize: Int, chunkCount: Int) -> IncompleteShards.Problem? {
    guard let log else { return .foreign(shard) }
    guard changes.isEmpty else { return .outdated(shard, changes) }
    guard log.chunkSize == chunkSize else { return .foreign(shard) }
    let chunks = shard.chunks(among: chunkCount)
    let there = chunks.count(where: log.has)
    return there < chunks.count ? .unfinished(shard, chunks: there, of: chunks.count) : nil
  }
}

/// What the shards of a run gave, in place of the run: no chunk is made again.
public struct JoinedShards: ChunkStore {
  private let folder: ShardFolder
  private let logs: [ChunkLog]
  private let outdated: [ChunkLog]

  fileprivate init(folder: ShardFolder, logs: [ChunkLog], outdated: [ChunkLog]) {
    self.folder = folder
    self.logs = logs
    self.outdated = outdated
  }

  /// How many runs a chunk has.
  public var chunkSize: Int { logs[0].chunkSize }

  /// What a chunk gave.
  public func bytes(of chunk: Int) throws -> [UInt8]? {
    try logs[chunk % logs.count].bytes(of: chunk)
  }

  /// Nothing is made, or else a file was changed since it was looked through.
  public func keep(_ chunk: Int, _ bytes: () -> [UInt8]) throws {
    let shard = Shard(chunk % logs.count + 1, of: logs.count)
    throw FileProblem.cannotRead(folder.path(of: shard), reason: "it was changed while it was read")
  }

  /// Removes the files, once the results stand in their place, and those of other runs.
  public func remove() { folder.remove(logs + outdated) }
}

/// Why the shards of a run cannot be joined.
public struct IncompleteShards: Error, Sendable {
  /// What is wrong with them.
  public enum Problem: Sendable, Equatable {
    /// There are none in a folder.
    case none(String)
    /// There are shards of several divisions in a folder.
    case mixed(String, counts: [Int])
    /// Some have no file.
    case missing([Shard])
    /// A file was not finished, or is damaged.
    case unfinished(Shard, chunks: Int, of: Int)
    /// A file is of another plan or program, for these reasons.
    case outdated(Shard, [String])
    /// A file that is no file of chunks, or of another shard.
    case foreign(Shard)
  }

  /// All that is wrong.
  public let problems: [Problem]

  /// Creates it.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// Whether shards are there, but are not what they should be.
  public var isOfWrongShards: Bool {
    problems.contains {
      switch $0 {
      case .none, .missing, .unfinished: false
      case .mixed, .outdated, .foreign: true
      }
    }
  }

  /// A sentence for each problem.
  ///
  /// - Parameter command: what to type to make a shard, as `runexp run --shard 1/3 squished.txt`.
  public func sentences(_ command: (Shard) -> String) -> [String] {
    problems.map { problem in
      switch problem {
      case .none(let folder):
        return "there are no shards in \(folder); the first of three is made by: "
          + command(Shard(1, of: 3))
      case .mixed(let folder, let counts):
        let kinds = list(counts.map { "of \($0)" })
        return "there are shards \(kinds) in \(folder); remove those that are not wanted, as: "
          + "rm \(folder)/*-of-\(counts[0]).chunks"
      case .missing(let shards):
        let numbers = shortList(shards.map { String($0.number) })
        let verb =
          shards.count == 1
          ? "shard \(numbers) of \(shards[0].count) is"
          : "shards \(numbers) of \(shards[0].count) are"
        return "\(verb) missing; \(shards.count == 1 ? "it is" : "the first is") made by: "
          + command(shards[0])
      case .unfinished(let shard, let chunks, let all):
        return
          "\(words(shard)) has \(chunks) of \(counted(all, "chunk")); wait for it, or make the rest by: "
          + command(shard)
      case .outdated(let shard, let reasons):
        return "\(words(shard)) is of another run: \(list(reasons)); it is made anew by: "
          + command(shard)
      case .foreign(let shard):
        return "\(words(shard)) is not what its name says; it is made anew by: \(command(shard))"
      }
    }
  }

  private func words(_ shard: Shard) -> String { "shard \(shard.number) of \(shard.count)" }
}
