/// A continuous scale of colours over 0 … 1, straight lines in sRGB between evenly spaced anchors.
public struct ColorMap: Sendable {
  private let anchors: [Color]

  /// A scale through at least two anchors.
  init(_ hexadecimal: [Int]) {
    anchors = hexadecimal.map { Color($0) }
  }

  /// The colour at `part`; below 0 and above 1 the ends, and for NaN the low end.
  public func callAsFunction(_ part: Double) -> Color {
    let place = part > 0 ? min(part, 1) * Double(anchors.count - 1) : 0
    let index = min(Int(place), anchors.count - 2)
    return anchors[index].mixed(with: anchors[index + 1], place - Double(index))
  }

  /// Viridis (van der Walt and Smith, CC0): perceptually even and safe for the colour-blind.
  public static let viridis = ColorMap([
    0x440154, 0x470d60, 0x48186a, 0x482374, 0x472d7b, 0x453781, 0x424086, 0x3e4989, 0x3b528b,
    0x375b8d, 0x33638d, 0x2f6b8e, 0x2c728e, 0x297a8e, 0x26828e, 0x23898e, 0x21918c, 0x1f988b,
    0x1fa088, 0x22a785, 0x28ae80, 0x32b67a, 0x3fbc73, 0x4ec36b, 0x5ec962, 0x70cf57, 0x84d44b,
    0x98d83e, 0xaddc30, 0xc2df23, 0xd8e219, 0xece51b, 0xfde725,
  ])

  /// ColorBrewer's red and blue, blue for negative: safe for the colour-blind, and neutral at
  /// exactly ½.
  public static let diverging = ColorMap([
    0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
    0xb2182b, 0x67001f,
  ])

  /// The same hues for a dark sheet: dark grey at exactly ½, lighter in even steps of OKLab towards both ends.
  public static let darkDiverging = ColorMap([
    0xafdaff, 0x64b6f8, 0x3491d6, 0x186da8, 0x234b6a, 0x292929, 0x6b3626, 0xa84423, 0xdd5d33,
    0xf98d6b, 0xfec5b3,
  ])
}
