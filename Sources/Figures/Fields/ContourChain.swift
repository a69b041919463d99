/// Joins loose segments into lines.
enum ContourChain {
  /// The lines that the segments form.
  ///
  /// A segment names its two ends by their number in the whole trace, of which `roots` is a part. Segments with a missing end are left out. Open lines come
  /// first, then closed ones, each kind in the order of its first end.
  static func lines(
    _ roots: ArraySlice<(x: Double, y: Double)?>, _ segments: [(Int, Int)]
  ) -> [ContourLine] {
    let first = roots.startIndex
    var neighbors = [(Int, Int)](repeating: (-1, -1), count: roots.count)
    func join(_ a: Int, _ b: Int) {
      if neighbors[a].0 < 0 { neighbors[a].0 = b } else { neighbors[a].1 = b }
    }
    for (a, b) in segments where roots[a] != nil && roots[b] != nil {
      join(a - first, b - first)
      join(b - first, a - first)
    }

    var isUsed = [Bool](repeating: false, count: roots.count)
    func follow(from start: Int) -> [(x: Double, y: Double)] {
      var points: [(x: Double, y: Double)] = []
      var here = start
      while here >= 0 && !isUsed[here] {
        isUsed[here] = true
        if let point = roots[here + first] { points.append(point) }
        let (a, b) = neighbors[here]
        here = a >= 0 && !isUsed[a] ? a : b
      }
      return points
    }

    var lines: [ContourLine] = []
    for start in neighbors.indices where neighbors[start].0 >= 0 && neighbors[start].1 < 0 {
      if !isUsed[start] { lines.append(ContourLine(points: follow(from: start), isClosed: false)) }
    }
    for start in neighbors.indices where neighbors[start].0 >= 0 && !isUsed[start] {
      lines.append(ContourLine(points: follow(from: start), isClosed: true))
    }
    return lines
  }
}
