/// The least gradient so far beside what theory promises: min‖g‖² of the first t iterates over 2L(f₀ − f*), which
/// is at most 1/t for rates up to 1/L.
///
/// Divided so, runs from all starts have one bound.
public struct BoundFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// The runs of each method and rate: the quotient over t, from 1.
  public var groups: [RunGroup]
  /// What the caption has to say of L, f* and the runs.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of the bound.
  public init(
    heading: FigureHeading, groups: [RunGroup], notes: [String] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.groups = groups
    self.notes = notes
    self.theme = theme
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let curves = groups.flatMap(\.curves)
    let last = max(curves.flatMap(\.x).max() ?? 10, 10)
    let bound = Curve(x: [1, last], y: [1, 1 / last])
    let x = Axis(
      RichText(formula: heading.xLabel), .logarithmic, showing: [1, last], air: (0, 0.02))
    let y = Axis(
      RichText(formula: heading.yLabel), .logarithmic,
      showing: curves.flatMap(\.y).filter { $0 > 1e-40 } + bound.y)
    let runs = RunLines(groups, mostLines: 600, fewLines: 12)
    let pen = Pen(
      theme.ink, width: 1.7 * theme.frameWidth, dash: [9, 5].map { $0 * theme.frameWidth })
    var legend = Legend()
    legend.add(RichText(formula: "bound 1/t"), width: 3 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      canvas.stroke(Path(ends), pen)
    }
    runs.explain(in: &legend, y, theme)
    let chart = NamedChart(
      heading, x: x, y: y, lines: runs.named, others: runs.unnamed + [bound], legend: legend,
      canvas: canvas, theme: theme)
    let area = chart.page.area
    chart.page.drawBackground()
    canvas.clipped(to: area.box) { canvas.stroke(area.path(area.points(bound)), pen) }
    runs.draw(on: canvas, area, theme)
    chart.drawNames()
    chart.page.drawSurroundings()
    return Caption.heading(heading) + notes + [
      x.caption(heading.xLabel), y.caption(heading.yLabel), verdict,
    ] + runs.caption(x, y)
  }

  /// In how many runs the bound holds, forgiving a few roundings.
  private var verdict: String {
    let curves = groups.flatMap(\.curves)
    let broken = curves.count { curve in
      zip(curve.x, curve.y).contains { $1 > (1 + 1e-12) / $0 }
    }
    return broken == 0
      ? "the bound holds in all \(curves.count) runs drawn"
      : "the bound is broken in \(broken) of \(curves.count) runs drawn"
  }
}
