/// What the rate decides: the iterations of runs that converge, and above them for each method a strip in which
/// every rate is a column, cut into the shares of its runs by how they ended.
public struct SweepFigure: Figure {
  /// The runs of a method with one rate.
  public struct Rate: Sendable {
    /// The rate, above zero.
    public var rate: Double
    /// The iterations of the runs that converged.
    public var iterations: [Double]
    /// How all of its runs ended.
    public var endings: [EndingCount]

    /// A rate.
    public init(_ rate: Double, iterations: [Double], endings: [EndingCount]) {
      self.rate = rate
      self.iterations = iterations
      self.endings = endings
    }

    var runs: Int { endings.reduce(0) { $0 + $1.count } }
  }

  /// A method with its rates, which increase.
  public struct Method: Sendable {
    /// What it is called, and how it looks.
    public var name: SeriesName
    /// Its rates.
    public var rates: [Rate]

    /// A method.
    public init(_ name: SeriesName, _ rates: [Rate]) {
      self.name = name
      self.rates = rates
    }
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// The methods with several rates.
  public var methods: [Method]
  /// Rates from which on gradient descent leaves a minimum: 2/λmax.
  public var stableRates: [Double]
  /// The most iterations that a run may take, if there is a limit.
  public var limit: Int?
  /// What the caption has to say besides.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A sweep.
  public init(
    heading: FigureHeading, methods: [Method], stableRates: [Double] = [],
    limit: Int? = nil, notes: [String] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.methods = methods
    self.stableRates = stableRates
    self.limit = limit
    self.notes = notes
    self.theme = theme
  }

  /// With more converged runs than this, only their median and band are drawn.
  private static let mostPoints = 4000

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let all = methods.flatMap(\.rates)
    let x = Axis(
      heading.xLabel.shown, .logarithmic, showing: all.map(\.rate), air: (0.08, 0.08))
    let counts = all.flatMap(\.iterations)
    let scale: AxisScale =
      (counts.max() ?? 0) > 4 * max(1, counts.filter { $0 > 0 }.min() ?? 1) ? .logarithmic : .linear
    // A run that converges at once has no place on a logarithmic axis.
    let y = Axis(
      heading.yLabel.shown, scale,
      showing: scale == .logarithmic
        ? counts.filter { $0 > 0 } : counts + [0] + (counts.isEmpty ? [Double(limit ?? 1)] : []),
      air: (0.05, 0.06))
    let strips = methods.map { method in
      ChartPage.Strip(
        name: RichText(methods.count == 1 ? "all runs" : method.name.label), rows: 1.3)
    }
    let page = ChartPage(
      heading, x: x, y: y, strips: strips, legend: legend(x, theme, counts), canvas: canvas,
      theme: theme)
    page.drawBackground()
    for (method, box) in zip(methods, page.stripBoxes) {
      drawShares(of: method, in: box, on: canvas, page.area, theme)
    }
    drawStableRates(on: canvas, page, theme)
    canvas.clipped(to: page.area.box) {
      for method in methods {
        draw(method, isCrowded: counts.count > Self.mostPoints, on: canvas, page.area, theme)
      }
    }
    drawNote(counts, on: canvas, page.area, theme)
    page.drawSurroundings()
    return caption(x, y, counts)
  }

  /// Whether any run ended so.
  private func occurs(_ ending: String) -> Bool {
    methods.contains { method in
      method.rates.contains { rate in
        rate.endings.contains { $0.ending == ending && $0.count > 0 }
      }
    }
  }

  // MARK: Legend

  private func legend(_ x: Axis, _ theme: Theme, _ counts: [Double]) -> Legend {
    var legend = Legend()
    let radius = theme.markRadius
    for method in methods {
      let look = method.name.look(theme)
      legend.add(RichText(method.name.label), width: 3 * theme.textSize) { canvas, box in
        let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
        canvas.stroke(Path(ends), look.pen)
        method.name.mark.draw(
          on: canvas, at: box.center, radius: radius, look.color, rim: theme.background)
      }
    }
    if counts.count > methods.reduce(0, { $0 + $1.rates.count }) {
      legend.add(RichText("median"), width: 3 * radius) { canvas, box in
        Mark.disc.draw(
          on: canvas, at: box.center, radius: radius, theme.muted, rim: theme.background)
      }
      if counts.count > Self.mostPoints {
        legend.add(RichText("10 to 90 %"), width: 2 * theme.textSize) { canvas, box in
          canvas.fill(Path(box), theme.muted.opacity(0.25))
        }
      } else {
        legend.add(RichText("single runs"), width: 2.4 * theme.textSize) { canvas, box in
          for part in [0.2, 0.5, 0.8] {
            let place = Point(box.x + part * box.width, box.center.y)
            canvas.fill(Path(center: place, radius: 0.45 * radius), theme.muted.opacity(0.5))
          }
        }
      }
    }
    if let name = stableName(x) {
      let pen = stablePen(theme)
      legend.add(name, width: 2.4 * theme.textSize) { canvas, box in
        let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
        canvas.stroke(Path(ends), pen)
      }
    }
    for ending in EndingColors.words where occurs(ending) {
      legend.add(RichText(ending), EndingColors.color(ending, theme), theme)
    }
    return legend
  }

  // MARK: Drawing

  private func draw(
    _ method: Method, isCrowded: Bool, on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    let look = method.name.look(theme)
    let radius = theme.markRadius
    for rate in method.rates where !isCrowded && rate.iterations.count > 1 {
      let color = look.color.opacity(max(0.15, min(0.6, 8 / Double(rate.iterations.count))))
      for value in rate.iterations {
        canvas.fill(Path(center: area.point(rate.rate, value), radius: 0.45 * radius), color)
      }
    }
    if isCrowded {
      let (low, high) = (line(method, area) { $0 / 10 }, line(method, area) { $0 * 9 / 10 })
      for (low, high) in zip(low, high) where low.count > 1 {
        canvas.fill(Path(high + low.reversed(), isClosed: true), look.color.opacity(0.2))
      }
    }
    for part in medians(method, area) {
      canvas.stroke(Path(part), look.pen)
      for point in part {
        method.name.mark.draw(
          on: canvas, at: point, radius: radius, look.color, rim: theme.background)
      }
    }
  }

  private func medians(_ method: Method, _ area: ChartArea) -> [[Point]] {
    line(method, area) { $0 / 2 }
  }

  /// A quantile of the converged runs over the rate, broken where none converged; runs that begin where they
  /// end have no place on a logarithmic axis, and do not count.
  ///
  /// - Parameter place: the place of the quantile in a sorted list, by that of the last.
  private func line(
    _ method: Method, _ area: ChartArea, _ place: (Int) -> Int
  ) -> [[Point]] {
    method.rates.map { rate in
      (rate.rate, rate.iterations.filter { $0 > 0 || area.y.scale == .linear }.sorted())
    }.split { $0.1.isEmpty }.map { part in
      part.map { area.point($0.0, $0.1[place($0.1.count - 1)]) }
    }
  }

  /// A column for each rate of a method, the share of the runs that stalled at its foot, of those that diverged
  /// or worse at its top.
  private func drawShares(
    of method: Method, in box: Box, on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    let cells = Self.cells(method.rates.map { area.x.position($0.rate) })
    canvas.clipped(to: box) {
      for (rate, cell) in zip(method.rates, cells) where rate.runs > 0 {
        var foot = box.maxY
        for ending in EndingColors.words {
          let count = rate.endings.first { $0.ending == ending }?.count ?? 0
          guard count > 0 else { continue }
          let height = Double(count) / Double(rate.runs) * box.height
          // Whole pixels: soft edges would show as seams.
          let low = (area.box.x + cell.low * area.box.width).rounded()
          let high = (area.box.x + cell.high * area.box.width).rounded()
          let part = Box(x: low, y: foot - height, width: max(high - low, 1), height: height)
          canvas.fill(Path(part), EndingColors.color(ending, theme))
          foot -= height
        }
      }
    }
  }

  /// What each place has to itself: the way to the middle between it and its neighbours.
  private static func cells(_ places: [Double]) -> [(low: Double, high: Double)] {
    places.indices.map { index in
      let left = index > 0 ? places[index] - places[index - 1] : .infinity
      let right = index + 1 < places.count ? places[index + 1] - places[index] : .infinity
      let alone = min(left, right, 0.08)
      func half(_ way: Double) -> Double { max(0.003, 0.5 * min(way, 1.5 * alone)) }
      return (places[index] - half(left), places[index] + half(right))
    }
  }

  private func drawStableRates(on canvas: any Canvas, _ page: ChartPage, _ theme: Theme) {
    let pen = stablePen(theme)
    for rate in stableRates where page.area.x.contains(rate) {
      let x = page.area.point(rate, page.area.y.range.lowerBound).x
      for box in page.stripBoxes + [page.area.box] {
        canvas.stroke(Path([Point(x, box.y), Point(x, box.maxY)]), pen)
      }
    }
  }

  private func stablePen(_ theme: Theme) -> Pen {
    Pen(theme.ink, width: theme.frameWidth, dash: [6, 5].map { $0 * theme.frameWidth })
  }

  /// What the dashed lines are, from the first to the last that can be seen; nil where none can.
  private func stableName(_ x: Axis) -> RichText? {
    let shown = stableRates.filter(x.contains)
    guard let first = shown.first, let last = shown.last else { return nil }
    let rest = last == first ? RichText("") : RichText(" … ") + NumberText.rich(last)
    return RichText(formula: "2/λ") + RichText(runs: [RichText.Run(text: "max", place: .lowered)])
      + RichText(" = ") + NumberText.rich(first) + rest
  }

  private func drawNote(
    _ counts: [Double], on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    guard counts.isEmpty else { return }
    var style = theme.label
    style.halo = theme.background
    RichText("no run converged").draw(on: canvas, centeredAt: area.box.center, style)
  }

  // MARK: Caption

  private func caption(_ x: Axis, _ y: Axis, _ counts: [Double]) -> [String] {
    var lines =
      Caption.heading(heading) + notes + [
        x.caption(heading.xLabel.typed), y.caption(heading.yLabel.typed),
      ]
    lines.append(
      counts.count > Self.mostPoints
        ? "drawn: the lower median of the converged runs with each rate, and the band from the 10 % to the "
          + "90 % quantile"
        : "drawn: every converged run, and the lower median with each rate")
    lines.append(
      "strips: every rate a column, cut into the shares of its runs by how they ended")
    let atOnce = counts.count { $0 == 0 }
    if y.scale == .logarithmic, atOnce > 0 {
      lines.append("not shown, as they need no iteration: \(atOnce) runs")
    }
    for method in methods {
      lines += endings(of: method)
    }
    return lines
  }

  /// How the runs of a method ended; a row of rates whose runs ended alike is one line.
  private func endings(of method: Method) -> [String] {
    var rows: [[Rate]] = []
    for rate in method.rates {
      if rows.last?.last?.endings == rate.endings {
        rows[rows.count - 1].append(rate)
      } else {
        rows.append([rate])
      }
    }
    return rows.map { row in
      let name = "\(method.name.label) \(NumberText.plain(row[0].rate))"
      let last = row[row.count - 1]
      return row.count == 1
        ? Caption.endings(name, last.endings)
        : Caption.endings(
          "\(name) .. \(NumberText.plain(last.rate)), \(row.count) rates of", last.endings)
    }
  }
}
