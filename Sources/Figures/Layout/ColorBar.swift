/// The scale of colours beside a picture.
struct ColorBar {
  /// A value on the scale, at a height from 0 (bottom) to 1.
  struct Tick {
    let position: Double
    let text: RichText
    /// Labels of rank 0 are placed first, others where there is room.
    var rank = 0
  }

  /// What the colours stand for.
  let title: RichText
  /// Colours from the bottom, equally high.
  let colors: [Color]
  /// The colour of values below the scale, in a pointed end, if there are any.
  var below: Color?
  /// The colour of values above the scale, in a pointed end, if there are any.
  var above: Color?
  let ticks: [Tick]
  /// Lines across the bar, by height and colour.
  var lines: [(position: Double, pen: Pen)] = []

  private func barWidth(_ theme: Theme) -> Double { 1.25 * theme.textSize }
  private func tickLength(_ theme: Theme) -> Double { 0.3 * theme.textSize }

  /// The width of the bar with its numbers.
  private func ownWidth(on canvas: any Canvas, _ theme: Theme) -> Double {
    let labels = ticks.map { $0.text.width(on: canvas, theme.text) }.max() ?? 0
    return barWidth(theme) + 2 * tickLength(theme) + labels
  }

  /// Short titles stand above the bar, long ones are turned and run along its numbers.
  private func isTurned(on canvas: any Canvas, _ theme: Theme) -> Bool {
    title.width(on: canvas, theme.label) > max(ownWidth(on: canvas, theme), 6.5 * theme.labelSize)
  }

  /// The width of all.
  func width(on canvas: any Canvas, _ theme: Theme) -> Double {
    let own = ownWidth(on: canvas, theme)
    return isTurned(on: canvas, theme)
      ? own + 1.5 * theme.labelSize : max(own, title.width(on: canvas, theme.label))
  }

  /// Draws the bar at the left of the box from its bottom.
  func draw(in box: Box, on canvas: any Canvas, _ theme: Theme) {
    let isTurned = isTurned(on: canvas, theme)
    let head = (isTurned ? 0.25 : 1.5) * theme.labelSize
    let (barWidth, tickLength) = (barWidth(theme), tickLength(theme))
    let point = 0.8 * barWidth
    if isTurned {
      let middle = Point(
        box.x + ownWidth(on: canvas, theme) + 0.9 * theme.labelSize, box.y + (head + box.height) / 2
      )
      title.shortened(to: box.height - head, on: canvas, theme.label)
        .draw(on: canvas, centeredAt: middle, theme.label, angle: -.pi / 2)
    } else {
      title.draw(on: canvas, at: Point(box.x, box.y + 0.8 * theme.labelSize), theme.label)
    }
    let top = box.y + head + (above == nil ? 0 : point)
    let bottom = box.maxY - (below == nil ? 0 : point)
    let bar = Box(x: box.x, y: top, width: barWidth, height: bottom - top)

    var mosaic = Mosaic(columns: 1, rows: colors.count, color: theme.background)
    mosaic.colors = colors.reversed()
    canvas.paint(mosaic, in: bar)
    var outline = [Point(bar.x, bar.maxY), Point(bar.x, bar.y)]
    if let above {
      let tip = Point(bar.center.x, bar.y - point)
      canvas.fill(Path([Point(bar.x, bar.y), tip, Point(bar.maxX, bar.y)]), above)
      outline.append(tip)
    }
    outline += [Point(bar.maxX, bar.y), Point(bar.maxX, bar.maxY)]
    if let below {
      let tip = Point(bar.center.x, bar.maxY + point)
      canvas.fill(Path([Point(bar.x, bar.maxY), tip, Point(bar.maxX, bar.maxY)]), below)
      outline.append(tip)
    }
    for line in lines {
      let y = bar.maxY - line.position * bar.height
      canvas.stroke(Path([Point(bar.x, y), Point(bar.maxX, y)]), line.pen)
    }
    canvas.stroke(Path(outline, isClosed: true), Pen(theme.ink, width: 0.75 * theme.frameWidth))

    var taken: [Double] = []
    let ranked = ticks.sorted { ($0.rank, $0.position) < ($1.rank, $1.position) }
    for tick in ranked {
      let y = bar.maxY - tick.position * bar.height
      let line = Path([Point(bar.maxX, y), Point(bar.maxX + tickLength, y)])
      canvas.stroke(line, Pen(theme.ink, width: 0.75 * theme.frameWidth))
      guard taken.allSatisfy({ abs($0 - y) >= 1.12 * theme.textSize }) else { continue }
      taken.append(y)
      let place = Point(bar.maxX + 2 * tickLength, y + 0.365 * theme.textSize)
      tick.text.draw(on: canvas, at: place, theme.text)
    }
  }
}
