/// A line of text with slanted and raised parts, such as an axis label or 2 × 10⁻³.
public struct RichText: Sendable, Equatable {
  /// A part in one style.
  public struct Run: Sendable, Equatable {
    var text: String
    var isItalic = false
    var isRaised = false
  }

  /// Where a text is tied to its point.
  enum Anchor {
    case left, center, right
  }

  var runs: [Run]

  /// Upright text.
  public init(_ text: String) { runs = text.isEmpty ? [] : [Run(text: text)] }

  init(runs: [Run]) { self.runs = runs }

  /// The characters, without their styles.
  public var plain: String { runs.map(\.text).joined() }

  static func + (a: RichText, b: RichText) -> RichText { RichText(runs: a.runs + b.runs) }

  /// 10ⁿ with a raised exponent.
  static func power(_ exponent: Int) -> RichText {
    let digits = NumberText.withMinus(String(exponent))
    return RichText(runs: [Run(text: "10"), Run(text: digits, isRaised: true)])
  }

  // MARK: Drawing

  private static let raisedScale = 0.7

  private func style(of run: Run, in style: TextStyle) -> TextStyle {
    var own = style
    own.isItalic = run.isItalic
    if run.isRaised { own.size *= Self.raisedScale }
    return own
  }

  /// How far the text reaches along its baseline.
  func width(on canvas: any Canvas, _ style: TextStyle) -> Double {
    runs.reduce(0) { $0 + canvas.width(of: $1.text, style: self.style(of: $1, in: style)) }
  }

  /// Writes the text with its baseline through `point`, turned clockwise by `angle` radians.
  func draw(
    on canvas: any Canvas, at point: Point, _ style: TextStyle, anchor: Anchor = .left,
    angle: Double = 0
  ) {
    let width = width(on: canvas, style)
    var along =
      switch anchor {
      case .left: 0.0
      case .center: -width / 2
      case .right: -width
      }
    for run in runs {
      let own = self.style(of: run, in: style)
      let lift = run.isRaised ? -0.38 * style.size : 0
      canvas.write(
        run.text, at: point + Point(along, lift).turned(by: angle), style: own, angle: angle)
      along += canvas.width(of: run.text, style: own)
    }
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
