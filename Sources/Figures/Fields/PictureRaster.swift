extension PlotArea {
  /// How many pixels apart a function is asked, so that it takes no more than 2 · 10⁹ operations: 1, 2, 3, or 4.
  ///
  /// - Parameter cost: operations for one point.
  func step(for canvas: any Canvas, cost: Double) -> Int {
    let pixels = box.width * box.height * canvas.pixelsPerUnit * canvas.pixelsPerUnit
    return (1...3).first { cost * pixels / Double($0 * $0) <= 2e9 } ?? 4
  }

  /// A raster whose samples are about so many pixels apart.
  func raster(for canvas: any Canvas, step: Int, sample: Sampler) -> Raster {
    let (columns, rows) = pixels(of: canvas)
    return Raster(
      window, columns: max(2, (columns + step / 2) / step), rows: max(2, (rows + step / 2) / step),
      sample: sample)
  }
}

extension Raster {
  /// A fine raster that asks for values only where a coarse one does not know their band.
  ///
  /// Between four samples in one band values are interpolated, and so lie in that band too; everywhere else, and
  /// at the edges, they are asked for.
  init(
    refining coarse: Raster, levels: Levels, columns: Int, rows: Int, sample: Sampler
  ) {
    let known = coarse.values[0]
    let bands = levels.bands(of: known)
    func places(_ count: Int, of few: Int) -> [(first: Int, part: Double)?] {
      (0..<count).map { index in
        let place = (Double(index) + 0.5) * Double(few) / Double(count) - 0.5
        guard place >= 0, place < Double(few - 1) else { return nil }
        return (Int(place), place - Double(Int(place)))
      }
    }
    let (across, down) = (places(columns, of: coarse.columns), places(rows, of: coarse.rows))
    var values = [Double](repeating: .nan, count: columns * rows)
    var open: [Int] = []
    for (row, below) in down.enumerated() {
      for (column, beside) in across.enumerated() {
        let pixel = row * columns + column
        guard let below, let beside else {
          open.append(pixel)
          continue
        }
        let first = below.first * coarse.columns + beside.first
        let corners = [first, first + 1, first + coarse.columns, first + coarse.columns + 1]
        guard bands[first] >= 0,
          corners.allSatisfy({ bands[$0] == bands[first] && known[$0].isFinite })
        else {
          open.append(pixel)
          continue
        }
        func between(_ a: Double, _ b: Double, _ part: Double) -> Double { a + (b - a) * part }
        let value = between(
          between(known[corners[0]], known[corners[1]], beside.part),
          between(known[corners[2]], known[corners[3]], beside.part), below.part)
        values[pixel] = value
      }
    }
    let window = coarse.window
    let asked = sample(
      open.map { Self.x(Double($0 % columns), of: columns, in: window) },
      open.map { Self.y(Double($0 / columns), of: rows, in: window) })[0]
    for (pixel, value) in zip(open, asked) { values[pixel] = value }
    self.init(window: window, columns: columns, rows: rows, values: [values])
  }
}
