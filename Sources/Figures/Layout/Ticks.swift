/// Round numbers within a range, with labels that show no more digits than they need.
public struct Ticks: Sendable, Equatable {
  /// The values, increasing.
  public let values: [Double]
  /// What to write at each.
  public let labels: [String]
  /// n where labels must be read as multiples of 10ⁿ, 0 where they are the values themselves.
  public let exponent: Int

  /// Ticks at multiples of 1, 2, 2.5 or 5 times a power of ten, about `count` of them.
  ///
  /// The step is the one whose number of ticks is nearest to `count` by ratio; a step of 2.5, which
  /// costs a digit, must be nearer by half as much again. Values are the doubles nearest to the
  /// decimal numbers. For a finite range with lower < upper and count ≥ 2.
  public init(_ range: ClosedRange<Double>, count: Int) {
    let span = range.upperBound - range.lowerBound
    let decade = Int(decimalLogarithm(span / Double(count)).rounded(.down))
    var best: (cost: Double, step: Step) = (.infinity, Step(quarters: 4, exponent: decade))
    for exponent in [decade - 1, decade, decade + 1] {
      for (quarters, penalty) in [(4, 0.0), (8, 0.02), (10, 0.4), (20, 0.02)] {
        let step = Step(quarters: quarters, exponent: exponent)
        let ratio = Double(step.indices(in: range).count) / Double(count)
        let cost = abs(naturalLogarithm(ratio)) + penalty
        if cost < best.cost { best = (cost, step) }
      }
    }
    self.init(best.step, best.step.indices(in: range), reaching: range)
  }

  /// Some multiples of a step, their labels fit for the range in which they lie.
  init(_ step: Step, _ indices: Range<Int>, reaching range: ClosedRange<Double>) {
    values = indices.map(step.value)

    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    let magnitude = Int(decimalLogarithm(largest).rounded(.down))
    let shift = magnitude >= 5 || magnitude <= -4 ? magnitude : 0
    let decimals = max(0, (step.quarters == 10 ? 1 : 0) - step.exponent + shift)
    exponent = shift
    labels = indices.map { index in
      let shifted = Step(quarters: step.quarters, exponent: step.exponent - shift).value(index)
      return NumberText.withMinus(NumberText.fixed(shifted, decimals: decimals))
    }
  }

  /// A value among these with all digits that tell it from its neighbours: 1.234 × 10⁶.
  func scientificLabel(_ value: Double) -> RichText {
    guard values.count > 1, value != 0 else { return NumberText.rich(value) }
    let places = decimalLogarithm(abs(value)) - decimalLogarithm(values[1] - values[0])
    return NumberText.rich(value, digits: min(max(3, Int(places.rounded(.down)) + 2), 15))
  }

  /// q/4 · 10ⁿ, so that multiples of 2.5 stay whole.
  struct Step {
    let quarters: Int
    let exponent: Int

    var size: Double { value(1) }

    func value(_ index: Int) -> Double {
      let whole = Double(index * quarters)
      return exponent >= 0
        ? whole / 4 * powerOfTen(exponent) : whole / (4 * powerOfTen(-exponent))
    }

    /// Multiples within the range, forgiving an ulp or so at its ends.
    func indices(in range: ClosedRange<Double>) -> Range<Int> {
      let low = (range.lowerBound / size - 1e-9).rounded(.up)
      let high = (range.upperBound / size + 1e-9).rounded(.down)
      guard low <= high, abs(low) < 1e15, abs(high) < 1e15 else { return 0..<0 }
      return Int(low)..<Int(high) + 1
    }
  }
}
