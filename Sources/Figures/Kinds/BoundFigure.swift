/// The least gradient so far beside what theory promises of gradient descent with a rate up to 1/L.
///
/// With the rate 1/L, min‖g‖² of the first t iterates is at most 2L(f₀ − f*)/t. Divided by 2L(f₀ − f*), runs from all
/// starts have one bound, 1/t; that of a rate below 1/L is higher by a factor.
public struct BoundFigure: Figure {
  /// The runs with one rate.
  public struct Group: Sendable {
    /// The runs: the quotient over t, from 1.
    public var runs: RunGroup
    /// Their bound is this over t; 1 with the rate 1/L.
    public var factor: Double

    /// A group.
    public init(_ runs: RunGroup, factor: Double = 1) {
      self.runs = runs
      self.factor = factor
    }

    /// Whether the bound is that of the rate 1/L, but for rounding.
    var isOfLargestRate: Bool { factor <= 1 + 1e-9 }
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// The runs of each method and rate.
  public var groups: [Group]
  /// What the caption has to say of L, f* and the runs.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of the bound.
  public init(
    heading: FigureHeading, groups: [Group], notes: [String] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.groups = groups
    self.notes = notes
    self.theme = theme
  }

  private static let dash = [9.0, 5]

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let curves = groups.flatMap(\.runs.curves)
    let last = max(curves.flatMap(\.x).max() ?? 10, 10)
    func bound(_ factor: Double) -> Curve { Curve(x: [1, last], y: [factor, factor / last]) }
    let slower = groups.filter { !$0.isOfLargestRate }
    let bounds = [bound(1)] + slower.map { bound($0.factor) }
    let x = Axis(
      heading.xLabel.shown, .logarithmic, showing: [1, last], air: (0, 0.02))
    let y = Axis(
      heading.yLabel.shown, .logarithmic,
      showing: (curves + bounds).flatMap(\.y).filter { $0 > 1e-40 })
    let runs = RunLines(groups.map(\.runs), mostLines: 600, fewLines: 12)
    let pen = Pen(
      theme.ink, width: 1.7 * theme.frameWidth, dash: Self.dash.map { $0 * theme.frameWidth })
    var legend = Legend()
    explain("bound 1/t", pen, in: &legend, theme)
    if !slower.isEmpty {
      explain("bounds, rates below 1/L", faint(theme.muted, pen), in: &legend, theme)
    }
    runs.explain(in: &legend, y, theme)
    let chart = NamedChart(
      heading, x: x, y: y, lines: runs.named, others: runs.unnamed + bounds, faint: runs.faint,
      legend: legend, canvas: canvas, theme: theme)
    let area = chart.page.area
    chart.page.drawBackground()
    canvas.clipped(to: area.box) {
      for group in slower {
        let line = area.path(area.points(bound(group.factor)))
        canvas.stroke(line, faint(group.runs.name.look(theme).color, pen))
      }
      canvas.stroke(area.path(area.points(bound(1))), pen)
    }
    runs.draw(on: canvas, area, theme)
    chart.drawNames()
    chart.page.drawSurroundings()
    return Caption.heading(heading) + notes + [
      x.caption(heading.xLabel.typed), y.caption(heading.yLabel.typed),
    ]
      + slower.map {
        "\($0.runs.name.label): its bound is \(NumberText.plain($0.factor))/t, as its rate is below 1/L"
      } + [verdict] + runs.caption(x, y)
  }

  private func faint(_ color: Color, _ pen: Pen) -> Pen {
    Pen(color, width: 0.55 * pen.width, dash: pen.dash)
  }

  private func explain(_ text: String, _ pen: Pen, in legend: inout Legend, _ theme: Theme) {
    legend.add(RichText(formula: text), width: 3 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      canvas.stroke(Path(ends), pen)
    }
  }

  /// In how many runs the bound holds, forgiving a few roundings.
  private var verdict: String {
    let count = groups.reduce(0) { $0 + $1.runs.curves.count }
    let broken = groups.reduce(0) { sum, group in
      sum
        + group.runs.curves.count { curve in
          zip(curve.x, curve.y).contains { $1 > (1 + 1e-12) * group.factor / $0 }
        }
    }
    return broken == 0
      ? "the bound holds in all \(count) runs drawn"
      : "the bound is broken in \(broken) of \(count) runs drawn"
  }
}
