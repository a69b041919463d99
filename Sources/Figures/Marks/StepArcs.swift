/// The steps of a method on the curve of a function of one variable.
///
/// Every step leads to the vertex of the parabola that touches the curve where the step begins: for Newton's
/// full step that is the Taylor polynomial of order 2, for gradient descent the one with the curvature 1/rate.
/// From the vertex it falls, or rises, to the curve.
struct StepArcs {
  let path: PathLine
  let name: SeriesName
  /// The iterates on the curve.
  let places: [(x: Double, y: Double)]
  /// From each of the first iterates to the vertex.
  let arcs: [Curve]
  /// From each vertex to the curve.
  let drops: [Curve]

  /// More steps than this are not drawn one by one.
  private static let mostSteps = 40
  private static let mostNumbers = 5
  private static let mostDots = 80

  init(_ path: PathLine, sample: LineSampler) {
    self.path = path
    name = path.name
    let x = path.points.map(\.x)
    let values = sample(x)
    let y = values[0]
    places = zip(x, y).map { ($0, $1) }
    var (arcs, drops): ([Curve], [Curve]) = ([], [])
    for k in x.indices.dropLast().prefix(Self.mostSteps) {
      let (step, slope) = (x[k + 1] - x[k], values[1][k])
      let parts = (0...48).map { Double($0) / 48 }
      let arc = Curve(
        x: parts.map { x[k] + step * $0 },
        y: parts.map { y[k] + slope * step * ($0 - $0 * $0 / 2) })
      arcs.append(arc)
      drops.append(Curve(x: [x[k + 1], x[k + 1]], y: [y[k] + slope * step / 2, y[k + 1]]))
    }
    (self.arcs, self.drops) = (arcs, drops)
  }

  private func dotRadius(_ theme: Theme) -> Double { 0.55 * theme.markRadius }

  // MARK: Legend

  /// Adds the name.
  func explain(in legend: inout Legend, _ theme: Theme) {
    let (look, dot) = (name.look(theme), dotRadius(theme))
    legend.add(RichText(name.label), width: 3 * theme.textSize) { canvas, box in
      let left = box.center - Point(0.9 * theme.textSize, 0)
      let right = box.center + Point(0.9 * theme.textSize, 0)
      canvas.stroke(Path([left, right]), Pen(look.color, width: 0.6 * look.pen.width))
      for end in [left, right] {
        Mark.disc.draw(on: canvas, at: end, radius: dot, look.color, rim: theme.background)
      }
    }
  }

  /// Adds the mark of its ending.
  func explainEnd(
    in legend: inout Legend, _ area: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    _ theme: Theme
  ) {
    guard let last = places.last else { return }
    let isInside = area.x.contains(last.x) && area.y.contains(last.y)
    let radius = theme.markRadius
    let mark = isInside ? Mark.end(path.ending) : .arrowHead(0)
    let width = isInside && path.ending == "oscillating" ? 6 * radius : 3 * radius
    legend.add(RichText(isInside ? path.ending : "leaves the picture"), width: width) {
      canvas, box in
      mark.draw(on: canvas, at: box.center, radius: radius, theme.muted, rim: theme.background)
    }
  }

  // MARK: Drawing

  /// Draws the parabolas, thinly, and the lines from their vertices to the curve, dotted.
  func drawArcs(on canvas: any Canvas, _ area: ChartArea, _ theme: Theme) {
    let color = name.look(theme).color
    let width = theme.frameWidth
    for arc in arcs {
      canvas.stroke(area.path(area.points(arc)), Pen(color, width: width))
    }
    for drop in drops {
      canvas.stroke(
        area.path(area.points(drop)),
        Pen(color, width: 0.8 * width, dash: [1.6 * width, 1.4 * width]))
    }
  }

  /// Draws the iterates, and the ending at the last one in sight.
  func drawPlaces(
    on canvas: any Canvas, _ area: ChartArea, _ theme: Theme, _ occupancy: inout Occupancy
  ) {
    let color = name.look(theme).color
    let points = places.map { area.point($0.x, $0.y) }
    let inside = points.filter { area.box.contains($0) }
    let dot = dotRadius(theme)
    for point in inside.prefix(Self.mostDots) {
      Mark.disc.draw(on: canvas, at: point, radius: dot, color, rim: theme.background)
      occupancy.take(center: point, width: 2.4 * dot, height: 2.4 * dot)
    }
    guard let last = points.last else { return }
    let radius = theme.markRadius
    if area.box.contains(last) {
      Mark.end(path.ending).draw(
        on: canvas, at: last, radius: radius, color, rim: theme.background)
      occupancy.take(center: last, width: 2.6 * radius, height: 2.6 * radius)
    } else if let arc = arcs.last(where: { !area.path(area.points($0)).pieces.isEmpty }),
      let part = area.box.visibleParts(of: area.points(arc)).last, part.points.count > 1
    {
      let (tip, before) = (part.points[part.points.count - 1], part.points[part.points.count - 2])
      guard !area.box.inset(by: radius).contains(tip) else { return }
      let angle = arcTangent(tip.y - before.y, tip.x - before.x)
      Mark.arrowHead(angle).draw(
        on: canvas, at: tip - Point(1.3 * radius, 0).turned(by: angle), radius: radius, color,
        rim: theme.background)
    }
  }

  /// Writes the numbers of the first iterates beside them where there is room.
  func drawNumbers(
    on canvas: any Canvas, _ area: ChartArea, _ theme: Theme, _ occupancy: inout Occupancy
  ) {
    var style = theme.text
    style.size *= 0.85
    style.color = name.look(theme).text
    style.halo = theme.background
    for (number, place) in places.enumerated().dropFirst().prefix(Self.mostNumbers) {
      let point = area.point(place.x, place.y)
      guard area.box.contains(point) else { continue }
      let text = RichText(String(number))
      let (width, height) = (text.width(on: canvas, style) + 4, 0.8 * style.size + 3)
      let gap = 1.2 * theme.markRadius
      let (dx, dy) = (width / 2 + gap, height / 2 + gap)
      let candidates = [
        Point(0, dy), Point(0, -dy), Point(dx, 0), Point(-dx, 0), Point(dx, dy), Point(-dx, dy),
        Point(dx, -dy), Point(-dx, -dy),
      ].map { point + $0 }
      let free = candidates.first {
        occupancy.takenPart(center: $0, width: width, height: height) == 0
      }
      guard let free else { continue }
      text.draw(on: canvas, centeredAt: free, style)
      occupancy.take(center: free, width: width, height: height)
    }
  }

  // MARK: Caption

  /// How long it was, how it ended, and how much of it cannot be seen.
  func caption(_ area: (x: ClosedRange<Double>, y: ClosedRange<Double>)) -> String {
    let outside = places.count { !area.x.contains($0.x) || !area.y.contains($0.y) }
    let tail = outside == 0 ? "" : ", \(outside) points outside the picture"
    let count = max(places.count - 1, 0)
    let drawn = arcs.count < count ? ", the first \(arcs.count) drawn" : ""
    return
      "steps \(path.name.label) from \(path.startLabel): \(count) \(count == 1 ? "iteration" : "iterations"), "
      + path.ending
      + drawn + tail
  }
}
