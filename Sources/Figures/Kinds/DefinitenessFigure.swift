/// Where the Hessian is positive definite, indefinite and negative definite, with lines where an eigenvalue
/// changes its sign; hatched where it is singular or undefined.
public struct DefinitenessFigure: Figure {
  /// What the Hessian is at a place.
  enum Definiteness: CaseIterable {
    case positive, indefinite, negative
    /// It has an eigenvalue of 0, and others of one sign alone.
    case singular
    case undefined

    init(least: Double, greatest: Double) {
      if least.isNaN || greatest.isNaN {
        self = .undefined
      } else if least > 0 {
        self = .positive
      } else if greatest < 0 {
        self = .negative
      } else {
        self = least < 0 && greatest > 0 ? .indefinite : .singular
      }
    }

    var name: String {
      switch self {
      case .positive: "positive definite"
      case .indefinite: "indefinite"
      case .negative: "negative definite"
      case .singular: "singular"
      case .undefined: "undefined"
      }
    }

    /// Its colour; nil where the ground is hatched.
    func color(_ theme: Theme) -> Color? {
      switch self {
      case .positive: theme.positive
      case .indefinite: theme.indefinite
      case .negative: theme.negative
      case .singular, .undefined: nil
      }
    }
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// Two quantities: the least and the greatest eigenvalue, exactly 0 where rounding hides the sign.
  public var sample: Sampler
  /// Named starts.
  public var starts: [Marker]
  /// Known minima.
  public var minima: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of the signs of eigenvalues.
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

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let places = Places(starts: starts, minima: minima)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)

    func legend(_ seen: [Definiteness], hasLines: Bool) -> Legend {
      var legend = Legend()
      for kind in seen {
        if let color = kind.color(theme) { legend.add(RichText(kind.name), color, theme) }
      }
      if hasLines {
        ZeroLine.explain(as: RichText("an eigenvalue is 0"), in: &legend, theme)
      }
      places.explain(in: &legend, window, theme)
      let gaps = seen.filter { $0.color(theme) == nil }.map(\.name)
      if !gaps.isEmpty { ground.explain(in: &legend, as: gaps.joined(separator: " or ")) }
      return legend
    }
    let draft = WindowPage(
      heading, window, colorBar: nil, legend: legend(Definiteness.allCases, hasLines: true),
      canvas: canvas, theme: theme)

    let area = draft.area
    let raster = area.raster(for: canvas, sample: sample)
    let kinds = zip(raster.values[0], raster.values[1]).map {
      Definiteness(least: $0, greatest: $1)
    }
    let counts = Definiteness.allCases.map { kind in (kind, kinds.count { $0 == kind }) }
    let contours = [0, 1].map { quantity in
      ContourTracer(raster: raster, quantity: quantity, sample: sample)
        .contours(at: Levels(values: [0]))
    }
    let lines = contours[0] + contours[1]
    let page = draft.with(
      legend(
        counts.filter { $0.1 > 0 }.map(\.0), hasLines: !lines.lines.allSatisfy(\.isEmpty)))

    page.drawBackground()
    // Neighbours mostly are of one kind.
    var (last, pixel): (Definiteness?, UInt32?) = (nil, nil)
    let mosaic = raster.mosaic(ground) { place in
      if kinds[place] != last { (last, pixel) = (kinds[place], kinds[place].color(theme)?.pixel) }
      return pixel
    }
    canvas.paint(mosaic, in: area.box)
    var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
    canvas.clipped(to: area.box) {
      ZeroLine.draw(lines, on: canvas, area, theme, &occupancy)
      places.draw(on: canvas, area, theme, &occupancy)
    }
    page.drawSurroundings()
    let shares = counts.map { kind, count in
      kind.name + (kind.color(theme) == nil ? " (hatched)" : "")
        + ": \(NumberText.percent(count, of: kinds.count)) of the window"
    }
    return Caption.heading(heading) + [Caption.window(window, heading)] + shares
      + Caption.lines(lines, area)
  }
}
