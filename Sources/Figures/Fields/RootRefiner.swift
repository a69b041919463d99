/// Finds where a quantity takes a value on many short segments at once.
///
/// Interpolate, truncate, project (Oliveira and Takahashi, ACM TOMS 47 (2020) 5,
/// doi:10.1145/3423597): never more rounds than bisection, about eight for smooth functions. Every
/// round asks the sampler once for all segments that are still open.
struct RootRefiner {
  /// A segment whose first end lies below the level and whose second does not.
  struct Bracket {
    var low: (x: Double, y: Double)
    var high: (x: Double, y: Double)
    /// The quantity less the level: negative at `low`, not negative at `high`.
    var lowValue: Double
    var highValue: Double
    var level: Double

    fileprivate func point(_ t: Double) -> (x: Double, y: Double) {
      (low.x + t * (high.x - low.x), low.y + t * (high.y - low.y))
    }
  }

  /// Which of the sampler's quantities is meant.
  let quantity: Int
  let sample: Sampler

  /// Half the width, in parts of a segment, to which a root is enclosed.
  private static let tolerance = 0x1p-42
  private static let rounds = 42

  private struct Lane {
    var index: Int
    var a = 0.0
    var b = 1.0
    var atA: Double
    var atB: Double
  }

  /// The roots in the order of the brackets; nil where the quantity passes the level without
  /// taking it (a pole, a jump) or is undefined on the way.
  ///
  /// A root counts if the quantity at one end of the last enclosure is within a thousandth of what
  /// it was at the ends of the segment.
  func roots(of brackets: [Bracket]) -> [(x: Double, y: Double)?] {
    var roots: [(x: Double, y: Double)?] = Array(repeating: nil, count: brackets.count)
    var lanes = brackets.indices.map { index in
      Lane(index: index, atA: brackets[index].lowValue, atB: brackets[index].highValue)
    }
    for round in 0...Self.rounds + 1 {
      var open: [Lane] = []
      open.reserveCapacity(lanes.count)
      for lane in lanes {
        if lane.atB == 0 || lane.b - lane.a <= 2 * Self.tolerance || round > Self.rounds {
          roots[lane.index] = root(lane, brackets[lane.index])
        } else {
          open.append(lane)
        }
      }
      if open.isEmpty { break }
      lanes = advance(open, brackets, round: round)
    }
    return roots
  }

  private func advance(_ lanes: [Lane], _ brackets: [Bracket], round: Int) -> [Lane] {
    let guesses = lanes.map { guess($0, round: round) }
    var (x, y): ([Double], [Double]) = ([], [])
    x.reserveCapacity(lanes.count)
    y.reserveCapacity(lanes.count)
    for (lane, t) in zip(lanes, guesses) {
      let point = brackets[lane.index].point(t)
      x.append(point.x)
      y.append(point.y)
    }
    let values = sample(x, y)[quantity]
    var next: [Lane] = []
    next.reserveCapacity(lanes.count)
    for place in lanes.indices {
      var lane = lanes[place]
      let value = values[place] - brackets[lane.index].level
      if value.isNaN { continue }
      if value < 0 {
        (lane.a, lane.atA) = (guesses[place], value)
      } else {
        (lane.b, lane.atB) = (guesses[place], value)
      }
      next.append(lane)
    }
    return next
  }

  /// The next place to ask: the secant's root, moved a little towards the middle and kept within
  /// the distance that lets bisection finish in time.
  private func guess(_ lane: Lane, round: Int) -> Double {
    let (a, b) = (lane.a, lane.b)
    let half = (a + b) / 2
    let secant = (lane.atB * a - lane.atA * b) / (lane.atB - lane.atA)
    guard secant.isFinite else { return half }
    let side: Double = half >= secant ? 1 : -1
    let shift = 0.2 * (b - a) * (b - a)
    let truncated = shift <= abs(half - secant) ? secant + side * shift : half
    let powers = Double(sign: .plus, exponent: Self.rounds - round, significand: 1)
    let reach = Self.tolerance * powers - (b - a) / 2
    return abs(truncated - half) <= reach ? truncated : half - side * max(reach, 0)
  }

  private func root(_ lane: Lane, _ bracket: Bracket) -> (x: Double, y: Double)? {
    if lane.atB == 0 { return bracket.point(lane.b) }
    let sizes = [bracket.lowValue, bracket.highValue].filter(\.isFinite).map { abs($0) }
    guard let scale = sizes.max(), min(-lane.atA, lane.atB) <= 1e-3 * scale else { return nil }
    return bracket.point(-lane.atA < lane.atB ? lane.a : lane.b)
  }
}
