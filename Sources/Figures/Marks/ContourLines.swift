/// Contour lines with their numbers, on colours or on the bare sheet.
struct ContourLines {
  let contours: Contours
  let levels: Levels
  /// The band of each pixel, −1 where there is none.
  let bands: (raster: Raster, values: [Levels.Band])
  /// Whether there are colours beneath; lines are finer then.
  let isOnColors: Bool
  /// The colour of each level's lines.
  let color: (Int) -> Color
  /// The colour of a rim that sets lines and numbers off from any ground, if any.
  var halo: Color?
  /// How many threads may work on them.
  var workers = 1

  /// The pen of a level.
  func pen(_ level: Int, _ theme: Theme) -> Pen {
    isOnColors
      ? Pen(color(level).opacity(0.6), width: 0.6 * theme.frameWidth)
      : Pen(color(level), width: 0.9 * theme.frameWidth)
  }

  /// Draws the lines, interrupted beneath their numbers, which keep clear of what is taken.
  func draw(on canvas: any Canvas, _ area: PlotArea, _ theme: Theme, avoiding taken: Occupancy) {
    let style = TextStyle(size: theme.contourSize, color: theme.ink, halo: halo)
    let tolerance = 0.04 / canvas.pixelsPerUnit
    let lines = concurrently(contours.lines.count, workers: workers) { level in
      contours.lines[level].map { line in
        let points = area.points(line.points).simplified(tolerance: tolerance)
        return Polyline(line.isClosed ? points + points.prefix(1) : points)
      }
    }
    var occupancy = taken
    let placed = ContourLabels(
      canvas: canvas, area: area, levels: levels, bands: bands, style: style
    ).place(lines, &occupancy)

    canvas.clipped(to: area.box) {
      var strokes: [(path: Path, pen: Pen)] = []
      for level in placed.lines.indices {
        var path = Path()
        for piece in placed.lines[level] { path.add(piece) }
        path.isDisjoint = true
        let pen = pen(level, theme)
        if let halo { strokes.append((path, Pen(halo, width: 2.4 * pen.width))) }
        strokes.append((path, pen))
      }
      canvas.stroke(strokes, workers: workers)
      for label in placed.labels {
        var own = style
        own.color = color(label.level)
        levels.labels[label.level].draw(
          on: canvas, centeredAt: label.center, own, angle: label.angle)
      }
    }
  }
}
