/// How the values of a function become heights.
struct HeightScale {
  /// f*, from which heights count on a logarithmic scale; 0 on a linear one.
  let origin: Double
  /// Where heights above the origin stand between the floor and the top.
  let values: ValueScale

  /// Heights of a function with these values, of which `lowest` is the least known anywhere.
  ///
  /// Logarithmic only where a linear scale would hide the valley in a plain: a logarithm makes a funnel of
  /// every minimum.
  init(_ scale: Levels.Scale, for seen: Distribution, lowest: Double) {
    let above = Distribution(seen.sorted.map { $0 - lowest }.filter(visibleSizes.contains))
    let isLogarithmic =
      scale == .log
      || scale == .auto && Levels.spreadsWidely(seen, above: lowest, factor: 100)
    if isLogarithmic, above.constant == nil, !above.sorted.isEmpty {
      origin = lowest
      values = ValueScale(.log, fitting: above)
      return
    }
    origin = 0
    let range = seen.tameRange ?? 0...1
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    values =
      Window.canShow(range)
      ? .linear(range)
      : visibleSizes.contains(size) && size < 1e299
        ? .linear(range.lowerBound - 0.5 * size...range.lowerBound + 0.5 * size) : .linear(-1...1)
  }

  /// Whether it is logarithmic.
  var isLogarithmic: Bool {
    if case .logarithmic = values { true } else { false }
  }

  /// The part of the height at which a value stands, beyond 0 and 1 outside; NaN for NaN.
  func part(_ value: Double) -> Double {
    if value.isNaN { return .nan }
    if value.isInfinite { return value > 0 ? 2 : -1 }
    let place = values.position(value - origin)
    return min(max(place, -1), 2)
  }

  /// The name of what is shown: f, or f − 1.5.
  func name(_ label: Label) -> RichText {
    let name = label.shown
    guard abs(origin) > 1e-9 else { return name }
    return name + RichText(origin < 0 ? " + " : " \u{2212} ")
      + NumberText.rich(abs(origin), digits: 4)
  }
}
