/// Where a window lies on a canvas.
struct PlotArea: Sendable {
  let window: Window
  let box: Box

  /// The canvas point of a place; not finite if the place is not.
  func point(_ x: Double, _ y: Double) -> Point {
    Point(
      box.x + (x - window.x.lowerBound) / window.width * box.width,
      box.maxY - (y - window.y.lowerBound) / window.height * box.height)
  }

  /// The canvas points of places along a line.
  func points(_ places: [(x: Double, y: Double)]) -> [Point] {
    places.map { point($0.x, $0.y) }
  }

  /// A raster with one pixel for each pixel of the canvas.
  func raster(for canvas: any Canvas, sample: Sampler) -> Raster {
    let (columns, rows) = pixels(of: canvas)
    return Raster(window, columns: columns, rows: rows, sample: sample)
  }

  /// How many pixels of the canvas there are across and down, at least two.
  func pixels(of canvas: any Canvas) -> (columns: Int, rows: Int) {
    (
      max(2, Int((box.width * canvas.pixelsPerUnit).rounded())),
      max(2, Int((box.height * canvas.pixelsPerUnit).rounded()))
    )
  }

  /// The part of a segment within the box, or nil if it misses it.
  func clip(_ a: Point, _ b: Point) -> (Point, Point)? { box.clip(a, b) }
}
