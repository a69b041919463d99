/// Points among which those near to a place are found quickly.
struct NearbyPoints: Sendable {
  /// The points in the order in which they came.
  private(set) var positions: [[Double]] = []
  /// Their numbers, sorted by the first coordinate.
  private var sorted: [Int] = []

  mutating func append(_ position: [Double]) {
    sorted.insert(positions.count, at: firstPlace(from: position[0]))
    positions.append(position)
  }

  /// The number of the nearest point; of equally near ones, the first that came.
  ///
  /// - Parameter radius: how far it may be away at most.
  /// - Returns: nil where none is so near.
  func nearest(to place: [Double], within radius: Double) -> Int? {
    var best: (distance: Double, number: Int)?
    for number in sorted[firstPlace(from: place[0] - radius)...] {
      guard positions[number][0] <= place[0] + radius else { break }
      let distance = euclideanNorm(place.count) { positions[number][$0] - place[$0] }
      guard distance <= radius else { continue }
      if (distance, number) < best ?? (.infinity, .max) { best = (distance, number) }
    }
    return best?.number
  }

  /// The place in `sorted` of the first point whose first coordinate is not below a bound.
  private func firstPlace(from bound: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if positions[sorted[middle]][0] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
