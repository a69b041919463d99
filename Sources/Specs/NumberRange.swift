import Diagnostics
import Expressions

/// `A .. B`, and the points that `linear N`, `log N` or `by H` put on it.
struct NumberRange {
  /// How the points lie.
  enum Spacing {
    case linear
    case logarithmic
    case by(Double)
  }

  let bounds: ClosedRange<Double>
  /// The number of points; 0 where only the bounds are wanted.
  var count = 0
  var spacing = Spacing.linear

  /// The points A + (B − A)i/(N − 1), or evenly spaced logarithms, ends exact; a single one in the middle.
  ///
  /// `by H` is the same where H divides B − A but for rounding; elsewhere it ends below B.
  var points: [Double] { (0..<count).map(point) }

  /// Whether a word has no meaning in a constant.
  fileprivate static func isUnknown(_ word: SourceText) -> Bool {
    word.isName() && Function.constants[word.string] == nil && Function.named[word.string] == nil
  }

  private func point(_ i: Int) -> Double {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    if case .by(let distance) = spacing { return low + distance * Double(i) }
    if count == 1 { return low + (high - low) / 2 }
    if i == 0 { return low }
    if i == count - 1 { return high }
    if case .logarithmic = spacing {
      let part = Double(i) / Double(count - 1)
      let start = evaluateLogarithm(low)
      return evaluateExponential(start + (evaluateLogarithm(high) - start) * part)
    }
    let product = (high - low) * Double(i)
    // Of a range near the greatest numbers the product may be none.
    return product.isFinite
      ? low + product / Double(count - 1) : low + (high - low) * (Double(i) / Double(count - 1))
  }
}

extension Findings {
  /// Parses a range; nil where something is wrong with it, which is then reported.
  ///
  /// - Parameter needsCount: whether points are wanted; otherwise a spacing is refused.
  mutating func range(
    _ text: SourceText, needsCount: Bool, _ parameters: [String: Double] = [:]
  ) -> NumberRange? {
    guard let dots = text.firstIndex(of: "..") else {
      report(
        SpecProblem.missing("a range A .. B", example: "-5 .. 5"), at: text.place(at: 0))
      return nil
    }
    guard dots + 2 == text.count || text.scalars[dots + 2] != "." else {
      report(SpecProblem.unexpected("...", example: "-5 .. 5"), at: text.place(at: dots))
      return nil
    }
    if let name = text[0..<dots].words.first, name.count < text[0..<dots].trimmed.count,
      NumberRange.isUnknown(name), parameters[name.string] == nil
    {
      report(
        SpecProblem.missing("a = behind the name", example: "\(name.string) = -5 .. 5"),
        at: name.end)
      return nil
    }
    let low = constant(text[0..<dots], parameters)
    var tail = text[dots + 2..<text.count].trimmed
    var spacing: (kind: SourceText, value: SourceText)?
    let spacings = ["linear", "log", "by"]
    let before = tail.words.prefix { !spacings.contains($0.string) }
    if let word = before.dropFirst().first(where: {
      NumberRange.isUnknown($0) && parameters[$0.string] == nil
    }) {
      report(
        SpecProblem.unknownSpacing(
          word.string, suggestion: suggestion(for: word.string, among: spacings)),
        at: word.place(at: 0))
      return nil
    }
    if let kind = tail.words.first(where: { spacings.contains($0.string) }),
      let index = tail.places.firstIndex(of: kind.place(at: 0))
    {
      spacing = (kind, tail[index + kind.count..<tail.count].trimmed)
      tail = tail[0..<index].trimmed
    }
    guard let high = constant(tail, parameters), let low else { return nil }
    guard low < high else {
      report(SpecProblem.emptyRange(low: low, high: high), at: text.place(at: 0))
      return nil
    }
    guard (high - low).isFinite else {
      report(
        SpecProblem.outOfRange(
          "the range '\(text.string)'", what: "it is wider than any number"),
        at: text.place(at: 0))
      return nil
    }
    guard let spacing else {
      if needsCount {
        report(SpecProblem.rangeWithoutCount(text.string), at: text.place(at: 0))
        return nil
      }
      return NumberRange(bounds: low...high)
    }
    guard needsCount else {
      report(
        SpecProblem.unexpected(spacing.kind.string, example: "-5 .. 5"),
        at: spacing.kind.place(at: 0))
      return nil
    }
    guard let amount = constant(spacing.value, parameters) else { return nil }
    return spaced(low...high, spacing.kind.string, amount, at: spacing.value.place(at: 0))
  }

  private mutating func spaced(
    _ bounds: ClosedRange<Double>, _ kind: String, _ amount: Double, at place: Place
  ) -> NumberRange? {
    if kind == "by" {
      guard amount > 0 else {
        report(
          SpecProblem.outOfRange(formatNumber(amount), what: "a distance is above 0"), at: place)
        return nil
      }
      let steps = (bounds.upperBound - bounds.lowerBound) / amount
      guard steps < 1e6 else {
        report(SpecProblem.rangeTooFine(count: (steps + 1).rounded(.down)), at: place)
        return nil
      }
      let whole = steps.rounded()
      let isExact = whole > 0 && abs(steps - whole) <= whole * 0x1p-40
      return NumberRange(
        bounds: bounds, count: Int(isExact ? whole : steps) + 1,
        spacing: isExact ? .linear : .by(amount))
    }
    guard let count = count(amount, from: 2, what: "a range has 2 points or more", at: place)
    else { return nil }
    guard count <= 1_000_000 else {
      report(SpecProblem.rangeTooFine(count: amount), at: place)
      return nil
    }
    if kind == "log", bounds.lowerBound <= 0 {
      report(SpecProblem.logRangeNotPositive, at: place)
      return nil
    }
    return NumberRange(
      bounds: bounds, count: count, spacing: kind == "log" ? .logarithmic : .linear)
  }
}
