import Foundation

/// How results that were made anew are compared with those that are kept: as strictly as the versions allow.
///
/// Numbers rest on runexp and SLEEF: where the manifests agree on both, tables and captions must be the same byte
/// for byte; otherwise numbers may depart by 1e-9, relative or absolute, while endings, points and counts must be
/// the same. The reasons, which quote numbers, are left aside then, and quotients of numbers that vanish where a run
/// converges. Pictures rest on Cairo and the font, too: where the manifests do not agree on those, they are
/// left aside.
public struct Verification: Sendable {
  /// What counts as a difference.
  public let rules: ComparisonRules
  /// What numbers rest on and the versions depart in, as `sleef 3.5.1 there, 3.6 here`.
  public let otherNumbers: [String]
  /// The same of pictures.
  public let otherPictures: [String]

  /// How far numbers of other versions may lie apart, relative or absolute.
  public static let tolerance = 1e-9

  /// The columns that are left aside where numbers may depart.
  public static let ignoredColumns: Set<String> = [
    "reason", "order", "growth", "cosine", "angle", "step_angle", "critical_rate", "cauchy_rate",
  ]

  /// Reads the versions in the manifests of two folders.
  ///
  /// - Parameters:
  ///   - kept: the folder of the results that are kept.
  ///   - new: that of those made anew.
  ///   - isOfTablesOnly: whether captions, pictures and the manifest are left aside.
  public init(kept: URL, new: URL, isOfTablesOnly: Bool = false) {
    let (before, now) = (Verification.versions(kept), Verification.versions(new))
    func others(_ names: String...) -> [String] {
      names.filter { before[$0] != now[$0] }
        .map { "\($0) \(before[$0] ?? "none") there, \(now[$0] ?? "none") here" }
    }
    otherNumbers = others("runexp", "sleef")
    otherPictures = others("cairo", "font")
    var rules = ComparisonRules()
    rules.isOfTablesOnly = isOfTablesOnly
    rules.isOfBytes = otherNumbers.isEmpty
    rules.ignoresPictures = !otherPictures.isEmpty || !otherNumbers.isEmpty
    if rules.ignoresPictures { rules.ignoredFiles = ["manifest.txt"] }
    if !rules.isOfBytes {
      let bound = Verification.tolerance
      rules.tolerances.general = Tolerance(absolute: bound, relative: bound)
      rules.ignoredColumns = Verification.ignoredColumns
    }
    self.rules = rules
  }

  private static func versions(_ folder: URL) -> [String: String] {
    let manifest = folder.appendingPathComponent("manifest.txt")
    let text = (try? String(contentsOf: manifest, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("file ") }
    return Dictionary(
      lines.map { line in
        let end = line.firstIndex(of: " ") ?? line.endIndex
        return (String(line[..<end]), String(line[end...].dropFirst()))
      }, uniquingKeysWith: { $1 })
  }
}
