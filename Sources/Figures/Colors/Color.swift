/// A colour in sRGB, each part from 0 to 1.
public struct Color: Sendable, Equatable {
  /// The red part.
  public var red: Double
  /// The green part.
  public var green: Double
  /// The blue part.
  public var blue: Double
  /// 1 hides what is beneath, 0 shows it.
  public var opacity: Double

  /// A colour from its parts.
  public init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// A colour as it is written in hexadecimal, 0xRRGGBB.
  public init(_ hexadecimal: Int, opacity: Double = 1) {
    self.init(
      red: Double(hexadecimal >> 16 & 0xff) / 255, green: Double(hexadecimal >> 8 & 0xff) / 255,
      blue: Double(hexadecimal & 0xff) / 255, opacity: opacity)
  }

  /// The colour as a screen shows it, 0xRRGGBB.
  public var pixel: UInt32 {
    func byte(_ part: Double) -> UInt32 { UInt32((255 * min(max(part, 0), 1)).rounded()) }
    return byte(red) << 16 | byte(green) << 8 | byte(blue)
  }

  /// The same colour, seen through.
  public func opacity(_ opacity: Double) -> Color {
    Color(red: red, green: green, blue: blue, opacity: opacity)
  }

  /// The colour a part of the way to another: 0 is this one, 1 the other.
  func mixed(with other: Color, _ part: Double) -> Color {
    Color(
      red: red + (other.red - red) * part, green: green + (other.green - green) * part,
      blue: blue + (other.blue - blue) * part, opacity: opacity)
  }

  /// How light the colour looks, 0 for black to 1 for white.
  ///
  /// The weights of Rec. 709 on sRGB values.
  var lightness: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }
}
