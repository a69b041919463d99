import Foundation

/// What the results of a spec were made from, and what they are, as a few lines of a file that is not kept with them.
///
/// A later version of the program, of a library or of the spec has another stamp. The files that were made stand in
/// it with hashes of what they hold, so that one that is gone or was edited is noticed.
public struct Stamp: Sendable, Equatable {
  /// `spec`, `text`, `data FILE` or the name of a program, each with its hash or version.
  private var parts: [String]
  /// The hashes of the files that were made, by their paths within the folder.
  private var files: [String: String] = [:]

  /// Creates a stamp without files.
  ///
  /// - Parameters:
  ///   - spec: the hash of what the spec says.
  ///   - text: the hash of its text with comments, which the page shows; nil for what has no page.
  ///   - data: the hashes of the data files it names.
  ///   - versions: what makes the results, as `runexp 0.1.0`.
  public init(
    spec: UInt64, text: UInt64? = nil, data: [(path: String, hash: UInt64)] = [], versions: [String]
  ) {
    parts =
      ["spec " + String(spec, radix: 16)]
      + (text.map { ["text " + String($0, radix: 16)] } ?? [])
      + data.map { "data \($0.path) \(String($0.hash, radix: 16))" } + versions
  }

  /// Reads a stamp; nil where there is none.
  public init?(reading url: URL) {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
    self.init(lines: text.split(separator: "\n").map(String.init))
  }

  /// Reads the lines of a stamp.
  init(lines: some Sequence<String>) {
    var parts: [String] = []
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 2)
      if words.count == 3, words[0] == "file" {
        files[String(words[2])] = String(words[1])
      } else {
        parts.append(line)
      }
    }
    self.parts = parts
  }

  /// Its lines.
  var lines: [String] {
    parts + files.sorted { $0.key < $1.key }.map { "file \($0.value) \($0.key)" }
  }

  /// The stamp of what is also made from something else: its name and its hash or version.
  public func with(_ part: String) -> Stamp {
    var stamp = self
    stamp.parts.append(part)
    return stamp
  }

  /// Writes the stamp, also where it is there already, so that its time is that of the last success.
  ///
  /// - Throws: `FileProblem`.
  public func write(to url: URL) throws {
    let folder = url.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: url, options: .atomic)
    } catch {
      throw FileProblem.cannotWrite(url.relativePath, reason: error.localizedDescription)
    }
  }

  /// Why results with an older stamp would be made anew: `the spec changed`, `sleef 3.5.1 → 3.6`.
  ///
  /// What changes the page alone is not among it.
  public func changes(since old: Stamp) -> [String] {
    let before = Dictionary(old.parts.map(Stamp.split), uniquingKeysWith: { $1 })
    return parts.map(Stamp.split).compactMap { name, value in
      if before[name] == value || name == "text" { return nil }
      if name == "spec" { return "the spec changed" }
      if name == "build" { return "runexp was built anew" }
      if name.hasPrefix("data ") { return "\(name.dropFirst(5)) changed" }
      return "\(name) \(before[name] ?? "none") → \(value)"
    }
  }

  /// Whether the text of the spec is another, be it in comments or blanks alone.
  public func hasOtherText(than old: Stamp) -> Bool {
    func text(_ stamp: Stamp) -> String? { stamp.parts.first { $0.hasPrefix("text ") } }
    return text(self) != text(old)
  }

  // MARK: - Files

  /// Whether it says what files were made.
  public var hasFiles: Bool { !files.isEmpty }

  /// The paths of the files that were made.
  public var fileNames: Set<String> { Set(files.keys) }

  /// The stamp with what some files of a folder hold now, beside the others that it has.
  public func recording(_ names: some Sequence<String>, in folder: URL) -> Stamp {
    var stamp = self
    for name in names { stamp.files[name] = Stamp.hash(name, folder) }
    return stamp
  }

  /// The same stamp with the files of another.
  public func with(filesOf other: Stamp) -> Stamp {
    var stamp = self
    stamp.files = other.files
    return stamp
  }

  /// The files that are gone or hold something else than when they were made, in the order of their paths.
  public func damage(in folder: URL) -> [(file: String, isMissing: Bool)] {
    files.sorted { $0.key < $1.key }.compactMap { name, hash in
      guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) else {
        return (name, true)
      }
      return Stamp.hash(name, folder) == hash ? nil : (name, false)
    }
  }

  private static func hash(_ name: String, _ folder: URL) -> String {
    fileHash(of: folder.appendingPathComponent(name)).map { String($0, radix: 16) } ?? "none"
  }

  private static func split(_ part: String) -> (name: String, value: String) {
    let end = part.lastIndex(of: " ") ?? part.endIndex
    return (String(part[..<end]), String(part[end...].dropFirst()))
  }
}
