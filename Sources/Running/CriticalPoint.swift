import Specs

/// A point where the gradient vanishes.
public struct CriticalPoint: Sendable, Equatable {
  /// m1, m2, … for minima, s1 for saddles, M1 for maxima, d1 for degenerate points.
  public var label = ""
  /// What it is, by the rule by which the ends of runs are judged.
  public let kind: PointKind
  /// Where it is.
  public let position: [Double]
  /// f there.
  public let value: Double
  /// ‖g‖ there, as small as rounding leaves it.
  public let gradientNorm: Double
  /// det H there.
  public let determinant: Double
  /// The smallest eigenvalue of H there.
  public let leastEigenvalue: Double
  /// The largest eigenvalue of H there.
  public let greatestEigenvalue: Double

  /// 2/λmax at a minimum, from which on gradient descent with a fixed rate leaves it; nil elsewhere.
  public var stableRate: Double? { kind == .minimum ? 2 / greatestEigenvalue : nil }

  /// The kinds in the order of the list.
  public static let kinds: [PointKind] = [.minimum, .saddle, .maximum, .degenerate]

  /// What the labels of a kind begin with.
  static func letter(_ kind: PointKind) -> String {
    switch kind {
    case .minimum: "m"
    case .saddle: "s"
    case .maximum: "M"
    default: "d"
    }
  }
}

/// The critical points of a function in its window, and how far one can trust that they are all.
public struct CriticalPoints: Sendable {
  /// By kind, then by coordinates that are compared after rounding to 1e-6 of the window.
  public let points: [CriticalPoint]
  /// The number of places from which they were searched, ends of runs left aside.
  public let placeCount: Int
  /// How many places were found on curves or areas of critical points, which are not listed.
  public let flatCount: Int
  /// The test for missed ones.
  public let test: WindingTest
  private let nearby: NearbyPoints

  init(_ found: [CriticalPoint], window: Box, placeCount: Int, flatCount: Int, test: WindingTest) {
    var points: [CriticalPoint] = []
    var nearby = NearbyPoints()
    for kind in CriticalPoint.kinds {
      let ofKind = found.filter { $0.kind == kind }.map {
        (point: $0, key: window.scaled($0.position).map { ($0 * 1e6).rounded() } + $0.position)
      }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      for (number, (point, _)) in ofKind.enumerated() {
        points.append(point)
        points[points.count - 1].label = CriticalPoint.letter(kind) + String(number + 1)
        nearby.append(point.position)
      }
    }
    self.points = points
    self.placeCount = placeCount
    self.flatCount = flatCount
    self.test = test
    self.nearby = nearby
  }

  /// The number of points of a kind.
  public func count(_ kind: PointKind) -> Int { points.count { $0.kind == kind } }

  /// The place in the list of the point that a run reached.
  ///
  /// - Returns: the nearest within 1e-6(1 + ‖x‖); nil where none is so near.
  public func reached(from position: [Double]) -> Int? {
    nearby.nearest(to: position, within: CriticalPoints.reach(of: position))
  }

  /// How far from its end a run may have the point that it reached.
  static func reach(of position: [Double]) -> Double { 1e-6 * (1 + euclideanNorm(position)) }
}

/// A window, in which lengths are measured by its sides.
struct Box: Sendable {
  let sides: [ClosedRange<Double>]
  /// Half the sides' lengths, which are finite where the whole ones are not.
  let halves: [Double]
  private let middle: [Double]

  init(_ sides: [ClosedRange<Double>]) {
    self.sides = sides
    halves = sides.map { $0.upperBound / 2 - $0.lowerBound / 2 }
    middle = sides.map { $0.lowerBound / 2 + $0.upperBound / 2 }
  }

  /// The coordinates from −1/2 to 1/2 in the window.
  func scaled(_ position: [Double]) -> [Double] {
    position.indices.map { scaled(position[$0], $0) }
  }

  /// One of them.
  func scaled(_ coordinate: Double, _ number: Int) -> Double {
    (coordinate - middle[number]) / halves[number] / 2
  }

  /// The place with such coordinates.
  func place(_ scaled: [Double]) -> [Double] {
    scaled.indices.map { middle[$0] + 2 * scaled[$0] * halves[$0] }
  }

  /// The least and greatest coordinates inside or beside it, by a part of its sides.
  func bounds(beside margin: Double) -> (low: [Double], high: [Double]) {
    let far = halves.map { 2 * margin * $0 }
    return (
      zip(sides, far).map { $0.lowerBound - $1 }, zip(sides, far).map { $0.upperBound + $1 }
    )
  }

  /// Whether a place lies inside or beside it, by a part of its sides.
  func contains(_ position: [Double], beside margin: Double) -> Bool {
    if margin == 0 { return position.indices.allSatisfy { sides[$0].contains(position[$0]) } }
    let (low, high) = bounds(beside: margin)
    return position.indices.allSatisfy { low[$0] <= position[$0] && position[$0] <= high[$0] }
  }

  /// The box around a point whose sides are a part of this one's.
  func part(_ radius: Double, around position: [Double]) -> Box {
    Box(
      position.indices.map {
        position[$0] - radius * 2 * halves[$0]...position[$0] + radius * 2 * halves[$0]
      })
  }
}
