/// A colour by how it looks: lightness, and two hues that oppose each other (Ottosson 2020, OKLab).
///
/// Equal steps of lightness look equal.
struct OKLab {
  /// 0 for black to 1 for white.
  var lightness: Double
  /// From green to red.
  var a: Double
  /// From blue to yellow.
  var b: Double

  init(_ color: Color) {
    let (red, green, blue) = (
      Self.linear(color.red), Self.linear(color.green), Self.linear(color.blue)
    )
    let l = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let m = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let s = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  /// A colour by its lightness, its strength, and its hue in radians.
  init(lightness: Double, chroma: Double, hue: Double) {
    self.lightness = lightness
    a = chroma * cosine(hue)
    b = chroma * sine(hue)
  }

  /// The colour in sRGB, paler where a screen cannot show it so strong.
  var color: Color {
    for twentieths in stride(from: 20, through: 0, by: -1) {
      let shown = color(strength: Double(twentieths) / 20)
      let parts = [shown.red, shown.green, shown.blue]
      if parts.allSatisfy({ $0 >= -1e-3 && $0 <= 1.001 }) {
        return Color(
          red: min(max(shown.red, 0), 1), green: min(max(shown.green, 0), 1),
          blue: min(max(shown.blue, 0), 1))
      }
    }
    return Color(lightness > 0.5 ? 0xffffff : 0)
  }

  private func color(strength: Double) -> Color {
    let (a, b) = (a * strength, b * strength)
    let l = cubed(lightness + 0.3963377774 * a + 0.2158037573 * b)
    let m = cubed(lightness - 0.1055613458 * a - 0.0638541728 * b)
    let s = cubed(lightness - 0.0894841775 * a - 1.2914855480 * b)
    return Color(
      red: Self.encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      green: Self.encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      blue: Self.encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
  }

  /// From sRGB to the amount of light.
  private static func linear(_ part: Double) -> Double {
    part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055, 2.4)
  }

  /// From the amount of light to sRGB.
  private static func encoded(_ light: Double) -> Double {
    light <= 0.0031308 ? 12.92 * light : 1.055 * power(light, 1 / 2.4) - 0.055
  }
}

private func cubed(_ x: Double) -> Double { x * x * x }
private func cubeRoot(_ x: Double) -> Double { x <= 0 ? 0 : power(x, 1 / 3) }
private func power(_ x: Double, _ exponent: Double) -> Double {
  exponential(exponent * naturalLogarithm(x))
}
