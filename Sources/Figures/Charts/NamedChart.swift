/// A chart whose lines are named at their ends where all names find a place, else in the legend.
struct NamedChart {
  /// A line with its name; its end is the last point within the picture.
  struct Line {
    let name: SeriesName
    let curve: Curve
  }

  let page: ChartPage
  private let labels: EndLabels?
  /// More names than this are not tried at the ends.
  private static let mostLabels = 14

  /// Lays out the chart.
  ///
  /// - Parameters:
  ///   - lines: what names are for.
  ///   - others: lines without names that names must not cover.
  ///   - faint: lines that names cover only where they find no better place.
  ///   - legend: what is explained besides.
  init(
    _ heading: FigureHeading, x: Axis, y: Axis, lines: [Line], others: [Curve] = [],
    faint: [Curve] = [], legend: Legend, canvas: any Canvas, theme: Theme
  ) {
    let direct = Self.direct(
      heading, x, y, lines, others, faint, legend, canvas: canvas, theme: theme)
    if let direct {
      (page, labels) = direct
      return
    }
    var whole = Legend()
    for line in lines { line.name.explain(in: &whole, theme) }
    for entry in legend.entries { whole.add(entry.text, width: entry.width, draw: entry.draw) }
    page = ChartPage(heading, x: x, y: y, legend: whole, canvas: canvas, theme: theme)
    labels = nil
  }

  private static func direct(
    _ heading: FigureHeading, _ x: Axis, _ y: Axis, _ lines: [Line], _ others: [Curve],
    _ faint: [Curve], _ legend: Legend, canvas: any Canvas, theme: Theme
  ) -> (ChartPage, EndLabels?)? {
    guard lines.count <= mostLabels else { return nil }
    let ends = lines.map { lastVisible($0.curve, x, y) }
    let inMargin = zip(lines, ends).filter { _, end in
      end.map { EndLabels.isInMargin($0.x) } ?? false
    }
    let margin = EndLabels.margin(inMargin.map(\.0.name), on: canvas, theme)
    guard margin < 0.3 * canvas.width, ends.allSatisfy({ $0 != nil }) else { return nil }
    let page = ChartPage(
      heading, x: x, y: y, legend: legend, rightMargin: margin, canvas: canvas, theme: theme)
    let box = page.area.box
    let room = Occupancy(canvas, room: box.inset(by: 2 * theme.frameWidth))
    func occupied(by curves: [Curve]) -> Occupancy {
      var occupancy = room
      for curve in curves {
        for part in box.visibleParts(of: page.area.points(curve)) {
          for (a, b) in zip(part.points, part.points.dropFirst()) {
            occupancy.take(from: a, to: b, width: 3 * theme.frameWidth)
          }
        }
      }
      return occupancy
    }
    var occupancy = occupied(by: lines.map(\.curve) + others)
    let faintly = occupied(by: faint)
    let labels = zip(lines, ends).compactMap { line, end in
      end.map {
        EndLabels.Label(
          name: line.name,
          end: Point(box.x + $0.x * box.width, box.maxY - $0.y * box.height))
      }
    }
    for label in labels {
      occupancy.take(
        center: label.end, width: 2.6 * theme.markRadius, height: 2.6 * theme.markRadius)
    }
    return EndLabels(labels, in: box, &occupancy, faintly, on: canvas, theme).map { (page, $0) }
  }

  /// Where a curve is seen last, as parts of the width and the height.
  private static func lastVisible(_ curve: Curve, _ x: Axis, _ y: Axis) -> Point? {
    let unit = Box(x: 0, y: 0, width: 1, height: 1)
    let points = zip(curve.x, curve.y).map { Point(x.position($0), y.position($1)) }
    if points.count == 1, unit.contains(points[0]) { return points[0] }
    return unit.visibleParts(of: points).last?.points.last
  }

  /// Takes the places of the names at the ends.
  func takeNames(_ occupancy: inout Occupancy) {
    let scratch = RecordingCanvas(
      width: page.canvas.width, height: page.canvas.height, measure: page.canvas.width(of:style:))
    labels?.draw(on: scratch, page.theme)
    for text in scratch.texts {
      let middle = (text.corners[0] + text.corners[2]) * 0.5
      occupancy.take(center: middle, width: text.width + 6, height: 1.1 * text.style.size)
    }
  }

  /// The names at the ends, if they are there; to be drawn over the lines.
  func drawNames() { labels?.draw(on: page.canvas, page.theme) }
}
