/// Points among which those near to a place are found quickly.
struct NearbyPoints: Sendable {
  /// All coordinates, point by point in the order in which they came.
  private var coordinates: [Double] = []
  /// The numbers of the points, sorted by the first coordinate, and these.
  private var sorted: [Int] = []
  private var firsts: [Double] = []

  mutating func append(_ position: [Double]) {
    let place = firstPlace(from: position[0])
    firsts.insert(position[0], at: place)
    sorted.insert(sorted.count, at: place)
    coordinates += position
  }

  /// The number of the nearest point; of equally near ones, the first that came.
  ///
  /// - Parameter radius: how far it may be away at most.
  /// - Returns: nil where none is so near.
  func nearest(to place: [Double], within radius: Double) -> Int? {
    var best: (distance: Double, number: Int)?
    var next = firstPlace(from: place[0] - radius)
    while next < firsts.count, firsts[next] <= place[0] + radius {
      let number = sorted[next]
      next += 1
      // Most are told apart without a norm.
      guard isNear(number, to: place, within: radius) else { continue }
      let distance = euclideanNorm(place.count) {
        coordinates[number * place.count + $0] - place[$0]
      }
      guard distance <= radius else { continue }
      if (distance, number) < best ?? (.infinity, .max) { best = (distance, number) }
    }
    return best?.number
  }

  /// Whether no coordinate of a place is farther from a point's than so much.
  func isNear(_ number: Int, to place: [Double], within distance: Double) -> Bool {
    place.indices.allSatisfy {
      abs(coordinates[number * place.count + $0] - place[$0]) <= distance
    }
  }

  /// The place in `sorted` of the first point whose first coordinate is not below a bound.
  private func firstPlace(from bound: Double) -> Int {
    var low = 0
    var high = firsts.count
    while low < high {
      let middle = (low + high) / 2
      if firsts[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
