import Diagnostics
import Foundation

/// Compares two results: two files, or two folders of them.
public struct Comparison {
  private let rules: ComparisonRules
  /// What changed in each file that was compared, where anything did or there is something to note.
  public private(set) var changes: [TableChanges] = []
  /// How many files were compared.
  public private(set) var fileCount = 0
  /// How many findings there are.
  public private(set) var findingCount = 0
  private var columns: Set<String> = []

  /// Prepares a comparison.
  public init(_ rules: ComparisonRules) {
    self.rules = rules
  }

  /// Whether nothing departs.
  public var isSame: Bool { findingCount == 0 }

  /// Compares two files or two folders.
  ///
  /// - Parameters:
  ///   - name: the file's name in findings, whose ending tells its kind; without one the path of B, or of A where B
  ///     is `/dev/null`. A file with a name is one of many and need not have every column of the tolerances.
  ///   - receive: takes the findings as they come, in the order of the files and their rows.
  /// - Throws: `ComparisonProblem`, or what `receive` throws.
  public mutating func compare(
    _ a: String, _ b: String, name: String? = nil, receive: (Finding) throws -> Void
  ) throws {
    switch (try Comparison.isFolder(a), try Comparison.isFolder(b)) {
    case (true, true): try compareFolders(a, b, receive)
    case (true, false): throw ComparisonProblem.folderBesideFile(folder: a, file: b)
    case (false, true): throw ComparisonProblem.folderBesideFile(folder: b, file: a)
    case (false, false):
      try compareFiles(a, b, as: name ?? (b == "/dev/null" ? a : b), receive)
    }
    guard name == nil else { return }
    let known = columns
    for column in rules.tolerances.columns.keys.sorted() where !known.contains(column) {
      throw ComparisonProblem.noSuchColumn(
        column, path: b, suggestion: suggestion(for: column, among: known.sorted()))
    }
  }

  /// Compares the files of two folders by their paths; those whose names begin with a dot are left aside.
  private mutating func compareFolders(
    _ a: String, _ b: String, _ receive: (Finding) throws -> Void
  ) throws {
    let (inA, inB) = (try Comparison.files(in: a), try Comparison.files(in: b))
    let wanted = inA.union(inB).subtracting(rules.ignoredFiles).filter { file in
      if rules.isOfEndingsOnly { return file == "runs.csv" || file.hasSuffix("/runs.csv") }
      let kind = FileKind(file)
      return rules.isOfTablesOnly ? kind == .table : !(rules.ignoresPictures && kind == .picture)
    }
    for file in wanted.sorted() {
      if !inB.contains(file) {
        try report(Finding(.fileOnlyInA, in: file), receive)
      } else if !inA.contains(file) {
        try report(Finding(.fileOnlyInB, in: file), receive)
      } else {
        try compareFiles("\(a)/\(file)", "\(b)/\(file)", as: file, receive)
      }
    }
  }

  /// Compares two files as what the ending of a name says they are.
  public mutating func compareFiles(
    _ a: String, _ b: String, as name: String, _ receive: (Finding) throws -> Void
  ) throws {
    fileCount += 1
    if rules.isOfBytes, try Comparison.haveSameBytes(a, b) { return }
    let before = findingCount
    switch FileKind(name) {
    case .table:
      var count = 0
      let change = try TableComparison.compare(
        try RowReader(a), try RowReader(b), name: name, rules
      ) { finding in
        count += 1
        try receive(finding)
      }
      findingCount += count
      columns.formUnion(change.columns)
      if change.findings > 0 || change.note != nil { changes.append(change) }
    case .text: try compareTexts(a, b, as: name, receive)
    case .picture, .other:
      if try !Comparison.haveSameBytes(a, b) { try report(Finding(.bytes, in: name), receive) }
    }
    if rules.isOfBytes, findingCount == before { try report(Finding(.bytes, in: name), receive) }
  }

  private mutating func report(
    _ finding: Finding, _ receive: (Finding) throws -> Void
  ) throws {
    findingCount += 1
    try receive(finding)
  }

  private mutating func compareTexts(
    _ a: String, _ b: String, as name: String, _ receive: (Finding) throws -> Void
  ) throws {
    let (first, second) = (try RowReader(a, isTable: false), try RowReader(b, isTable: false))
    while true {
      try first.advance()
      try second.advance()
      guard first.hasRow || second.hasRow else { return }
      let isSameLine =
        first.hasRow == second.hasRow
        && WordComparison.isSame(first.row, second.row, rules.tolerances.general)
      guard !isSameLine else { continue }
      var finding = Finding(.line, in: name)
      if first.hasRow {
        finding.a = String(decoding: first.row, as: UTF8.self)
        finding.lineA = first.position.line
      }
      if second.hasRow {
        finding.b = String(decoding: second.row, as: UTF8.self)
        finding.lineB = second.position.line
      }
      return try report(finding, receive)
    }
  }

  /// Whether two files hold the same bytes.
  ///
  /// - Throws: `ComparisonProblem` if one cannot be read.
  public static func haveSameBytes(_ a: String, _ b: String) throws -> Bool {
    let (first, second) = (try bytes(a), try bytes(b))
    while true {
      let x = try piece(first, a)
      let y = try piece(second, b)
      if x != y { return false }
      if x.isEmpty { return true }
    }
  }

  private static func bytes(_ path: String) throws -> FileHandle {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw errno == ENOENT
        ? ComparisonProblem.missing(path)
        : .unreadable(path, reason: String(cString: strerror(errno)))
    }
    return handle
  }

  private static func piece(_ handle: FileHandle, _ path: String) throws -> Data {
    do {
      return try handle.read(upToCount: 1 << 20) ?? Data()
    } catch {
      throw ComparisonProblem.unreadable(path, reason: error.localizedDescription)
    }
  }

  private static func isFolder(_ path: String) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ComparisonProblem.missing(path)
    }
    return isFolder.boolValue
  }

  /// The paths of the files below a folder, within it.
  ///
  /// - Throws: `ComparisonProblem` if a folder cannot be read.
  public static func files(in folder: String) throws -> Set<String> {
    var files: Set<String> = []
    var rest = [""]
    while let path = rest.popLast() {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)
      } catch {
        throw ComparisonProblem.unreadable(
          path.isEmpty ? folder : "\(folder)/\(path)", reason: String(cString: strerror(errno)))
      }
      for name in names where !name.hasPrefix(".") {
        let file = path.isEmpty ? name : "\(path)/\(name)"
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(folder)/\(file)", isDirectory: &isFolder)
        if isFolder.boolValue { rest.append(file) } else { files.insert(file) }
      }
    }
    return files
  }
}

/// How a file is compared, by the ending of its name.
enum FileKind {
  /// By rows and columns.
  case table
  /// By lines.
  case text
  /// By bytes.
  case picture
  /// By bytes, too.
  case other

  init(_ name: String) {
    switch (name as NSString).pathExtension.lowercased() {
    case "csv": self = .table
    case "txt", "md", "json": self = .text
    // A page shows what the tables and captions say.
    case "png", "svg", "pdf", "html": self = .picture
    default:
      // What comes through a pipe has no ending, and is a table more often than not.
      self = name.hasPrefix("/dev/") || name.hasPrefix("/proc/") ? .table : .other
    }
  }
}

/// Compares lines of text word by word, where numbers may depart by a tolerance.
enum WordComparison {
  static func isSame(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, _ tolerance: Tolerance
  ) -> Bool {
    if Results.isSame(a, b) { return true }
    guard tolerance != Tolerance() else { return false }
    let (first, second) = (words(a), words(b))
    guard first.count == second.count else { return false }
    return zip(first, second).allSatisfy { x, y in
      if Results.isSame(x, y) { return true }
      guard let x = number(in: x), let y = number(in: y) else { return false }
      return tolerance.accepts(x, y)
    }
  }

  private static func words(_ line: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    line.split { " ,:;()=%".utf8.contains($0) }.map { UnsafeRawBufferPointer(rebasing: $0) }
  }
}
