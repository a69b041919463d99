import CFiles
import Diagnostics
import Foundation

/// What can go wrong on the disk.
public enum FileProblem: Problem {
  case cannotCreate(String, reason: String)
  case cannotWrite(String, reason: String)
  case cannotRead(String, reason: String)
  case locked(String, holder: String)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .cannotCreate(let path, let reason): "cannot create \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .locked(let path, let holder):
      "\(path) is being written by process \(holder); wait for it, or choose another --output"
    }
  }
}

/// output/SPECNAME: files appear whole or not at all, and only where their bytes changed.
///
/// Every file is written beside its place under a name that begins with a dot and ends in `.partial`, flushed to the
/// disk, and renamed: many at once, when they are settled. What an interrupted run left behind is removed by the
/// next. One process writes a folder at a time.
public final class ResultFolder {
  /// The folder.
  public let url: URL
  private let lock: FolderLock
  /// Where the bytes of the files are that are being written.
  ///
  /// They are open only while they are appended to, for a process may keep but so many open.
  private var partials: [String: URL] = [:]
  /// The paths of the files that were made, within the folder.
  public private(set) var files: [String] = []
  /// How many of them changed.
  public private(set) var changedCount = 0
  /// The files that are finished and not in their places yet.
  private var unsettled: [(file: String, partial: URL)] = []

  /// So many bytes are worth a call of their own.
  private static let muchToWrite = 1 << 20

  /// Creates the folder, or takes it over.
  ///
  /// - Throws: `FileProblem` if it cannot be created, or another process is writing it.
  public init(_ url: URL) throws {
    self.url = url
    try ResultFolder.create(url)
    lock = try FolderLock(url)
    removePartials()
  }

  deinit {
    for partial in Array(partials.values) + unsettled.map(\.partial) {
      try? FileManager.default.removeItem(at: partial)
    }
  }

  /// Appends to a file, which begins with the first call.
  public func append(_ bytes: [UInt8], to file: String) throws {
    let partial = try partial(file)
    do {
      let handle = try FileHandle(forWritingTo: partial)
      defer { try? handle.close() }
      let end = try handle.seekToEnd()
      try handle.write(contentsOf: bytes)
      // The disk may begin, unless the file may turn out to be there already.
      if bytes.count >= ResultFolder.muchToWrite,
        access(url.appendingPathComponent(file).path, F_OK) != 0
      {
        begin_writing(handle.fileDescriptor, Int(end), bytes.count)
      }
    } catch {
      throw FileProblem.cannotWrite(path(file), reason: error.localizedDescription)
    }
  }

  /// Passes a file that is being written through a body, piece by piece, before it is finished.
  public func rewrite(_ file: String, _ body: ([UInt8]) -> [UInt8]) throws {
    let first = try partial(file)
    partials[file] = nil
    let old = first.deletingPathExtension().appendingPathExtension("old.partial")
    guard rename(first.path, old.path) == 0 else {
      throw FileProblem.cannotWrite(path(file), reason: String(cString: strerror(errno)))
    }
    defer { try? FileManager.default.removeItem(at: old) }
    let new = try partial(file)
    do {
      let source = try FileHandle(forReadingFrom: old)
      defer { try? source.close() }
      let target = try FileHandle(forWritingTo: new)
      defer { try? target.close() }
      while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty {
        try target.write(contentsOf: body(Array(piece)))
      }
    } catch {
      throw FileProblem.cannotWrite(path(file), reason: error.localizedDescription)
    }
  }

  /// Ends a file, which comes to its place when files are settled, unless the one there has the same bytes.
  public func finish(_ file: String) throws {
    let partial = try partial(file)
    partials[file] = nil
    let target = url.appendingPathComponent(file)
    files.append(file)
    if haveSameBytes(partial, target) {
      try? FileManager.default.removeItem(at: partial)
      return
    }
    unsettled.append((file, partial))
    changedCount += 1
  }

  /// Puts what is finished in its place, once all of it is on the disk.
  ///
  /// - Throws: `FileProblem`.
  public func settle() throws {
    if let (place, reason) = flushTogether(unsettled.map(\.partial)) {
      throw FileProblem.cannotWrite(path(unsettled[place].file), reason: reason)
    }
    for (file, partial) in unsettled {
      guard rename(partial.path, url.appendingPathComponent(file).path) == 0 else {
        throw FileProblem.cannotWrite(path(file), reason: String(cString: strerror(errno)))
      }
    }
    unsettled = []
  }

  /// Writes a whole file, which is in its place when files are settled.
  public func write(_ bytes: [UInt8], to file: String) throws {
    try append(bytes, to: file)
    try finish(file)
  }

  /// Writes the manifest: first the versions, one a line, then the files.
  ///
  /// Files of the old manifest that were not made again are removed, and nothing else.
  ///
  /// - Parameter kept: files that were not made this time, and stay where the old manifest has them.
  public func finishManifest(_ versions: [String], keeping kept: Set<String> = []) throws {
    var listed = Set(files)
    for file in ResultFolder.manifest(of: url) where !listed.contains(file) {
      let path = url.appendingPathComponent(file).path
      if kept.contains(file), FileManager.default.fileExists(atPath: path) {
        listed.insert(file)
      } else {
        unlink(path)  // which never removes a folder
      }
    }
    let lines = versions + listed.sorted().map { "file \($0)" }
    // The manifest comes to its place last.
    try write(
      Array((lines.joined(separator: "\n") + "\n").utf8), to: ResultFolder.manifestName)
    try settle()
  }

  /// The name of the manifest.
  public static let manifestName = "manifest.txt"

  /// The files that a folder's manifest lists, those left aside that would lie outside of the folder.
  public static func manifest(of url: URL) -> [String] {
    let text = try? String(contentsOf: url.appendingPathComponent(manifestName), encoding: .utf8)
    return (text ?? "").split(separator: "\n").filter { $0.hasPrefix("file ") }
      .map { String($0.dropFirst(5)) }
      .filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }
  }

  private func partial(_ file: String) throws -> URL {
    if let partial = partials[file] { return partial }
    let target = url.appendingPathComponent(file)
    let folder = target.deletingLastPathComponent()
    try ResultFolder.create(folder)
    let partial = folder.appendingPathComponent(".\(target.lastPathComponent).partial")
    guard FileManager.default.createFile(atPath: partial.path, contents: nil) else {
      throw FileProblem.cannotCreate(path(file), reason: String(cString: strerror(errno)))
    }
    partials[file] = partial
    return partial
  }

  private func path(_ file: String) -> String { url.relativePath + "/" + file }

  private static func create(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw FileProblem.cannotCreate(
        folder.relativePath, reason: String(cString: strerror(errno)))
    }
  }

  private func removePartials() {
    let all = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
    while let file = all?.nextObject() as? URL {
      let name = file.lastPathComponent
      if name.hasPrefix("."), name.hasSuffix(".partial") {
        try? FileManager.default.removeItem(at: file)
      }
    }
  }
}
