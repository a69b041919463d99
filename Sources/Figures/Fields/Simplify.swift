extension [Point] {
  /// The line without corners that lie close to the straight line between those kept.
  ///
  /// Close is within `tolerance` (Ramer, Douglas and Peucker; without recursion). The ends stay.
  /// Cost: n log n, n² at worst.
  func simplified(tolerance: Double) -> [Point] {
    guard count > 2 else { return self }
    var isKept = [Bool](repeating: false, count: count)
    isKept[0] = true
    isKept[count - 1] = true
    var spans = [(0, count - 1)]
    while let (first, last) = spans.popLast() {
      let way = self[last] - self[first]
      let length = way.length
      var (farthest, distance) = (first, tolerance)
      for index in stride(from: first + 1, to: last, by: 1) {
        let offset = self[index] - self[first]
        let own = length > 0 ? abs(way.x * offset.y - way.y * offset.x) / length : offset.length
        if own > distance { (farthest, distance) = (index, own) }
      }
      if farthest > first {
        isKept[farthest] = true
        spans.append((first, farthest))
        spans.append((farthest, last))
      }
    }
    return indices.filter { isKept[$0] }.map { self[$0] }
  }
}
