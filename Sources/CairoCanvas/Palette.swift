/// The few colours that a figure needs, which make its file a third as large.
///
/// Figures consist of flat areas and soft edges between them. Colours of many pixels are kept as
/// they are; the many shades of edges are replaced by the nearest colour kept, a small distance
/// away, which nobody sees.
struct Palette {
  /// The colours, at most 256, as 0xRRGGBB, the commonest first.
  let colors: [UInt32]
  /// The place in `colors` of each pixel.
  let indices: [UInt8]

  /// What is tried in turn: a colour of more pixels than `flat` is kept; others are replaced if
  /// one kept lies within `distance` in red, green and blue (0 … 255).
  private static let rules = [
    (flat: 100, distance: 8), (100, 16), (200, 24), (400, 32),
  ]
  /// More colours than this are shades of a surface, which would get bands.
  private static let mostShades = 24_000

  /// The palette of a picture, or nil if it has too many colours for one.
  init?(_ pixels: [UInt32]) {
    var counts: [UInt32: Int] = [:]
    Self.forEachRun(of: pixels) { color, range in counts[color, default: 0] += range.count }
    guard counts.count <= Self.mostShades else { return nil }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let found = Self.rules.lazy.compactMap { Self.choose(from: order, $0) }.first
    guard let (colors, places) = found else { return nil }

    var indices = [UInt8](repeating: 0, count: pixels.count)
    Self.forEachRun(of: pixels) { color, range in
      guard let place = places[color], place != 0 else { return }
      for index in range { indices[index] = place }
    }
    self.colors = colors
    self.indices = indices
  }

  /// The colours to keep, and which of them stands for each; nil if they would be too many.
  private static func choose(
    from order: [(key: UInt32, value: Int)], _ rule: (flat: Int, distance: Int)
  ) -> (colors: [UInt32], places: [UInt32: UInt8])? {
    var colors: [UInt32] = []
    var places: [UInt32: UInt8] = [:]
    for (color, count) in order {
      if count <= rule.flat, let near = nearest(to: color, in: colors),
        near.distance <= rule.distance * rule.distance
      {
        places[color] = UInt8(near.index)
      } else {
        guard colors.count < 256 else { return nil }
        places[color] = UInt8(colors.count)
        colors.append(color)
      }
    }
    return (colors, places)
  }

  private static func forEachRun(of pixels: [UInt32], _ body: (UInt32, Range<Int>) -> Void) {
    var first = 0
    while first < pixels.count {
      var end = first + 1
      while end < pixels.count && pixels[end] == pixels[first] { end += 1 }
      body(pixels[first], first..<end)
      first = end
    }
  }

  /// The first of the nearest colours, with the square of its distance.
  private static func nearest(
    to color: UInt32, in colors: [UInt32]
  ) -> (index: Int, distance: Int)? {
    var best: (index: Int, distance: Int)?
    for (index, other) in colors.enumerated() {
      var distance = 0
      for shift: UInt32 in [16, 8, 0] {
        let step = Int(color >> shift & 0xff) - Int(other >> shift & 0xff)
        distance += step * step
      }
      if distance < best?.distance ?? .max { best = (index, distance) }
    }
    return best
  }
}
