/// Steps over a window as arrows: Newton's, in one colour where the function falls along them and another
/// where it rises, with the line det H = 0 where they grow without bound and turn round; or −g.
public struct ArrowFieldFigure: Figure {
  /// What the arrows are.
  public enum Subject: Sendable, Equatable {
    /// Newton steps, of four quantities: the two parts of the step, det H, and the slope along the step, gᵀs.
    case newtonStep
    /// −g, of two quantities: its parts.
    case negativeGradient
  }

  /// How long arrows are.
  public enum Scale: Sendable, Equatable {
    /// In units of the median step, which takes two thirds of a cell; what would be longer than a cell
    /// is cut.
    case unit
    /// As long as the steps are, from their points.
    case `true`
    /// By log(1 + length/q), q the 10 % quantile, the 99 % quantile filling a cell.
    case log
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// What the arrows are.
  public var subject: Subject
  /// The quantities of the subject.
  public var sample: Sampler
  /// How many arrows along the longer side.
  public var count: Int
  /// How long arrows are.
  public var scale: Scale
  /// Whether integral curves take the place of arrows; the scale has no meaning then.
  public var isStream = false
  /// Named starts.
  public var starts: [Marker]
  /// Known minima.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of steps.
  public init(
    heading: FigureHeading, window: Window, subject: Subject = .newtonStep,
    sample: @escaping Sampler, count: Int = 25, scale: Scale = .unit, starts: [Marker] = [],
    minima: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.subject = subject
    self.sample = sample
    self.count = count
    self.scale = scale
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    if isStream { return drawStreams(on: canvas) }
    let theme = theme.fitted(to: canvas)
    let places = Places(starts: starts, minima: minima)

    // The legend needs the lengths, they need the picture's size, and that the legend's height:
    // a first page with all there may be settles the size, then only what there is gets drawn.
    let draft = page(ArrowField.everything(subject, theme), places, canvas, theme)
    let field = ArrowField(
      draft.area, subject, sample: sample, count: max(count, 2), scale: scale, theme)
    var legend = Legend()
    field.explain(in: &legend)
    let contours =
      subject == .newtonStep
      ? turns(draft.area.raster(for: canvas, sample: sample)) : Contours()
    if !contours.lines.allSatisfy(\.isEmpty) {
      ZeroLine.explain(as: DeterminantFigure.zero, in: &legend, theme)
    }
    places.explain(in: &legend, window, theme)
    let page = draft.with(legend)

    page.drawBackground()
    var occupancy = Occupancy(canvas, room: page.area.box.inset(by: 3 * theme.frameWidth))
    canvas.clipped(to: page.area.box) {
      ZeroLine.draw(contours, on: canvas, page.area, theme, &occupancy)
      field.draw(on: canvas)
      places.draw(on: canvas, page.area, theme, &occupancy)
    }
    page.drawSurroundings()
    return Caption.heading(heading) + [Caption.window(window, heading)] + field.caption
      + Caption.lines(contours, page.area)
  }

  private func drawStreams(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let places = Places(starts: starts, minima: minima)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)
    let gap = ArrowField.gapText(subject)
    var everything = ArrowField.everything(subject, theme)
    ground.explain(in: &everything, as: gap)
    let draft = page(everything, places, canvas, theme)
    let area = draft.area
    let streams = StreamLines(area, subject, sample: sample, count: max(count, 2), theme)
    let raster = area.raster(for: canvas, sample: sample)
    let total = raster.columns * raster.rows
    let undefined = raster.values[0].count { !$0.isFinite }
    let contours = turns(raster)
    var legend = Legend()
    streams.explain(in: &legend)
    if !contours.lines.allSatisfy(\.isEmpty) {
      ZeroLine.explain(as: DeterminantFigure.zero, in: &legend, theme)
    }
    places.explain(in: &legend, window, theme)
    if undefined > total / 20_000 { ground.explain(in: &legend, as: gap) }
    let page = draft.with(legend)

    page.drawBackground()
    if undefined > 0 {
      let mosaic = raster.mosaic(of: 0, ground) { $0.isFinite ? theme.background : nil }
      canvas.paint(mosaic, in: area.box)
    }
    var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
    canvas.clipped(to: area.box) {
      streams.draw(on: canvas)
      ZeroLine.draw(contours, on: canvas, area, theme, &occupancy)
      places.draw(on: canvas, area, theme, &occupancy)
    }
    page.drawSurroundings()
    return Caption.heading(heading) + [Caption.window(window, heading)] + streams.caption
      + ["\(gap) (hatched): \(NumberText.percent(undefined, of: total)) of the window"]
      + Caption.lines(contours, area)
  }

  /// Where Newton steps turn round.
  private func turns(_ raster: Raster) -> Contours {
    guard subject == .newtonStep else { return Contours() }
    return ContourTracer(raster: raster, quantity: 2, sample: sample)
      .contours(at: Levels(values: [0]))
  }

  private func page(
    _ field: Legend, _ places: Places, _ canvas: any Canvas, _ theme: Theme
  ) -> WindowPage {
    var legend = field
    if subject == .newtonStep {
      ZeroLine.explain(as: DeterminantFigure.zero, in: &legend, theme)
    }
    places.explain(in: &legend, window, theme)
    return WindowPage(
      heading, window, colorBar: nil, legend: legend, canvas: canvas, theme: theme)
  }
}
