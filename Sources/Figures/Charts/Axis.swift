/// How values lie along an axis of a chart.
public enum AxisScale: Sendable, Equatable {
  /// Evenly.
  case linear
  /// By their logarithms; only what is above zero has a place.
  case logarithmic

  /// Logarithmic for values above zero that differ by more than a factor of 100, else linear.
  public init(for values: [Double]) {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    self = low > 0 && high > 100 * low ? .logarithmic : .linear
  }
}

/// An axis of a chart: its name and what it shows.
struct Axis: Sendable {
  let name: RichText
  let scale: AxisScale
  let range: ClosedRange<Double>
  /// What it is to show; the range has some air around it.
  let content: ClosedRange<Double>

  /// An axis over a range that has an inside, above zero where it is logarithmic.
  init(
    _ name: RichText, _ scale: AxisScale, _ range: ClosedRange<Double>,
    content: ClosedRange<Double>? = nil
  ) {
    self.name = name
    self.scale = scale
    self.range = range
    self.content = content ?? range
  }

  /// An axis that shows all values that it can, with a little air before the first and behind the last.
  init(
    _ name: RichText, _ scale: AxisScale, showing values: [Double],
    air: (low: Double, high: Double) = (0.04, 0.04)
  ) {
    let isLogarithmic = scale == .logarithmic
    let shown = values.filter {
      isLogarithmic ? visibleSizes.contains($0) : abs($0) <= visibleSizes.upperBound
    }
    guard let low = shown.min(), let high = shown.max() else {
      self.init(name, scale, isLogarithmic ? 1...10 : 0...1)
      return
    }
    if isLogarithmic {
      let ratio = high / low
      let air = ratio > 1.01 ? (ratio.raised(to: air.low), ratio.raised(to: air.high)) : (3, 3)
      self.init(name, scale, low / air.0...high * air.1, content: low...high)
    } else {
      let size = max(abs(low), abs(high))
      let span = high - low
      let isFlat = span <= 1e-9 * size || span < visibleSizes.lowerBound
      let least = size == 0 ? 0.5 : 0.1 * size
      self.init(
        name, scale,
        isFlat ? low - least...high + least : low - air.low * span...high + air.high * span,
        content: low...high)
    }
  }

  /// Where a value lies: 0 at the lower end, 1 at the upper one, at most a length beyond; NaN for NaN.
  func position(_ value: Double) -> Double {
    guard !value.isNaN else { return .nan }
    let place =
      switch scale {
      case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      case .logarithmic:
        value <= 0
          ? -1
          : naturalLogarithm(value / range.lowerBound)
            / naturalLogarithm(range.upperBound / range.lowerBound)
      }
    return min(max(place, -1), 2)
  }

  /// Whether a value has a place on the axis.
  func contains(_ value: Double) -> Bool { range.contains(value) }

  /// What the axis shows and its scale, for captions.
  func caption(_ label: String) -> String {
    let ends = [content.lowerBound, content.upperBound].map { NumberText.plain($0, digits: 3) }
    return "\(label.replacing("²", with: "^2")): \(ends[0]) .. \(ends[1]), "
      + (scale == .linear ? "linear" : "logarithmic")
  }
}

extension Double {
  /// A power of a number above zero.
  fileprivate func raised(to power: Double) -> Double {
    exponential(power * naturalLogarithm(self))
  }
}
