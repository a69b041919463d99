/// How fast runs approach what they seek: a measure of each run over its iterations, on a logarithmic axis.
///
/// A few runs are lines of their own, hundreds are thin lines or a band, with the median of each group on
/// top. What is zero or beneath the axis leaves the picture at its foot, what diverges at its top.
public struct ConvergenceFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// The runs of each method and rate; the places of curves are iterations.
  public var groups: [RunGroup]
  /// How iterations lie on their axis; on a logarithmic one, iterate 0 has no place.
  public var scale: AxisScale
  /// What the caption has to say of the measure and the runs.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of convergence.
  public init(
    heading: FigureHeading, groups: [RunGroup], scale: AxisScale = .linear, notes: [String] = [],
    theme: Theme = .light
  ) {
    self.heading = heading
    self.groups = groups
    self.scale = scale
    self.notes = notes
    self.theme = theme
  }

  /// More runs than this are summed up in bands.
  private static let mostLines = 600
  /// Up to this many runs in all, each is as strong as a median.
  private static let fewLines = 12

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let runs = RunLines(groups, mostLines: Self.mostLines, fewLines: Self.fewLines)
    let x = Axis(
      heading.xLabel.shown, scale,
      showing: groups.flatMap(\.curves).compactMap(\.x.last) + [scale == .linear ? 0 : 1],
      air: (scale == .linear ? 0.015 : 0, 0.02))
    let y = yAxis
    var legend = Legend()
    runs.explain(in: &legend, y, theme)
    let chart = NamedChart(
      heading, x: x, y: y, lines: runs.named, others: runs.unnamed, faint: runs.faint,
      legend: legend,
      canvas: canvas, theme: theme)
    chart.page.drawBackground()
    runs.draw(on: canvas, chart.page.area, theme)
    chart.drawNames()
    chart.page.drawSurroundings()
    return Caption.heading(heading) + notes + [
      x.caption(heading.xLabel.typed), y.caption(heading.yLabel.typed),
    ] + runs.caption(x, y)
  }

  /// The axis of the measure: from the least value above zero to the greatest, but what diverges is followed
  /// to a thousand times the greatest first value only.
  private var yAxis: Axis {
    let curves = groups.flatMap(\.curves)
    let values = curves.flatMap(\.y).filter(visibleSizes.contains)
    let first = curves.compactMap(\.y.first).filter(visibleSizes.contains).max()
    let top = min(values.max() ?? 1, 1e3 * (first ?? 1))
    return Axis(
      heading.yLabel.shown, .logarithmic,
      showing: values.filter { $0 <= top } + [top], air: (0.03, 0.03))
  }
}
