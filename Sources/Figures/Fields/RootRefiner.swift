/// Finds where a quantity takes a value on many short segments at once.
///
/// First the parabola of the value as an argument through both ends of the enclosure and the last place asked tells
/// where to ask next, which takes about three rounds where the quantity is smooth. Where it does not soon end, at kinks,
/// jumps and poles, interpolate, truncate, project takes over (Oliveira and Takahashi, ACM TOMS 47 (2020) 5,
/// doi:10.1145/3423597): never more rounds than bisection. Every round asks the sampler once for all segments
/// that are still open.
struct RootRefiner {
  /// A segment whose first end lies below the level and whose second does not.
  struct Bracket {
    var low: (x: Double, y: Double)
    var high: (x: Double, y: Double)
    /// The quantity less the level: negative at `low`, not negative at `high`.
    var lowValue: Double
    var highValue: Double
    var level: Double

    /// The size of what was seen at the ends, as far as it is finite.
    fileprivate var scale: Double? {
      let (low, high) = (abs(lowValue), abs(highValue))
      if low.isFinite && high.isFinite { return max(low, high) }
      return low.isFinite ? low : high.isFinite ? high : nil
    }

    @inline(__always)
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

  /// How many rounds are tried with parabolas.
  private static let quickRounds = 6

  private struct Lane {
    var index: Int
    var a = 0.0
    var b = 1.0
    var atA: Double
    var atB: Double
    /// The next place to ask, and how far it is from the last one.
    var next = 0.0
    var step = 1.0
  }

  /// The roots in the order of the brackets; not numbers where the quantity passes the level without
  /// taking it (a pole, a jump) or is undefined on the way.
  ///
  /// A root counts if the quantity at one end of the last enclosure is within a thousandth of what
  /// it was at the ends of the segment.
  func roots(of brackets: [Bracket]) -> (x: [Double], y: [Double]) {
    var roots = (
      x: [Double](repeating: .nan, count: brackets.count),
      y: [Double](repeating: .nan, count: brackets.count)
    )
    var lanes = quickly(brackets, &roots)
    for round in 0...Self.rounds + 1 {
      var open: [Lane] = []
      open.reserveCapacity(lanes.count)
      for lane in lanes {
        if lane.atB == 0 || lane.b - lane.a <= 2 * Self.tolerance || round > Self.rounds {
          guard let root = root(lane, brackets[lane.index]) else { continue }
          (roots.x[lane.index], roots.y[lane.index]) = root
        } else {
          open.append(lane)
        }
      }
      if open.isEmpty { break }
      lanes = advance(open, brackets, round: round)
    }
    return roots
  }

  // MARK: Parabolas

  /// Finds those roots that a few rounds lead to, and returns the segments that remain.
  private func quickly(
    _ brackets: [Bracket], _ roots: inout (x: [Double], y: [Double])
  ) -> [Lane] {
    var open: [Lane] = []
    var hard: [Lane] = []
    open.reserveCapacity(brackets.count)
    for (index, bracket) in brackets.enumerated() {
      var lane = Lane(index: index, atA: bracket.lowValue, atB: bracket.highValue)
      lane.next = lane.atA / (lane.atA - lane.atB)
      if lane.next > 0 && lane.next < 1 { open.append(lane) } else { hard.append(lane) }
    }
    for _ in 0..<Self.quickRounds where !open.isEmpty {
      var (x, y): ([Double], [Double]) = ([], [])
      x.reserveCapacity(open.count)
      y.reserveCapacity(open.count)
      for lane in open {
        let place = brackets[lane.index].point(lane.next)
        x.append(place.x)
        y.append(place.y)
      }
      let values = sample(x, y)[quantity]
      var kept = 0
      for number in open.indices {
        var lane = open[number]
        let bracket = brackets[lane.index]
        switch Self.advance(&lane, values[number] - bracket.level, bracket) {
        case .open:
          open[kept] = lane
          kept += 1
        case .hard: hard.append(lane)
        case .none: break
        case .root(let t): (roots.x[lane.index], roots.y[lane.index]) = bracket.point(t)
        }
      }
      open.removeLast(open.count - kept)
    }
    return hard + open
  }

  private enum Progress {
    case open
    case hard
    case none
    case root(Double)
  }

  /// Takes in the value at the place that was asked.
  @inline(__always)
  private static func advance(_ lane: inout Lane, _ value: Double, _ bracket: Bracket) -> Progress {
    if value.isNaN { return .none }
    let t = lane.next
    if value == 0 { return .root(t) }
    // Inverse quadratic interpolation (Brent 1973), as a step from the last place.
    let (r, s, q) = (value / lane.atB, value / lane.atA, lane.atA / lane.atB)
    let over = s * (q * (r - q) * (lane.b - t) - (1 - r) * (t - lane.a))
    let next = t + over / ((q - 1) * (r - 1) * (s - 1))
    if value < 0 {
      (lane.a, lane.atA) = (t, value)
    } else {
      (lane.b, lane.atB) = (t, value)
    }
    guard next >= lane.a, next <= lane.b else { return .hard }
    let step = abs(next - t)
    // If the next step is to this one at most as this one to the last, it is too short to be taken.
    if step * step <= lane.step * tolerance, let scale = bracket.scale, abs(value) <= 1e-3 * scale {
      return .root(next)
    }
    (lane.next, lane.step) = (next, step)
    return next > lane.a && next < lane.b ? .open : .hard
  }

  // MARK: Interpolate, truncate, project

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
    guard let scale = bracket.scale, min(-lane.atA, lane.atB) <= 1e-3 * scale else { return nil }
    return bracket.point(-lane.atA < lane.atB ? lane.a : lane.b)
  }
}
