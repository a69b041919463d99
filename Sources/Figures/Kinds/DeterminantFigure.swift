/// The determinant of the Hessian on a signed-logarithmic scale, white at exactly 0, with the line
/// where it changes sign.
public struct DeterminantFigure: Figure {
  private var map: MapFigure
  /// Colours and sizes.
  public var theme: Theme {
    get { map.theme }
    set { map.theme = newValue }
  }

  /// A determinant figure; `sample` gives det H as quantity 0.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler, starts: [Marker] = [],
    minima: [Marker] = [], theme: Theme = .light
  ) {
    map = MapFigure(
      heading: heading, window: window, sample: sample, scale: .signedLog, starts: starts,
      minima: minima, theme: theme)
    map.heading.valueLabel = "det H"
    map.negative = "negative (indefinite)"
  }

  /// What the line means where it changes its sign.
  static let zero = RichText(formula: "det H = 0")

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] { map.draw(on: canvas) }
}
