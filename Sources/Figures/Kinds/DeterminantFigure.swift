/// The determinant of the Hessian on a signed-logarithmic scale, white at exactly 0, with the line
/// where it changes sign.
public struct DeterminantFigure: Figure {
  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// The determinant, quantity 0.
  public var sample: Sampler
  /// Named starts.
  public var starts: [Marker]
  /// Known minima.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A determinant figure.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler, starts: [Marker] = [],
    minima: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.sample = sample
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  static let name = RichText("det ") + RichText(formula: "H")

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let values = Raster(window, columns: 201, rows: 201, sample: sample).values[0]
    let coarse = Distribution(values)
    let constant = Self.constant(coarse)
    let scale = constant.map(Self.scale(around:)) ?? SignedLogarithm(fitting: values)
    let places = Places(starts: starts, minima: minima)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)

    func legend(hasZero: Bool) -> Legend {
      var legend = Legend()
      if hasZero { ZeroLine.explain(in: &legend, theme) }
      places.explain(in: &legend, window, theme)
      if coarse.undefined > 0 { ground.explain(in: &legend) }
      return legend
    }
    let draft = WindowPage(
      heading, window, colorBar: colorBar(scale, coarse, constant, theme),
      legend: legend(hasZero: true), canvas: canvas, theme: theme)

    let area = draft.area
    let raster = area.raster(for: canvas, sample: sample)
    let contours = ContourTracer(raster: raster, quantity: 0, sample: sample)
      .contours(at: Levels(values: [0]))
    let page = draft.with(legend(hasZero: !contours.lines.allSatisfy(\.isEmpty)))

    page.drawBackground()
    let palette = Self.palette(theme)
    let mosaic = raster.mosaic(of: 0, ground) { value in
      value.isNaN ? nil : palette[Self.shade(scale.position(value))]
    }
    canvas.paint(mosaic, in: area.box)
    var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
    canvas.clipped(to: area.box) {
      ZeroLine.draw(contours, on: canvas, area, theme, &occupancy)
      places.draw(on: canvas, area, theme, &occupancy)
    }
    if let constant { drawNote(constant, on: canvas, area, theme) }
    page.drawSurroundings()
    return caption(scale, Distribution(raster.values[0]), raster, constant, contours, area)
  }

  /// The value if all are equal to twelve digits or so.
  private static func constant(_ seen: Distribution) -> Double? {
    guard let low = seen.sorted.first, let high = seen.sorted.last,
      high - low <= 1e-12 * max(abs(low), abs(high))
    else { return nil }
    return low
  }

  /// For a constant: the decade above it as the limit, the one below as the threshold.
  private static func scale(around value: Double) -> SignedLogarithm {
    guard visibleSizes.contains(abs(value)) else { return SignedLogarithm(threshold: 1, limit: 1) }
    let decade = Int(decimalLogarithm(abs(value)).rounded(.down))
    return SignedLogarithm(threshold: powerOfTen(decade - 1), limit: powerOfTen(decade + 1))
  }

  // MARK: Colours

  /// Shades on each side of the middle one; enough to look smooth, few enough to pack well.
  private static let shades = 40

  private static func palette(_ theme: Theme) -> [Color] {
    (-shades...shades).map { theme.diverging(0.5 + 0.5 * Double($0) / Double(shades)) }
  }

  /// The shade of a position; the middle one for 0 alone and what rounds to it.
  private static func shade(_ position: Double) -> Int {
    shades + Int((min(max(position, -1), 1) * Double(shades)).rounded())
  }

  private func colorBar(
    _ scale: SignedLogarithm, _ seen: Distribution, _ constant: Double?, _ theme: Theme
  ) -> ColorBar {
    let (low, high) = (seen.sorted.first ?? 0, seen.sorted.last ?? 0)
    let palette = Self.palette(theme)
    let isOneSided = constant == nil && (low < 0) != (high > 0)
    let side = low < 0 ? palette[...Self.shades] : palette[Self.shades...]
    let colors = isOneSided ? Array(side) : palette
    let ticks = scale.ticks.compactMap { value -> ColorBar.Tick? in
      let position = scale.position(value)
      let place = isOneSided ? (low < 0 ? position + 1 : position) : (position + 1) / 2
      guard (0...1).contains(place) else { return nil }
      return ColorBar.Tick(
        position: place, text: Self.text(value), rank: value == 0 ? 0 : 1)
    }
    return ColorBar(
      title: Self.name, colors: colors,
      below: low < -scale.limit ? palette.first : nil,
      above: high > scale.limit ? palette.last : nil, ticks: ticks)
  }

  /// 0, ±1, ±10 and otherwise ±10ⁿ.
  private static func text(_ value: Double) -> RichText {
    if value == 0 { return RichText("0") }
    let exponent = Int(decimalLogarithm(abs(value)).rounded())
    let sign = RichText(value < 0 ? "\u{2212}" : "")
    return (0...1).contains(exponent)
      ? sign + RichText(exponent == 0 ? "1" : "10") : sign + .power(exponent)
  }

  private func drawNote(
    _ constant: Double, on canvas: any Canvas, _ area: PlotArea, _ theme: Theme
  ) {
    var style = theme.label
    style.halo = theme.background
    let text = Self.name + RichText(" = ") + NumberText.rich(constant) + RichText(" everywhere")
    let place = Point(area.box.center.x, area.box.y + 0.12 * area.box.height)
    text.draw(on: canvas, centeredAt: place, style)
  }

  // MARK: Caption

  private func caption(
    _ scale: SignedLogarithm, _ seen: Distribution, _ raster: Raster, _ constant: Double?,
    _ contours: Contours, _ area: PlotArea
  ) -> [String] {
    var lines = Caption.heading(heading) + [Caption.window(window, heading)]
    let values = raster.values[0]
    let total = values.count
    if let constant {
      lines.append("det H = \(NumberText.plain(constant, digits: 6)) everywhere")
    } else {
      lines.append(Caption.seen("det H", seen))
    }
    lines.append(
      "colours: linear within \(NumberText.plain(scale.threshold)) of 0, logarithmic up to "
        + NumberText.plain(scale.limit))
    let (low, high) = (
      values.count { $0 < -scale.limit }, values.count { $0 > scale.limit }
    )
    if low + high > 0 {
      lines.append(
        "beyond the colours, which reach the 99 % quantile of |det H|: "
          + "\(NumberText.percent(low, of: total)) below, "
          + "\(NumberText.percent(high, of: total)) above")
    }
    let negative = values.count { $0 < 0 }
    lines.append("negative (indefinite): \(NumberText.percent(negative, of: total)) of the window")
    lines.append(Caption.undefined(seen, of: total))
    return lines + Caption.lines(contours, area)
  }
}
