/// Arrows for steps on a grid of cells that are square on the canvas.
struct ArrowField {
  /// What an arrow says.
  private enum Kind: Int, CaseIterable {
    case descent, ascent, level
  }

  private struct Arrow {
    let tail: Point
    let way: Point
    let kind: Kind
    let isCut: Bool
  }

  private let theme: Theme
  private let scale: NewtonFieldFigure.Scale
  private let cell: Double
  private let arrows: [Arrow]
  private let gaps: [Point]
  private let rests: [Point]
  private let counts: (across: Int, down: Int)
  /// Canvas units for one unit along the horizontal axis.
  private let unit: Double
  /// The median length of the steps and the greatest that is not cut, in canvas units.
  private let median: Double
  private let limit: Double

  private static let fill = 0.94

  init(
    _ area: PlotArea, sample: Sampler, count: Int, scale: NewtonFieldFigure.Scale, _ theme: Theme
  ) {
    self.theme = theme
    self.scale = scale
    let box = area.box
    cell = box.width / Double(count)
    let down = max(1, Int((box.height / cell + 0.01).rounded(.down)))
    counts = (count, down)
    let first = Point(box.x + cell / 2, box.center.y - cell * Double(down - 1) / 2)
    let side = cell
    let points = (0..<down).flatMap { row in
      (0..<count).map { first + Point(Double($0), Double(row)) * side }
    }
    let (kx, ky) = (box.width / area.window.width, box.height / area.window.height)
    unit = kx
    let values = sample(
      points.map { area.window.x.lowerBound + ($0.x - box.x) / kx },
      points.map { area.window.y.lowerBound + (box.maxY - $0.y) / ky })

    let steps = points.indices.map { Point(values[0][$0] * kx, -values[1][$0] * ky) }
    let lengths = steps.map { ($0.x.magnitude > 1e150 || $0.y.magnitude > 1e150)
      ? max($0.x.magnitude, $0.y.magnitude) : $0.length }
    let moving = Distribution(lengths.filter { $0 > 0 })
    let median = moving.sorted.isEmpty ? 1 : moving.quantile(0.5)
    self.median = median
    let longest = moving.sorted.isEmpty ? 1 : moving.quantile(0.99)
    let limit =
      switch scale {
      case .unit: Self.fill / 0.6 * median
      case .log: longest
      case .true: 4 * max(box.width, box.height)
      }
    self.limit = limit

    var (arrows, gaps, rests): ([Arrow], [Point], [Point]) = ([], [], [])
    for index in points.indices {
      let (step, length) = (steps[index], lengths[index])
      if !length.isFinite {
        gaps.append(points[index])
      } else if length == 0 {
        rests.append(points[index])
      } else {
        let shown = Self.shown(length, median: median, limit: limit, cell: cell, scale)
        let way = step * (shown / length)
        let slope = values[3][index]
        arrows.append(
          Arrow(
            tail: scale == .true ? points[index] : points[index] - way * 0.5, way: way,
            kind: slope < 0 ? .descent : slope > 0 ? .ascent : .level, isCut: length > limit))
      }
    }
    (self.arrows, self.gaps, self.rests) = (arrows, gaps, rests)
  }

  /// How long an arrow is drawn.
  private static func shown(
    _ length: Double, median: Double, limit: Double, cell: Double,
    _ scale: NewtonFieldFigure.Scale
  ) -> Double {
    let length = min(length, limit)
    switch scale {
    case .unit: return 0.6 * cell * length / median
    case .log:
      return fill * cell * naturalLogarithm(1 + length / median)
        / naturalLogarithm(1 + limit / median)
    case .true: return length
    }
  }

  // MARK: Drawing

  private static func color(_ kind: Kind, _ theme: Theme) -> Color {
    switch kind {
    case .descent: theme.descent
    case .ascent: theme.ascent
    case .level: theme.muted
    }
  }

  private static func draw(
    on canvas: any Canvas, tail: Point, way: Point, cell: Double, _ color: Color, isCut: Bool,
    _ theme: Theme
  ) {
    let length = way.length
    guard length > 0 else { return }
    let angle = arcTangent(way.y, way.x)
    let width = min(1.15 * theme.frameWidth, 0.09 * cell)
    let head = min(0.34 * cell, 0.55 * length, 0.6 * theme.textSize)
    let neck = isCut ? 1.7 * head : 0.8 * head
    func place(_ x: Double, _ y: Double) -> Point { tail + Point(x, y).turned(by: angle) }
    canvas.stroke(
      Path([place(0, 0), place(max(length - neck, 0.3 * length), 0)]), Pen(color, width: width))
    for back in isCut ? [0, 0.95 * head] : [0] {
      let tip = length - back
      canvas.fill(
        Path(
          [
            place(tip, 0), place(tip - head, 0.42 * head), place(tip - 0.75 * head, 0),
            place(tip - head, -0.42 * head),
          ], isClosed: true), color)
    }
  }

  /// Draws all arrows, small crosses where there is no step, and dots where it is 0.
  func draw(on canvas: any Canvas) {
    for arrow in arrows {
      Self.draw(
        on: canvas, tail: arrow.tail, way: arrow.way, cell: cell, Self.color(arrow.kind, theme),
        isCut: arrow.isCut, theme)
    }
    for point in gaps { Self.drawGap(on: canvas, point, theme) }
    for point in rests {
      canvas.fill(Path(center: point, radius: 0.1 * theme.textSize), theme.muted)
    }
  }

  private static func drawGap(on canvas: any Canvas, _ point: Point, _ theme: Theme) {
    let arm = 0.18 * theme.textSize
    var path = Path()
    path.add([point + Point(-arm, -arm), point + Point(arm, arm)])
    path.add([point + Point(-arm, arm), point + Point(arm, -arm)])
    canvas.stroke(path, Pen(theme.muted, width: 0.7 * theme.frameWidth))
  }

  // MARK: Legend

  private static func slope(_ sign: String) -> RichText {
    RichText(formula: "g") + RichText(runs: [RichText.Run(text: "T", isRaised: true)])
      + RichText(formula: "s") + RichText(" \(sign) 0")
  }

  private static func text(_ kind: Kind) -> RichText {
    switch kind {
    case .descent: RichText("descent, ") + slope("<")
    case .ascent: RichText("ascent, ") + slope(">")
    case .level: RichText("level, ") + slope("=")
    }
  }

  private static func add(
    _ text: RichText, length: Double, cell: Double, _ color: Color, isCut: Bool = false,
    to legend: inout Legend, _ theme: Theme
  ) {
    legend.add(text, width: length) { canvas, box in
      draw(
        on: canvas, tail: Point(box.x, box.center.y), way: Point(length, 0), cell: cell, color,
        isCut: isCut, theme)
    }
  }

  /// Every entry that a field may have, to keep room for them.
  static func everything(_ theme: Theme) -> Legend {
    var legend = Legend()
    let cell = 2 * theme.textSize
    for kind in [Kind.descent, .ascent] {
      add(text(kind), length: cell, cell: cell, color(kind, theme), to: &legend, theme)
    }
    for text in ["longer than 0.00001", "length 0.00001", "no step"] {
      add(RichText(text), length: cell, cell: cell, theme.ink, to: &legend, theme)
    }
    return legend
  }

  /// Adds what is there: the colours, the length key, cut arrows and places without a step.
  func explain(in legend: inout Legend) {
    let length = 1.5 * theme.textSize
    for kind in Kind.allCases where arrows.contains(where: { $0.kind == kind }) {
      Self.add(
        Self.text(kind), length: length, cell: cell, Self.color(kind, theme), to: &legend, theme)
    }
    if let key = keyLength {
      let shown = Self.shown(key * unit, median: median, limit: limit, cell: cell, scale)
      Self.add(
        RichText("length ") + NumberText.rich(key), length: shown, cell: cell, theme.ink,
        to: &legend, theme)
    }
    if arrows.contains(where: \.isCut) {
      Self.add(
        RichText("longer than ") + NumberText.rich(limit / unit, digits: 2),
        length: Self.fill * cell, cell: cell, theme.ink, isCut: true, to: &legend, theme)
    }
    if !gaps.isEmpty {
      legend.add(RichText("no step"), width: 0.5 * theme.textSize) { canvas, box in
        Self.drawGap(on: canvas, box.center, theme)
      }
    }
    if !rests.isEmpty {
      legend.add(RichText("step 0"), width: 0.3 * theme.textSize) { canvas, box in
        canvas.fill(Path(center: box.center, radius: 0.1 * theme.textSize), theme.muted)
      }
    }
  }

  /// A round length, about the median, whose arrow fits into the legend.
  private var keyLength: Double? {
    guard !arrows.isEmpty else { return nil }
    let most = (scale == .true ? min(median, 6 * theme.textSize) : median * 1.3) / unit
    let decade = powerOfTen(Int(decimalLogarithm(most).rounded(.down)))
    return [5, 2, 1].map { $0 * decade }.first { $0 <= most }
  }

  // MARK: Caption

  /// How long arrows are, and how many are cut or missing.
  var caption: [String] {
    let middle = NumberText.plain(median / unit)
    let total = arrows.count + gaps.count + rests.count
    let meaning =
      switch scale {
      case .unit:
        "arrows: in units of the median step \(middle), drawn as 0.6 of a cell, centred on its point"
      case .true: "arrows: true lengths, from their points; median step \(middle)"
      case .log:
        "arrows: length by log(1 + step/median), centred on its point; median step \(middle)"
      }
    let rising = arrows.count { $0.kind == .ascent }
    return [
      "grid: \(counts.across) x \(counts.down) points", meaning,
      "cut to a cell (double head): \(arrows.count(where: \.isCut)) of \(total), "
        + "longer than \(NumberText.plain(limit / unit))",
      "ascent: \(rising) of \(total)",
      "no step: \(gaps.count) of \(total)",
    ]
  }
}
