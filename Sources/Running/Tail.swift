import Expressions

/// The evidence of a run's last steps, by which a run that met a limit is judged.
public struct Tail: Sendable, Equatable {
  /// The length of a cycle, from 2 to 32; nil if there is none.
  public let period: Int?
  /// Whether there are steps and none of them moved.
  public let isStill: Bool
  /// Whether every step is longer than the one two before, and f rose.
  public let isGrowing: Bool
  /// The geometric mean of the ratios of neighbouring steps' lengths; nil with fewer than two steps.
  public let growth: Double?
  /// The median cosine between neighbouring steps that moved; nil if there are none.
  public let cosine: Double?

  /// The number of last steps that are looked at in a run of `iterations`.
  public static func length(iterations: Int) -> Int { min(64, iterations / 2) }

  /// Judges the last steps.
  ///
  /// A period p needs ‖x_{i+p} − xᵢ‖ ≤ 1e-9·max(1, ‖x‖) throughout and at least two rounds; steps so
  /// short that p = 1 would do are no cycle but a crawl.
  ///
  /// - Parameters:
  ///   - points: the last iterates, one more than steps.
  ///   - values: f at each.
  public init(points: [[Double]], values: [Double]) {
    let flat = points.flatMap { $0 }
    self = flat.withUnsafeBufferPointer { flat in
      values.withUnsafeBufferPointer {
        Tail(points: flat, dimension: points.first?.count ?? 1, values: $0)
      }
    }
  }

  /// The same for coordinates in one piece of memory, point by point.
  init(
    points: UnsafeBufferPointer<Double>, dimension: Int, values: UnsafeBufferPointer<Double>
  ) {
    let count = max(0, points.count / dimension - 1)
    let room = (2 + dimension) * count + 1
    self = withUnsafeTemporaryAllocation(of: Double.self, capacity: room) { scratch in
      Tail(points, dimension, values, count, scratch)
    }
  }

  /// - Parameter scratch: room for a length, a cosine and a direction for every step.
  private init(
    _ points: UnsafeBufferPointer<Double>, _ dimension: Int, _ values: UnsafeBufferPointer<Double>,
    _ count: Int, _ scratch: UnsafeMutableBufferPointer<Double>
  ) {
    func step(_ number: Int, _ coordinate: Int) -> Double {
      points[(number + 1) * dimension + coordinate] - points[number * dimension + coordinate]
    }
    let lengths = UnsafeMutableBufferPointer(rebasing: scratch[..<count])
    for number in 0..<count {
      lengths.initializeElement(at: number, to: euclideanNorm(dimension) { step(number, $0) })
    }
    period = Tail.period(points, dimension)
    isStill = count > 0 && lengths.allSatisfy { $0 == 0 }
    isGrowing =
      count >= 3
      && (2..<count).allSatisfy { lengths[$0] > lengths[$0 - 2] }
      && (values.last ?? 0) > (values.first ?? 0)
    guard count >= 2 else {
      growth = nil
      cosine = nil
      return
    }
    let ratio = lengths[count - 1] / lengths[0]
    growth = evaluateExponential(evaluateLogarithm(ratio) / Double(count - 1))
    // Each direction is found once, for the two steps that it is compared with.
    let directions = UnsafeMutableBufferPointer(rebasing: scratch[(2 * count)...])
    for number in 0..<count {
      for i in 0..<dimension {
        directions.initializeElement(
          at: number * dimension + i, to: step(number, i) / lengths[number])
      }
    }
    var found = 0
    for number in 1..<count {
      var sum = 0.0
      for place in number * dimension..<(number + 1) * dimension {
        sum += directions[place - dimension] * directions[place]
      }
      if sum.isNaN { continue }
      scratch.initializeElement(at: count + found, to: sum)
      found += 1
    }
    let cosines = UnsafeMutableBufferPointer(rebasing: scratch[count..<count + found])
    let middle = found / 2
    if found == 0 {
      cosine = nil
    } else {
      let above = Tail.select(middle, of: cosines)
      // Those before the place are not above it.
      cosine =
        found % 2 == 1 ? above : cosines[..<middle].reduce(-.infinity, max) / 2 + above / 2
    }
  }

  /// The ending that the evidence speaks for.
  var ending: Ending {
    if isStill { return .stalled }
    if period != nil { return .oscillating }
    if isGrowing { return .diverged }
    return (cosine ?? 1) < 0 ? .oscillating : .crawling
  }

  /// The number that would stand at a place if all were sorted; smaller ones come to lie before it.
  private static func select(
    _ place: Int, of values: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return values[place]
  }

  private static func period(_ points: UnsafeBufferPointer<Double>, _ dimension: Int) -> Int? {
    let count = points.count / dimension
    // Coordinates that differ by no more are within 1e-9 without a norm, which takes divisions.
    let near = 1e-9 / Double(dimension).squareRoot() * (1 - 1e-12)
    func repeats(_ p: Int) -> Bool {
      (0..<max(0, count - p)).allSatisfy { number in
        let here = number * dimension
        let there = here + p * dimension
        if (0..<dimension).allSatisfy({ abs(points[there + $0] - points[here + $0]) <= near }) {
          return true
        }
        let difference = euclideanNorm(dimension) { points[there + $0] - points[here + $0] }
        // Most differences tell without ‖x‖.
        return difference <= 1e-9
          || difference <= 1e-9 * max(1, euclideanNorm(dimension) { points[here + $0] })
      }
    }
    guard count > 4, !repeats(1) else { return nil }
    // Most runs are far from any cycle, as one coordinate of the first point tells.
    let reach = 1e-9 * max(1, euclideanNorm(dimension) { points[$0] })
    return (2...32).first {
      2 * $0 < count && !(abs(points[$0 * dimension] - points[0]) > 2 * reach) && repeats($0)
    }
  }
}

/// ‖u‖ without overflow or underflow on the way.
func euclideanNorm(_ u: [Double]) -> Double {
  euclideanNorm(u.count) { u[$0] }
}

/// ‖u‖ for entries that need not stand in an array.
@inline(__always)
func euclideanNorm(_ count: Int, _ entry: (Int) -> Double) -> Double {
  var largest = 0.0
  for i in 0..<count { largest = max(largest, abs(entry(i))) }
  guard largest > 0, largest.isFinite else {
    return (0..<count).contains { entry($0).isNaN } ? .nan : largest
  }
  var sum = 0.0
  for i in 0..<count { sum += (entry(i) / largest) * (entry(i) / largest) }
  return largest * sum.squareRoot()
}
