import Testing

@testable import CairoCanvas

@Suite("Palettes") struct PaletteTests {
  /// Rows of sixteen pixels: an area, dots three pixels wide, and pixels of shades around them.
  private static let pixels: [UInt32] = (0..<1000).flatMap { row -> [UInt32] in
    let shades = (0..<6).map { column -> UInt32 in
      let number = UInt32(6 * row + column)
      return 0xe09000 + (number % 40) << 8 + number * 7 % 30
    }
    return [0x204060, 0x204060, 0x204060, 0x204060, 0x204060, 0x204060, 0x204060] + shades
      + [0xe69f10, 0xe69f10, 0xe69f10]
  }

  @Test("keep the colours of areas, and what stands for others is near")
  func colors() throws {
    let palette = try #require(Palette(Self.pixels))
    #expect(palette.colors.count <= 256)
    #expect(palette.colors.contains(0x204060))
    #expect(palette.colors.contains(0xe69f10))
    for (pixel, index) in zip(Self.pixels, palette.indices) {
      let color = palette.colors[Int(index)]
      for shift: UInt32 in [16, 8, 0] {
        #expect(abs(Int(pixel >> shift & 0xff) - Int(color >> shift & 0xff)) <= 32)
      }
    }
  }

  @Test("have no more colours than shades, and none are for too many")
  func limits() {
    #expect(Palette([0, 0xff0000, 0xff00, 0xff00])?.colors.count == 3)
    #expect(Palette((0..<70_000).map { UInt32($0) &* 229 & 0xffffff }) == nil)
  }
}
