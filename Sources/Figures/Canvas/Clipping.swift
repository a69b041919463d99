extension Box {
  /// The part of a segment within the box, or nil if it misses it.
  ///
  /// Ends may be far outside. Beyond 10¹² box widths, where a double no longer tells where the
  /// segment passes the box, and for ends that are not finite, there is none.
  func clip(_ a: Point, _ b: Point) -> (Point, Point)? {
    let far = 1e12 * max(width, height)
    guard [a.x, a.y, b.x, b.y].allSatisfy({ abs($0) < far }) else { return nil }
    var (enter, leave) = (0.0, 1.0)
    let way = b - a
    for (start, step, low, high) in [
      (a.x, way.x, x, maxX), (a.y, way.y, y, maxY),
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

  /// The parts of a line through points that lie within the box, each with the place of its last point.
  func visibleParts(of points: [Point]) -> [(points: [Point], last: Int)] {
    var parts: [(points: [Point], last: Int)] = []
    for index in points.indices.dropFirst() {
      guard let (a, b) = clip(points[index - 1], points[index]) else { continue }
      if let end = parts.last, end.last == index - 1, end.points.last == a {
        parts[parts.count - 1].points.append(b)
        parts[parts.count - 1].last = index
      } else {
        parts.append(([a, b], index))
      }
    }
    return parts
  }
}
