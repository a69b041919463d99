import ArgumentParser
import Diagnostics
import Expressions
import Foundation
import Tables

/// The data files of one spec.
struct DataFiles {
  /// The folder of the spec as it was typed, with a slash behind it.
  private let folder: String
  private let limits: Limits
  private var cellCount = 0
  /// The hashes of the files that were read, by the paths in the spec.
  private(set) var hashes: [(path: String, hash: UInt64)] = []

  /// Creates a reader of the files beside a spec.
  init(besideSpec path: String, limits: Limits) {
    folder = String(
      path[..<(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)])
    self.limits = limits
  }

  /// Reads a table, a piece at a time.
  ///
  /// - Throws: `TableProblem` where the file cannot be had, `Diagnostics` where something in it is wrong.
  mutating func table(named name: String, from path: String) throws -> DataTable {
    let named = path
    let path = path.hasPrefix("/") ? path : folder + path
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw TableProblem.missing(path, suggestion: DataFiles.nearest(to: path))
    }
    if isFolder.boolValue { throw TableProblem.folder(path) }
    var status = stat()
    if stat(path, &status) == 0, [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT) {
      throw TableProblem.unreadable(path, reason: "it is a pipe, not a file")
    }
    guard let file = fopen(path, "rb") else { throw DataFiles.unreadable(path) }
    defer { fclose(file) }
    var reader = TableReader(path: path, limits: limits, cellsBefore: cellCount)
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var hash = stableHash([])
    while true {
      let count = fread(&piece, 1, piece.count, file)
      guard count > 0 else { break }
      hash = stableHash(piece[..<count], after: hash)
      try reader.read(piece[..<count])
    }
    guard ferror(file) == 0 else { throw DataFiles.unreadable(path) }
    let table = try reader.finish(name: name)
    hashes.append((named, hash))
    cellCount += table.rowCount * table.columns.count
    return table
  }

  private static func unreadable(_ path: String) -> TableProblem {
    .unreadable(path, reason: String(cString: strerror(errno)))
  }

  /// The data file of the folder that was probably meant.
  private static func nearest(to path: String) -> String {
    let file = URL(fileURLWithPath: path)
    let others = try? FileManager.default.contentsOfDirectory(
      atPath: file.deletingLastPathComponent().path)
    return suggestion(
      for: file.lastPathComponent, among: (others ?? []).filter { $0.hasSuffix(".csv") }.sorted())
  }
}
