/// A line measured along its length.
struct Polyline {
  let points: [Point]
  /// The length from the first point to each point.
  private let distances: [Double]

  init(_ points: [Point]) {
    self.points = points
    var distances = [0.0]
    for index in points.indices.dropFirst() {
      distances.append(distances[index - 1] + (points[index] - points[index - 1]).length)
    }
    self.distances = distances
  }

  var length: Double { distances.last ?? 0 }

  /// The last corner at or before a distance along the line, but not the end.
  private func segment(at distance: Double) -> Int {
    var (low, high) = (0, points.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if distances[middle] <= distance { low = middle } else { high = middle }
    }
    return low
  }

  /// The place at a distance from the start, for a line of at least two points.
  func point(at distance: Double) -> Point {
    let index = segment(at: distance)
    let step = distances[index + 1] - distances[index]
    let part = step > 0 ? (distance - distances[index]) / step : 0
    return points[index] + (points[index + 1] - points[index]) * min(max(part, 0), 1)
  }

  /// The part between two distances.
  func part(_ from: Double, _ to: Double) -> [Point] {
    let inner = points.indices.filter { distances[$0] > from && distances[$0] < to }
    return [point(at: from)] + inner.map { points[$0] } + [point(at: to)]
  }

  /// What is left when spans of distances, increasing and apart, are cut out.
  func without(_ gaps: [ClosedRange<Double>]) -> [[Point]] {
    var pieces: [[Point]] = []
    var from = 0.0
    for gap in gaps {
      if gap.lowerBound > from { pieces.append(part(from, gap.lowerBound)) }
      from = max(from, gap.upperBound)
    }
    if from < length { pieces.append(part(from, length)) }
    return pieces
  }
}
