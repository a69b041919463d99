/// What the marks of a figure mean, set in rows beneath it.
struct Legend {
  /// One mark with its meaning.
  ///
  /// `draw` gets a box as high as the text to draw the mark in.
  struct Entry {
    let text: RichText
    let width: Double
    let draw: (any Canvas, Box) -> Void
  }

  private(set) var entries: [Entry] = []

  /// Adds a mark `width` wide; where two entries have one text, the first stays.
  mutating func add(
    _ text: RichText, width: Double, draw: @escaping (any Canvas, Box) -> Void
  ) {
    guard !entries.contains(where: { $0.text == text }) else { return }
    entries.append(Entry(text: text, width: width, draw: draw))
  }

  /// Adds what a colour of areas means.
  mutating func add(_ text: RichText, _ color: Color, _ theme: Theme) {
    add(text, width: 1.4 * theme.textSize) { canvas, box in
      let patch = Path(Box(center: box.center, width: box.width, height: 0.8 * box.height))
      canvas.fill(patch, color)
      canvas.stroke(patch, Pen(theme.ink, width: 0.5 * theme.frameWidth))
    }
  }

  private func width(of entry: Entry, on canvas: any Canvas, _ theme: Theme) -> Double {
    entry.width + 0.45 * theme.textSize + entry.text.width(on: canvas, theme.text)
  }

  private func gap(_ theme: Theme) -> Double { 1.5 * theme.textSize }
  private func rowHeight(_ theme: Theme) -> Double { 1.5 * theme.textSize }

  /// The entries in rows no wider than `limit`, in order, the rows about equally full.
  private func rows(within limit: Double, on canvas: any Canvas, _ theme: Theme) -> [[Entry]] {
    let narrowest = fill(limit, on: canvas, theme).count
    var width = limit
    while width > limit / 2, fill(0.95 * width, on: canvas, theme).count == narrowest {
      width *= 0.95
    }
    return fill(width, on: canvas, theme)
  }

  private func fill(_ limit: Double, on canvas: any Canvas, _ theme: Theme) -> [[Entry]] {
    var rows: [[Entry]] = []
    var used = Double.infinity
    for entry in entries {
      let width = width(of: entry, on: canvas, theme)
      if used + gap(theme) + width > limit {
        rows.append([entry])
        used = width
      } else {
        rows[rows.count - 1].append(entry)
        used += gap(theme) + width
      }
    }
    return rows
  }

  /// How much room the rows need.
  func height(within width: Double, on canvas: any Canvas, _ theme: Theme) -> Double {
    Double(rows(within: width, on: canvas, theme).count) * rowHeight(theme)
  }

  /// Draws the rows centred in the box, from its top.
  func draw(in box: Box, on canvas: any Canvas, _ theme: Theme) {
    var middle = box.y + rowHeight(theme) / 2
    for row in rows(within: box.width, on: canvas, theme) {
      let widths = row.map { width(of: $0, on: canvas, theme) }
      var x = box.center.x - (widths.reduce(0, +) + gap(theme) * Double(row.count - 1)) / 2
      for (entry, width) in zip(row, widths) {
        let mark = Box(
          x: x, y: middle - theme.textSize / 2, width: entry.width, height: theme.textSize)
        entry.draw(canvas, mark)
        let left = x + entry.width + 0.45 * theme.textSize
        let text = entry.text.shortened(to: box.maxX - left, on: canvas, theme.text)
        text.draw(on: canvas, at: Point(left, middle + 0.365 * theme.textSize), theme.text)
        x += width + gap(theme)
      }
      middle += rowHeight(theme)
    }
  }
}
