extension RichText {
  /// A formula as a textbook sets it: variables slanted, names of functions upright, exponents that
  /// are written with raised characters raised for real, and − for -.
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
        Self.append(String(character), italic: isItalic, raised: false, to: &runs)
      }
      name = ""
    }
    for character in formula {
      if let digit = Self.raised[character] {
        flush(&runs)
        Self.append(String(digit), italic: false, raised: true, to: &runs)
      } else if character.isLetter || !name.isEmpty && character.isNumber {
        name.append(character)
      } else {
        flush(&runs)
        let shown = character == "-" ? "\u{2212}" : String(character)
        Self.append(shown, italic: false, raised: false, to: &runs)
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
    _ text: String, italic: Bool, raised: Bool, to runs: inout [Run]
  ) {
    if let last = runs.last, last.isItalic == italic, last.isRaised == raised {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text: text, isItalic: italic, isRaised: raised))
    }
  }

  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "\u{2212}", "⁺": "+", "ⁿ": "n",
  ]
}
