import Expressions

/// Derivatives of f from its values at points near each other.
///
/// A difference along a coordinate is divided by the distance of its points as they were rounded, (x + ε) − x, not
/// by ε: the rounding of x + ε alone would leave an error of 2⁻⁵³|x|/ε of the derivative, about as much as all other
/// errors together at |x| = 1, and quadratic functions would not be differentiated to rounding. scipy's
/// `approx_derivative` does the same. Along the direction of a third derivative ε is so much larger that it does not
/// matter.
final class DifferenceQuotients {
  /// Where f was asked for: around which point, and the coordinates that were moved away from it.
  struct Point: Hashable {
    /// 0 is x itself.
    var center = 0
    var coordinates: [Int] = []
    var places: [Scalar] = []

    /// x.
    static var x: Point { Point() }
  }

  private let differences: Differences
  private let center: Neighbourhood
  /// How many points Hessians were built around.
  private var centerCount = 1
  /// Where f is asked for g at x.
  private(set) var gradientPoints: Set<Point> = []
  /// Where f is asked for H and third derivatives at x.
  private(set) var hessianPoints: Set<Point> = []

  init(_ value: Scalar, _ position: Vector, _ differences: Differences) {
    self.differences = differences
    center = Neighbourhood(of: value, position)
  }

  // MARK: - Derivatives at x

  /// g at x.
  var gradient: Vector { gradient(at: center) { self.gradientPoints.insert($0) } }

  /// g at another point, whose evaluations are for whoever moves there to count.
  func gradient(at position: Vector) -> Vector {
    gradient(at: center.moved(to: position)) { _ in }
  }

  /// H at x, upper triangle row by row.
  var hessian: [Scalar] { hessian(at: center, order: 2) }

  /// The derivative of H along d: H at points ε away from x, against each other or against H at x.
  func hessianDerivative(along direction: Vector) -> [Scalar] {
    let epsilon = differences.epsilon(order: 3)
    let length = norm(direction)
    let zero = length.graph.constant(0)
    /// x moved by a multiple of the direction's unit vector.
    func hessian(_ distance: Double) -> [Scalar] {
      let moved = zip(center.position, direction).map { $0 + distance * ($1 / length) }
      return self.hessian(at: center.moved(to: moved), order: 3)
    }
    let ahead = hessian(epsilon)
    let behind =
      differences.kind == .forward ? self.hessian(at: center, order: 3) : hessian(-epsilon)
    let rate = length / (differences.kind == .forward ? epsilon : 2 * epsilon)
    return zip(ahead, behind).map { length.equals(0).select(zero, rate * ($0 - $1)) }
  }

  /// Whether ε is lost in the rounding of a coordinate, as 0 or 1.
  var isLost: Scalar {
    let lost = center.position.map { x in
      (x + differences.epsilon(order: 1)).equals(x)
    }
    return lost.dropFirst().reduce(lost[0]) { $0.or($1) }
  }

  // MARK: - Formulas

  private func gradient(at place: Neighbourhood, _ note: @escaping (Point) -> Void) -> Vector {
    let epsilon = differences.epsilon(order: 1)
    let f = Values(of: place, note)
    return place.position.indices.map { i in
      guard !f.isFull else { return f.zero }
      let (x, above) = (place.position[i], place.position[i] + epsilon)
      guard differences.kind == .central else {
        return (f.at((i, above)) - f.at()) / (above - x)
      }
      let below = x - epsilon
      return (f.at((i, above)) - f.at((i, below))) / (above - below)
    }
  }

  private func hessian(at place: Neighbourhood, order: Int) -> [Scalar] {
    let epsilon = differences.epsilon(order: order)
    let number = place === center ? 0 : centerCount
    if number > 0 { centerCount += 1 }
    let f = Values(of: place) { point in
      var point = point
      point.center = number
      self.hessianPoints.insert(point)
    }
    let x = place.position
    let above = x.map { $0 + epsilon }
    let below = x.map { $0 - epsilon }
    return x.indices.flatMap { i in
      (i..<x.count).map { j in
        guard !f.isFull else { return f.zero }
        switch (differences.kind, i == j) {
        case (.forward, true):
          return f.bend(i, x[i], above[i], above[i] + epsilon)
        case (.central, true):
          return f.bend(i, below[i], x[i], above[i])
        case (.forward, false):
          return f.twist((i, x[i], above[i]), (j, x[j], above[j]))
        case (.central, false):
          return f.twist((i, below[i], above[i]), (j, below[j], above[j]))
        }
      }
    }
  }

  /// f around a point, with a note of every place where it is asked for.
  private struct Values {
    let place: Neighbourhood
    let note: (Point) -> Void

    init(of place: Neighbourhood, _ note: @escaping (Point) -> Void) {
      self.place = place
      self.note = note
    }

    var isFull: Bool { place.position[0].graph.isFull }
    var zero: Scalar { place.position[0].graph.constant(0) }

    /// f with coordinates moved; those that stay where they are do not count as moved.
    func at(_ moves: (coordinate: Int, to: Scalar)...) -> Scalar {
      let real = moves.filter { place.position[$0.coordinate] != $0.to }
      note(Point(coordinates: real.map(\.coordinate), places: real.map(\.to)))
      return place.value(real)
    }

    /// The second derivative through three points of a coordinate: exact for quadratic functions, however the
    /// points were rounded, and (f₁ − 2f₂ + f₃)/ε² where they are ε apart.
    func bend(_ i: Int, _ first: Scalar, _ second: Scalar, _ third: Scalar) -> Scalar {
      let (f1, f2, f3) = (at((i, first)), at((i, second)), at((i, third)))
      let slopes = ((f2 - f1) / (second - first), (f3 - f2) / (third - second))
      return 2 * ((slopes.1 - slopes.0) / (third - first))
    }

    /// The mixed derivative through the corners of a rectangle.
    func twist(
      _ i: (coordinate: Int, low: Scalar, high: Scalar),
      _ j: (coordinate: Int, low: Scalar, high: Scalar)
    ) -> Scalar {
      func corner(_ first: Scalar, _ second: Scalar) -> Scalar {
        at((i.coordinate, first), (j.coordinate, second))
      }
      let high = corner(i.high, j.high) - corner(i.high, j.low)
      let low = corner(i.low, j.high) - corner(i.low, j.low)
      return (high - low) / ((i.high - i.low) * (j.high - j.low))
    }
  }
}
