extension RichText {
  /// Signs of mathematics, not a formula as it is typed: variables slanted, names of functions upright, what is
  /// written with raised and lowered characters set so, and − for -.
  ///
  /// Names of one or two letters are variables, `x1` among them, longer ones functions, as `log1p`; `if`, `in`,
  /// `or` and `pi` are none either.
  public init(formula: String) {
    runs = []
    var name = ""
    func flush(_ runs: inout [Run]) {
      let isUpright =
        name.filter(\.isLetter).count > 2 || ["if", "in", "or", "pi"].contains(name)
      for character in name {
        let isItalic = !isUpright && character.isLetter
        Self.append(String(character), italic: isItalic, .level, to: &runs)
      }
      name = ""
    }
    for character in formula {
      if let digit = Self.raised[character] {
        flush(&runs)
        Self.append(String(digit), italic: false, .raised, to: &runs)
      } else if let digit = Self.lowered[character] {
        flush(&runs)
        Self.append(String(digit), italic: false, .lowered, to: &runs)
      } else if character.isLetter || !name.isEmpty && character.isNumber {
        name.append(character)
      } else {
        flush(&runs)
        let shown = character == "-" ? "\u{2212}" : String(character)
        Self.append(shown, italic: false, .level, to: &runs)
      }
    }
    flush(&runs)
  }

  /// Words with − for every - that begins one: "-1", "(-x", but "saddle-free" and "a - b".
  public init(prose: String) {
    var text = Array(prose)
    for index in text.indices.dropLast() where text[index] == "-" && !text[index + 1].isWhitespace {
      if index == 0 || text[index - 1].isWhitespace || text[index - 1] == "(" {
        text[index] = "\u{2212}"
      }
    }
    self.init(String(text))
  }

  private static func append(
    _ text: String, italic: Bool, _ place: Place, to runs: inout [Run]
  ) {
    if let last = runs.last, last.isItalic == italic, last.place == place {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, isItalic: italic, place: place))
    }
  }

  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "\u{2212}", "⁺": "+", "ⁿ": "n", "ᵀ": "T",
  ]
  private static let lowered: [Character: Character] = [
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9",
  ]
}
