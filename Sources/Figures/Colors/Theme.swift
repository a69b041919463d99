/// Every colour, size and line width that figures share.
///
/// Sizes are for a canvas of 1080 × 900; `fitted(to:)` gives those of another.
public struct Theme: Sendable {
  /// The sheet.
  public var background = Color(0xffffff)
  /// Text, axes and the frame.
  public var ink = Color(0x1a1a1a)
  /// What should stay in the back: small crosses, notes.
  public var muted = Color(0x6e6e6e)
  /// Where a quantity is undefined: the ground and the hatching on it.
  public var undefined = Color(0xdedede)
  /// The lines of the hatching.
  public var hatching = Color(0xa6a6a6)
  /// Colours of methods, told apart by the colour-blind: the first seven of Okabe and Ito, the others of Tol.
  public var series = [
    0xd55e00, 0x000000, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x0072b2, 0x009e73, 0x882255, 0x999933,
    0x332288,
  ].map { Color($0) }
  /// Lines at the ticks of charts.
  public var grid = Color(0xe6e6e6)
  /// Dashes of lines of one method, one per rate, in multiples of the line width.
  public var dashes: [[Double]] = [[], [3.2, 1.8], [1, 1.6], [5, 1.6, 1, 1.6], [7, 2.4]]
  /// Steps along which the function falls, and those along which it rises.
  public var descent = Color(0x0072b2)
  /// Steps along which the function rises.
  public var ascent = Color(0xd55e00)
  /// Where the Hessian is positive definite.
  public var positive = Color(0x8fc7e8)
  /// Where the Hessian has eigenvalues of both signs.
  public var indefinite = Color(0xf6ecc4)
  /// Where the Hessian is negative definite.
  public var negative = Color(0xe89468)
  /// Colours of areas, told apart by the colour-blind (Okabe and Ito, then Tol): one per critical point.
  public var categories = [
    0x3b8fc4, 0xe69f00, 0x2fa37f, 0xcc79a7, 0xd8693a, 0x8ccbee, 0xe8d94a, 0x8a5fb5, 0xa0a03c,
    0xb5485f, 0x55b7b0, 0xc9a66b, 0x6f7fd0,
  ].map { Color($0) }
  /// Colours of how runs end, in the order of `EndingColors`: a lightness apart for each that may lie beside
  /// another.
  public var endings = [
    0xd3b26a, 0xf3e6bf, 0x7fbfe3, 0xa88bbf, 0x262626, 0xdedede, 0x7a6552, 0x54432f,
  ].map { Color($0) }
  /// Where runs converge to a point without a colour of its own.
  public var elsewhere = Color(0xc2c2c2)
  /// What shows by its shades how colours of areas are shaded.
  public var shading = Color(0x929292)
  /// One-sided quantities.
  public var sequential = ColorMap.viridis
  /// The part of the one-sided colours that lines on the plain sheet have, from the lowest to the highest.
  public var lineColors = 0.0...0.85
  /// Signed quantities.
  public var diverging = ColorMap.diverging

  /// The height of the title.
  public var titleSize = 29.0
  /// The height of the formula beneath the title.
  public var subtitleSize = 23.0
  /// The height of axis labels.
  public var labelSize = 25.0
  /// The height of numbers at ticks, the legend and marks.
  public var textSize = 21.0
  /// The height of numbers on contour lines.
  public var contourSize = 18.0
  /// The thickness of the frame; other lines follow it.
  public var frameWidth = 1.8
  /// The margin around everything, and the unit of distances.
  public var margin = 22.0

  /// Black on white.
  public static let light = Theme()

  /// White on black, for screens and slides: the same hues, where they must be lighter to be seen.
  ///
  /// Okabe and Ito's black becomes white, Tol's four are lighter; and what is pale on white, the middle of signed
  /// quantities and runs that reach nothing, is dark.
  public static let dark: Theme = {
    var theme = Theme()
    theme.background = Color(0x16181d)
    theme.ink = Color(0xe6e6e6)
    theme.muted = Color(0x9aa0a8)
    theme.grid = Color(0x30343b)
    theme.undefined = Color(0x2c2f35)
    theme.hatching = Color(0x62676f)
    theme.series = [
      0xd55e00, 0xffffff, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x0072b2, 0x8ad1a5, 0xb5485f, 0xf0e442,
      0x8c7bf0,
    ].map { Color($0) }
    theme.descent = Color(0x4aa8e8)
    theme.ascent = Color(0xe07b39)
    theme.positive = Color(0x2b6c9b)
    theme.indefinite = Color(0x3d3a2c)
    theme.negative = Color(0xb8602f)
    theme.endings = [
      0x8a7f55, 0x4a442f, 0x2b6c9b, 0x9b82bd, 0x000000, 0x2c2f35, 0xa08a74, 0x33261a,
    ].map { Color($0) }
    theme.elsewhere = Color(0x6b6e75)
    theme.lineColors = 0.35...1
    theme.diverging = .darkDiverging
    return theme
  }()

  /// How far the lightness of a colour is from that of the sheet, from 0 to 1.
  func contrast(of color: Color) -> Double { abs(color.lightness - background.lightness) }

  /// The ink or the sheet's colour, whichever can be seen on a ground so light.
  func line(onLightness lightness: Double) -> Color {
    let (dark, light) =
      ink.lightness < background.lightness ? (ink, background) : (background, ink)
    return lightness < 0.42 ? light : dark
  }

  /// The theme with sizes in proportion to the canvas.
  func fitted(to canvas: any Canvas) -> Theme {
    let scale = min(canvas.width / 1080, canvas.height / 900)
    var theme = self
    for size: WritableKeyPath<Theme, Double> in [
      \.titleSize, \.subtitleSize, \.labelSize, \.textSize, \.contourSize, \.frameWidth, \.margin,
    ] { theme[keyPath: size] *= scale }
    return theme
  }

  var title: TextStyle { TextStyle(size: titleSize, color: ink, isBold: true) }
  var subtitle: TextStyle { TextStyle(size: subtitleSize, color: ink) }
  var label: TextStyle { TextStyle(size: labelSize, color: ink) }
  var text: TextStyle { TextStyle(size: textSize, color: ink) }
  /// The radius of a round mark.
  var markRadius: Double { 0.3 * textSize }
}
