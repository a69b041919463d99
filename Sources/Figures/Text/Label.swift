/// What something is called: in the picture as a formula is set, in the caption as it is typed.
public struct Label: Sendable, Equatable, ExpressibleByStringLiteral {
  /// For the caption.
  public var typed: String
  /// For the picture.
  public var shown: RichText

  /// A name with both its forms.
  public init(_ typed: String, shown: RichText) {
    self.typed = typed
    self.shown = shown
  }

  /// Words, upright, the same in both.
  public init(words: String) { self.init(words, shown: RichText(prose: words)) }

  /// Signs of mathematics, see `RichText.init(formula:)`.
  public init(stringLiteral value: String) { self.init(value, shown: RichText(formula: value)) }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { shown.runs.isEmpty }
}

extension [Label] {
  /// All in a row.
  public func joined(_ separator: String) -> Label {
    guard let first else { return "" }
    return dropFirst().reduce(first) { row, label in
      Label(
        row.typed + separator + label.typed, shown: row.shown + RichText(separator) + label.shown)
    }
  }
}
