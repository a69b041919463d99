/// The sheet of a figure over a window: title and formula, frame with ticks and names of the axes,
/// colour bar at the right, legend beneath, and the room that is left for the picture.
///
/// All text is measured before anything is placed. The axes have equal scales where the window is
/// no more than twice as long as wide; otherwise the picture fills the room.
struct WindowPage {
  let canvas: any Canvas
  let theme: Theme
  let area: PlotArea
  private let heading: FigureHeading
  private let colorBar: ColorBar?
  private var legend: Legend
  private let xTicks: Ticks
  private let yTicks: Ticks
  private let legendBox: Box
  private let sheet: Box
  private let title: FigureTitle

  init(
    _ heading: FigureHeading, _ window: Window, colorBar: ColorBar?, legend: Legend,
    canvas: any Canvas, theme: Theme
  ) {
    self.heading = heading
    self.colorBar = colorBar
    self.legend = legend
    self.canvas = canvas
    self.theme = theme
    sheet = Box(x: 0, y: 0, width: canvas.width, height: canvas.height).inset(by: theme.margin)

    title = FigureTitle(heading, in: sheet, on: canvas, theme)

    let legendHeight = legend.height(within: sheet.width, on: canvas, theme)
    let legendGap = legend.entries.isEmpty ? 0 : 0.5 * theme.margin
    // Ticks come before the room for their labels is known, from a first guess at the picture.
    let ratio = window.width / window.height
    let isTrue = ratio >= 0.5 && ratio <= 2
    let guess = Box(x: 0, y: 0, width: 0.7 * sheet.width, height: 0.75 * sheet.height)
    let first = Self.shape(guess, ratio: isTrue ? ratio : nil)
    let pitch = 4.4 * theme.textSize
    xTicks = Self.ticks(window.x, along: first.width, pitch: pitch) { labels in
      labels.reduce(0) { $0 + canvas.width(of: $1, style: theme.text) + theme.textSize }
    }
    yTicks = Ticks(window.y, count: max(3, Int(first.height / pitch)))

    let xLabels = xTicks.labels.map { canvas.width(of: $0, style: theme.text) }
    let yLabels = yTicks.labels.map { canvas.width(of: $0, style: theme.text) }
    let (tick, pad) = (Self.tickLength(theme), Self.pad(theme))
    let yName = Self.yName(heading, yTicks)
    let left =
      Self.nameWidth(yName, on: canvas, theme) + 1.4 * pad + (yLabels.max() ?? 0) + pad + tick
    let top = title.height
    let bottom =
      tick + pad + theme.textSize + pad + theme.labelSize + legendHeight + legendGap
    let overhang = (xLabels.max() ?? 0) / 2
    let bar = colorBar.map { theme.margin + $0.width(on: canvas, theme) } ?? 0
    let right = max(bar, overhang)

    let room = Box(
      x: sheet.x + left, y: sheet.y + top, width: sheet.width - left - right,
      height: sheet.height - top - bottom)
    let shape = Self.shape(room, ratio: isTrue ? ratio : nil)
    area = PlotArea(
      window: window,
      box: Box(
        x: (room.x + (room.width - shape.width) / 2).rounded(),
        y: (room.y + (room.height - shape.height) / 2).rounded(),
        width: shape.width.rounded(.down), height: shape.height.rounded(.down)))
    // Right below the axis, also where the picture is lower than its room.
    legendBox = Box(
      x: sheet.x, y: area.box.maxY + bottom - legendHeight, width: sheet.width,
      height: legendHeight)
  }

  /// Ticks about `pitch` apart, or as many as leave room for their labels side by side.
  private static func ticks(
    _ range: ClosedRange<Double>, along length: Double, pitch: Double,
    width: ([String]) -> Double
  ) -> Ticks {
    var count = max(3, Int(length / pitch))
    var ticks = Ticks(range, count: count)
    while count > 2, width(ticks.labels) > length {
      count -= 1
      ticks = Ticks(range, count: count)
    }
    return ticks
  }

  /// The largest size of the given width to height within the room.
  private static func shape(_ room: Box, ratio: Double?) -> (width: Double, height: Double) {
    guard let ratio else { return (room.width, room.height) }
    let width = min(room.width, room.height * ratio)
    return (width, width / ratio)
  }

  private static func tickLength(_ theme: Theme) -> Double { 0.35 * theme.textSize }
  private static func pad(_ theme: Theme) -> Double { 0.35 * theme.textSize }

  private static func name(_ label: Label, _ ticks: Ticks) -> RichText {
    guard ticks.exponent != 0 else { return label.shown }
    return label.shown + RichText("  (") + .power(ticks.exponent) + RichText(")")
  }

  private static func yName(_ heading: FigureHeading, _ ticks: Ticks) -> RichText {
    name(heading.yLabel, ticks)
  }

  /// The width of the vertical axis's name: short names stand upright, long ones are turned.
  private static func nameWidth(
    _ name: RichText, on canvas: any Canvas, _ theme: Theme
  ) -> Double {
    let width = name.width(on: canvas, theme.label)
    return width <= 2 * theme.labelSize ? width : theme.labelSize
  }

  /// The same page with another legend, which must not need more rows.
  func with(_ legend: Legend) -> WindowPage {
    var page = self
    page.legend = legend
    return page
  }

  // MARK: Drawing

  /// Covers the sheet; to be drawn first.
  func drawBackground() {
    let all = Box(x: 0, y: 0, width: canvas.width, height: canvas.height)
    canvas.fill(Path(all), theme.background)
  }

  /// Everything around the picture; to be drawn last, so that the frame covers clipped ends.
  func drawSurroundings() {
    let box = area.box
    canvas.stroke(Path(box), Pen(theme.ink, width: theme.frameWidth))
    title.draw(over: area.box, on: canvas)
    drawTicks()
    if let colorBar {
      let place = Box(
        x: box.maxX + theme.margin, y: box.y - 0.25 * theme.labelSize,
        width: sheet.maxX - box.maxX - theme.margin, height: box.height + 0.25 * theme.labelSize)
      colorBar.draw(in: place, on: canvas, theme)
    }
    legend.draw(in: legendBox, on: canvas, theme)
  }

  private func drawTicks() {
    let (box, style) = (area.box, theme.text)
    let (tick, pad) = (Self.tickLength(theme), Self.pad(theme))
    var marks = Path()
    for (value, label) in zip(xTicks.values, xTicks.labels) {
      let x = area.point(value, area.window.y.lowerBound).x
      marks.add([Point(x, box.maxY), Point(x, box.maxY + tick)])
      let baseline = box.maxY + tick + pad + 0.73 * style.size
      RichText(label).draw(on: canvas, at: Point(x, baseline), style, anchor: .center)
    }
    var widest = 0.0
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let y = area.point(area.window.x.lowerBound, value).y
      marks.add([Point(box.x, y), Point(box.x - tick, y)])
      let place = Point(box.x - tick - pad, y + 0.365 * style.size)
      RichText(label).draw(on: canvas, at: place, style, anchor: .right)
      widest = max(widest, canvas.width(of: label, style: style))
    }
    marks.isDisjoint = true
    canvas.stroke(marks, Pen(theme.ink, width: 0.75 * theme.frameWidth))

    let below = box.maxY + tick + pad + style.size + pad + 0.6 * theme.labelSize
    Self.name(heading.xLabel, xTicks)
      .draw(on: canvas, at: Point(box.center.x, below), theme.label, anchor: .center)
    let name = Self.yName(heading, yTicks)
    let width = Self.nameWidth(name, on: canvas, theme)
    let middle = Point(box.x - tick - pad - widest - 1.4 * pad - width / 2, box.center.y)
    let isTurned = name.width(on: canvas, theme.label) > 2 * theme.labelSize
    name.draw(on: canvas, centeredAt: middle, theme.label, angle: isTurned ? -.pi / 2 : 0)
  }
}
