/// One column of a table over another: points where a row stands alone, lines where rows follow each other.
public struct LinesFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// What is drawn: a curve of one point is a mark that says how its run ended.
  public var groups: [RunGroup]
  /// How the values to the right lie on their axis; nil lets them decide.
  public var xScale: AxisScale?
  /// The same upwards.
  public var yScale: AxisScale?
  /// What the caption has to say besides.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of columns.
  public init(
    heading: FigureHeading, groups: [RunGroup], xScale: AxisScale? = nil, yScale: AxisScale? = nil,
    notes: [String] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.groups = groups
    self.xScale = xScale
    self.yScale = yScale
    self.notes = notes
    self.theme = theme
  }

  /// Up to this many lines, each is strong and has marks.
  private static let fewLines = 24
  /// Where arrows of diverged runs point: not upwards, as triangles do.
  private static let way = -Double.pi / 4
  /// A line of more points than this has no marks.
  private static let mostMarks = 60

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let curves = groups.flatMap(\.curves)
    let x = axis(heading.xLabel.shown, xScale, curves.flatMap(\.x))
    let y = axis(heading.yLabel.shown, yScale, curves.flatMap(\.y))
    let lineCount = curves.count { $0.x.count > 1 }
    var legend = Legend()
    explainEndings(curves, in: &legend, theme)
    let areNamedAtEnds = lineCount > 0 && lineCount == curves.count && lineCount <= Self.fewLines
    if !areNamedAtEnds {
      var whole = Legend()
      for group in groups where !group.curves.isEmpty { explain(group, in: &whole, theme) }
      for entry in legend.entries { whole.add(entry.text, width: entry.width, draw: entry.draw) }
      legend = whole
    }
    let named = groups.filter { !$0.curves.isEmpty }.map {
      NamedChart.Line(name: $0.name, curve: $0.curves[0])
    }
    let chart = NamedChart(
      heading, x: x, y: y, lines: areNamedAtEnds ? named : [],
      others: groups.flatMap { $0.curves.dropFirst() }, legend: legend, canvas: canvas,
      theme: theme)
    let area = chart.page.area
    chart.page.drawBackground()
    canvas.clipped(to: area.box) {
      for group in groups { drawLines(group, lineCount, on: canvas, area, theme) }
    }
    for group in groups { drawMarks(group, lineCount, on: canvas, area, theme) }
    chart.drawNames()
    chart.page.drawSurroundings()
    return caption(x, y)
  }

  private func axis(_ label: RichText, _ scale: AxisScale?, _ values: [Double]) -> Axis {
    Axis(label, scale ?? AxisScale(for: values), showing: values)
  }

  // MARK: Legend

  private func explain(_ group: RunGroup, in legend: inout Legend, _ theme: Theme) {
    if group.curves.contains(where: { $0.x.count > 1 }) || group.name.ramp != nil {
      group.name.explain(in: &legend, theme)
      return
    }
    let color = group.name.look(theme).color
    legend.add(RichText(group.name.label), width: theme.textSize) { canvas, box in
      canvas.fill(Path(box.inset(by: 0.15 * box.height)), color)
    }
  }

  private func explainEndings(_ curves: [Curve], in legend: inout Legend, _ theme: Theme) {
    let radius = theme.markRadius
    for curve in curves where !curve.ending.isEmpty && curve.x.count == 1 {
      let mark = Mark.end(curve.ending, angle: Self.way)
      let width = curve.ending == "oscillating" ? 6 * radius : 3 * radius
      legend.add(RichText(curve.ending), width: width) { canvas, box in
        mark.draw(
          on: canvas, at: box.center, radius: radius, theme.muted, rim: theme.background)
      }
    }
  }

  // MARK: Drawing

  private func drawLines(
    _ group: RunGroup, _ lineCount: Int, on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    let look = group.name.look(theme)
    let isStrong = lineCount <= Self.fewLines
    let opacity = isStrong ? 1 : max(0.08, min(0.6, 12 / Double(group.curves.count)))
    let pen =
      isStrong ? look.pen : Pen(look.color.opacity(opacity), width: 0.6 * look.pen.width)
    for curve in group.curves where curve.x.count > 1 {
      canvas.stroke(area.path(area.points(curve)), pen)
    }
  }

  private func drawMarks(
    _ group: RunGroup, _ lineCount: Int, on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    let color = group.name.look(theme).color
    let isCrowded = groups.reduce(0) { $0 + $1.curves.count } > 300
    let radius = (isCrowded ? 0.7 : 1) * theme.markRadius
    for curve in group.curves {
      let isPoint = curve.x.count == 1
      guard isPoint || lineCount <= Self.fewLines && curve.x.count <= Self.mostMarks else {
        continue
      }
      let mark = isPoint ? Mark.end(curve.ending, angle: Self.way) : group.name.mark
      for point in area.points(curve) where area.box.contains(point) {
        mark.draw(
          on: canvas, at: point, radius: isPoint ? radius : 0.8 * radius,
          isPoint && isCrowded ? color.opacity(0.6) : color,
          rim: isPoint && isCrowded ? theme.background.opacity(0) : theme.background)
      }
    }
  }

  // MARK: Caption

  private func caption(_ x: Axis, _ y: Axis) -> [String] {
    let curves = groups.flatMap(\.curves)
    let pairs = curves.flatMap { Array(zip($0.x, $0.y)) }
    func isShown(_ value: Double, _ axis: Axis) -> Bool {
      value.isFinite && (axis.scale == .linear || value > 0)
    }
    let missing = pairs.count { $0.0.isNaN || $0.1.isNaN }
    let hidden = pairs.count { !(isShown($0.0, x) && isShown($0.1, y)) } - missing
    var lines =
      Caption.heading(heading) + notes + [
        x.caption(heading.xLabel.typed), y.caption(heading.yLabel.typed),
      ]
    lines.append("points: \(pairs.count - missing - hidden)")
    if missing > 0 { lines.append("left out, without a number in one of the columns: \(missing)") }
    if hidden > 0 {
      lines.append("left out, infinite or without a place on a logarithmic axis: \(hidden)")
    }
    return lines
      + groups.filter { !$0.endings.isEmpty }.map { Caption.endings($0.name.label, $0.endings) }
  }
}
