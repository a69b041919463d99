/// The ways of methods laid on a surface: strong where the eye sees them, dotted where the surface hides them.
struct DrapedPaths {
  /// A part of a path that is all seen, or all hidden.
  struct Piece {
    var points: [Point]
    let isVisible: Bool
  }

  /// A path on the sheet.
  fileprivate struct Draped {
    let line: PathLine
    var pieces: [Piece] = []
    /// Whether it goes to and fro so often that its casing would cover the surface.
    var isTangled = false
    /// Whether the next place does not go on with the last piece.
    var isBroken = false
    /// The iterates that are seen.
    var dots: [Point] = []
    var dotCount = 0
    /// The last place on the surface, whether it is seen, and whether the path ends there.
    var end: (point: Point, isVisible: Bool, isLast: Bool)?
  }

  private let trajectories: Trajectories
  private let paths: [Draped]
  /// More places of a path than this are not tried one by one.
  private static let mostPlaces = 12_000

  init(
    _ trajectories: Trajectories, on surface: HeightField, _ window: Window, _ axes: PerspectiveAxes
  ) {
    self.trajectories = trajectories
    paths = trajectories.lines.map { Self.drape($0, surface, window, axes) }
  }

  /// The parts of the window from 0 to 1 at which a place lies.
  static func part(_ x: Double, _ y: Double, of window: Window) -> Point {
    Point((x - window.x.lowerBound) / window.width, (y - window.y.lowerBound) / window.height)
  }

  private static func drape(
    _ line: PathLine, _ surface: HeightField, _ window: Window, _ axes: PerspectiveAxes
  ) -> Draped {
    var draped = Draped(line: line)
    let eye = axes.camera.eye
    func seen(_ place: Place3) -> Bool { surface.isVisible(place, from: eye) }
    /// The last place on the surface between two parts of a segment that is seen, or hidden, as the first.
    func edge(_ a: Point, _ b: Point, from: Double, to: Double, _ isVisible: Bool) -> Place3? {
      var (low, high) = (from, to)
      var last: Place3?
      for _ in 0..<12 {
        let middle = (low + high) / 2
        let point = a + (b - a) * middle
        if let place = surface.place(point.x, point.y), seen(place) == isVisible {
          (low, last) = (middle, place)
        } else {
          high = middle
        }
      }
      return last
    }
    let unit = Box(x: 0, y: 0, width: 1, height: 1)
    let points = line.points.map { part($0.x, $0.y, of: window) }
    let parts = unit.visibleParts(of: points)
    let fineness = 3 * Double(max(surface.columns, surface.rows))
    let length = parts.reduce(0) { $0 + Polyline($1.points).length }
    draped.isTangled = length > 5
    let pitch = max(1 / fineness, length / Double(mostPlaces))
    for part in parts {
      for (a, b) in zip(part.points, part.points.dropFirst()) {
        let count = max(1, Int(((b - a).length / pitch).rounded(.up)))
        var before: (part: Double, isVisible: Bool)?
        for step in 0...count {
          let part = Double(step) / Double(count)
          let place = a + (b - a) * part
          guard let found = surface.place(place.x, place.y) else {
            draped.break()
            before = nil
            continue
          }
          let isVisible = seen(found)
          if let before, before.isVisible != isVisible,
            let edge = edge(a, b, from: before.part, to: part, before.isVisible)
          {
            draped.add(axes.point(edge), isVisible: before.isVisible)
          }
          draped.add(axes.point(found), isVisible: isVisible)
          before = (part, isVisible)
        }
      }
      draped.break()
    }
    for (index, point) in points.enumerated() where unit.contains(point) {
      guard let place = surface.place(point.x, point.y) else { continue }
      let isSeen = seen(place)
      draped.dotCount += 1
      if isSeen { draped.dots.append(axes.point(place)) }
      if index == points.count - 1 { draped.end = (axes.point(place), isSeen, true) }
    }
    if draped.end == nil, let last = draped.pieces.last(where: { $0.points.count > 1 }) {
      draped.end = (last.points[last.points.count - 1], last.isVisible, false)
    }
    return draped
  }

  // MARK: Drawing

  /// Draws what is hidden, then what is seen, then dots and ends, and takes their places.
  func draw(on canvas: any Canvas, _ theme: Theme, _ occupancy: inout Occupancy) {
    for path in paths {
      let look = path.line.name.look(theme)
      let width = 0.6 * look.pen.width
      let hidden = Pen(look.color, width: width, dash: [1.2 * width, 2 * width])
      for piece in path.pieces where !piece.isVisible && !path.isTangled {
        canvas.stroke(Path(piece.points), hidden)
      }
    }
    // Tangles first: what lies over them stays legible.
    for path in paths.filter(\.isTangled) + paths.filter({ !$0.isTangled }) {
      let look = path.line.name.look(theme)
      var seen = Path()
      for piece in path.pieces where piece.isVisible {
        seen.add(piece.points)
        for (a, b) in zip(piece.points, piece.points.dropFirst()) {
          occupancy.take(from: a, to: b, width: 3 * look.pen.width)
        }
      }
      if path.isTangled {
        canvas.stroke(seen, Pen(look.color.opacity(0.7), width: 0.4 * look.pen.width))
        continue
      }
      canvas.stroke(seen, Pen(theme.background.opacity(0.85), width: 2 * look.pen.width))
      canvas.stroke(seen, look.pen)
    }
    for path in paths where path.dotCount <= Trajectories.mostDots {
      let look = path.line.name.look(theme)
      for dot in path.dots {
        Mark.disc.draw(
          on: canvas, at: dot, radius: trajectories.dotRadius, look.color, rim: theme.background)
      }
    }
    for path in paths {
      guard let end = path.end, end.isVisible else { continue }
      let look = path.line.name.look(theme)
      let before = path.pieces.last { $0.points.count > 1 }?.points.dropLast().last ?? end.point
      let angle = arcTangent(end.point.y - before.y, end.point.x - before.x)
      let radius = theme.markRadius
      let mark = end.isLast ? Mark.end(path.line.ending, angle: angle) : .arrowHead(angle)
      mark.draw(on: canvas, at: end.point, radius: radius, look.color, rim: theme.background)
      occupancy.take(center: end.point, width: 2.6 * radius, height: 2.6 * radius)
    }
  }

  /// Whether anything is dotted; of tangles, what is hidden is left out.
  var hasHidden: Bool {
    paths.contains { path in !path.isTangled && path.pieces.contains { !$0.isVisible } }
  }

  /// Adds what dotted lines mean, if there are any.
  func explainHidden(in legend: inout Legend, _ theme: Theme) {
    legend.add(RichText("hidden"), width: 3 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      let width = 1.02 * theme.frameWidth
      canvas.stroke(
        Path(ends), Pen(theme.muted, width: width, dash: [1.2 * width, 2 * width]))
    }
  }
}

extension DrapedPaths.Draped {
  /// Goes on with the line, and begins a new piece where it comes to be seen or hidden.
  fileprivate mutating func add(_ point: Point, isVisible: Bool) {
    if let last = pieces.last, last.isVisible == isVisible, !isBroken {
      pieces[pieces.count - 1].points.append(point)
      return
    }
    let joint = isBroken ? nil : pieces.last?.points.last
    pieces.append(
      DrapedPaths.Piece(points: (joint.map { [$0] } ?? []) + [point], isVisible: isVisible))
    isBroken = false
  }

  /// Ends the line here.
  fileprivate mutating func `break`() { isBroken = true }
}
