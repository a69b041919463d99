/// The strong line where a quantity changes its sign.
enum ZeroLine {
  private static func width(_ theme: Theme) -> Double { 1.7 * theme.frameWidth }

  /// Adds what the line means.
  static func explain(as text: RichText, in legend: inout Legend, _ theme: Theme) {
    legend.add(text, width: 2 * theme.textSize) { canvas, box in
      let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
      canvas.stroke(Path(ends), Pen(theme.ink, width: width(theme)))
    }
  }

  static func draw(
    _ contours: Contours, on canvas: any Canvas, _ area: PlotArea, _ theme: Theme,
    _ occupancy: inout Occupancy
  ) {
    var path = Path()
    for line in contours.lines.joined() {
      let points = area.points(line.points).simplified(tolerance: 0.04 / canvas.pixelsPerUnit)
      path.add(points, isClosed: line.isClosed)
      for (a, b) in zip(points, points.dropFirst()) {
        occupancy.take(from: a, to: b, width: width(theme))
      }
    }
    path.isDisjoint = true
    canvas.stroke(path, Pen(theme.ink, width: width(theme)))
  }
}
