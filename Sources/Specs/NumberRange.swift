import Diagnostics
import Expressions

/// `A .. B`, and the points that `linear N`, `log N` or `by H` put on it.
struct NumberRange {
  let bounds: ClosedRange<Double>
  let points: [Double]
}

extension Findings {
  /// Parses a range; nil where something is wrong with it, which is then reported.
  ///
  /// - Parameter needsCount: whether points are wanted; otherwise a spacing is refused.
  mutating func range(_ text: SourceText, needsCount: Bool) -> NumberRange? {
    guard let dots = text.firstIndex(of: "..") else {
      report(
        SpecProblem.missing("a range A .. B", example: "-5 .. 5"), at: text.place(at: 0))
      return nil
    }
    let low = constant(text[0..<dots])
    var tail = text[dots + 2..<text.count].trimmed
    var spacing: (kind: String, value: SourceText)?
    let words = tail.words
    if let position = words.firstIndex(where: { ["linear", "log", "by"].contains($0.string) }) {
      let kind = words[position].string
      var index = tail.count
      for start in 0..<tail.count
      where tail.places[start] == words[position].place(at: 0) { index = start }
      spacing = (kind, tail[index + kind.count..<tail.count].trimmed)
      tail = tail[0..<index].trimmed
    }
    guard let high = constant(tail), let low else { return nil }
    guard low < high else {
      report(SpecProblem.emptyRange(low: low, high: high), at: text.place(at: 0))
      return nil
    }
    guard (high - low).isFinite else {
      report(
        SpecProblem.outOfRange(text.string, what: "it is wider than any number"),
        at: text.place(at: 0))
      return nil
    }
    guard let spacing else {
      if needsCount {
        report(SpecProblem.rangeWithoutCount(text.string), at: text.place(at: 0))
        return nil
      }
      return NumberRange(bounds: low...high, points: [])
    }
    guard needsCount else {
      report(
        SpecProblem.unexpected(spacing.kind, example: "-5 .. 5"), at: spacing.value.place(at: 0))
      return nil
    }
    guard let amount = constant(spacing.value) else { return nil }
    return points(low, high, spacing.kind, amount, at: spacing.value.place(at: 0)).map {
      NumberRange(bounds: low...high, points: $0)
    }
  }

  /// The points A + (B − A)i/(N − 1), or evenly spaced logarithms, ends exact; `by H` keeps the ends'
  /// distance to H within half a unit of rounding.
  private mutating func points(
    _ low: Double, _ high: Double, _ kind: String, _ amount: Double, at place: Place
  ) -> [Double]? {
    if kind == "by" {
      guard amount > 0 else {
        report(
          SpecProblem.outOfRange(formatNumber(amount), what: "a distance is above 0"), at: place)
        return nil
      }
      let steps = ((high - low) / amount * (1 + 0x1p-40)).rounded(.down)
      guard steps < 1e6 else {
        report(SpecProblem.rangeTooFine(count: steps + 1), at: place)
        return nil
      }
      return (0...Int(steps)).map { min(high, low + amount * Double($0)) }
    }
    guard amount == amount.rounded(), amount >= 2 else {
      report(
        SpecProblem.notAWholeNumber(
          formatNumber(amount), what: "a range has 2 points or more"), at: place)
      return nil
    }
    guard amount <= 1e6 else {
      report(SpecProblem.rangeTooFine(count: amount), at: place)
      return nil
    }
    if kind == "log", low <= 0 {
      report(SpecProblem.logRangeNotPositive, at: place)
      return nil
    }
    let last = Int(amount) - 1
    return (0...last).map { i in
      if i == 0 { return low }
      if i == last { return high }
      let part = Double(i) / Double(last)
      if kind == "linear" { return low + (high - low) * Double(i) / Double(last) }
      let logLow = evaluateLogarithm(low)
      return evaluateExponential(logLow + (evaluateLogarithm(high) - logLow) * part)
    }
  }
}
