/// A line of text with slanted, raised and lowered parts, such as an axis label, 2 × 10⁻³ or √ with a bar.
///
/// Raised and lowered parts side by side are set one above the other, as in x₁² or ∑ with both limits.
public struct RichText: Sendable, Equatable {
  /// Where a part stands.
  public enum Place: Sendable {
    case level
    case raised
    case lowered
  }

  /// A part in one style.
  public struct Run: Sendable, Equatable {
    /// The characters.
    public internal(set) var text: String
    /// Whether they lean.
    public internal(set) var isItalic = false
    /// Where they stand.
    public internal(set) var place = Place.level
    /// Whether it stands under the bar of a root, which begins at the √ before it.
    public internal(set) var isOverlined = false
    /// How good a place this is to begin a new line, 0 being the best; nil where none can begin.
    var lineBreak: Int?

    var isRaised: Bool { place == .raised }

    /// A part of a line.
    public init(
      text: String, isItalic: Bool = false, place: Place = .level, isOverlined: Bool = false,
      lineBreak: Int? = nil
    ) {
      self.text = text
      self.isItalic = isItalic
      self.place = place
      self.isOverlined = isOverlined
      self.lineBreak = lineBreak
    }
  }

  /// Where a text is tied to its point.
  enum Anchor {
    case left, center, right
  }

  /// The parts from left to right.
  public internal(set) var runs: [Run]

  /// Upright text.
  public init(_ text: String) { runs = text.isEmpty ? [] : [Run(text: text)] }

  /// Parts from left to right.
  public init(runs: [Run]) { self.runs = runs }

  /// The characters, without their styles.
  public var plain: String { runs.map(\.text).joined() }

  /// One behind the other.
  public static func + (a: RichText, b: RichText) -> RichText { RichText(runs: a.runs + b.runs) }

  /// 10ⁿ with a raised exponent.
  static func power(_ exponent: Int) -> RichText {
    let digits = NumberText.withMinus(String(exponent))
    return RichText(runs: [Run(text: "10"), Run(text: digits, place: .raised)])
  }

  // MARK: Drawing

  /// How far the text reaches along its baseline.
  func width(on canvas: any Canvas, _ style: TextStyle) -> Double {
    RichLine(self, on: canvas, style).width
  }

  /// Writes the text with its baseline through `point`, turned clockwise by `angle` radians.
  func draw(
    on canvas: any Canvas, at point: Point, _ style: TextStyle, anchor: Anchor = .left,
    angle: Double = 0
  ) {
    let line = RichLine(self, on: canvas, style)
    let along =
      switch anchor {
      case .left: 0.0
      case .center: -line.width / 2
      case .right: -line.width
      }
    line.draw(on: canvas, at: point + Point(along, 0).turned(by: angle), angle: angle)
  }

  /// Writes the text with the middle of its digits at `point`.
  func draw(
    on canvas: any Canvas, centeredAt point: Point, _ style: TextStyle, angle: Double = 0
  ) {
    let drop = Point(0, 0.365 * style.size).turned(by: angle)
    draw(on: canvas, at: point + drop, style, anchor: .center, angle: angle)
  }

  /// The text cut to a width, ending in … where something is missing.
  func shortened(to limit: Double, on canvas: any Canvas, _ style: TextStyle) -> RichText {
    var text = self
    guard text.width(on: canvas, style) > limit else { return text }
    text.runs.append(Run(text: "…"))
    while text.runs.count > 1, text.width(on: canvas, style) > limit {
      let last = text.runs.count - 2
      text.runs[last].text.removeLast()
      if text.runs[last].text.isEmpty { text.runs.remove(at: last) }
    }
    return text
  }
}
