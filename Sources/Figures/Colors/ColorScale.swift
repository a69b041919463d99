/// The colours of the values of a quantity: diverging about 0 on a signed scale, else from dark to light.
struct ColorScale {
  let values: ValueScale
  private let palette: [Color]

  /// Shades on each side of the middle one; enough to look smooth, few enough to pack well.
  private static let shades = 40

  init(_ values: ValueScale, _ theme: Theme) {
    self.values = values
    let shades = Self.shades
    palette =
      values.isSigned
      ? (-shades...shades).map { theme.diverging(0.5 + 0.5 * Double($0) / Double(shades)) }
      : (0...2 * shades).map { theme.sequential(0.5 * Double($0) / Double(shades)) }
  }

  /// The colour of a value, beyond the scale that of its end; nil where the value is not finite.
  ///
  /// On a signed scale the middle colour is for 0 alone and what rounds to it.
  func color(of value: Double) -> Color? {
    guard value.isFinite else { return nil }
    let position = values.position(value)
    if values.isSigned {
      return palette[Self.shades + Int((min(max(position, -1), 1) * Double(Self.shades)).rounded())]
    }
    return palette[min(Int(min(max(position, 0), 1) * Double(palette.count)), palette.count - 1)]
  }

  /// The bar for what was seen: on a signed scale one side alone where values have one sign, and with pointed
  /// ends where there are values beyond.
  ///
  /// - Parameters:
  ///   - levels: values to be marked by lines across.
  ///   - pen: what the line at a value is drawn with.
  func bar(
    _ title: RichText, for seen: Distribution, levels: [Double], pen: (Double) -> Pen
  ) -> ColorBar {
    let (low, high) = (seen.sorted.first ?? 0, seen.sorted.last ?? 0)
    let isCut = values.isSigned && seen.constant == nil && (low < 0) != (high > 0)
    let side = low < 0 ? palette[...Self.shades] : palette[Self.shades...]
    func place(_ value: Double) -> Double? {
      var place = values.position(value)
      if isCut {
        place = low < 0 ? place + 1 : place
      } else if values.isSigned {
        place = (place + 1) / 2
      }
      let isOnBar = place > -1e-9 && place < 1 + 1e-9
      return isOnBar ? min(max(place, 0), 1) : nil
    }
    return ColorBar(
      title: title, colors: isCut ? Array(side) : palette,
      below: low < values.range.lowerBound ? palette.first : nil,
      above: high > values.range.upperBound ? palette.last : nil,
      ticks: values.ticks.compactMap { tick in
        place(tick.value).map { ColorBar.Tick(position: $0, text: tick.text, rank: tick.rank) }
      },
      lines: levels.compactMap { value in place(value).map { ($0, pen(value)) } })
  }
}
