/// The named starts and critical points of a figure, with their names beside them.
struct Places {
  private let starts: [Marker]
  private let points: [(marker: Marker, kind: BasinFigure.Goal.Kind)]

  /// Starts and known minima.
  init(starts: [Marker], minima: [Marker]) {
    self.init(starts: starts, points: minima.map { ($0, .minimum) })
  }

  /// Starts and critical points of several kinds.
  init(starts: [Marker], points: [(marker: Marker, kind: BasinFigure.Goal.Kind)]) {
    self.starts = starts
    self.points = points
  }

  private func visible(_ area: PlotArea) -> [(marker: Marker, point: Point, mark: Mark)] {
    let all = points.map { ($0.marker, $0.kind.mark) } + starts.map { ($0, Mark.ring) }
    return all.compactMap { marker, mark in
      let point = area.point(marker.x, marker.y)
      return area.box.contains(point) ? (marker, point, mark) : nil
    }
  }

  /// Adds what the marks mean, for those within the window.
  func explain(in legend: inout Legend, _ window: Window, _ theme: Theme) {
    func isVisible(_ marker: Marker) -> Bool {
      window.x.contains(marker.x) && window.y.contains(marker.y)
    }
    let size = theme.markRadius
    if starts.contains(where: isVisible) {
      legend.add(RichText("start"), width: 3 * size) { canvas, box in
        Mark.ring.draw(
          on: canvas, at: box.center, radius: size, theme.ink, rim: theme.background)
      }
    }
    for kind in BasinFigure.Goal.Kind.allCases
    where points.contains(where: { $0.kind == kind && isVisible($0.marker) }) {
      legend.add(RichText(kind.rawValue), width: 3 * size) { canvas, box in
        kind.mark.draw(
          on: canvas, at: box.center, radius: size, theme.ink, rim: theme.background)
      }
    }
  }

  /// Draws the marks and, at the freest of eight places around each, the names.
  func draw(
    on canvas: any Canvas, _ area: PlotArea, _ theme: Theme, _ occupancy: inout Occupancy
  ) {
    let places = visible(area)
    let radius = theme.markRadius
    for place in places {
      occupancy.take(center: place.point, width: 2.8 * radius, height: 2.8 * radius)
    }
    for place in places {
      place.mark.draw(
        on: canvas, at: place.point, radius: radius, theme.ink, rim: theme.background)
    }
    var style = theme.text
    style.halo = theme.background
    for place in places where !place.marker.label.isEmpty {
      let text = RichText(place.marker.label)
      let (width, height) = (text.width(on: canvas, style), 0.85 * style.size)
      let best = Self.candidates(place.point, width, height, gap: 1.9 * radius)
        .map { ($0, occupancy.takenPart(center: $0, width: width + 4, height: height + 4)) }
        .min { $0.1 < $1.1 }
      guard let best, best.1 < 0.5 else { continue }
      text.draw(on: canvas, centeredAt: best.0, style)
      occupancy.take(center: best.0, width: width + 4, height: height + 4)
    }
  }

  /// The middles of a label around a point, best first: right above, left above, and so on.
  private static func candidates(
    _ point: Point, _ width: Double, _ height: Double, gap: Double
  ) -> [Point] {
    let (dx, dy) = (width / 2 + 0.75 * gap, height / 2 + 0.75 * gap)
    let (sx, sy) = (width / 2 + gap, height / 2 + gap)
    return [
      Point(dx, -dy), Point(-dx, -dy), Point(dx, dy), Point(-dx, dy), Point(sx, 0),
      Point(-sx, 0), Point(0, -sy), Point(0, sy),
    ].map { point + $0 }
  }
}

extension BasinFigure.Goal.Kind {
  /// What stands for it.
  var mark: Mark {
    switch self {
    case .minimum: .star
    case .saddle: .cross
    case .maximum: .triangle
    case .degenerate: .diamond
    }
  }
}
