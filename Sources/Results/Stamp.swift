import Foundation

/// What the results of a spec were made from, as a few lines of a file that is not kept with them.
///
/// A later version of the program, of a library or of the spec has another stamp.
public struct Stamp: Sendable, Equatable {
  /// `spec`, `data FILE` or the name of a program, each with its hash or version.
  private let parts: [String]

  /// Creates a stamp.
  ///
  /// - Parameters:
  ///   - spec: the hash of what the spec says.
  ///   - data: the hashes of the data files it names.
  ///   - versions: what makes the results, as `runexp 0.1.0`.
  public init(spec: UInt64, data: [(path: String, hash: UInt64)] = [], versions: [String]) {
    parts =
      ["spec " + String(spec, radix: 16)]
      + data.map { "data \($0.path) \(String($0.hash, radix: 16))" } + versions
  }

  /// Reads a stamp; nil where there is none.
  public init?(reading url: URL) {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
    parts = text.split(separator: "\n").map(String.init)
  }

  /// Writes the stamp, also where it is there already, so that its time is that of the last success.
  ///
  /// - Throws: `FileProblem`.
  public func write(to url: URL) throws {
    let folder = url.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = parts.map { $0 + "\n" }.joined()
      try Data(text.utf8).write(to: url, options: .atomic)
    } catch {
      throw FileProblem.cannotWrite(url.relativePath, reason: error.localizedDescription)
    }
  }

  /// Why results with an older stamp would be made anew: `the spec changed`, `sleef 3.5.1 → 3.6`.
  public func changes(since old: Stamp) -> [String] {
    let before = Dictionary(old.parts.map(Stamp.split), uniquingKeysWith: { $1 })
    return parts.map(Stamp.split).compactMap { name, value in
      if before[name] == value { return nil }
      if name == "spec" { return "the spec changed" }
      if name.hasPrefix("data ") { return "\(name.dropFirst(5)) changed" }
      return "\(name) \(before[name] ?? "none") → \(value)"
    }
  }

  private static func split(_ part: String) -> (name: String, value: String) {
    let end = part.lastIndex(of: " ") ?? part.endIndex
    return (String(part[..<end]), String(part[end...].dropFirst()))
  }
}
