/// The Newton steps over a window as arrows: one colour where the function falls along the step,
/// another where it rises, with the line det H = 0 where steps grow without bound and turn round.
public struct NewtonFieldFigure: Figure {
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
  /// Four quantities: the two parts of the step, det H, and the slope along the step, gᵀs.
  public var sample: Sampler
  /// How many arrows along the longer side.
  public var count: Int
  /// How long arrows are.
  public var scale: Scale
  /// Named starts.
  public var starts: [Marker]
  /// Known minima.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of Newton steps.
  public init(
    heading: FigureHeading, window: Window, sample: @escaping Sampler, count: Int = 25,
    scale: Scale = .unit, starts: [Marker] = [], minima: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.sample = sample
    self.count = count
    self.scale = scale
    self.starts = starts
    self.minima = minima
    self.theme = theme
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let places = Places(starts: starts, minima: minima)

    // The legend needs the lengths, they need the picture's size, and that the legend's height:
    // a first page with all there may be settles the size, then only what there is gets drawn.
    let draft = page(ArrowField.everything(theme), places, canvas, theme)
    let field = ArrowField(
      draft.area, sample: sample, count: max(count, 2), scale: scale, theme)
    var legend = Legend()
    field.explain(in: &legend)
    let raster = draft.area.raster(for: canvas, sample: sample)
    let contours = ContourTracer(raster: raster, quantity: 2, sample: sample)
      .contours(at: Levels(values: [0]))
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

  private func page(
    _ field: Legend, _ places: Places, _ canvas: any Canvas, _ theme: Theme
  ) -> WindowPage {
    var legend = field
    ZeroLine.explain(as: DeterminantFigure.zero, in: &legend, theme)
    places.explain(in: &legend, window, theme)
    return WindowPage(
      heading, window, colorBar: nil, legend: legend, canvas: canvas, theme: theme)
  }
}
