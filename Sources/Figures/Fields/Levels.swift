/// Which values of a function get a contour line, and what they are called.
public struct Levels: Sendable, Equatable {
  /// How a figure chooses its levels.
  public enum Choice: Sendable, Equatable {
    /// About so many round values.
    case count(Int)
    /// These values of f.
    case values([Double])
  }

  /// How levels are spaced.
  public enum Scale: Sendable, Equatable {
    /// Logarithmic where heights above the lowest spread over a factor of 100, else linear.
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
    case .count(let count) where !distribution.sorted.isEmpty:
      let isWide = Self.spreadsWidely(distribution, above: lowest)
      if scale == .log || (scale == .auto && isWide) {
        chooseLadder(about: max(count, 2), for: distribution, above: lowest)
      } else {
        chooseEvenly(about: max(count, 2), for: distribution)
      }
    case .count: break
    }
  }

  /// Whether heights above the lowest value differ by more than a factor of 100 between the
  /// quantiles of 10 % and 95 %. (A paraboloid has 12, Rosenbrock's function several hundred.)
  static func spreadsWidely(_ distribution: Distribution, above lowest: Double) -> Bool {
    distribution.quantile(0.95) - lowest > 100 * (distribution.quantile(0.1) - lowest)
  }

  /// Round values over the whole range, or over half as much again as the middle 80 % where poles
  /// would leave nothing but empty levels.
  private mutating func chooseEvenly(about count: Int, for distribution: Distribution) {
    let (least, most) = (distribution.quantile(0), distribution.quantile(1))
    guard most - least >= visibleSizes.lowerBound, let range = distribution.tameRange else {
      return
    }
    let ticks = Ticks(range, count: count)
    for (value, label) in zip(ticks.values, ticks.labels) where value > least && value < most {
      values.append(value)
      labels.append(
        ticks.exponent == 0 ? RichText(label) : NumberText.rich(value))
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

  // MARK: Levels on a scale

  /// Levels of a quantity that is shown on a scale: even ones, or 1, 2, 5, 10, … on both sides of 0.
  ///
  /// On a signed scale without 0, whose line is drawn anyway.
  init(_ choice: Choice, on scale: ValueScale, for seen: Distribution) {
    switch (choice, scale) {
    case (.count(let count), .logarithmic(let range)):
      let ladder = Levels(.count(count), scale: .log, for: seen.sizes, lowest: 0)
      self = range.lowerBound < 0 ? ladder.negated : ladder
    case (.count(let count), .signedLogarithmic(let scale)):
      self.init(values: [])
      for side in [-1.0, 1] {
        let sizes = seen.sorted.map { side * $0 }.filter { $0 >= scale.threshold }
        let ladder = Levels(
          .count((count + 1) / 2), scale: .log, for: Distribution(sizes), lowest: 0)
        append(side < 0 ? ladder.negated : ladder)
      }
    default:
      self.init(choice, scale: .linear, for: seen, lowest: 0)
    }
    if scale.isSigned, let zero = values.firstIndex(of: 0) {
      values.remove(at: zero)
      labels.remove(at: zero)
      isMajor.remove(at: zero)
    }
  }

  private var negated: Levels {
    var levels = self
    levels.values = values.reversed().map { -$0 }
    levels.labels = labels.reversed().map { RichText("\u{2212}") + $0 }
    levels.isMajor = isMajor.reversed()
    return levels
  }

  private mutating func append(_ others: Levels) {
    values += others.values
    labels += others.labels
    isMajor += others.isMajor
  }
}
