extension [Point] {
  /// The line without corners that lie close to the straight line between those kept.
  ///
  /// Close is within `tolerance` (Ramer, Douglas and Peucker; without recursion). The ends stay; of corners that are
  /// equally far but for rounding the first is kept. Cost: n log n, n² at worst.
  func simplified(tolerance: Double) -> [Point] {
    guard count > 2 else { return self }
    var isKept = [Bool](repeating: false, count: count)
    isKept[0] = true
    isKept[count - 1] = true
    var spans = [(0, count - 1)]
    withUnsafeBufferPointer { points in
      while let (first, last) = spans.popLast() {
        let origin = points[first]
        let way = points[last] - origin
        let length = way.length
        // Distances from the straight line times its length, or from its ends where those are one.
        var (farthest, distance) = (first, length > 0 ? tolerance * length : tolerance)
        for index in first + 1..<Swift.max(last, first + 1) {
          let offset = points[index] - origin
          let own = length > 0 ? abs(way.x * offset.y - way.y * offset.x) : offset.length
          if own > distance { (farthest, distance) = (index, own * (1 + 1e-9)) }
        }
        if farthest > first {
          isKept[farthest] = true
          spans.append((first, farthest))
          spans.append((farthest, last))
        }
      }
    }
    return indices.filter { isKept[$0] }.map { self[$0] }
  }

  /// The line without points that lie within a distance of the last one kept.
  ///
  /// The ends stay. Cost: n.
  func thinned(by distance: Double) -> [Point] {
    guard var last = first, count > 2 else { return self }
    var kept = [last]
    for point in self[1..<count - 1] where (point - last).length > distance {
      kept.append(point)
      last = point
    }
    return kept + suffix(1)
  }
}
