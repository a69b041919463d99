/// Arrows for steps on a grid of cells that are square on the canvas.
struct ArrowField {
  /// What an arrow says.
  enum Kind: Int, CaseIterable {
    case descent, ascent, level
    /// −g, along which the function always falls.
    case steepest
  }

  private struct Arrow {
    let tail: Point
    let way: Point
    let kind: Kind
    let isCut: Bool
  }

  private let theme: Theme
  private let subject: ArrowFieldFigure.Subject
  private let scale: ArrowFieldFigure.Scale
  private let cell: Double
  private let arrows: [Arrow]
  private let gaps: [Point]
  private let rests: [Point]
  private let counts: (across: Int, down: Int)
  /// Canvas units for one unit along the horizontal axis.
  private let unit: Double
  /// The lengths of the steps that the drawn lengths depend on.
  private let lengths: Lengths

  /// The parts of a cell that the longest arrow and the median step take.
  private static let fill = 0.95
  private static let middle = 0.65

  init(
    _ area: PlotArea, _ subject: ArrowFieldFigure.Subject, sample: Sampler, count: Int,
    scale: ArrowFieldFigure.Scale, _ theme: Theme
  ) {
    self.theme = theme
    self.subject = subject
    self.scale = scale
    let box = area.box
    cell = max(box.width, box.height) / Double(count)
    let side = cell
    let across = max(1, Int((box.width / side + 0.01).rounded(.down)))
    let down = max(1, Int((box.height / side + 0.01).rounded(.down)))
    counts = (across, down)
    let first = box.center - Point(Double(across - 1), Double(down - 1)) * (side / 2)
    let points = (0..<down).flatMap { row in
      (0..<across).map { first + Point(Double($0), Double(row)) * side }
    }
    let (kx, ky) = (box.width / area.window.width, box.height / area.window.height)
    unit = kx
    let values = sample(
      points.map { area.window.x.lowerBound + ($0.x - box.x) / kx },
      points.map { area.window.y.lowerBound + (box.maxY - $0.y) / ky })

    let steps = points.indices.map { Point(values[0][$0] * kx, -values[1][$0] * ky) }
    let lengths = steps.map { step in
      // The squares of very long steps would overflow.
      let largest = max(abs(step.x), abs(step.y))
      return largest > 1e150 ? largest : step.length
    }
    let moving = Distribution(lengths.filter { $0 >= visibleSizes.lowerBound })
    let median = moving.sorted.isEmpty ? 1 : moving.quantile(0.5)
    let limit =
      switch scale {
      case .unit: Self.fill / Self.middle * median
      case .log: moving.sorted.isEmpty ? 1 : moving.quantile(0.99)
      case .true: 4 * max(box.width, box.height)
      }
    let small = moving.sorted.isEmpty ? 1 : moving.quantile(0.1)
    self.lengths = Lengths(scale: scale, cell: cell, small: small, median: median, limit: limit)

    var (arrows, gaps, rests): ([Arrow], [Point], [Point]) = ([], [], [])
    for index in points.indices {
      let (step, length) = (steps[index], lengths[index])
      if !(length <= visibleSizes.upperBound) {
        gaps.append(points[index])
      } else if length < visibleSizes.lowerBound {
        rests.append(points[index])
      } else {
        let shown = self.lengths.shown(length)
        let way = step * (shown / length)
        arrows.append(
          Arrow(
            tail: scale == .true ? points[index] : points[index] - way * 0.5, way: way,
            kind: subject == .newtonStep ? Self.kind(slope: values[3][index]) : .steepest,
            isCut: scale != .true && length > limit))
      }
    }
    (self.arrows, self.gaps, self.rests) = (arrows, gaps, rests)
  }

  private static func kind(slope: Double) -> Kind {
    slope < 0 ? .descent : slope > 0 ? .ascent : .level
  }

  /// How long steps are and are drawn, all in canvas units.
  private struct Lengths {
    let scale: ArrowFieldFigure.Scale
    let cell: Double
    /// The 10 % quantile, where the logarithm takes over.
    let small: Double
    let median: Double
    /// The greatest length that is not cut.
    let limit: Double

    func shown(_ length: Double) -> Double {
      let length = min(length, limit)
      switch scale {
      case .unit: return middle * cell * length / median
      case .log:
        return fill * cell * naturalLogarithm(1 + length / small)
          / naturalLogarithm(1 + limit / small)
      case .true: return length
      }
    }
  }

  // MARK: Drawing

  private static func color(_ kind: Kind, _ theme: Theme) -> Color {
    switch kind {
    case .descent, .steepest: theme.descent
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
    let head = min(0.4 * cell, 0.6 * length, 0.6 * theme.textSize)
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
    RichText(formula: "gᵀs \(sign) 0")
  }

  static func text(_ kind: Kind) -> RichText {
    switch kind {
    case .descent: RichText("descent, ") + slope("<")
    case .ascent: RichText("ascent, ") + slope(">")
    case .level: RichText("level, ") + slope("=")
    case .steepest: RichText(formula: "−g") + RichText(", steepest descent")
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

  /// What a cross means.
  static func gapText(_ subject: ArrowFieldFigure.Subject) -> String {
    subject == .newtonStep ? "no step" : "undefined"
  }

  /// Every entry that a field may have, to keep room for them.
  static func everything(_ subject: ArrowFieldFigure.Subject, _ theme: Theme) -> Legend {
    var legend = Legend()
    let cell = 2 * theme.textSize
    for kind in subject == .newtonStep ? [Kind.descent, .ascent] : [.steepest] {
      add(text(kind), length: cell, cell: cell, color(kind, theme), to: &legend, theme)
    }
    for text in ["longer than 0.00001", "length 0.00001", gapText(subject)] {
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
      let shown = lengths.shown(key * unit)
      Self.add(
        RichText("length ") + NumberText.rich(key), length: shown, cell: cell, theme.ink,
        to: &legend, theme)
    }
    if arrows.contains(where: \.isCut) {
      Self.add(
        RichText("longer than ") + NumberText.rich(lengths.limit / unit, digits: 2),
        length: Self.fill * cell, cell: cell, theme.ink, isCut: true, to: &legend, theme)
    }
    if !gaps.isEmpty {
      legend.add(RichText(Self.gapText(subject)), width: 0.5 * theme.textSize) { canvas, box in
        Self.drawGap(on: canvas, box.center, theme)
      }
    }
    if !rests.isEmpty {
      legend.add(
        RichText(subject == .newtonStep ? "step 0" : "gradient 0"), width: 0.3 * theme.textSize
      ) { canvas, box in
        canvas.fill(Path(center: box.center, radius: 0.1 * theme.textSize), theme.muted)
      }
    }
  }

  /// A round length, about the median, whose arrow fits into the legend.
  private var keyLength: Double? {
    guard !arrows.isEmpty else { return nil }
    let longest = scale == .true ? min(lengths.median, 6 * theme.textSize) : 1.3 * lengths.median
    let most = longest / unit
    let decade = powerOfTen(Int(decimalLogarithm(most).rounded(.down)))
    return [5, 2, 1].map { $0 * decade }.first { $0 <= most }
  }

  // MARK: Caption

  /// How long arrows are, and how many are cut or missing.
  var caption: [String] {
    let word = subject == .newtonStep ? "step" : "gradient"
    let middle = NumberText.plain(lengths.median / unit)
    let total = arrows.count + gaps.count + rests.count
    let meaning =
      switch scale {
      case .unit:
        "arrows: in units of the median \(word) \(middle), drawn as \(Self.middle) of a cell, centred on its point"
      case .true: "arrows: true lengths, from their points; median \(word) \(middle)"
      case .log:
        "arrows: length by log(1 + \(word)/\(NumberText.plain(lengths.small / unit))), "
          + "centred on its point; median \(word) \(middle)"
      }
    let rising = arrows.count { $0.kind == .ascent }
    let cut = arrows.count(where: \.isCut)
    let tallies =
      (subject == .newtonStep ? ["ascent: \(rising) of \(total)"] : [])
      + ["\(Self.gapText(subject)): \(gaps.count) of \(total)"]
    let grid = "grid: \(counts.across) x \(counts.down) points"
    if arrows.isEmpty { return [grid, "arrows: none"] + tallies }
    let cutting =
      scale == .true
      ? "arrows that leave the window are cut at its frame"
      : "cut to a cell (double head): \(cut) of \(total), longer than "
        + NumberText.plain(lengths.limit / unit)
    return [grid, meaning, cutting] + tallies
  }
}
