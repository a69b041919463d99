/// Which values of a function get a contour line, and what they are called.
public struct Levels: Sendable, Equatable {
  /// How a figure chooses its levels.
  public enum Choice: Sendable, Equatable {
    /// About so many round values.
    case count(Int)
    /// So many round values, or fewer with the reason.
    case exactly(Int)
    /// These values of f.
    case values([Double])
  }

  /// How levels are spaced.
  public enum Scale: Sendable, Equatable {
    /// Logarithmic where heights above the lowest spread over a factor of 15, else linear.
    case auto
    /// Evenly.
    case linear
    /// 1, 2, 5, 10, … above the lowest value.
    case log
  }

  /// The values of f at the lines, increasing.
  public internal(set) var values: [Double] = []
  /// What is written at each line: the value, or the height above `origin`.
  public internal(set) var labels: [RichText] = []
  /// Whether each line is among the first to be labelled (a power of ten on a logarithmic scale).
  public internal(set) var isMajor: [Bool] = []
  /// f*, from which heights count on a logarithmic scale; 0 on a linear one.
  public internal(set) var origin = 0.0
  /// Whether the scale is logarithmic.
  public internal(set) var isLogarithmic = false
  /// Why there are fewer levels than were asked for; nil where there are not.
  public internal(set) var shortfall: String?

  /// Exactly these values, increasing.
  init(values: [Double]) {
    self.values = values
    labels = values.map { NumberText.rich($0, digits: 4) }
    isMajor = values.map { _ in true }
  }

  /// Levels for a function with these values, of which `lowest` is the least known anywhere.
  init(_ choice: Choice, scale: Scale, for distribution: Distribution, lowest: Double) {
    self.init(values: [])
    switch choice {
    case .values(let chosen):
      self.init(values: Array(Set(chosen.filter(\.isFinite))).sorted())
    case .count(let count), .exactly(let count):
      guard !distribution.sorted.isEmpty else { break }
      let isWide = Self.spreadsWidely(distribution, above: lowest)
      let isLadder = scale == .log || (scale == .auto && isWide)
      let isExact = if case .exactly = choice { true } else { false }
      switch (isLadder, isExact) {
      case (true, false): chooseLadder(about: max(count, 2), for: distribution, above: lowest)
      case (false, false): chooseEvenly(about: max(count, 2), for: distribution)
      case (true, true): chooseLadder(exactly: count, for: distribution, above: lowest)
      case (false, true): chooseEvenly(exactly: count, for: distribution)
      }
    }
  }

  /// Whether levels may count from the lowest value, so that it has to be known.
  ///
  /// Heights above what was seen spread more widely than those above any lower value.
  static func mayClimb(_ choice: Choice, scale: Scale, for seen: Distribution) -> Bool {
    guard let lowest = seen.sorted.first else { return false }
    if case .values = choice { return false }
    return scale == .log || scale == .auto && spreadsWidely(seen, above: lowest)
  }

  /// Whether heights above the lowest value differ by more than a factor between the quantiles of 10 %
  /// and 95 %.
  ///
  /// A round paraboloid has 12, so that its lines are evenly spaced. Himmelblau's function has 17 to 27 and
  /// evenly spaced lines show none of its wells; a valley squished to 1:9 has 38, Rosenbrock's hundreds.
  static func spreadsWidely(
    _ distribution: Distribution, above lowest: Double, factor: Double = 15
  ) -> Bool {
    distribution.quantile(0.95) - lowest > factor * (distribution.quantile(0.1) - lowest)
  }

  /// Round values of the range.
  private mutating func chooseEvenly(about count: Int, for distribution: Distribution) {
    guard let range = distribution.levelRange else { return }
    add(Ticks(range, count: count), of: distribution)
  }

  /// Adds those ticks that some values lie below and others above.
  mutating func add(_ ticks: Ticks, of distribution: Distribution) {
    let (least, most) = (distribution.quantile(0), distribution.quantile(1))
    for (value, label) in zip(ticks.values, ticks.labels) where value > least && value < most {
      values.append(value)
      labels.append(ticks.exponent == 0 ? RichText(label) : ticks.scientificLabel(value))
      isMajor.append(true)
    }
  }

  /// 1, 2, 5 times powers of ten above the lowest value, or powers of ten alone where those are
  /// enough, from the height that 0.2 % of the window lie below to that of 99.8 %.
  private mutating func chooseLadder(
    about count: Int, for distribution: Distribution, above lowest: Double
  ) {
    let top = distribution.quantile(0.998) - lowest
    let low = distribution.quantile(0.002) - lowest
    let bottom = low > 0 ? low : top * 1e-16
    guard top > bottom, bottom >= visibleSizes.lowerBound else {
      return chooseEvenly(about: count, for: distribution)
    }
    let decades = decimalLogarithm(top / bottom)
    let mantissas: [Double] = 3 * decades > 1.6 * Double(count) ? [1] : [1, 2, 5]
    let stride = max(1, Int((decades / (1.6 * Double(count))).rounded(.up)))
    origin = lowest
    isLogarithmic = true
    let first = Int(decimalLogarithm(bottom).rounded(.down))
    let last = Int(decimalLogarithm(top).rounded(.up))
    for exponent in first...max(first, last) where exponent % stride == 0 {
      for mantissa in mantissas {
        let height =
          exponent < 0 ? mantissa / powerOfTen(-exponent) : mantissa * powerOfTen(exponent)
        guard height >= bottom, height <= top, lowest + height > lowest else { continue }
        values.append(lowest + height)
        labels.append(NumberText.rich(height))
        isMajor.append(mantissa == 1)
      }
    }
  }

  /// The number of levels at or below a value; NaN belongs to no band.
  func band(of value: Double) -> Int? {
    if value.isNaN { return nil }
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A number of levels, of which specs have at most 200.
  typealias Band = Int16

  /// The numbers of levels at or below many values, −1 for NaN.
  ///
  /// Neighbours mostly lie in one band, so that it is tried first.
  func bands(of values: [Double]) -> [Band] {
    var (band, low, high) = (Band(-1), Double.infinity, -Double.infinity)
    return values.map { value in
      if value >= low && value < high { return band }
      guard let own = self.band(of: value) else { return -1 }
      band = Band(own)
      low = own > 0 ? self.values[own - 1] : -.infinity
      high = own < self.values.count ? self.values[own] : .infinity
      return band
    }
  }
}
