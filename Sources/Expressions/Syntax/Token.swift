import Diagnostics

/// One word or sign of a formula, with the range of scalars it stands at.
struct Token {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    case sign(String)
    /// A text in double quotes, without them.
    case text(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>
}

/// Cuts a formula into tokens: `Tokens(text)` → `2`, `*`, `sin`, `(`, `x`, `)`, end.
///
/// Numbers are decimal with an optional exponent (`1e-3`, `.5`); `1..9` is two numbers and a range,
/// never `1.` and `.9`. Names are a letter, then letters, digits and `_`. A dot behind a name is a sign
/// of its own: `r.x`. In formulas of quantities `v'` is a name too.
struct Tokens {
  private(set) var all: [Token] = []

  private static let signs = [
    "**", "<=", ">=", "==", "!=", "..", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "<", ">",
    "=", ":", ".",
  ].map { Array($0.unicodeScalars) }

  /// Signs of other languages that begin like ours, and what to type instead.
  private static let foreignSigns: [(sign: String, ours: String)] = [
    ("//", "/ for a quotient"), ("<>", "!= for 'differs'"), ("=<", "<= for 'at most'"),
    ("=>", ">= for 'at least'"), (":=", "local names in lines of their own, as: where u = x - 1"),
    ("->", "if(c, a, b) for a choice"),
  ]

  init(_ text: SourceText, _ language: Formula.Language) throws {
    let scalars = text.scalars
    var index = 0
    while index < scalars.count {
      let start = index
      let scalar = scalars[index]
      if scalar.properties.isWhitespace {
        index += 1
        continue
      }
      if Tokens.startsNumber(scalars, at: index) {
        index = Tokens.endOfNumber(scalars, from: index)
        let digits = text.string(start..<index)
        guard let value = Double(digits) else {
          throw Diagnostic(FormulaProblem.badNumber(digits), at: text.place(at: start))
        }
        guard value.isFinite else {
          throw Diagnostic(FormulaProblem.hugeNumber(digits), at: text.place(at: start))
        }
        if index < scalars.count, "eE".unicodeScalars.contains(scalars[index]),
          index + 1 == scalars.count || !isNamePart(scalars[index + 1])
        {
          throw Diagnostic(
            FormulaProblem.badNumber(text.string(start..<index + 1)), at: text.place(at: start))
        }
        all.append(Token(kind: .number(value), range: start..<index))
      } else if isNameStart(scalar) {
        while index < scalars.count, isNamePart(scalars[index]) { index += 1 }
        if language == .quantities, index < scalars.count, scalars[index] == "'" { index += 1 }
        all.append(Token(kind: .name(text.string(start..<index)), range: start..<index))
      } else if scalar == "\"" {
        guard let close = scalars[(start + 1)...].firstIndex(of: "\"") else {
          throw Diagnostic(FormulaProblem.unclosed("\""), at: text.place(at: start))
        }
        index = close + 1
        all.append(Token(kind: .text(text.string(start + 1..<close)), range: start..<index))
      } else if let (sign, ours) = Tokens.foreignSigns.first(where: {
        scalars[start...].starts(with: $0.sign.unicodeScalars)
      }) {
        throw Diagnostic(FormulaProblem.foreignSign(sign, ours: ours), at: text.place(at: start))
      } else if let sign = Tokens.signs.first(where: { scalars[start...].starts(with: $0) }) {
        index += sign.count
        all.append(Token(kind: .sign(text.string(start..<index)), range: start..<index))
      } else if scalar == "\\" {
        let command = scalars[(start + 1)...].prefix { $0.properties.isAlphabetic }
        throw Diagnostic(
          FormulaProblem.latex(text.string(start + 1..<start + 1 + command.count)),
          at: text.place(at: start))
      } else {
        throw Diagnostic(
          FormulaProblem.unknownCharacter(text.string(start..<start + 1)),
          at: text.place(at: start))
      }
    }
    all.append(Token(kind: .end, range: scalars.count..<scalars.count))
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func startsNumber(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
    if isDigit(scalars[index]) { return true }
    return scalars[index] == "." && index + 1 < scalars.count && isDigit(scalars[index + 1])
  }

  private static func endOfNumber(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var index = start
    func skipDigits() { while index < scalars.count, isDigit(scalars[index]) { index += 1 } }
    skipDigits()
    let isRange =
      index + 1 < scalars.count && scalars[index] == "." && scalars[index + 1] == "."
    if index < scalars.count, scalars[index] == ".", !isRange {
      index += 1
      skipDigits()
    }
    if index < scalars.count, scalars[index] == "e" || scalars[index] == "E" {
      var exponent = index + 1
      if exponent < scalars.count, scalars[exponent] == "+" || scalars[exponent] == "-" {
        exponent += 1
      }
      if exponent < scalars.count, isDigit(scalars[exponent]) {
        index = exponent
        skipDigits()
      }
    }
    return index
  }
}

/// Whether a name may begin with this scalar: a letter of any alphabet.
public func isNameStart(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic }

/// Whether a name may go on with this scalar: a letter, a digit or `_`.
public func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
  isNameStart(scalar) || scalar == "_" || ("0"..."9").contains(scalar)
}
