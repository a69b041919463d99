import Diagnostics
import Expressions

/// A directive or sub-directive as it stands in the file, continuation lines joined, comments gone.
struct SpecLine {
  /// The first word.
  let word: String
  let place: Place
  /// What stands behind the word.
  let rest: SourceText
  let isIndented: Bool
}

extension SpecLine {
  /// Cuts a file into directives by the lexical rules.
  ///
  /// `#` outside double quotes starts a comment. An indented line continues the one above if that ended
  /// inside brackets, with a comma or with an operator; blank and comment lines end nothing.
  static func lines(of text: String) -> [SpecLine] {
    var lines: [SpecLine] = []
    var current: (text: SourceText, isIndented: Bool, depth: Int)?
    func finish() {
      guard let (text, isIndented, _) = current else { return }
      lines.append(SpecLine(text, isIndented: isIndented))
      current = nil
    }
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = scalars(of: line, number: number + 1)
      guard let first = content.scalars.firstIndex(where: { !$0.properties.isWhitespace }) else {
        continue
      }
      let isIndented = first > 0
      if isIndented, var open = current, open.depth > 0 || open.text.endsOpen {
        current = nil  // so that the text is appended to in place
        open.text.append(" ", at: open.text.end)
        for index in 0..<content.count {
          open.text.append(content.scalars[index], at: content.places[index])
        }
        open.depth = max(0, open.depth + content.openBrackets)
        current = open
      } else {
        finish()
        current = (content.trimmed, isIndented, max(0, content.openBrackets))
      }
    }
    finish()
    return lines
  }

  /// A hash of all that a spec says: comments, blank lines and how far a line is indented change nothing.
  ///
  /// - Parameter words: what the lines begin with that are left out.
  static func hash(of text: String, leavingOut words: Set<String> = []) -> UInt64 {
    stableHash(
      lines(of: text).filter { !words.contains($0.word) }.map {
        "\($0.isIndented ? " " : "")\($0.word) \($0.rest.string)\n"
      }
      .joined().utf8)
  }

  private init(_ text: SourceText, isIndented: Bool) {
    let length = text.scalars.firstIndex { $0.properties.isWhitespace } ?? text.count
    word = text.string(0..<length)
    place = text.place(at: 0)
    rest = text[length..<text.count].trimmed
    self.isIndented = isIndented
  }

  private static func scalars(of line: Substring, number: Int) -> SourceText {
    var text = SourceText(startingAt: Place(line: number, column: 1))
    var isQuoted = false
    for (offset, scalar) in line.unicodeScalars.enumerated() {
      if scalar == "\"" { isQuoted.toggle() }
      if scalar == "#", !isQuoted { break }
      text.append(scalar, at: Place(line: number, column: offset + 1))
    }
    return text
  }
}

extension SourceText {
  private static let opening: Set<Unicode.Scalar> = ["(", "["]
  private static let closing: Set<Unicode.Scalar> = [")", "]"]

  /// How many brackets stay open, unopened ones left aside.
  fileprivate var openBrackets: Int {
    scalars.reduce(0) {
      $0 + (SourceText.opening.contains($1) ? 1 : 0) - (SourceText.closing.contains($1) ? 1 : 0)
    }
  }

  /// Whether the text ends with a comma or an operator, so that more must come.
  fileprivate var endsOpen: Bool {
    guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return false }
    if [",", "+", "-", "*", "/", "^", "<", ">", "="].contains(scalars[last]) { return true }
    let blank = scalars[..<last].lastIndex { $0.properties.isWhitespace || $0 == ")" }
    let word = string((blank ?? -1) + 1..<last + 1)
    return word.hasSuffix("..") || ["and", "or", "not"].contains(word)
  }

  /// The pieces between separators that stand outside all brackets and quotes.
  func split(at isSeparator: (Unicode.Scalar) -> Bool) -> [SourceText] {
    var pieces: [SourceText] = []
    var depth = 0
    var isQuoted = false
    var start = 0
    for (index, scalar) in scalars.enumerated() {
      if scalar == "\"" { isQuoted.toggle() }
      if isQuoted { continue }
      if SourceText.opening.contains(scalar) { depth += 1 }
      if SourceText.closing.contains(scalar) { depth = max(0, depth - 1) }
      if depth == 0, isSeparator(scalar) {
        pieces.append(self[start..<index])
        start = index + 1
      }
    }
    pieces.append(self[start..<count])
    return pieces
  }

  /// What stands before the first of a sign, or all.
  func before(_ sign: Unicode.Scalar) -> SourceText {
    self[0..<(scalars.firstIndex(of: sign) ?? count)].trimmed
  }

  /// The items of a list separated by commas.
  var items: [SourceText] { split { $0 == "," }.map(\.trimmed) }

  /// The text without the square brackets around it, if there are any.
  var unbracketed: SourceText {
    let text = trimmed
    return text.scalars.first == "[" && text.scalars.last == "]" ? text[1..<text.count - 1] : text
  }

  /// Whether this is a list or a range rather than one value.
  var isList: Bool { scalars.first == "[" || items.count > 1 || firstIndex(of: "..") != nil }

  /// The text without the double quotes around it, if there are any.
  var unquoted: SourceText {
    count > 1 && scalars.first == "\"" && scalars.last == "\"" ? self[1..<count - 1] : self
  }

  /// The words, separated by blanks outside brackets and quotes.
  var words: [SourceText] {
    split { $0.properties.isWhitespace }.filter { $0.count > 0 }
  }

  /// The first place of a piece of text outside brackets.
  func firstIndex(of piece: String) -> Int? {
    let wanted = Array(piece.unicodeScalars)
    var depth = 0
    for index in 0..<count {
      if SourceText.opening.contains(scalars[index]) { depth += 1 }
      if SourceText.closing.contains(scalars[index]) { depth -= 1 }
      if depth == 0, scalars[index...].starts(with: wanted) { return index }
    }
    return nil
  }

  /// Whether the text is a name; labels may also hold `-`.
  func isName(allowingHyphen: Bool = false) -> Bool {
    guard let first = scalars.first, isNameStart(first) else { return false }
    return scalars.allSatisfy { isNamePart($0) || (allowingHyphen && $0 == "-") }
  }
}
