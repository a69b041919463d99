/// Asks for a function of one variable and its derivatives anywhere.
///
/// `values[k][i]` is the derivative of order k at x[i], NaN where it is undefined; k = 0 is the function, and
/// k = 1 is always there. Must be cheap to call with 10⁵ places and give the same answer each time.
public typealias LineSampler = @Sendable (_ x: [Double]) -> [[Double]]

/// A line through a function of one variable that is true to less than a pixel.
struct TracedLine {
  /// The line, NaN upwards where it is broken.
  let curve: Curve
  /// Where the function is undefined.
  let gaps: [ClosedRange<Double>]
  /// How often values jump, at poles and steps.
  let jumps: Int
  /// Whether the function varies faster than can be followed.
  let isTooDense: Bool
}

/// Follows a function of one variable.
///
/// It is asked at 8193 places; then intervals are halved for as long as the slopes at their two ends do not
/// agree with the values there: at the edges of what is undefined, at jumps and at spikes thinner than a pixel.
/// What is so thin that neither values nor slopes of two neighbouring places know of it is missed.
struct LineTracer {
  private struct Place {
    let x: Double
    let y: Double
    let slope: Double
  }

  private static let firstCount = 8193
  /// More intervals than this at once are not halved: it has no end.
  private static let mostHalvings = 6000
  /// The parts of the range that are not halved any more.
  private static let finest = 0x1p-44

  private let range: ClosedRange<Double>
  private let sample: LineSampler
  private let places: [Place]

  private var width: Double { range.upperBound - range.lowerBound }

  init(_ range: ClosedRange<Double>, sample: @escaping LineSampler) {
    self.range = range
    self.sample = sample
    let last = Double(Self.firstCount - 1)
    places = Self.ask(
      (0..<Self.firstCount).map { index in
        let part = Double(index) / last
        return range.lowerBound * (1 - part) + range.upperBound * part
      }, sample)
  }

  private static func ask(_ x: [Double], _ sample: LineSampler) -> [Place] {
    let values = sample(x)
    return x.indices.map { Place(x: x[$0], y: values[0][$0], slope: values[1][$0]) }
  }

  /// The values at the first places.
  var seen: Distribution { Distribution(places.map(\.y)) }

  /// Follows the function where it lies within `shown`, of which a pixel is a part.
  func trace(within shown: ClosedRange<Double>, pixel: Double) -> TracedLine {
    var places = places
    var isOpen = [Bool](repeating: true, count: places.count - 1)
    var isTooDense = false
    for _ in 0..<64 {
      let halved = isOpen.indices.filter {
        isOpen[$0] && isSplit(places[$0], places[$0 + 1], shown, pixel)
      }
      guard !halved.isEmpty else { break }
      guard halved.count <= Self.mostHalvings else {
        isTooDense = true
        break
      }
      let middles = Self.ask(halved.map { Self.middle(places[$0], places[$0 + 1]) }, sample)
      var next: [Place] = []
      next.reserveCapacity(places.count + middles.count)
      var open: [Bool] = []
      var number = 0
      for index in places.indices {
        next.append(places[index])
        guard index < isOpen.count else { break }
        if number < halved.count, halved[number] == index {
          next.append(middles[number])
          open += [true, true]
          number += 1
        } else {
          open.append(false)
        }
      }
      (places, isOpen) = (next, open)
    }
    return line(places, shown, pixel, isTooDense: isTooDense)
  }

  private static func middle(_ a: Place, _ b: Place) -> Double { a.x / 2 + b.x / 2 }

  private func isFinest(_ a: Place, _ b: Place) -> Bool {
    let middle = Self.middle(a, b)
    return b.x - a.x <= Self.finest * width || middle <= a.x || middle >= b.x
  }

  /// Whether something may lie between two places that they do not tell of.
  private func isSplit(
    _ a: Place, _ b: Place, _ shown: ClosedRange<Double>, _ pixel: Double
  ) -> Bool {
    if a.y.isNaN && b.y.isNaN || isFinest(a, b) { return false }
    if a.y.isNaN || b.y.isNaN { return true }
    let step = b.x - a.x
    // Where each end's tangent leads at the other end.
    let (forward, back) = (a.y + a.slope * step, b.y - b.slope * step)
    if a.y > shown.upperBound, b.y > shown.upperBound {
      return min(forward, back) < shown.upperBound && a.slope < 0 && b.slope > 0
    }
    if a.y < shown.lowerBound, b.y < shown.lowerBound {
      return max(forward, back) > shown.lowerBound && a.slope > 0 && b.slope < 0
    }
    return !(abs(forward - b.y) <= 0.25 * pixel && abs(back - a.y) <= 0.25 * pixel)
  }

  private func line(
    _ places: [Place], _ shown: ClosedRange<Double>, _ pixel: Double, isTooDense: Bool
  ) -> TracedLine {
    var curve = Curve(x: [], y: [])
    var gaps: [ClosedRange<Double>] = []
    var jumps = 0
    let height = shown.upperBound - shown.lowerBound
    func level(_ y: Double) -> Double {
      min(max(y, shown.lowerBound - height), shown.upperBound + height)
    }
    var gapStart: Double?
    for (index, place) in places.enumerated() {
      if place.y.isNaN {
        if gapStart == nil { gapStart = index == 0 ? place.x : places[index - 1].x }
      } else if let start = gapStart {
        gaps.append(start...place.x)
        gapStart = nil
      }
      if index > 0 {
        let before = places[index - 1]
        let isJump = isFinest(before, place) && abs(level(place.y) - level(before.y)) > 2 * pixel
        if isJump {
          jumps += 1
          curve.x.append(place.x)
          curve.y.append(.nan)
        }
      }
      curve.x.append(place.x)
      curve.y.append(place.y)
    }
    if let gapStart, let last = places.last { gaps.append(gapStart...last.x) }
    return TracedLine(curve: curve, gaps: gaps, jumps: jumps, isTooDense: isTooDense)
  }
}
