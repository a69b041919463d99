/// The levels of a function of two variables, with the paths of methods on it.
///
/// Every pixel asks the function itself and shows the colour of its band; lines are refined on the
/// function too. Levels are chosen on a raster of 201 × 201, so they do not depend on the size of
/// the picture; on 101 × 101 where the function is costly, and pixels in the middle of bands are not
/// asked for then (`Raster.init(refining:)`).
public struct ContourFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// The function, quantity 0.
  public var sample: Sampler
  /// About how many operations it takes at one point.
  public var cost = 0.0
  /// How many threads may work on the figure; it looks the same for any number.
  public var workers = 1
  /// Which levels.
  public var levels: Levels.Choice
  /// How levels are spaced.
  public var scale: Levels.Scale
  /// Whether bands are coloured, or the lines alone.
  public var filled: Bool
  /// The ways of methods.
  public var paths: [PathLine]
  /// Named starts.
  public var starts: [Marker]
  /// Known minima; the least of their values counts as f*.
  public var minima: [Marker]
  /// Minima that were found; where none are known, the least of their values counts as f*.
  public var listed: [Marker] = []
  /// Colours and sizes.
  public var theme: Theme

  /// A contour figure.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler,
    levels: Levels.Choice = .count(12), scale: Levels.Scale = .auto, filled: Bool = true,
    paths: [PathLine] = [], starts: [Marker] = [], minima: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.sample = sample
    self.levels = levels
    self.scale = scale
    self.filled = filled
    self.paths = paths
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let (coarse, least, levels) = chosenLevels
    let colors = bandColors(levels, theme)
    let trajectories = Trajectories(paths, theme)
    let places = Places(starts: starts + Trajectories.unnamedStarts(paths, starts), minima: minima)

    var legend = Legend()
    trajectories.explain(in: &legend, window)
    places.explain(in: &legend, window, theme)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)
    if coarse.undefined > 0 { ground.explain(in: &legend) }
    let page = WindowPage(
      heading, window, colorBar: colorBar(levels, colors, theme), legend: legend,
      canvas: canvas, theme: theme)

    let area = page.area
    let step = area.step(for: canvas, cost: cost)
    let samples = area.raster(for: canvas, step: step, sample: sample)
    let sampleBands = levels.bands(of: samples.values[0])
    let contours = ContourTracer(
      raster: samples, quantity: 0, sample: sample, workers: workers
    )
    .contours(at: levels, bands: sampleBands)
    let (columns, rows) = area.pixels(of: canvas)
    let raster =
      step == 1
      ? samples
      : Raster(refining: samples, levels: levels, columns: columns, rows: rows, sample: sample)
    let bands = step == 1 ? sampleBands : levels.bands(of: raster.values[0])

    page.drawBackground()
    let pixels = colors.map { filled ? $0.pixel : theme.background.pixel }
    let mosaic = raster.mosaic(ground) { bands[$0] < 0 ? nil : pixels[Int(bands[$0])] }
    canvas.paint(mosaic, in: area.box)

    // Marks are laid first on a scratch sheet, so that numbers keep clear of them.
    var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
    let scratch = RecordingCanvas(
      width: canvas.width, height: canvas.height, measure: canvas.width(of:style:))
    trajectories.take(&occupancy, area)
    var fresh = occupancy
    places.draw(on: scratch, area, theme, &occupancy)
    ContourLines(
      contours: contours, levels: levels, bands: (raster, bands), isOnColors: filled,
      color: { lineColor($0, colors, theme) }, workers: workers
    ).draw(on: canvas, area, theme, avoiding: occupancy)
    canvas.clipped(to: area.box) {
      trajectories.draw(on: canvas, area)
      places.draw(on: canvas, area, theme, &fresh)
    }
    drawNote(levels, coarse, on: canvas, area, theme)
    page.drawSurroundings()
    return caption(
      levels, least, Extent(raster.values[0]), bands, contours, area, trajectories)
      + (step == 1
        ? []
        : [
          "samples: \(step) pixels apart, and at each pixel near a level; between samples in one band the "
            + "colour is that band's"
        ])
  }

  /// The levels, f* where they count from it, and the values that they were chosen by.
  var chosenLevels: (seen: Distribution, least: LeastValue?, levels: Levels) {
    let survey = self.survey
    let coarse = Distribution(survey.values[0])
    let least =
      Levels.mayClimb(levels, scale: scale, for: coarse)
      ? LeastValue(known: minima, listed: listed, seen: survey, sample: sample) : nil
    let chosen = Levels(
      levels, scale: scale, for: coarse, lowest: least?.value ?? coarse.sorted.first ?? 0)
    return (coarse, least, chosen)
  }

  /// The raster on which levels are chosen.
  private var survey: Raster {
    let side = cost * 201 * 201 <= 1e9 ? 201 : 101
    return Raster(window, columns: side, rows: side, sample: sample)
  }

  // MARK: Colours

  private func bandColors(_ levels: Levels, _ theme: Theme) -> [Color] {
    let count = levels.values.count
    guard count > 0 else { return [theme.sequential(0.5)] }
    return (0...count).map { theme.sequential(Double($0) / Double(count)) }
  }

  /// The colour of a line: its own without bands, else dark or light against the bands beside it.
  private func lineColor(_ level: Int, _ colors: [Color], _ theme: Theme) -> Color {
    guard filled else {
      let (low, high) = (theme.lineColors.lowerBound, theme.lineColors.upperBound)
      return theme.sequential(
        low + (high - low) * Double(level) / Double(max(colors.count - 2, 1)))
    }
    let ground = (colors[level].lightness + colors[level + 1].lightness) / 2
    return theme.line(onLightness: ground)
  }

  /// Equal heights for all bands, whatever the spacing of the levels; values beyond the first and
  /// last level in pointed ends.
  private func colorBar(_ levels: Levels, _ colors: [Color], _ theme: Theme) -> ColorBar? {
    guard !levels.values.isEmpty else { return nil }
    let isSingle = levels.values.count == 1
    func position(_ level: Int) -> Double {
      isSingle ? 0.5 : Double(level) / Double(levels.values.count - 1)
    }
    let ticks = levels.labels.indices.map { level in
      ColorBar.Tick(
        position: position(level), text: levels.labels[level],
        rank: levels.isMajor[level] ? 0 : 1)
    }
    let inner = isSingle ? colors[...] : colors[1..<colors.count - 1]
    let pen = 0.6 * theme.frameWidth
    return ColorBar(
      title: barTitle(levels),
      colors: filled ? Array(inner) : inner.map { _ in theme.background },
      below: filled && !isSingle ? colors.first : nil,
      above: filled && !isSingle ? colors.last : nil, ticks: ticks,
      lines: levels.values.indices.map { level in
        let color = lineColor(level, colors, theme)
        return (
          position(level),
          filled ? Pen(color.opacity(0.55), width: pen) : Pen(color, width: 2.5 * pen)
        )
      })
  }

  /// The function's name, or on a ladder its height above f*, and what that is.
  private func barTitle(_ levels: Levels) -> RichText {
    let name = heading.valueLabel.shown
    guard levels.isLogarithmic else { return name }
    let least = RichText(formula: "f*")
    return name + RichText(" \u{2212} ") + least + RichText(", ") + least + RichText(" = ")
      + NumberText.rich(levels.origin, digits: 4)
  }

  // MARK: Words

  /// What to say where there are no levels.
  private func drawNote(
    _ levels: Levels, _ seen: Distribution, on canvas: any Canvas, _ area: PlotArea,
    _ theme: Theme
  ) {
    guard levels.values.isEmpty else { return }
    var style = theme.label
    style.halo = theme.background
    let name = heading.valueLabel.shown
    let text =
      if let value = seen.sorted.first {
        name + RichText(" = ") + NumberText.rich(value) + RichText(" everywhere")
      } else {
        name + RichText(" has no finite value here")
      }
    text.draw(on: canvas, centeredAt: area.box.center, style)
  }

  // MARK: Caption

  private func caption(
    _ levels: Levels, _ least: LeastValue?, _ seen: Extent, _ bands: [Levels.Band],
    _ contours: Contours, _ area: PlotArea, _ trajectories: Trajectories
  ) -> [String] {
    let name = heading.valueLabel.typed
    var lines = Caption.heading(heading) + [Caption.window(window, heading)]
    lines.append(Caption.seen(name, seen))
    let values = levels.values.map { NumberText.plain($0 - levels.origin) }
    let list = values.isEmpty ? "none" : values.joined(separator: ", ")
    if levels.isLogarithmic {
      let origin = NumberText.plain(levels.origin, digits: 10)
      lines.append("levels of \(name) - f*, f* = \(origin) (logarithmic): \(list)")
      if let least { lines.append("f*: \(least.origin)") }
    } else {
      lines.append("levels of \(name): \(list)")
    }
    if let shortfall = levels.shortfall { lines.append(shortfall) }
    let total = bands.count
    let (low, high) = (bands.count { $0 == 0 }, bands.count { $0 == Levels.Band(values.count) })
    if !values.isEmpty {
      lines.append("below the lowest level: \(NumberText.percent(low, of: total)) of the window")
      lines.append("above the highest level: \(NumberText.percent(high, of: total)) of the window")
    }
    lines.append(Caption.undefined(seen, of: total))
    lines += Caption.lines(contours, area)
    lines += trajectories.caption(window)
    return lines
  }
}
