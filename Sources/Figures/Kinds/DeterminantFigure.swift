/// The determinant of the Hessian on a signed-logarithmic scale, white at exactly 0, with the line
/// where it changes sign.
public struct DeterminantFigure: Figure {
  private var map: MapFigure

  /// A determinant figure; `sample` gives det H as quantity 0.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler, starts: [Marker] = [],
    minima: [Marker] = [], theme: Theme = .light
  ) {
    map = MapFigure(
      heading: heading, window: window, sample: sample, scale: .signedLog, starts: starts,
      minima: minima, theme: theme)
    map.heading.valueLabel = DeterminantFigure.name
    map.negative = "negative (indefinite)"
  }

  /// What is shown, to be set as a formula.
  static let name = "det H"

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] { map.draw(on: canvas) }
}
