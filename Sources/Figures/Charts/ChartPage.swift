/// The sheet of a chart: title and formula, frame with ticks and names of the axes, legend beneath, strips
/// above the picture that share its axis to the right, and room at the right for names of lines.
///
/// All text is measured before anything is placed.
struct ChartPage {
  /// A strip above the picture, for what has no place on the axis upwards.
  struct Strip {
    let name: RichText
    /// Its height in lines of text.
    let rows: Double
  }

  let canvas: any Canvas
  let theme: Theme
  let area: ChartArea
  /// The strips, the first at the top.
  let stripBoxes: [Box]
  private let strips: [Strip]
  private let heading: FigureHeading
  private let legend: Legend
  private let legendBox: Box
  private let sheet: Box
  private let title: FigureTitle
  private let xTicks: AxisTicks
  private let yTicks: AxisTicks

  init(
    _ heading: FigureHeading, x: Axis, y: Axis, strips: [Strip] = [], legend: Legend,
    rightMargin: Double = 0, canvas: any Canvas, theme: Theme
  ) {
    self.heading = heading
    self.strips = strips
    self.legend = legend
    self.canvas = canvas
    self.theme = theme
    sheet = Box(x: 0, y: 0, width: canvas.width, height: canvas.height).inset(by: theme.margin)

    title = FigureTitle(heading, in: sheet, on: canvas, theme)

    let legendHeight = legend.height(within: sheet.width, on: canvas, theme)
    let legendGap = legend.entries.isEmpty ? 0 : 0.5 * theme.margin
    legendBox = Box(
      x: sheet.x, y: sheet.maxY - legendHeight, width: sheet.width, height: legendHeight)

    let (tick, pad) = (Self.tickLength(theme), Self.pad(theme))
    let top = title.height
    let bottom = tick + pad + theme.textSize + pad + theme.labelSize + legendHeight + legendGap
    let stripHeights = strips.map { $0.rows * Self.stripRow(theme) }
    let stripGap = 0.45 * theme.textSize
    let stripRoom = stripHeights.reduce(0) { $0 + $1 + stripGap }
    let height = sheet.height - top - bottom - stripRoom
    yTicks = AxisTicks(y, count: max(3, Int(height / (3.4 * theme.textSize))))

    func width(_ text: RichText) -> Double { text.width(on: canvas, theme.text) }
    let labels = (yTicks.major.map(\.label) + strips.map(\.name)).map(width)
    let left = theme.labelSize + 1.4 * pad + (labels.max() ?? 0) + pad + tick
    let roughWidth = sheet.width - left - rightMargin
    xTicks = Self.ticks(x, along: roughWidth, pitch: 4.4 * theme.textSize) { ticks in
      ticks.major.reduce(0) { $0 + width($1.label) + theme.textSize }
    }
    let overhang = xTicks.major.last.map { last in
      width(last.label) / 2 - (1 - x.position(last.value)) * roughWidth
    }
    let right = max(rightMargin, overhang ?? 0, 0)

    let room = Box(
      x: (sheet.x + left).rounded(), y: (sheet.y + top).rounded(),
      width: (sheet.width - left - right).rounded(.down),
      height: (sheet.height - top - bottom).rounded(.down))
    var boxes: [Box] = []
    var y0 = room.y
    for height in stripHeights {
      boxes.append(Box(x: room.x, y: y0, width: room.width, height: height.rounded()))
      y0 += (height + stripGap).rounded()
    }
    stripBoxes = boxes
    area = ChartArea(
      x: x, y: y,
      box: Box(x: room.x, y: y0, width: room.width, height: max(room.maxY - y0, 1)))
  }

  /// The most ticks up to one for each `pitch` that leave room for their labels side by side.
  private static func ticks(
    _ axis: Axis, along length: Double, pitch: Double, width: (AxisTicks) -> Double
  ) -> AxisTicks {
    var count = max(3, Int(length / pitch))
    var ticks = AxisTicks(axis, count: count)
    while count > 2, width(ticks) > length {
      count -= 1
      ticks = AxisTicks(axis, count: count)
    }
    return ticks
  }

  private static func tickLength(_ theme: Theme) -> Double { 0.35 * theme.textSize }
  private static func pad(_ theme: Theme) -> Double { 0.35 * theme.textSize }
  private static func stripRow(_ theme: Theme) -> Double { 1.35 * theme.textSize }

  private static func name(_ axis: Axis, _ ticks: AxisTicks) -> RichText {
    guard ticks.exponent != 0 else { return axis.name }
    return axis.name + RichText("  (") + .power(ticks.exponent) + RichText(")")
  }

  // MARK: Drawing

  /// Covers the sheet and draws the lines at ticks; to be drawn first.
  func drawBackground() {
    let all = Box(x: 0, y: 0, width: canvas.width, height: canvas.height)
    canvas.fill(Path(all), theme.background)
    var lines = Path()
    for tick in xTicks.major {
      let x = area.point(tick.value, area.y.range.lowerBound).x
      for box in stripBoxes + [area.box] { lines.add([Point(x, box.y), Point(x, box.maxY)]) }
    }
    for tick in yTicks.major {
      let y = area.point(area.x.range.lowerBound, tick.value).y
      lines.add([Point(area.box.x, y), Point(area.box.maxX, y)])
    }
    canvas.stroke(lines, Pen(theme.grid, width: 0.75 * theme.frameWidth))
  }

  /// Everything around the picture; to be drawn last, so that the frame covers clipped ends.
  func drawSurroundings() {
    let frame = Pen(theme.ink, width: theme.frameWidth)
    for box in stripBoxes { canvas.stroke(Path(box), Pen(theme.muted, width: 0.6 * frame.width)) }
    canvas.stroke(Path(area.box), frame)
    let top = stripBoxes.first ?? area.box
    let width = sheet.maxX - top.x
    title.draw(
      over: Box(x: top.x, y: top.y, width: width, height: top.height), on: canvas)
    drawTicks()
    legend.draw(in: legendBox, on: canvas, theme)
  }

  private func drawTicks() {
    let (box, style) = (area.box, theme.text)
    let (tick, pad) = (Self.tickLength(theme), Self.pad(theme))
    var marks = Path()
    for mark in xTicks.major {
      let x = area.point(mark.value, area.y.range.lowerBound).x
      marks.add([Point(x, box.maxY), Point(x, box.maxY + tick)])
      let baseline = box.maxY + tick + pad + 0.73 * style.size
      mark.label.draw(on: canvas, at: Point(x, baseline), style, anchor: .center)
    }
    for value in xTicks.minor {
      let x = area.point(value, area.y.range.lowerBound).x
      marks.add([Point(x, box.maxY), Point(x, box.maxY + 0.5 * tick)])
    }
    var widest = 0.0
    func label(_ text: RichText, _ y: Double) {
      let place = Point(box.x - tick - pad, y + 0.365 * style.size)
      text.draw(on: canvas, at: place, style, anchor: .right)
      widest = max(widest, text.width(on: canvas, style))
    }
    for mark in yTicks.major {
      let y = area.point(area.x.range.lowerBound, mark.value).y
      marks.add([Point(box.x, y), Point(box.x - tick, y)])
      label(mark.label, y)
    }
    for value in yTicks.minor {
      let y = area.point(area.x.range.lowerBound, value).y
      marks.add([Point(box.x, y), Point(box.x - 0.5 * tick, y)])
    }
    for (strip, place) in zip(strips, stripBoxes) { label(strip.name, place.center.y) }
    marks.isDisjoint = true
    canvas.stroke(marks, Pen(theme.ink, width: 0.75 * theme.frameWidth))

    let below = box.maxY + tick + pad + style.size + pad + 0.6 * theme.labelSize
    Self.name(area.x, xTicks)
      .draw(on: canvas, at: Point(box.center.x, below), theme.label, anchor: .center)
    let middle = Point(
      box.x - tick - pad - widest - 1.4 * pad - theme.labelSize / 2, box.center.y)
    let name = Self.name(area.y, yTicks).shortened(to: box.height, on: canvas, theme.label)
    name.draw(on: canvas, centeredAt: middle, theme.label, angle: -.pi / 2)
  }
}
