/// Joins loose segments into lines.
enum ContourChain {
  /// The lines that the segments of a level form.
  ///
  /// A segment names its two ends by their number on the level; `crossings` has their places among all roots. Segments
  /// with a missing end are left out. Open lines come first, then closed ones, each kind in the order of its
  /// first end.
  static func lines(
    _ roots: (x: [Double], y: [Double]), _ crossings: [Int32], _ segments: [(Int32, Int32)]
  ) -> [ContourLine] {
    var neighbors = [(Int32, Int32)](repeating: (-1, -1), count: crossings.count)
    func join(_ a: Int32, _ b: Int32) {
      if neighbors[Int(a)].0 < 0 { neighbors[Int(a)].0 = b } else { neighbors[Int(a)].1 = b }
    }
    func isMissing(_ end: Int32) -> Bool { roots.x[Int(crossings[Int(end)])].isNaN }
    for (a, b) in segments where !isMissing(a) && !isMissing(b) {
      join(a, b)
      join(b, a)
    }

    var isUsed = [Bool](repeating: false, count: crossings.count)
    func follow(from start: Int) -> [(x: Double, y: Double)] {
      var points: [(x: Double, y: Double)] = []
      var here = start
      while here >= 0 && !isUsed[here] {
        isUsed[here] = true
        let root = Int(crossings[here])
        points.append((roots.x[root], roots.y[root]))
        let (a, b) = neighbors[here]
        here = Int(a >= 0 && !isUsed[Int(a)] ? a : b)
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
