/// The ways of methods over a picture, in the colours and dashes of their names.
struct Trajectories {
  let lines: [PathLine]
  let theme: Theme
  /// With more iterates than this in sight, a line shows no dots.
  static let mostDots = 80

  init(_ lines: [PathLine], _ theme: Theme) {
    self.lines = lines
    self.theme = theme
  }

  var dotRadius: Double { 0.55 * theme.markRadius }

  /// Starts of paths that no named start marks.
  static func unnamedStarts(_ paths: [PathLine], _ starts: [Marker]) -> [Marker] {
    var found: [Marker] = []
    for path in paths {
      guard let first = path.points.first else { continue }
      let marker = Marker(label: path.startLabel, x: first.x, y: first.y)
      let isKnown = (starts + found).contains { $0.x == marker.x && $0.y == marker.y }
      if !isKnown { found.append(marker) }
    }
    return found
  }

  // MARK: Legend

  /// Adds one line for each name and one mark for each ending that can be seen.
  func explain(in legend: inout Legend, _ window: Window) {
    let rim = theme.background
    for line in lines {
      let look = line.name.look(theme)
      legend.add(RichText(line.name.label), width: 3 * theme.textSize) { canvas, box in
        let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
        canvas.stroke(Path(ends), look.pen)
        Mark.disc.draw(on: canvas, at: box.center, radius: dotRadius, look.color, rim: rim)
      }
    }
    let radius = theme.markRadius
    for line in lines {
      guard let last = line.points.last else { continue }
      let isInside = window.x.contains(last.x) && window.y.contains(last.y)
      let mark = isInside ? Mark.end(line.ending, angle: 0) : .arrowHead(0)
      let text = isInside ? line.ending : "leaves the window"
      let width = isInside && line.ending == "oscillating" ? 6 * radius : 3 * radius
      legend.add(RichText(text), width: width) { canvas, box in
        mark.draw(on: canvas, at: box.center, radius: radius, theme.muted, rim: rim)
      }
    }
  }

  // MARK: Drawing

  /// The parts of a path within the area, with the index of the step that each ends with.
  private func visible(_ line: PathLine, _ area: PlotArea) -> [(points: [Point], last: Int)] {
    area.box.visibleParts(of: area.points(line.points))
  }

  /// Whether a path goes to and fro so often that its dashes and casing would cover the picture.
  private func isTangled(_ parts: [(points: [Point], last: Int)], _ area: PlotArea) -> Bool {
    var length = 0.0
    for part in parts {
      for (a, b) in zip(part.points, part.points.dropFirst()) {
        length += hypotenuse(b.x - a.x, b.y - a.y)
      }
    }
    return length > 8 * hypotenuse(area.box.width, area.box.height)
  }

  /// Takes the places of all lines and ends.
  func take(_ occupancy: inout Occupancy, _ area: PlotArea) {
    for line in lines {
      let look = line.name.look(theme)
      let parts = visible(line, area)
      for part in parts {
        let points = part.points.thinned(by: 0.5)
        for (a, b) in zip(points, points.dropFirst()) {
          occupancy.take(from: a, to: b, width: 3 * look.pen.width)
        }
      }
      if let end = end(of: line, parts, area) {
        occupancy.take(
          center: end.place, width: 2.6 * theme.markRadius, height: 2.6 * theme.markRadius)
      }
    }
  }

  /// Draws all lines, then all dots, then all ends.
  func draw(on canvas: any Canvas, _ area: PlotArea) {
    let tolerance = 0.04 / canvas.pixelsPerUnit
    let casing = theme.background.opacity(0.85)
    // Tangles first: what lies over them stays legible.
    var clear: [(path: Path, pen: Pen)] = []
    for line in lines {
      let look = line.name.look(theme)
      let parts = visible(line, area)
      var path = Path()
      for part in parts { path.add(part.points.thinned(by: tolerance)) }
      if isTangled(parts, area) {
        canvas.stroke(path, Pen(look.color.opacity(0.7), width: 0.4 * look.pen.width))
      } else {
        clear.append((path, look.pen))
      }
    }
    for (path, pen) in clear {
      canvas.stroke(path, Pen(casing, width: 2 * pen.width))
      canvas.stroke(path, pen)
    }
    for line in lines {
      let look = line.name.look(theme)
      let inside = area.points(line.points).filter { area.box.contains($0) }
      if inside.count <= Self.mostDots {
        for point in inside {
          Mark.disc.draw(
            on: canvas, at: point, radius: dotRadius, look.color, rim: theme.background)
        }
      }
    }
    for line in lines {
      guard let (mark, place) = end(of: line, visible(line, area), area) else { continue }
      mark.draw(
        on: canvas, at: place, radius: theme.markRadius, line.name.look(theme).color,
        rim: theme.background)
    }
  }

  /// The mark of a line's ending, and where it is: at its last point, or where it leaves the area.
  private func end(
    of line: PathLine, _ parts: [(points: [Point], last: Int)], _ area: PlotArea
  ) -> (mark: Mark, place: Point)? {
    guard let last = line.points.last else { return nil }
    let end = area.point(last.x, last.y)
    var angle = 0.0
    if let part = parts.last, part.points.count > 1 {
      let way = part.points[part.points.count - 1] - part.points[part.points.count - 2]
      angle = arcTangent(way.y, way.x)
    }
    if area.box.contains(end) { return (Mark.end(line.ending, angle: angle), end) }
    return parts.last?.points.last.map { exit in
      (.arrowHead(angle), exit - Point(1.3 * theme.markRadius, 0).turned(by: angle))
    }
  }

  // MARK: Caption

  /// One line for each path: how long, how it ended, how much of it cannot be seen.
  func caption(_ window: Window) -> [String] {
    lines.map { line in
      let outside = line.points.count { !window.x.contains($0.x) || !window.y.contains($0.y) }
      let count = max(line.points.count - 1, 0)
      let tail = outside == 0 ? "" : ", \(outside) points outside the window"
      return
        "path \(line.name.label) from \(line.startLabel): \(count) \(count == 1 ? "iteration" : "iterations"), "
        + line.ending + tail
    }
  }
}
