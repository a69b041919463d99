/// The names of lines, each beside the end of its line, in its colour.
struct EndLabels {
  /// A name and the end of its line on the canvas.
  struct Label {
    let name: SeriesName
    let end: Point
  }

  /// A name with the left end of its baseline, and the line that leads there.
  private struct Placed {
    let label: Label
    let point: Point
    var leader: [Point] = []
  }

  private let placed: [Placed]
  private static let gap = 1.0
  /// How far a name at the right edge may stand above or below the end of its line, in lines of text; a thin
  /// line leads to one that is further away than half a line.
  private static let reach = 3.0

  /// How wide a margin must be for the names of lines that end at the right edge.
  static func margin(_ names: [SeriesName], on canvas: any Canvas, _ theme: Theme) -> Double {
    let widths = names.map { RichText($0.label).width(on: canvas, theme.text) }
    return widths.max().map { $0 + gap * theme.textSize } ?? 0
  }

  /// Whether a line that ends at a part of the width has its name in the margin.
  static func isInMargin(_ part: Double) -> Bool { part >= 0.93 }

  /// Finds a place for every name; nil where one of them has none.
  ///
  /// - Parameters:
  ///   - occupancy: what names must not cover.
  ///   - faint: what they cover only where they find no better place.
  init?(
    _ labels: [Label], in box: Box, _ occupancy: inout Occupancy, _ faint: Occupancy,
    on canvas: any Canvas, _ theme: Theme
  ) {
    var placed: [Placed] = []
    func isOutside(_ label: Label) -> Bool {
      Self.isInMargin((label.end.x - box.x) / box.width)
    }
    let outside = labels.filter(isOutside).sorted { $0.end.y < $1.end.y }
    let pitch = 1.12 * theme.textSize
    let heights = Self.spread(
      outside.map(\.end.y), pitch: pitch, within: box.y + 0.5 * pitch...box.maxY + 0.3 * pitch)
    for (label, height) in zip(outside, heights) {
      guard abs(height - label.end.y) <= Self.reach * pitch else { return nil }
      let x = box.maxX + 0.85 * Self.gap * theme.textSize
      let isFar =
        outside.count > 1 && zip(outside, heights).contains { abs($0.end.y - $1) > pitch / 2 }
      placed.append(
        Placed(
          label: label, point: Point(x, height + 0.365 * theme.textSize),
          leader: isFar
            ? [Point(box.maxX, label.end.y), Point(x - 0.15 * theme.textSize, height)] : []))
    }
    for label in labels where !isOutside(label) {
      let width = RichText(label.name.label).width(on: canvas, theme.text)
      let height = 0.95 * theme.textSize
      let best = Self.candidates(label.end, width, height, gap: theme.textSize)
        .map { place in
          let size = (width: width + 6, height: height + 4)
          let taken = occupancy.takenPart(center: place, width: size.width, height: size.height)
          let covered = faint.takenPart(center: place, width: size.width, height: size.height)
          return (place: place, taken: taken, cost: taken + 0.2 * covered)
        }
        .filter { $0.taken < 0.04 }
        .min { $0.cost < $1.cost }
      guard let center = best?.place else { return nil }
      occupancy.take(center: center, width: width + 8, height: height + 4)
      placed.append(
        Placed(
          label: label, point: Point(center.x - width / 2, center.y + 0.365 * theme.textSize)))
    }
    self.placed = placed
  }

  /// Heights at least a pitch apart, as near to those that are wanted, which increase, as can be.
  private static func spread(
    _ wanted: [Double], pitch: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    // Names that would meet stand together, around the middle of what they want.
    var groups: [(first: Int, count: Int, top: Double)] = []
    func group(_ first: Int, _ count: Int) -> (first: Int, count: Int, top: Double) {
      let members = first..<first + count
      let sum = members.reduce(0) { $0 + wanted[$1] - Double($1 - first) * pitch }
      let last = range.upperBound - Double(count - 1) * pitch
      return (first, count, max(min(sum / Double(count), last), range.lowerBound))
    }
    for index in wanted.indices {
      groups.append(group(index, 1))
      while groups.count > 1 {
        let (above, below) = (groups[groups.count - 2], groups[groups.count - 1])
        guard above.top + Double(above.count) * pitch > below.top else { break }
        groups.removeLast(2)
        groups.append(group(above.first, above.count + below.count))
      }
    }
    return groups.flatMap { group in
      (0..<group.count).map { group.top + Double($0) * pitch }
    }
  }

  /// The middles of a name around the end of its line, best first.
  private static func candidates(
    _ end: Point, _ width: Double, _ height: Double, gap: Double
  ) -> [Point] {
    [1.0, 2.0].flatMap { ring in
      let (dx, dy) = (width / 2 + 0.7 * ring * gap, height / 2 + 0.45 * ring * gap)
      return [
        Point(dx, 0), Point(dx, -dy), Point(dx, dy), Point(0, -dy), Point(0, dy), Point(-dx, -dy),
        Point(-dx, 0), Point(-dx, dy),
      ].map { end + $0 }
    }
  }

  /// Writes the names.
  func draw(on canvas: any Canvas, _ theme: Theme) {
    for place in placed {
      var style = theme.text
      style.color = place.label.name.look(theme).text
      style.halo = theme.background
      if !place.leader.isEmpty {
        canvas.stroke(
          Path(place.leader), Pen(place.label.name.look(theme).color, width: 0.8 * theme.frameWidth)
        )
      }
      RichText(place.label.name.label).draw(on: canvas, at: place.point, style)
    }
  }
}
