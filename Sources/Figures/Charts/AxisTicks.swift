/// Where an axis has ticks, and what stands at the large ones.
struct AxisTicks {
  /// A tick with its label.
  struct Tick {
    let value: Double
    let label: RichText
  }

  /// Those with labels, increasing.
  let major: [Tick]
  /// Small ones between them.
  let minor: [Double]
  /// n where labels must be read as multiples of 10ⁿ, 0 where they are the values themselves.
  let exponent: Int

  /// Ticks of which about `count` have labels.
  init(_ axis: Axis, count: Int) {
    switch axis.scale {
    case .linear: self.init(even: axis.range, count: count)
    case .logarithmic: self.init(logarithmic: axis.range, count: max(2, count))
    }
  }

  private init(major: [Tick], minor: [Double] = [], exponent: Int = 0) {
    self.major = major
    self.minor = minor
    self.exponent = exponent
  }

  private init(even range: ClosedRange<Double>, count: Int) {
    let ticks = Ticks(range, count: count)
    self.init(
      major: zip(ticks.values, ticks.labels).map { Tick(value: $0, label: RichText($1)) },
      exponent: ticks.exponent)
  }

  /// Powers of ten, all of them or every second, third, …, with the multiples or powers between them as
  /// small ticks.
  ///
  /// Over less than two decades, 1, 2 and 5 times each power have labels; over less than a half, round numbers.
  private init(logarithmic range: ClosedRange<Double>, count: Int) {
    let low = Int(decimalLogarithm(range.lowerBound).rounded(.down))
    let high = Int(decimalLogarithm(range.upperBound).rounded(.up))
    func isInside(_ value: Double) -> Bool { range.contains(value) }
    let powers = (low...high).filter { isInside(powerOfTen($0)) }
    let multiples = (low...high).flatMap { exponent in
      (2...9).map { Double($0) * powerOfTen(exponent) }
    }.filter(isInside)
    let decades = decimalLogarithm(range.upperBound / range.lowerBound)
    if decades < 2 {
      let ladder = (low...high).flatMap { exponent in
        [1, 2, 5].map { $0 * powerOfTen(exponent) }
      }.filter(isInside)
      if decades < 0.5 || ladder.count < 3 {
        let ticks = Ticks(range, count: max(2, min(count, 5)))
        self.init(
          major: ticks.values.filter { $0 > 0 }.map {
            Tick(value: $0, label: NumberText.rich($0, digits: 6))
          })
      } else {
        let shown = ladder.count <= 2 * count ? ladder : powers.map(powerOfTen)
        self.init(
          major: shown.map { Tick(value: $0, label: NumberText.rich($0)) },
          minor: (powers.map(powerOfTen) + multiples).filter { !shown.contains($0) })
      }
      return
    }
    let step =
      [1, 2, 3, 5, 10, 20, 30, 50, 100].first { step in
        powers.count { $0.isMultiple(of: step) } <= count
      } ?? 200
    let shown = powers.filter { $0.isMultiple(of: step) }
    // Plain numbers read faster than powers, where all are short.
    let arePlain = shown.allSatisfy { (-3...4).contains($0) }
    self.init(
      major: shown.map { power in
        let value = powerOfTen(power)
        return Tick(value: value, label: arePlain ? NumberText.rich(value) : .power(power))
      },
      minor: step == 1
        ? multiples : powers.filter { !$0.isMultiple(of: step) }.map(powerOfTen))
  }
}
