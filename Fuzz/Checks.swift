import Diagnostics

/// What an input is fed to; its first byte says so.
enum Kind: String, CaseIterable {
  case spec, formula, table

  /// The byte that stands before the input's own.
  var tag: UInt8 {
    switch self {
    case .spec: UInt8(ascii: "s")
    case .formula: UInt8(ascii: "f")
    case .table: UInt8(ascii: "t")
    }
  }
}

/// Runs the parsers on an input, and stops the program where what comes out cannot be right.
enum Checks {
  /// Checks an input: the tag of its kind, a byte that chooses how it is taken, and what is read.
  ///
  /// - Returns: whether it was read without an error.
  @discardableResult
  static func run(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 1 else { return false }
    let content = bytes[2...]
    switch Kind.allCases.first(where: { $0.tag == bytes[0] }) {
    case .spec: return SpecCheck.run(content, choice: bytes[1])
    case .formula: return FormulaCheck.run(content, choice: bytes[1])
    case .table: return TableCheck.run(content, choice: bytes[1])
    case nil: return false
    }
  }

  /// Stops the program unless something holds.
  static func expect(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
  }

  /// Checks that errors lie in their text, and that what is printed of them is text without control
  /// characters; returns what is printed.
  static func rendered(_ errors: Diagnostics, of text: String) -> String {
    expect(!errors.all.isEmpty, "errors without one")
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for error in errors.all {
      expect(!error.problem.sentence.isEmpty, "an error without a sentence")
      guard let place = error.place else { continue }
      let line = error.excerpt.map { $0.line[...] } ?? lines.dropFirst(place.line - 1).first
      guard let line else { fatalError("\(place) is behind the text: \(error.problem.sentence)") }
      expect(
        place.line > 0 && place.column > 0 && place.column <= line.unicodeScalars.count + 1,
        "\(place) is behind its line: \(error.problem.sentence)")
    }
    let printed = errors.rendered(path: "fuzz.txt", text: text)
    expect(
      printed.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 },
      "a control character is printed: \(printed)")
    let longest = 3 * 1200 * errors.all.count
    expect(printed.unicodeScalars.count <= longest, "\(printed.count) characters are printed")
    return printed
  }
}
