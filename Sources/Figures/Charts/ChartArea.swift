/// Where the axes of a chart lie on a canvas.
struct ChartArea {
  let x: Axis
  let y: Axis
  let box: Box

  /// The canvas point of two values, at most a width or height beside the box; not finite if they are no
  /// numbers.
  func point(_ x: Double, _ y: Double) -> Point {
    Point(
      box.x + self.x.position(x) * box.width, box.maxY - self.y.position(y) * box.height)
  }

  /// The canvas points of a curve.
  func points(_ curve: Curve) -> [Point] {
    zip(curve.x, curve.y).map { point($0, $1) }
  }

  /// The parts of a curve that can be seen.
  func path(_ points: [Point]) -> Path {
    var path = Path()
    for part in box.visibleParts(of: points) { path.add(part.points) }
    return path
  }
}
