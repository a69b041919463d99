/// A quantity over a window as colours, with a line where it changes its sign and contour lines where they
/// are wanted.
///
/// Quantities of both signs have diverging colours, neutral at exactly 0; others go from dark to light.
/// Scale and levels are chosen on a raster of 201 × 201, so they do not depend on the size of the picture.
public struct MapFigure: Figure {
  /// How values are spread over the colours.
  public enum Scale: Sendable, Equatable {
    /// Logarithmic where the sizes of values spread over more than two decades or have poles, else linear.
    case auto
    /// Evenly.
    case linear
    /// By the logarithm; for values of both signs the same as `signedLog`.
    case log
    /// By the logarithm of the size, on both sides of 0.
    case signedLog
  }

  /// Contour lines of another quantity, to be compared with the colours.
  public struct Overlay: Sendable {
    /// What the quantity is called.
    public var name: String
    /// The quantity, quantity 0.
    public var sample: Sampler
    /// Which of its values have lines; nil takes those that are named beside the colours.
    public var levels: Levels.Choice?

    /// Lines of a quantity.
    public init(_ name: String, sample: @escaping Sampler, levels: Levels.Choice?) {
      self.name = name
      self.sample = sample
      self.levels = levels
    }
  }

  /// What stands around the picture; its `valueLabel` names the quantity.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// The quantity, quantity 0.
  public var sample: Sampler
  /// What the quantity is, for the caption; nil where its name says so.
  public var summary: String?
  /// How values are spread over the colours.
  public var scale: Scale
  /// Which values have contour lines, beside 0.
  public var levels: Levels.Choice
  /// Lines of another quantity, if they are wanted.
  public var overlay: Overlay?
  /// What it means that the quantity is undefined.
  public var undefined = "undefined"
  /// What it means that the quantity is infinite.
  public var infinite = "infinite"
  /// What the caption says besides.
  public var notes: [String] = []
  /// Named starts.
  public var starts: [Marker]
  /// Known minima.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme
  /// What the caption calls places where the quantity is negative.
  var negative = "negative"

  /// A map.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler, summary: String? = nil,
    scale: Scale = .auto, levels: Levels.Choice = .values([]), starts: [Marker] = [],
    minima: [Marker] = [],
    theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.sample = sample
    self.summary = summary
    self.scale = scale
    self.levels = levels
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  private var name: RichText { heading.valueLabel.shown }
  /// Whether the name would take too much room before "= 0", and goes without saying.
  private var isLong: Bool { name.plain.count > 24 }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let coarse = Distribution(Raster(window, columns: 201, rows: 201, sample: sample).values[0])
    let colors = ColorScale(ValueScale(scale, fitting: coarse), theme)
    let levels = Levels(levels, on: colors.values, for: coarse)
    let places = Places(starts: starts, minima: minima)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)

    // What there is to explain is known once the picture is, and its size once the legend is: the first
    // page has room for all that there may be.
    func legend(hasZero: Bool, gaps: String?) -> Legend {
      var legend = Legend()
      if hasZero {
        let text = isLong ? RichText("zero") : name + RichText(" = 0")
        ZeroLine.explain(as: text, in: &legend, theme)
      }
      if let overlay { explain(overlay, in: &legend, theme) }
      places.explain(in: &legend, window, theme)
      if let gaps { ground.explain(in: &legend, as: gaps) }
      return legend
    }
    let draft = WindowPage(
      heading, window, colorBar: colorBar(colors, coarse, levels, theme),
      legend: legend(hasZero: true, gaps: "\(infinite) or \(undefined)"), canvas: canvas,
      theme: theme)

    let area = draft.area
    let raster = area.raster(for: canvas, sample: sample)
    let seen = Extent(raster.values[0])
    let tracer = ContourTracer(raster: raster, quantity: 0, sample: sample)
    let zero = tracer.contours(at: Levels(values: [0]))
    let bands = levels.bands(of: raster.values[0])
    let lines = ContourLines(
      contours: tracer.contours(at: levels, bands: bands), levels: levels, bands: (raster, bands),
      isOnColors: true
    ) { lineColor(levels.values[$0], colors, theme) }
    let page = draft.with(
      legend(hasZero: !zero.lines.allSatisfy(\.isEmpty), gaps: gaps(seen, raster)))

    page.drawBackground()
    canvas.paint(raster.mosaic(of: 0, ground, color: colors.color), in: area.box)
    // Marks are laid first on a scratch sheet, so that numbers keep clear of them.
    func drawMarks(on canvas: any Canvas) -> Occupancy {
      var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
      ZeroLine.draw(zero, on: canvas, area, theme, &occupancy)
      places.draw(on: canvas, area, theme, &occupancy)
      return occupancy
    }
    let scratch = RecordingCanvas(
      width: canvas.width, height: canvas.height, measure: canvas.width(of:style:))
    let marks = drawMarks(on: scratch)
    lines.draw(on: canvas, area, theme, avoiding: marks)
    let beside = overlay.map { self.lines(of: $0, canvas, area, coarse, theme) }
    beside?.draw(on: canvas, area, theme, avoiding: marks)
    canvas.clipped(to: area.box) { _ = drawMarks(on: canvas) }
    drawNote(coarse, on: canvas, area, theme)
    page.drawSurroundings()
    return caption(colors.values, coarse, levels, raster, seen)
      + (beside.map { caption(of: $0) } ?? []) + notes
      + Caption.lines(zero + lines.contours, area)
  }

  // MARK: Colours

  private func colorBar(
    _ colors: ColorScale, _ seen: Distribution, _ levels: Levels, _ theme: Theme
  ) -> ColorBar? {
    guard !seen.sorted.isEmpty else { return nil }
    return colors.bar(name, for: seen, levels: levels.values) { value in
      Pen(lineColor(value, colors, theme).opacity(0.6), width: 0.6 * theme.frameWidth)
    }
  }

  /// Dark or light, against the colour beneath.
  private func lineColor(_ value: Double, _ colors: ColorScale, _ theme: Theme) -> Color {
    let ground = colors.color(of: value) ?? theme.background
    return theme.line(onLightness: ground.lightness)
  }

  /// What hatching means; nil where there is none that can be seen.
  private func gaps(_ seen: Extent, _ raster: Raster) -> String? {
    let speck = raster.columns * raster.rows / 20_000
    return switch (seen.undefined > speck, seen.infinite > speck) {
    case (true, true): "\(infinite) or \(undefined)"
    case (true, false): undefined
    case (false, true): infinite
    case (false, false): nil
    }
  }

  // MARK: Overlay

  private func lines(
    of overlay: Overlay, _ canvas: any Canvas, _ area: PlotArea, _ seen: Distribution,
    _ theme: Theme
  ) -> ContourLines {
    let raster = area.raster(for: canvas, sample: overlay.sample)
    let own = Distribution(raster.values[0])
    let ticks = ValueScale(scale, fitting: seen).ticks.map(\.value)
    let levels = Levels(
      overlay.levels ?? .values(ticks), on: ValueScale(scale, fitting: own), for: own)
    let bands = levels.bands(of: raster.values[0])
    return ContourLines(
      contours: ContourTracer(raster: raster, quantity: 0, sample: overlay.sample)
        .contours(at: levels, bands: bands), levels: levels, bands: (raster, bands),
      isOnColors: false, color: { _ in theme.ink }, halo: theme.background)
  }

  private func explain(_ overlay: Overlay, in legend: inout Legend, _ theme: Theme) {
    legend.add(RichText(formula: overlay.name), width: 2 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      canvas.stroke(Path(ends), Pen(theme.ink, width: 0.9 * theme.frameWidth))
    }
  }

  private func caption(of lines: ContourLines) -> [String] {
    let values = lines.levels.values.map { NumberText.plain($0) }.joined(separator: ", ")
    return ["lines of \(overlay?.name ?? "") at: \(values.isEmpty ? "none" : values)"]
  }

  // MARK: Words

  /// What to say where there is nothing to be seen.
  private func drawNote(
    _ seen: Distribution, on canvas: any Canvas, _ area: PlotArea, _ theme: Theme
  ) {
    let text: RichText
    if let constant = seen.constant {
      let value = NumberText.rich(constant) + RichText(" everywhere")
      text = isLong ? value : name + RichText(" = ") + value
    } else if seen.sorted.isEmpty {
      text =
        isLong ? RichText("no finite value here") : name + RichText(" has no finite value here")
    } else {
      return
    }
    var style = theme.label
    style.halo = theme.background
    let place = Point(area.box.center.x, area.box.y + 0.12 * area.box.height)
    text.draw(on: canvas, centeredAt: place, style)
  }

  private func caption(
    _ scale: ValueScale, _ coarse: Distribution, _ levels: Levels, _ raster: Raster,
    _ seen: Extent
  ) -> [String] {
    var lines = Caption.heading(heading) + [Caption.window(window, heading)]
    let name = heading.valueLabel.typed
    if let summary { lines.append("\(name): \(summary)") }
    let values = raster.values[0]
    let total = values.count
    if let constant = coarse.constant {
      lines.append("\(name) = \(NumberText.plain(constant, digits: 6)) everywhere")
    } else {
      lines.append(Caption.seen(name, seen))
    }
    lines.append("colours: \(scale.summary)")
    let range = scale.range
    let low = values.count { $0.isFinite && $0 < range.lowerBound }
    let high = values.count { $0.isFinite && $0 > range.upperBound }
    if low + high > 0 {
      let isCut = coarse.quantile(0) < range.lowerBound || coarse.quantile(1) > range.upperBound
      lines.append(
        "beyond the colours\(isCut ? ", which reach \(scale.reach(name))" : ""): "
          + "\(NumberText.percent(low, of: total)) below, "
          + "\(NumberText.percent(high, of: total)) above")
    }
    if scale.isSigned {
      let share = NumberText.percent(values.count { $0 < 0 }, of: total)
      lines.append("\(negative): \(share) of the window")
    }
    if !levels.values.isEmpty {
      lines.append(
        "lines at: \(levels.values.map { NumberText.plain($0) }.joined(separator: ", "))")
    }
    if let shortfall = levels.shortfall { lines.append(shortfall) }
    lines.append(Caption.undefined(seen, of: total, as: undefined))
    if seen.infinite > 0 { lines.append(Caption.infinite(seen, of: total, as: infinite)) }
    return lines
  }
}
