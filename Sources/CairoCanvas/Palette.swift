/// The few colours that a figure needs, which make its file a third as large.
///
/// Figures consist of flat areas and soft edges between them. Colours of areas, which many pixels side by side have, are
/// kept as they are; the many shades of edges are replaced by the nearest colour kept, a small distance
/// away, which nobody sees.
struct Palette {
  /// The colours, at most 256, as 0xRRGGBB, the commonest first.
  let colors: [UInt32]
  /// The place in `colors` of each pixel.
  let indices: [UInt8]

  /// What is tried in turn: a colour of areas of more pixels than `flat` is kept; others are replaced if
  /// one kept lies within `distance` in red, green and blue (0 … 255).
  private static let rules = [
    (flat: 100, distance: 8), (100, 12), (100, 16), (200, 20), (200, 24), (400, 28), (400, 32),
  ]
  /// More colours than this are shades of a surface, which would get bands.
  private static let mostShades = 24_000

  /// The palette of a picture, or nil if it has too many colours for one.
  init?(_ pixels: [UInt32]) {
    guard let shades = Shades(pixels, most: Self.mostShades) else { return nil }
    let order = shades.counts.indices.sorted {
      (shades.counts[$1], shades.colors[$0]) < (shades.counts[$0], shades.colors[$1])
    }
    var found: (colors: [UInt32], places: [UInt8])?
    for rule in Self.rules where found == nil { found = Self.choose(from: shades, order, rule) }
    guard var (colors, places) = found else { return nil }
    Self.fill(&colors, &places, from: shades)

    self.colors = colors
    indices = [UInt8](unsafeUninitializedCapacity: pixels.count) { indices, count in
      for run in shades.runs {
        let end = count + Int(run.length)
        indices[count..<end].update(repeating: places[Int(run.shade)])
        count = end
      }
    }
  }

  /// The colours to keep, and which of them stands for each shade; nil if they would be too many.
  private static func choose(
    from shades: Shades, _ order: [Int], _ rule: (flat: Int, distance: Int)
  ) -> (colors: [UInt32], places: [UInt8])? {
    var colors: [UInt32] = []
    var places = [UInt8](repeating: 0, count: shades.colors.count)
    for shade in order {
      let color = shades.colors[shade]
      if shades.areas[shade] <= rule.flat, let near = nearest(to: color, in: colors),
        near.distance <= rule.distance * rule.distance
      {
        places[shade] = UInt8(near.index)
      } else {
        guard colors.count < 256 else { return nil }
        places[shade] = UInt8(colors.count)
        colors.append(color)
      }
    }
    return (colors, places)
  }

  /// Gives what room is left to the shades that are farthest from the colours that stand for them, pixels counted, and
  /// farther than what nobody would see side by side.
  private static func fill(
    _ colors: inout [UInt32], _ places: inout [UInt8], from shades: Shades
  ) {
    let errors = shades.colors.indices.map { shade in
      let error = distance(shades.colors[shade], colors[Int(places[shade])])
      return error > 12 * 12 ? shades.counts[shade] * error : 0
    }
    // Those that are nothing beside the sum need not be sorted.
    let least = errors.reduce(0, +) / 4096
    let worst = errors.indices.filter { errors[$0] > least }
      .sorted { (errors[$1], $0) < (errors[$0], $1) }
    for shade in worst.prefix(256 - colors.count) {
      places[shade] = UInt8(colors.count)
      colors.append(shades.colors[shade])
    }
  }

  /// The square of the distance of two colours.
  private static func distance(_ a: UInt32, _ b: UInt32) -> Int {
    [16, 8, 0].reduce(0) { sum, shift in
      let part = Int(a >> UInt32(shift) & 0xff) - Int(b >> UInt32(shift) & 0xff)
      return sum + part * part
    }
  }

  /// The first of the nearest colours, with the square of its distance.
  private static func nearest(
    to color: UInt32, in colors: [UInt32]
  ) -> (index: Int, distance: Int)? {
    let (red, green, blue) = (
      Int32(color >> 16 & 0xff), Int32(color >> 8 & 0xff), Int32(color & 0xff)
    )
    var least = Int32.max
    for (index, other) in colors.enumerated() {
      let (r, g, b) = (
        Int32(other >> 16 & 0xff) &- red, Int32(other >> 8 & 0xff) &- green,
        Int32(other & 0xff) &- blue
      )
      // The number of the colour in the last eight bits tells which one is nearest.
      least = min(least, (r &* r &+ g &* g &+ b &* b) << 8 | Int32(truncatingIfNeeded: index))
    }
    return colors.isEmpty ? nil : (Int(least & 0xff), Int(least >> 8))
  }
}

/// The different colours of a picture, and where they are.
private struct Shades {
  /// The colours in the order in which they are met.
  private(set) var colors: [UInt32] = []
  /// How many pixels have each.
  private(set) var counts: [Int] = []
  /// How many pixels have each and lie in a run of several.
  private(set) var areas: [Int] = []
  /// The picture as runs of one colour.
  private(set) var runs: [(shade: UInt32, length: UInt32)] = []

  private static let tableBits = 16
  /// Edges seldom have one colour in so many pixels of a row.
  private static let areaLength = 6

  /// The shades of a picture; nil if there are more than so many, which are few beside 2¹⁶.
  init?(_ pixels: [UInt32], most: Int) {
    var table = [UInt32](repeating: .max, count: 1 << Self.tableBits)
    runs.reserveCapacity(pixels.count / 16)
    var first = 0
    while first < pixels.count {
      let color = pixels[first]
      var end = first + 1
      while end < pixels.count && pixels[end] == color { end += 1 }
      // A table with open addresses: the next free place behind the one that the colour's hash names.
      var slot = Int((color &* 0x9e37_79b1) >> UInt32(32 - Self.tableBits))
      while table[slot] != .max, colors[Int(table[slot])] != color {
        slot = (slot + 1) & (table.count - 1)
      }
      if table[slot] == .max {
        guard colors.count < most else { return nil }
        table[slot] = UInt32(colors.count)
        colors.append(color)
        counts.append(0)
        areas.append(0)
      }
      let shade = table[slot]
      counts[Int(shade)] += end - first
      if end - first >= Self.areaLength { areas[Int(shade)] += end - first }
      runs.append((shade, UInt32(end - first)))
      first = end
    }
  }
}
