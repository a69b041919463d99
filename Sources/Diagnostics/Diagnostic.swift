/// What is wrong, as a closed list of cases in the module that finds it, each with its sentence.
///
/// A sentence starts in lower case, has no full stop, and says what to type instead where it can.
public protocol Problem: Error, Sendable {
  /// The sentence for the person who reads it.
  var sentence: String { get }
}

/// The line that a diagnostic quotes, where it lies in another file than the one that is read.
public struct Excerpt: Sendable {
  /// The other file's path, as the user would type it.
  public let path: String
  /// The line at the diagnostic's place.
  public let line: String

  /// Creates an excerpt.
  public init(path: String, line: String) {
    self.path = path
    self.line = line
  }
}

/// A problem, where it was found, and how grave it is.
public struct Diagnostic: Error, Sendable {
  /// Whether anything can still be run.
  public enum Severity: String, Sendable {
    /// Nothing is run and nothing written.
    case error
    /// Legal but odd.
    case warning
  }

  /// How grave it is.
  public let severity: Severity
  /// What is wrong.
  public let problem: any Problem
  /// Where; nil where the file as a whole is meant.
  public let place: Place?
  /// The other file that it lies in; nil for the one that is read.
  public let excerpt: Excerpt?

  /// Creates a diagnostic.
  public init(
    _ problem: any Problem, at place: Place?, severity: Severity = .error,
    in excerpt: Excerpt? = nil
  ) {
    self.severity = severity
    self.problem = problem
    self.place = place
    self.excerpt = excerpt
  }

  /// The printed form: `path:line:column: error: sentence`, the line, and a caret under the place.
  ///
  /// Tabs before the caret are kept, so that it stands right in any terminal; a long line is cut
  /// around the place. An excerpt's own path and line stand in place of the given ones.
  ///
  /// - Parameters:
  ///   - path: the file's path as the user typed it.
  ///   - lines: the file's lines, to quote from.
  public func rendered(path: String, lines: [Substring]) -> String {
    let line = place.flatMap { lines.dropFirst($0.line - 1).first }
    return rendered(path: path, line: line.map { Array($0.unicodeScalars) })
  }

  /// The printed form, from the scalars of its line; nil where there is no such line.
  fileprivate func rendered(path: String, line: [Unicode.Scalar]?) -> String {
    let path = excerpt?.path ?? path
    let sentence = Diagnostic.visible(Diagnostic.shortened(problem.sentence))
    guard let place else { return "\(path): \(severity.rawValue): \(sentence)" }
    let head = "\(path):\(place.line):\(place.column): \(severity.rawValue): \(sentence)"
    guard let scalars = excerpt.map({ Array($0.line.unicodeScalars) }) ?? line else { return head }
    let width = 100
    let index = place.column - 1
    let start = scalars.count <= width ? 0 : max(0, min(index - width / 2, scalars.count - width))
    let stop = min(scalars.count, start + width)
    let quoted = Diagnostic.visible(scalars[start..<stop])
    var margin = String.UnicodeScalarView()
    for position in start..<max(start, index) {
      margin.append(position < scalars.count && scalars[position] == "\t" ? "\t" : " ")
    }
    let before = start > 0 ? "…" : ""
    let after = stop < scalars.count ? "…" : ""
    let indent = start > 0 ? " " : ""
    return "\(head)\n  \(before)\(quoted)\(after)\n  \(indent)\(String(margin))^"
  }

  /// A sentence may quote what a user typed, which may be a megabyte: of a quotation, or of a word, the
  /// first 60 characters are shown, and 600 of the whole.
  private static func shortened(_ sentence: String) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var kept = 0
    var isQuoted = false
    var last: Unicode.Scalar = " "
    for scalar in sentence.unicodeScalars where result.count < 600 {
      if scalar == "'", isQuoted || last == " " {
        isQuoted.toggle()
        kept = 0
      } else if scalar == " ", !isQuoted {
        kept = 0
      } else {
        kept += 1
      }
      if kept <= 60 { result.append(scalar) } else if kept == 61 { result.append("…") }
      last = scalar
    }
    return result.count < 600 ? result : result + ["…"]
  }

  /// Control characters would act on the terminal; their pictures are shown instead, and U+FFFD for
  /// those that have none or turn the direction of writing.
  private static func visible(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    for scalar in scalars {
      switch scalar.value {
      case 0x09: view.append(scalar)
      case 0x00..<0x20: view.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
      case 0x7F: view.append("\u{2421}")
      case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: view.append("\u{FFFD}")
      default: view.append(scalar)
      }
    }
    return String(view)
  }
}

/// All that is wrong with one file and those that it names, in the order of the places.
public struct Diagnostics: Error, Sendable {
  /// The single findings.
  public let all: [Diagnostic]

  /// Creates the collection, sorted by place; those of the whole file come first, those of other files
  /// last, as they were found.
  public init(_ all: [Diagnostic]) {
    let own = all.filter { $0.excerpt == nil }.enumerated().sorted { left, right in
      let first = left.element.place ?? Place(line: 0, column: 0)
      let second = right.element.place ?? Place(line: 0, column: 0)
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
    self.all = own + all.filter { $0.excerpt != nil }
  }

  /// Every finding in its printed form, one below the other.
  public func rendered(path: String, text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    // Many errors may lie in one line, which may be the whole file.
    var present: (number: Int, scalars: [Unicode.Scalar]?) = (0, nil)
    return all.map { diagnostic in
      if let number = diagnostic.place?.line, number != present.number, diagnostic.excerpt == nil {
        let line = lines.dropFirst(number - 1).first
        present = (number, line.map { Array($0.unicodeScalars) })
      }
      return diagnostic.rendered(path: path, line: present.scalars)
    }.joined(separator: "\n")
  }
}
