/// Places numbers along contour lines: upright, on straight stretches, where they touch no other
/// line, label, mark or the frame.
struct ContourLabels {
  /// A label that found a place.
  struct Label {
    let level: Int
    let center: Point
    let angle: Double
  }

  let canvas: any Canvas
  let area: PlotArea
  let levels: Levels
  /// The band of each pixel of the area (−1 where undefined), to see whether other lines pass.
  let bands: (raster: Raster, values: [Levels.Band])
  let style: TextStyle

  /// The lines with gaps beneath the labels, by level, and the labels.
  ///
  /// Lines of major levels come first, then long ones. Each gets a label every 900 units or so, up
  /// to three, at the best of the places tried along it.
  func place(
    _ lines: [[Polyline]], _ occupancy: inout Occupancy
  ) -> (lines: [[[Point]]], labels: [Label]) {
    var gaps = lines.map { $0.map { _ in [ClosedRange<Double>]() } }
    var labels: [Label] = []
    let order = lines.indices
      .flatMap { level in lines[level].indices.map { (level, $0) } }
      .sorted { a, b in
        let (major, other) = (levels.isMajor[a.0], levels.isMajor[b.0])
        // Lengths that differ by rounding only are the same.
        let (length, rest) = (
          (1024 * lines[a.0][a.1].length).rounded(), (1024 * lines[b.0][b.1].length).rounded()
        )
        return major != other ? major : (length != rest ? length > rest : a < b)
      }
    let widths = levels.labels.map { $0.width(on: canvas, style) + 0.6 * style.size }
    for (level, index) in order {
      let line = lines[level][index]
      let width = widths[level]
      guard line.length > 3 * width else { continue }
      for _ in 0..<min(3, 1 + Int(line.length / 900)) {
        guard
          let (distance, label) = best(
            on: line, level: level, width: width, labels, occupancy)
        else { break }
        labels.append(label)
        gaps[level][index].append(distance - width / 2...distance + width / 2)
        occupancy.take(
          center: label.center, width: width + style.size, height: 1.7 * style.size,
          angle: label.angle)
      }
    }
    let cut = lines.indices.map { level in
      lines[level].indices.flatMap { index in
        lines[level][index].without(gaps[level][index].sorted { $0.lowerBound < $1.lowerBound })
      }
    }
    return (cut, labels)
  }

  private func best(
    on line: Polyline, level: Int, width: Double, _ others: [Label],
    _ occupancy: Occupancy
  ) -> (Double, Label)? {
    var best: (cost: Double, distance: Double, label: Label)?
    let free = line.length - 1.2 * width
    let tries = min(60, max(2, Int(free / 12)))
    for step in 0...tries {
      let distance = 0.6 * width + free * Double(step) / Double(tries)
      let (a, b) = (
        line.point(at: distance - width / 2), line.point(at: distance + width / 2)
      )
      let bend = 1 - (b - a).length / width
      guard bend < 0.05 else { continue }
      let middle = line.point(at: distance)
      let center = (a + b) * 0.25 + middle * 0.5
      var angle = arcTangent((b - a).y, (b - a).x)
      if angle > .pi / 2 { angle -= .pi } else if angle <= -.pi / 2 { angle += .pi }
      let near = others.contains {
        $0.level == level && ($0.center - center).length < 12 * style.size
      }
      // Of places that are as good but for rounding, as all are on a straight line, one near the middle, but not
      // there, where symmetric pictures have their minima and axes.
      let cost = 8 * bend + 0.15 * abs(angle) + 1e-9 * abs(distance / line.length - 0.4)
      if near || cost > (best?.cost ?? .infinity) - 1e-12 { continue }
      let height = 1.05 * style.size
      guard isClear(center, width, height, angle, level),
        occupancy.isFree(center: center, width: width, height: height, angle: angle)
      else { continue }
      best = (cost, distance, Label(level: level, center: center, angle: angle))
    }
    return best.map { ($0.distance, $0.label) }
  }

  /// Whether only the two bands beside the level lie under a box.
  private func isClear(
    _ center: Point, _ width: Double, _ height: Double, _ angle: Double, _ level: Int
  ) -> Bool {
    let raster = bands.raster
    func isClear(_ point: Point) -> Bool {
      let column = Int((point.x - area.box.x) / area.box.width * Double(raster.columns))
      let row = Int((point.y - area.box.y) / area.box.height * Double(raster.rows))
      guard column >= 0, column < raster.columns, row >= 0, row < raster.rows else { return false }
      let band = Int(bands.values[row * raster.columns + column])
      return band == level || band == level + 1
    }
    // Where lines are dense the corners tell already.
    return Occupancy.allCorners(
      center: center, width: width, height: height, angle: angle, satisfy: isClear)
      && Occupancy.allPoints(
        center: center, width: width, height: height, angle: angle, satisfy: isClear)
  }
}
