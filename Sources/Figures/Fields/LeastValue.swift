/// f*, above which the levels of a ladder are counted, and where it is known from.
struct LeastValue: Sendable, Equatable {
  let value: Double
  /// Where it is known from, for captions: "known, at (3, 2)".
  let origin: String

  /// The least value of a function over a window.
  ///
  /// That at the known minima; where there are none, at the minima listed; where there are none either,
  /// or something lower was seen, at the end of a search from the lowest places seen. A search that ends
  /// at the edge of the window, or where values fall without end, finds no minimum: then the lowest that
  /// was seen counts.
  init(known: [Marker], listed: [Marker], seen coarse: Raster, sample: @escaping Sampler) {
    let lowest = Extent(coarse.values[0]).range?.lowerBound ?? .infinity
    for (places, word) in [(known, "known"), (listed, "found at a critical point listed")] {
      let values = sample(places.map(\.x), places.map(\.y))[0]
      let finite = places.indices.filter { values[$0].isFinite }
      guard let least = finite.min(by: { values[$0] < values[$1] }) else { continue }
      let value = values[least]
      // What lies lower by rounding only is no other minimum.
      guard lowest >= value - 1e-12 * max(abs(value), 1e-3) else { break }
      self.init(value, "\(word), at \(Self.text(places[least].x, places[least].y))")
      return
    }
    var search = MinimumSearch(coarse, sample)
    search.run()
    let isBelow = known.isEmpty ? "" : ", below the known minimum"
    guard let best = search.best, best.value <= lowest else {
      self.init(lowest, "the lowest seen; f falls without end or has no minimum near it")
      return
    }
    if best.isMinimum {
      self.init(best.value, "found at \(Self.text(best.x, best.y)) by a search\(isBelow)")
    } else {
      self.init(
        best.isBounded ? best.value : lowest,
        best.isBounded
          ? "the lowest seen, at \(Self.text(best.x, best.y)), the edge of the window"
          : "the lowest seen; f falls without end near \(Self.text(best.x, best.y))")
    }
  }

  private init(_ value: Double, _ origin: String) {
    self.value = value
    self.origin = origin
  }

  private static func text(_ x: Double, _ y: Double) -> String {
    "(\(NumberText.plain(x, digits: 6)), \(NumberText.plain(y, digits: 6)))"
  }
}

/// A search for the least value in a window by patterns of 5 × 5 places that move and shrink.
///
/// It begins at the lowest of the local minima of a raster, all of them in step, so that the sampler is
/// asked for all at once. A pattern whose best place lies on its rim moves there, and doubles where it
/// went the same way twice; else it shrinks by half, until it is 2⁻³² of the window. Cost: about 10⁴ values.
private struct MinimumSearch {
  struct Lane {
    var x: Double
    var y: Double
    var value: Double
    /// The distance of the pattern's places, in parts of the window.
    var step: Double
    var way = (0, 0)
    /// The value when the pattern was 2⁻¹⁶ of the window.
    var early: Double?
  }

  /// What was found.
  struct Best {
    let x: Double
    let y: Double
    let value: Double
    /// Whether it lies in the window, not at its edge, and values around it do not fall without end.
    let isMinimum: Bool
    /// Whether values around it do not fall without end.
    let isBounded: Bool
  }

  private static let most = 6
  private static let finest = 0x1p-32
  private let window: Window
  private let sample: Sampler
  private let middle: Double
  private var lanes: [Lane] = []

  init(_ coarse: Raster, _ sample: @escaping Sampler) {
    window = coarse.window
    self.sample = sample
    let values = coarse.values[0]
    middle = Distribution(values).quantile(0.5)
    var pits: [Int] = []
    for node in values.indices where values[node].isFinite {
      let (column, row) = (node % coarse.columns, node / coarse.columns)
      var isPit = true
      for down in max(row - 1, 0)...min(row + 1, coarse.rows - 1) {
        for right in max(column - 1, 0)...min(column + 1, coarse.columns - 1) {
          isPit = isPit && !(values[down * coarse.columns + right] < values[node])
        }
      }
      if isPit { pits.append(node) }
    }
    pits.sort { (values[$0], $0) < (values[$1], $1) }
    lanes = pits.prefix(Self.most).map { node in
      Lane(
        x: coarse.x(node % coarse.columns), y: coarse.y(node / coarse.columns), value: values[node],
        step: 1 / Double(coarse.columns))
    }
  }

  mutating func run() {
    let offsets = (0..<25).map { ($0 % 5 - 2, $0 / 5 - 2) }
    for _ in 0..<1000 {
      let open = lanes.indices.filter { lanes[$0].step > Self.finest && lanes[$0].value.isFinite }
      if open.isEmpty { return }
      var (x, y): ([Double], [Double]) = ([], [])
      for lane in open.map({ lanes[$0] }) {
        for (right, up) in offsets {
          x.append(clamp(lane.x + Double(right) * lane.step * window.width, window.x))
          y.append(clamp(lane.y + Double(up) * lane.step * window.height, window.y))
        }
      }
      let values = sample(x, y)[0]
      for (order, number) in open.enumerated() {
        var best: Int?
        for place in order * 25..<(order + 1) * 25
        where values[place] < best.map({ values[$0] }) ?? lanes[number].value { best = place }
        advance(
          &lanes[number], best.map { (x[$0], y[$0], values[$0], offsets[$0 - order * 25]) })
      }
    }
  }

  private func advance(_ lane: inout Lane, _ best: (Double, Double, Double, (Int, Int))?) {
    var isOnRim = false
    if let (x, y, value, way) = best {
      (lane.x, lane.y, lane.value) = (x, y, value)
      isOnRim = max(abs(way.0), abs(way.1)) == 2
      if isOnRim, way == lane.way { lane.step = min(2 * lane.step, 0.05) }
      lane.way = way
    }
    if !isOnRim { lane.step /= 2 }
    if lane.early == nil, lane.step <= 0x1p-16 { lane.early = lane.value }
  }

  private func clamp(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    min(max(value, range.lowerBound), range.upperBound)
  }

  var best: Best? {
    guard let lane = lanes.min(by: { $0.value < $1.value }) else { return nil }
    let gain = lane.early.map { $0 - lane.value } ?? .infinity
    // Near a pole or a logarithm's, each halving gains as much as the one before.
    let isBounded = lane.value.isFinite && gain <= 0.05 * max(middle - lane.value, 0)
    let isInside =
      lane.x > window.x.lowerBound && lane.x < window.x.upperBound
      && lane.y > window.y.lowerBound && lane.y < window.y.upperBound
    return Best(
      x: lane.x, y: lane.y, value: lane.value, isMinimum: isBounded && isInside,
      isBounded: isBounded)
  }
}
