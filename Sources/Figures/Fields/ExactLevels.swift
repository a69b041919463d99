/// Levels exactly as many as were asked for.
///
/// The coarsest of the round spacings that have enough is taken, and of its values those that leave
/// the least of the window beyond the first and the last. An eighth of them may lie outside the range
/// that most values have, so that one too few does not mean another spacing with twice as many. Where even
/// so a tenth of the window would lose its levels, the next coarser spacing is taken, and said to be fewer.
extension Levels {
  /// Multiples of 1, 2, 2.5 or 5 times a power of ten.
  mutating func chooseEvenly(exactly count: Int, for distribution: Distribution) {
    guard let range = distribution.levelRange else {
      shortfall = Self.shortfall(0, count, "all values seen are the same")
      return
    }
    let whole = distribution.quantile(0)...distribution.quantile(1)
    let span = range.upperBound - range.lowerBound
    let decade = Int(decimalLogarithm(span).rounded(.down)) + 1
    var coarser: (step: Ticks.Step, indices: [Int])?
    for exponent in stride(from: decade, through: decade - 4, by: -1) {
      for quarters in [20, 10, 8, 4] {
        let step = Ticks.Step(quarters: quarters, exponent: exponent)
        let inner = step.indices(in: range).filter { whole.hasInside(step.value($0)) }
        guard let first = inner.first, let last = inner.last else { continue }
        let more = first - 1 - count / 8...last + 1 + count / 8
        let usable = more.filter { whole.hasInside(step.value($0)) }
        guard inner.count >= count - count / 8,
          let best = Self.best(count, of: usable.map(step.value), for: distribution)
        else {
          coarser = (step, inner)
          continue
        }
        let chosen = Array(usable[best])
        let beyond = distribution.part(beyond: chosen.map(step.value))
        let unavoidable = distribution.part(beyond: usable.map(step.value))
        if let coarser, beyond > unavoidable + max(0.1, 1.5 / Double(count + 1)) {
          add(coarser.step, coarser.indices, reaching: range, of: distribution)
          shortfall = Self.shortfall(
            values.count, count,
            "multiples of \(NumberText.plain(coarser.step.value(1))) are no more, and \(count) of "
              + "\(NumberText.plain(step.value(1))) would leave "
              + "\(NumberText.plain(100 * beyond, digits: 2)) % of the window beyond them")
          return
        }
        return add(step, chosen, reaching: range, of: distribution)
      }
    }
    shortfall = Self.shortfall(0, count, "the values seen differ by rounding only")
  }

  private mutating func add(
    _ step: Ticks.Step, _ indices: [Int], reaching range: ClosedRange<Double>,
    of distribution: Distribution
  ) {
    guard let first = indices.first, let last = indices.last else { return }
    add(Ticks(step, first..<last + 1, reaching: range), of: distribution)
  }

  /// Heights 1, 10, 100, … above the lowest value, or every few powers of ten, or with 3, or with 2
  /// and 5 between them.
  mutating func chooseLadder(
    exactly count: Int, for distribution: Distribution, above lowest: Double
  ) {
    func height(_ part: Double) -> Double { distribution.quantile(part) - lowest }
    let top = height(1)
    let bottom = height(0.000_5) > 0 ? height(0.000_5) : top * 1e-16
    guard top > bottom, bottom >= visibleSizes.lowerBound else {
      return chooseEvenly(exactly: count, for: distribution)
    }
    origin = lowest
    isLogarithmic = true
    let common = height(0.002)...height(0.998)
    let ladders =
      stride(from: 12, to: 1, by: -1).map { (mantissas: [1.0], stride: $0) }
      + [([1], 1), ([1, 3], 1), ([1, 2, 5], 1)]
    var rungs: [Double] = []
    for (mantissas, stride) in ladders {
      rungs = Self.rungs(mantissas, stride: stride, from: bottom, to: top).filter {
        lowest + $0 > lowest
      }
      let inner = rungs.count(where: common.contains)
      guard inner >= count - count / 8,
        let best = Self.best(count, of: rungs.map { lowest + $0 }, for: distribution)
      else { continue }
      return add(Array(rungs[best]))
    }
    add(rungs)
    shortfall = Self.shortfall(
      rungs.count, count,
      "1, 2 and 5 times powers of ten are no more from \(NumberText.plain(bottom, digits: 2)) to "
        + NumberText.plain(top, digits: 2))
  }

  /// Mantissas times every so many powers of ten, within a range.
  private static func rungs(
    _ mantissas: [Double], stride: Int, from bottom: Double, to top: Double
  ) -> [Double] {
    let first = Int(decimalLogarithm(bottom).rounded(.down))
    let last = Int(decimalLogarithm(top).rounded(.up))
    return (first...max(first, last)).filter { $0 % stride == 0 }.flatMap { exponent in
      mantissas.map { exponent < 0 ? $0 / powerOfTen(-exponent) : $0 * powerOfTen(exponent) }
    }.filter { $0 >= bottom && $0 <= top }
  }

  private mutating func add(_ heights: [Double]) {
    for height in heights {
      values.append(origin + height)
      labels.append(NumberText.rich(height))
      let decade = Int(decimalLogarithm(height).rounded())
      isMajor.append(height == powerOfTen(decade))
    }
  }

  /// The places of `count` neighbours that leave the fewest values beyond the first and the last, the
  /// middle ones where there are several; nil where there are not so many.
  private static func best(_ count: Int, of values: [Double], for distribution: Distribution)
    -> Range<Int>?
  {
    guard count > 0, values.count >= count else { return nil }
    let ranks = values.map(distribution.rank)
    let total = distribution.sorted.count
    let middle = Double(values.count - count) / 2
    let first = (0...values.count - count).min { a, b in
      func cost(_ first: Int) -> (Int, Double) {
        (ranks[first] + total - ranks[first + count - 1], abs(Double(first) - middle))
      }
      return cost(a) < cost(b)
    }
    return first.map { $0..<$0 + count }
  }

  private static func shortfall(_ count: Int, _ wanted: Int, _ reason: String) -> String {
    "\(count == 0 ? "no" : "\(count)") levels instead of \(wanted): \(reason)"
  }
}

extension ClosedRange<Double> {
  /// Whether a value lies between the ends, neither of them.
  fileprivate func hasInside(_ value: Double) -> Bool { value > lowerBound && value < upperBound }
}

extension Distribution {
  /// How many values are at or below one.
  fileprivate func rank(_ value: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The part of the values below the first of some levels or above the last.
  fileprivate func part(beyond levels: [Double]) -> Double {
    guard let first = levels.first, let last = levels.last else { return 1 }
    return Double(rank(first) + sorted.count - rank(last)) / Double(sorted.count)
  }
}
