/// Integral curves of a field of directions, traced from many seeds at once.
///
/// Dormand and Prince's pair of orders 5 and 4 (J. Comput. Appl. Math. 6 (1980) 19, doi:10.1016/0771-050X(80)90013-3)
/// along the length of the curve on the canvas, its error held below a fiftieth of a unit. A curve ends at the
/// frame, where the field is undefined or turns about between two places (a stationary point, a pole: det H = 0), and
/// where `isFree` says so. Every stage asks the sampler once for all curves that are still growing.
struct StreamTracer {
  /// A place on a curve.
  struct Node: Sendable, Equatable {
    var point: Point
    /// The rate at which the function changes along the step there; only its sign counts.
    var slope: Double
  }

  let area: PlotArea
  let subject: ArrowFieldFigure.Subject
  let sample: Sampler
  /// The longest step; no two nodes of a curve are farther apart.
  let longestStep: Double
  /// The length of half a curve at which it ends in any case.
  let longestHalf: Double

  private static let tolerance = 0.02
  private static let shortestStep = 0.03
  /// How far the direction may turn in a step, as a cosine.
  private static let leastCosine = 0.96

  /// What the field is at a place: a direction on the canvas, nil where it has none.
  private struct Value {
    var way: Point?
    var slope = -1.0
    /// The sign of det H, where Newton steps turn round.
    var sign = 0.0
  }

  private struct Half {
    let seed: Int
    let side: Double
    var nodes: [Node]
    var value: Value
    var step: Double
    var length = 0.0
    var isOpen = true
  }

  private static let stages: [[Double]] = [
    [1.0 / 5],
    [3.0 / 40, 9.0 / 40],
    [44.0 / 45, -56.0 / 15, 32.0 / 9],
    [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
    [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
  ]
  /// The difference of the two orders.
  private static let error = [
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339_200, 22.0 / 525, -1.0 / 40,
  ]

  /// The curves through the seeds, each with the place of its seed among its nodes; nil where the field has no
  /// direction.
  func curves(through seeds: [Point], isFree: (Point) -> Bool) -> [(nodes: [Node], seed: Int)?] {
    let first = values(at: seeds)
    var halves: [Half] = []
    for (number, value) in first.enumerated() where value.way != nil {
      for side in [1.0, -1] {
        let node = Node(point: seeds[number], slope: value.slope)
        halves.append(
          Half(seed: number, side: side, nodes: [node], value: value, step: longestStep / 4))
      }
    }
    while true {
      let open = halves.indices.filter { halves[$0].isOpen }
      if open.isEmpty { break }
      advance(open, &halves, isFree)
    }
    var curves = [(nodes: [Node], seed: Int)?](repeating: nil, count: seeds.count)
    for pair in stride(from: 0, to: halves.count, by: 2) {
      let (ahead, behind) = (halves[pair].nodes, halves[pair + 1].nodes)
      curves[halves[pair].seed] = (behind.dropFirst().reversed() + ahead, behind.count - 1)
    }
    return curves
  }

  /// Tries one step of each open half.
  private func advance(_ open: [Int], _ halves: inout [Half], _ isFree: (Point) -> Bool) {
    var ways = open.map { [(halves[$0].value.way ?? Point(0, 0)) * halves[$0].side] }
    var isWhole = [Bool](repeating: true, count: open.count)
    var points: [Point] = []
    var last: [Value] = []
    for weights in Self.stages {
      points = open.indices.map { lane in
        let half = halves[open[lane]]
        var point = half.nodes[half.nodes.count - 1].point
        for (weight, way) in zip(weights, ways[lane]) { point = point + way * (weight * half.step) }
        return point
      }
      last = values(at: points)
      for lane in open.indices {
        let half = halves[open[lane]]
        guard let way = last[lane].way, last[lane].sign == half.value.sign else {
          isWhole[lane] = false
          ways[lane].append(Point(0, 0))
          continue
        }
        ways[lane].append(way * half.side)
      }
    }
    for lane in open.indices {
      settle(
        &halves[open[lane]], at: points[lane], last[lane], ways[lane], isWhole: isWhole[lane],
        isFree)
    }
  }

  /// Takes a step if it is good enough, and chooses the next.
  private func settle(
    _ half: inout Half, at point: Point, _ value: Value, _ ways: [Point], isWhole: Bool,
    _ isFree: (Point) -> Bool
  ) {
    var miss = Point(0, 0)
    for (weight, way) in zip(Self.error, ways) { miss = miss + way * (weight * half.step) }
    let error = miss.length / Self.tolerance
    let bend = ways[0].x * ways[6].x + ways[0].y * ways[6].y
    guard isWhole, error <= 1, bend >= Self.leastCosine else {
      half.step /= 2
      half.isOpen = half.step >= Self.shortestStep
      return
    }
    let here = half.nodes[half.nodes.count - 1].point
    guard area.box.contains(point) else {
      if let (_, edge) = area.clip(here, point), edge != here {
        half.nodes.append(Node(point: edge, slope: value.slope))
      }
      half.isOpen = false
      return
    }
    half.nodes.append(Node(point: point, slope: value.slope))
    half.value = value
    half.length += half.step
    half.step = min(
      half.step * min(2, error > 0 ? 0.9 * exponential(-naturalLogarithm(error) / 5) : 2),
      longestStep)
    half.isOpen = half.length < longestHalf && isFree(point)
  }

  /// Unit vectors along the field on the canvas.
  private func values(at points: [Point]) -> [Value] {
    let (box, window) = (area.box, area.window)
    let (kx, ky) = (box.width / window.width, box.height / window.height)
    let found = sample(
      points.map { window.x.lowerBound + ($0.x - box.x) / kx },
      points.map { window.y.lowerBound + (box.maxY - $0.y) / ky })
    return points.indices.map { index in
      let raw = Point(found[0][index], found[1][index])
      let scale = max(abs(raw.x) * kx, abs(raw.y) * ky)
      guard scale <= visibleSizes.upperBound, scale >= visibleSizes.lowerBound else {
        return Value()
      }
      let way = Point(raw.x * kx / scale, -raw.y * ky / scale)
      guard subject == .newtonStep else { return Value(way: way * (1 / way.length)) }
      let determinant = found[2][index]
      return Value(
        way: way * (1 / way.length), slope: found[3][index],
        sign: determinant > 0 ? 1 : determinant < 0 ? -1 : 0)
    }
  }
}
