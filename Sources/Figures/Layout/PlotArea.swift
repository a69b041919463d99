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
    Raster(
      window, columns: max(2, Int((box.width * canvas.pixelsPerUnit).rounded())),
      rows: max(2, Int((box.height * canvas.pixelsPerUnit).rounded())), sample: sample)
  }

  /// The part of a segment within the box, or nil if it misses it.
  ///
  /// Ends may be far outside. Beyond 10¹² box widths, where a double no longer tells where the
  /// segment passes the box, and for ends that are not finite, there is none.
  func clip(_ a: Point, _ b: Point) -> (Point, Point)? {
    let far = 1e12 * max(box.width, box.height)
    guard [a.x, a.y, b.x, b.y].allSatisfy({ abs($0) < far }) else { return nil }
    var (enter, leave) = (0.0, 1.0)
    let way = b - a
    for (start, step, low, high) in [
      (a.x, way.x, box.x, box.maxX), (a.y, way.y, box.y, box.maxY),
    ] {
      if step == 0 {
        if start < low || start > high { return nil }
      } else {
        let (s, t) = ((low - start) / step, (high - start) / step)
        enter = max(enter, min(s, t))
        leave = min(leave, max(s, t))
      }
    }
    return enter < leave ? (a + way * enter, a + way * leave) : nil
  }
}
