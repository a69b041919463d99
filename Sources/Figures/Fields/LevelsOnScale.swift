extension Levels {
  /// Levels of a quantity that is shown on a scale: even ones, or 1, 2, 5, 10, … on both sides of 0.
  ///
  /// On a signed scale without 0, whose line is drawn anyway.
  init(_ choice: Choice, on scale: ValueScale, for seen: Distribution) {
    switch (choice, scale) {
    case (.values, _): self.init(choice, scale: .linear, for: seen, lowest: 0)
    case (_, .logarithmic(let range)):
      let ladder = Levels(choice, scale: .log, for: seen.sizes, lowest: 0)
      self = range.lowerBound < 0 ? ladder.negated : ladder
    case (_, .signedLogarithmic(let scale)):
      self.init(values: [])
      let sides = [-1.0, 1].map { side in
        Distribution(seen.sorted.map { side * $0 }.filter { $0 >= scale.threshold })
      }
      let counts = choice.divided(amongBoth: sides.allSatisfy { !$0.sorted.isEmpty })
      for (side, count) in counts.enumerated() {
        let ladder = Levels(count, scale: .log, for: sides[side], lowest: 0)
        append(side == 0 ? ladder.negated : ladder)
      }
    default:
      self.init(choice.withOneMore(scale.isSigned), scale: .linear, for: seen, lowest: 0)
      if !values.contains(0) { self.init(choice, scale: .linear, for: seen, lowest: 0) }
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
    shortfall = [shortfall, others.shortfall].compactMap(\.self).first
  }
}

extension Levels.Choice {
  /// What each side of 0 gets, the negative one first; all where only one side has values.
  fileprivate func divided(amongBoth isBoth: Bool) -> [Levels.Choice] {
    switch self {
    case .count(let count): Array(repeating: .count((count + 1) / 2), count: 2)
    case .exactly(let count):
      isBoth ? [.exactly(count / 2), .exactly(count - count / 2)] : [self, self]
    case .values: [self, self]
    }
  }

  /// One more of those that are counted exactly, since 0 will be taken away.
  fileprivate func withOneMore(_ isWanted: Bool) -> Levels.Choice {
    if isWanted, case .exactly(let count) = self { .exactly(count + 1) } else { self }
  }
}
