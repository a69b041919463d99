/// A colour for each of any number of things, each in shades that look evenly spaced.
struct ShadedColors {
  private let theme: Theme

  /// Enough shades to look smooth, few enough to pack well.
  static let shades = 16
  /// How much lighter than the colour its first shade is, and how much darker its last.
  private static let reach = (lighter: 0.16, darker: 0.2)
  /// The turn from one hue to the next that leaves the widest gaps for those after it.
  private static let goldenAngle = 2.399963229728653

  init(_ theme: Theme) { self.theme = theme }

  /// The colour of a thing by its number: those of the theme, then hues as far apart as can be.
  func color(_ number: Int) -> Color {
    if number < theme.categories.count { return theme.categories[number] }
    let turn = Double(number - theme.categories.count)
    return OKLab(
      lightness: number.isMultiple(of: 2) ? 0.72 : 0.55, chroma: 0.09,
      hue: 0.5 + Self.goldenAngle * turn
    ).color
  }

  /// The shades of a colour, light ones first.
  static func shades(of color: Color) -> [Color] {
    let base = OKLab(color)
    let (light, dark) = (
      min(base.lightness + reach.lighter, 0.93), max(base.lightness - reach.darker, 0.25)
    )
    return (0..<shades).map { shade in
      var own = base
      own.lightness = light + (dark - light) * Double(shade) / Double(shades - 1)
      return own.color
    }
  }
}
