import Diagnostics
import Foundation
import Running

/// A file of finished chunks, to which each is added when it is done: what a killed process leaves is used by the next.
///
/// Lines of text say of which plan and program it is; then come records: the number of the chunk, the length of what
/// it gave, a hash of all that, and the bytes themselves. A record that was not written to its end, or holds something
/// else than was written, ends what is read of the file. Every record is handed to the system at once, so that a
/// process may be killed at any time; only the system itself must not fall.
///
/// Unchecked, as the compiler does not know what `lock` is for: once it is made, `begin`, `descriptor` and `records` are read
/// and written while that is held, and nothing else changes.
public final class ChunkLog: ChunkStore, @unchecked Sendable {
  /// Of what the chunks are.
  public struct Header: Sendable, Equatable {
    /// What they were made from, asked for when it is needed: to hash the program takes longer than a short run.
    public var stamp: Stamp { makeStamp() }
    private let makeStamp: @Sendable () -> Stamp
    /// The runs of a chunk.
    public let chunkSize: Int
    /// The part of the plan that the file is for; nil for all of it.
    public let shard: Shard?

    /// Creates a header.
    public init(stamp: Stamp, chunkSize: Int, shard: Shard? = nil) {
      self.init(chunkSize: chunkSize, shard: shard) { stamp }
    }

    /// Creates a header whose stamp is made whenever it is asked for.
    public init(chunkSize: Int, shard: Shard? = nil, stamp: @escaping @Sendable () -> Stamp) {
      makeStamp = stamp
      self.chunkSize = chunkSize
      self.shard = shard
    }

    /// Whether all of both is the same.
    public static func == (a: Header, b: Header) -> Bool {
      a.chunkSize == b.chunkSize && a.shard == b.shard && a.stamp == b.stamp
    }
  }

  /// Where the bytes of a chunk are.
  private struct Record {
    let place: Int
    let length: Int
  }

  private let url: URL
  /// Of what the chunks are.
  public let header: Header
  /// How long after the first question a chunk must be done to be worth it.
  private let delay: Duration
  private let lock = NSLock()
  private var begin: ContinuousClock.Instant?
  /// The open file, which stays open once it is; −1 if there is none.
  private var descriptor: Int32 = -1
  private var records: [Int: Record] = [:]
  /// The number of chunks that were there at the beginning.
  public private(set) var oldCount = 0

  /// How many runs a chunk has.
  public var chunkSize: Int { header.chunkSize }

  /// Goes on with the file at a place, if it is there and of the same plan and program, else begins it.
  ///
  /// - Parameters:
  ///   - header: of what the chunks are to be; the size of those that are there counts.
  ///   - isAnew: whether a file that is there is left aside.
  ///   - delay: chunks done sooner are made again faster than they are kept, so that a short run writes nothing.
  /// - Throws: `FileProblem`.
  public init(
    _ url: URL, _ header: Header, isAnew: Bool = false, delay: Duration = .zero
  ) throws {
    self.url = url
    self.delay = delay
    if !isAnew, let old = try ChunkLog.open(url, O_RDWR) {
      if old.header.stamp == header.stamp, old.header.shard == header.shard {
        self.header = old.header
        descriptor = old.descriptor
        let end = scan(from: old.end)
        oldCount = records.count
        guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
          throw problem()
        }
        return
      }
      close(old.descriptor)
    }
    self.header = header
    unlink(url.path)
    if delay == .zero { try create() }
  }

  /// Reads the file at a place, to which nothing is added.
  ///
  /// - Throws: `FileProblem` if it cannot be read; nil is for one that is not there, or no file of chunks.
  public init?(reading url: URL) throws {
    guard let file = try ChunkLog.open(url, O_RDONLY) else { return nil }
    self.url = url
    delay = .zero
    header = file.header
    descriptor = file.descriptor
    _ = scan(from: file.end)
    oldCount = records.count
    // A run may have more shards than a process may keep files open.
    close(descriptor)
    descriptor = -1
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Whether a chunk is there.
  public func has(_ chunk: Int) -> Bool { lock.withLock { records[chunk] != nil } }

  /// What is kept of a chunk; nil where it has to be made.
  public func bytes(of chunk: Int) throws -> [UInt8]? {
    let (record, own) = lock.withLock {
      begin = begin ?? .now
      return (records[chunk], self.descriptor)
    }
    guard let record else { return nil }
    let descriptor = own >= 0 ? own : Foundation.open(url.path, O_RDONLY | O_CLOEXEC)
    defer { if own < 0, descriptor >= 0 { close(descriptor) } }
    var bytes = [UInt8](repeating: 0, count: record.length)
    let isRead = bytes.withUnsafeMutableBytes {
      ChunkLog.read($0, of: descriptor, at: record.place)
    }
    guard isRead else {
      throw FileProblem.cannotRead(url.relativePath, reason: String(cString: strerror(errno)))
    }
    return bytes
  }

  /// Adds a chunk.
  public func keep(_ chunk: Int, _ bytes: () -> [UInt8]) throws {
    let begin = lock.withLock { self.begin }
    if let begin, begin.duration(to: .now) < delay { return }
    let bytes = bytes()
    let head = ChunkLog.head(chunk, bytes.count)
    var hash = WordHash()
    head.withUnsafeBytes { hash.add($0) }
    bytes.withUnsafeBytes { hash.add($0) }
    try lock.withLock {
      if descriptor < 0 { try create() }
      try write(head + ChunkLog.word(hash.value) + bytes)
      let end = Int(lseek(descriptor, 0, SEEK_CUR))
      records[chunk] = Record(place: end - bytes.count, length: bytes.count)
    }
  }

  /// Removes the file, once nothing depends on it any more.
  public func remove() {
    unlink(url.path)
  }

  // MARK: - The file

  fileprivate static let title = "runexp chunks 1"
  /// More than any header has.
  private static let longestHeader = 1 << 16

  /// The file with its header and where that ends; nil where it is not there or no file of chunks.
  private static func open(_ url: URL, _ flags: Int32) throws
    -> (descriptor: Int32, header: Header, end: Int)?
  {
    let descriptor = Foundation.open(url.path, flags | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw FileProblem.cannotRead(url.relativePath, reason: String(cString: strerror(errno)))
    }
    var bytes = [UInt8](repeating: 0, count: longestHeader)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let text = bytes[..<max(0, count)]
    guard let end = text.firstRange(of: Array("\n\n".utf8))?.upperBound,
      let header = Header(String(decoding: text[..<end], as: UTF8.self))
    else {
      close(descriptor)
      return nil
    }
    return (descriptor, header, end)
  }

  private func create() throws {
    descriptor = Foundation.open(url.path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileProblem.cannotCreate(url.relativePath, reason: String(cString: strerror(errno)))
    }
    try write(Array(header.text.utf8))
  }

  /// Finds the records that are whole.
  ///
  /// - Returns: where the last of them ends.
  private func scan(from start: Int) -> Int {
    var state = stat()
    let size = fstat(descriptor, &state) == 0 ? Int(state.st_size) : 0
    var head = [UInt8](repeating: 0, count: 24)
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var place = start
    while place + head.count <= size {
      let hasHead = head.withUnsafeMutableBytes { ChunkLog.read($0, of: descriptor, at: place) }
      guard hasHead else { break }
      let words = (0..<3).map { word in
        head.withUnsafeBytes {
          UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self))
        }
      }
      let body = place + head.count
      guard words[0] < UInt64(Int32.max), words[1] <= UInt64(size - body) else { break }
      let end = body + Int(words[1])
      var hash = WordHash()
      head.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<16])) }
      var next = body
      while next < end {
        let count = min(piece.count, end - next)
        let isRead = piece.withUnsafeMutableBytes {
          ChunkLog.read(
            UnsafeMutableRawBufferPointer(rebasing: $0[..<count]), of: descriptor, at: next)
        }
        guard isRead else { return place }
        piece.withUnsafeBytes { hash.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        next += count
      }
      guard hash.value == words[2] else { break }
      records[Int(words[0])] = Record(place: body, length: end - body)
      place = end
    }
    return place
  }

  /// Fills a buffer from a place of a file.
  private static func read(
    _ buffer: UnsafeMutableRawBufferPointer, of descriptor: Int32, at place: Int
  ) -> Bool {
    var done = 0
    while done < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(place + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Writes where the file ends.
  private func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw problem() }
        done += count
      }
    }
  }

  private func problem() -> FileProblem {
    .cannotWrite(url.relativePath, reason: String(cString: strerror(errno)))
  }

  private static func head(_ chunk: Int, _ length: Int) -> [UInt8] {
    word(UInt64(chunk)) + word(UInt64(length))
  }

  private static func word(_ value: UInt64) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}

extension ChunkLog.Header {
  /// As it stands at the head of the file, an empty line behind it.
  fileprivate var text: String {
    let shard = shard.map { ["shard \($0)"] } ?? []
    return ([ChunkLog.title, "size \(chunkSize)"] + shard + stamp.lines + ["", ""])
      .joined(separator: "\n")
  }

  /// Reads it; nil where the text is none.
  fileprivate init?(_ text: String) {
    var lines = text.split(separator: "\n").map(String.init)[...]
    guard lines.popFirst() == ChunkLog.title, let size = lines.popFirst(), size.hasPrefix("size "),
      let chunkSize = Int(size.dropFirst(5)), chunkSize > 0
    else { return nil }
    var shard: Shard?
    if let line = lines.first, line.hasPrefix("shard ") {
      shard = try? Shard(String(line.dropFirst(6)), environment: [:])
      if shard == nil { return nil }
      lines.removeFirst()
    }
    let stamp = Stamp(lines: lines)
    self.init(stamp: stamp, chunkSize: chunkSize, shard: shard)
  }
}
