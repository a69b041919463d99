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
    let steps: [[Double]] = zip(points.dropFirst(), points).map { next, point in
      zip(next, point).map { $0 - $1 }
    }
    let lengths = steps.map(euclideanNorm)
    period = Tail.period(points)
    isStill = !lengths.isEmpty && lengths.allSatisfy { $0 == 0 }
    isGrowing =
      lengths.count >= 3
      && zip(lengths.dropFirst(2), lengths).allSatisfy { $0 > $1 }
      && (values.last ?? 0) > (values.first ?? 0)
    guard steps.count >= 2 else {
      growth = nil
      cosine = nil
      return
    }
    let ratio = lengths[lengths.count - 1] / lengths[0]
    growth = evaluateExponential(evaluateLogarithm(ratio) / Double(lengths.count - 1))
    let cosines = steps.indices.dropFirst().map { i in
      var sum = 0.0
      for (u, v) in zip(steps[i - 1], steps[i]) { sum += (u / lengths[i - 1]) * (v / lengths[i]) }
      return sum
    }.filter { !$0.isNaN }.sorted()
    let middle = cosines.count / 2
    cosine =
      cosines.isEmpty
      ? nil
      : cosines.count % 2 == 1
        ? cosines[middle] : cosines[middle - 1] / 2 + cosines[middle] / 2
  }

  /// The ending that the evidence speaks for.
  var ending: Ending {
    if isStill { return .stalled }
    if period != nil { return .oscillating }
    if isGrowing { return .diverged }
    return (cosine ?? 1) < 0 ? .oscillating : .crawling
  }

  private static func period(_ points: [[Double]]) -> Int? {
    func repeats(_ p: Int) -> Bool {
      points.indices.dropLast(p).allSatisfy { i in
        let difference = euclideanNorm(zip(points[i + p], points[i]).map { $0 - $1 })
        return difference <= 1e-9 * max(1, euclideanNorm(points[i]))
      }
    }
    guard points.count > 4, !repeats(1) else { return nil }
    return (2...32).first { 2 * $0 < points.count && repeats($0) }
  }
}

/// ‖u‖ without overflow or underflow on the way.
func euclideanNorm(_ u: [Double]) -> Double {
  let largest = u.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return u.contains { $0.isNaN } ? .nan : largest }
  return largest * u.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
