/// The hatched grey where a quantity is undefined.
struct UndefinedGround {
  let theme: Theme
  /// Pixels of the mosaic for a unit of the canvas.
  let pixelsPerUnit: Double

  /// The colour of a pixel: slanted lines 1.5 units thick, 9 apart, with soft edges.
  func color(column: Int, row: Int) -> Color {
    let period = 9.0
    let place = Double(column + row) / pixelsPerUnit / 2.squareRoot()
    let offset = place - period * (place / period).rounded(.down)
    let distance = abs(offset - period / 2)
    let cover = min(max(0.75 + 0.5 / pixelsPerUnit - distance, 0), 1)
    return theme.undefined.mixed(with: theme.hatching, cover)
  }

  /// Adds what the hatching means.
  func explain(in legend: inout Legend, as meaning: String = "undefined") {
    let (size, theme) = (theme.textSize, theme)
    legend.add(RichText(meaning), width: 1.4 * size) { canvas, box in
      let scale = canvas.pixelsPerUnit
      let (columns, rows) = (Int(box.width * scale), Int(0.8 * box.height * scale))
      var mosaic = Mosaic(columns: columns, rows: rows, color: theme.undefined)
      let ground = UndefinedGround(theme: theme, pixelsPerUnit: scale)
      for index in mosaic.colors.indices {
        mosaic.colors[index] = ground.color(column: index % columns, row: index / columns)
      }
      let patch = Box(center: box.center, width: box.width, height: 0.8 * box.height)
      canvas.paint(mosaic, in: patch)
      canvas.stroke(Path(patch), Pen(theme.ink, width: 0.5 * theme.frameWidth))
    }
  }
}

extension Raster {
  /// The picture of one quantity: `color` for each value, hatched where that gives none.
  func mosaic(
    of quantity: Int, _ ground: UndefinedGround, color: (Double) -> Color?
  ) -> Mosaic {
    // Neighbours mostly have the same value or at least the same colour.
    var (lastColor, lastPixel) = (Color(0), Color(0).pixel)
    return mosaic(ground) { place in
      guard let color = color(values[quantity][place]) else { return nil }
      if color != lastColor { (lastColor, lastPixel) = (color, color.pixel) }
      return lastPixel
    }
  }

  /// The picture of pixels by their number, 0xRRGGBB, hatched where there is none.
  func mosaic(_ ground: UndefinedGround, pixel: (Int) -> UInt32?) -> Mosaic {
    let pixels = [UInt32](unsafeUninitializedCapacity: columns * rows) { pixels, count in
      for row in 0..<rows {
        for column in 0..<columns {
          let place = row * columns + column
          pixels[place] = pixel(place) ?? ground.color(column: column, row: row).pixel
        }
      }
      count = columns * rows
    }
    return Mosaic(columns: columns, rows: rows, pixels: pixels)
  }
}
