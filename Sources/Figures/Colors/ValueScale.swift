/// Where the values of a quantity stand along a colour bar.
enum ValueScale: Sendable, Equatable {
  /// Evenly over a range.
  case linear(ClosedRange<Double>)
  /// Evenly by the logarithm of their size over a range on one side of 0.
  case logarithmic(ClosedRange<Double>)
  /// Evenly over ±limit, 0 exactly in the middle.
  case signed(limit: Double)
  /// Evenly about 0, by the logarithm of their size beyond.
  case signedLogarithmic(SignedLogarithm)

  /// Whether 0 lies in the middle.
  var isSigned: Bool {
    switch self {
    case .linear, .logarithmic: false
    case .signed, .signedLogarithmic: true
    }
  }

  /// The values at the two ends.
  var range: ClosedRange<Double> {
    switch self {
    case .linear(let range), .logarithmic(let range): range
    case .signed(let limit): -limit...limit
    case .signedLogarithmic(let scale): -scale.limit...scale.limit
    }
  }

  /// The place of a value: from −1 over 0 to 1 on a signed scale, else from 0 to 1; beyond these outside
  /// the range.
  func position(_ value: Double) -> Double {
    switch self {
    case .linear(let range):
      (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic(let range):
      range.lowerBound > 0
        ? Self.logarithmicPosition(value, range)
        : 1 - Self.logarithmicPosition(-value, -range.upperBound...(-range.lowerBound))
    case .signed(let limit): value / limit
    case .signedLogarithmic(let scale): scale.position(value)
    }
  }

  private static func logarithmicPosition(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    guard value > 0 else { return -.infinity }
    let low = naturalLogarithm(range.lowerBound)
    return (naturalLogarithm(value) - low) / (naturalLogarithm(range.upperBound) - low)
  }

  /// The scale in words, for captions.
  var summary: String {
    let (low, high) = (NumberText.plain(range.lowerBound), NumberText.plain(range.upperBound))
    switch self {
    case .linear, .signed: return "linear from \(low) to \(high)"
    case .logarithmic: return "logarithmic from \(low) to \(high)"
    case .signedLogarithmic(let scale):
      return "linear within \(NumberText.plain(scale.threshold)) of 0, logarithmic up to \(high)"
    }
  }

  /// Up to where the scale reaches where it does not show everything.
  func reach(_ name: String) -> String {
    isSigned ? "the 99 % quantile of |\(name)|" : "the 1 % and 99 % quantiles"
  }
}

// MARK: Fitting

extension ValueScale {
  /// A scale for data.
  ///
  /// Data of both signs get a signed scale; one sign counts only if it is more than rounding errors, 10⁻¹²
  /// of the other. The scale shows everything, unless a few values would take most of the colours: then up
  /// to the quantile of 99 % (and from that of 1 %). A constant is put in the middle.
  init(_ choice: MapFigure.Scale, fitting seen: Distribution) {
    let sizes = seen.sizes
    guard choice != .signedLog else {
      let around = seen.constant.map { SignedLogarithm(around: $0) }
      self = .signedLogarithmic(around ?? SignedLogarithm(fitting: seen.sorted))
      return
    }
    guard let low = seen.sorted.first, let high = seen.sorted.last, !sizes.sorted.isEmpty else {
      self = .signed(limit: 1)
      return
    }
    if seen.constant != nil {
      self = .linear(low < 0 ? 2 * low...0 : 0...2 * high)
      return
    }
    let isSigned = min(-low, high) > 1e-12 * max(-low, high)
    let isLogarithmic = choice == .log || choice == .auto && Self.spreadWidely(sizes)
    switch (isSigned, isLogarithmic) {
    case (true, true): self = .signedLogarithmic(SignedLogarithm(fitting: seen.sorted))
    case (true, false): self = .signed(limit: Self.limit(of: sizes))
    case (false, true):
      let range = Self.logarithmicRange(of: sizes)
      self = .logarithmic(high > -low ? range : -range.upperBound...(-range.lowerBound))
    case (false, false): self = .linear(Self.linearRange(of: seen))
    }
  }

  /// Whether sizes take more than two decades between the quantiles of 5 % and 95 %, or poles would leave
  /// most of them a tenth of an even scale.
  private static func spreadWidely(_ sizes: Distribution) -> Bool {
    sizes.quantile(0.95) > 100 * sizes.quantile(0.05)
      || sizes.quantile(0.99) > 10 * sizes.quantile(0.5)
  }

  /// The greatest size, or the 99 % quantile where that is not even half as much; rounded up.
  private static func limit(of sizes: Distribution) -> Double {
    let (common, largest) = (sizes.quantile(0.99), sizes.quantile(1))
    let limit = largest <= 2 * common ? largest : common
    return rounded(-limit...limit).upperBound
  }

  /// All values, or those between the quantiles of 1 % and 99 % where others lie farther outside than these
  /// are apart; from 0 where it almost begins there, and rounded outwards.
  private static func linearRange(of seen: Distribution) -> ClosedRange<Double> {
    let (least, most) = (seen.quantile(0), seen.quantile(1))
    var (low, high) = (seen.quantile(0.01), seen.quantile(0.99))
    let spread = high - low
    if least >= low - spread { low = least }
    if most <= high + spread { high = most }
    if low > 0, low < 0.05 * high { low = 0 }
    if high < 0, high > 0.05 * low { high = 0 }
    return rounded(Window.canShow(low...high) ? low...high : least...most)
  }

  /// A range outwards to halves of the distance of its ticks.
  private static func rounded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    guard Window.canShow(range) else { return range }
    let ticks = Ticks(range, count: tickCount).values
    guard ticks.count > 1 else { return range }
    let unit = (ticks[1] - ticks[0]) / 2
    return (range.lowerBound / unit).rounded(.down) * unit...(range.upperBound / unit).rounded(.up)
      * unit
  }

  /// From the least to the greatest, but no more than a decade beyond the quantiles of 1 % and 99 %, and
  /// outwards to round numbers.
  private static func logarithmicRange(of sizes: Distribution) -> ClosedRange<Double> {
    let (least, most) = (sizes.quantile(0), sizes.quantile(1))
    let (low, high) = (sizes.quantile(0.01), sizes.quantile(0.99))
    let bottom = roundSize(below: least >= low / 10 ? least : low)
    let top = roundSize(above: most <= 10 * high ? most : high)
    return bottom...(top > bottom ? top : 10 * bottom)
  }
}

// MARK: Ticks

extension ValueScale {
  /// A value to be named beside a colour bar.
  struct Tick {
    let value: Double
    let text: RichText
    /// As of `ColorBar.Tick`.
    let rank: Int
  }

  /// Round values of the range.
  var ticks: [Tick] {
    switch self {
    case .linear(let range): return Self.evenTicks(range)
    case .signed(let limit): return Self.evenTicks(-limit...limit)
    case .logarithmic(let range):
      guard range.lowerBound < 0 else { return Self.powerTicks(range) }
      return Self.powerTicks(-range.upperBound...(-range.lowerBound)).map {
        Tick(value: -$0.value, text: RichText("\u{2212}") + $0.text, rank: $0.rank)
      }
    case .signedLogarithmic(let scale):
      return scale.ticks.map { Tick(value: $0, text: Self.text($0), rank: $0 == 0 ? 0 : 1) }
    }
  }

  private static let tickCount = 8

  private static func evenTicks(_ range: ClosedRange<Double>) -> [Tick] {
    guard Window.canShow(range) else { return [] }
    let ticks = Ticks(range, count: tickCount)
    return zip(ticks.values, ticks.labels).map { value, label in
      let text = ticks.exponent == 0 ? RichText(label) : NumberText.rich(value)
      return Tick(value: value, text: text, rank: value == 0 ? 0 : 1)
    }
  }

  /// Powers of ten, at most a dozen; within three decades 2 and 5 times as much too.
  private static func powerTicks(_ range: ClosedRange<Double>) -> [Tick] {
    let first = Int(decimalLogarithm(range.lowerBound).rounded(.down))
    let last = Int(decimalLogarithm(range.upperBound).rounded(.up))
    let isFine = last - first <= 3
    let step = (last - first) / 12 + 1
    return stride(from: first, through: last, by: step).flatMap { exponent in
      (isFine ? [1.0, 2, 5] : [1]).map { mantissa in
        let value = mantissa * powerOfTen(exponent)
        let text = isFine ? NumberText.rich(value) : text(value)
        return Tick(value: value, text: text, rank: mantissa == 1 ? 0 : 1)
      }
    }.filter { range.contains($0.value) }
  }

  /// 0, ±1, ±10 and otherwise ±10ⁿ.
  private static func text(_ value: Double) -> RichText {
    if value == 0 { return RichText("0") }
    let exponent = Int(decimalLogarithm(abs(value)).rounded())
    let sign = RichText(value < 0 ? "\u{2212}" : "")
    return (0...1).contains(exponent)
      ? sign + RichText(exponent == 0 ? "1" : "10") : sign + .power(exponent)
  }
}
