import Figures

/// A small figure that is drawn again and again, to be compared with how it was.
///
/// Everything it shows is arithmetic alone, so that it is the same on every machine.
public struct SampleFigure: Sendable, CustomStringConvertible {
  /// What its references are called.
  public let name: String
  /// The figure.
  public let figure: any Figure

  /// The size that samples are drawn in.
  public static let size = (width: 360, height: 300)

  /// What test reports call it.
  public var description: String { name }

  /// A figure of every kind, and one of each sort in dark.
  public static let all: [SampleFigure] = [
    SampleFigure(name: "contour", figure: contour),
    SampleFigure(name: "contour-lines", figure: contourLines),
    SampleFigure(
      name: "determinant",
      figure: DeterminantFigure(heading: heading, window: window, sample: determinant)),
    SampleFigure(
      name: "newton-field",
      figure: ArrowFieldFigure(
        heading: heading, window: window, sample: newtonStep, count: 12, starts: starts)),
    SampleFigure(
      name: "gradient-field",
      figure: ArrowFieldFigure(
        heading: heading, window: window, subject: .negativeGradient, sample: descent, count: 10,
        scale: .log)),
    SampleFigure(
      name: "definiteness",
      figure: DefinitenessFigure(
        heading: heading, window: window, sample: signs, minima: minima)),
    SampleFigure(name: "map", figure: map),
    SampleFigure(name: "basins", figure: basins),
    SampleFigure(name: "convergence", figure: convergence),
    SampleFigure(name: "sweep", figure: sweep),
    SampleFigure(name: "lines", figure: lines),
    SampleFigure(name: "bound", figure: bound),
    SampleFigure(name: "profile", figure: profile),
    SampleFigure(name: "contour-dark", figure: dark(contour)),
    SampleFigure(
      name: "determinant-dark",
      figure: dark(DeterminantFigure(heading: heading, window: window, sample: determinant))),
    SampleFigure(name: "convergence-dark", figure: dark(convergence)),
  ]

  private static func dark(_ figure: some Figure) -> some Figure {
    var figure = figure
    figure.theme = .dark
    return figure
  }
}
