/// Quantities at the centres of the pixels of a window.
///
/// `values[q][j * columns + i]` is quantity q in column i from the left and row j from the top:
/// x = x₀ + (i + ½)/columns · width, y = y₁ − (j + ½)/rows · height.
struct Raster: Sendable {
  let window: Window
  let columns: Int
  let rows: Int
  let values: [[Double]]

  init(window: Window, columns: Int, rows: Int, values: [[Double]]) {
    (self.window, self.columns, self.rows, self.values) = (window, columns, rows, values)
  }

  /// Asks the sampler at every centre, in bands of whole rows, about 2¹⁶ points at a time.
  init(_ window: Window, columns: Int, rows: Int, sample: Sampler) {
    self.window = window
    self.columns = columns
    self.rows = rows
    let band = max(1, 65_536 / columns)
    let across = (0..<columns).map { Self.x(Double($0), of: columns, in: window) }
    var values: [[Double]] = []
    for first in stride(from: 0, to: rows, by: band) {
      let last = min(first + band, rows)
      var (x, y): ([Double], [Double]) = ([], [])
      x.reserveCapacity((last - first) * columns)
      y.reserveCapacity((last - first) * columns)
      for row in first..<last {
        x += across
        y += repeatElement(Self.y(Double(row), of: rows, in: window), count: columns)
      }
      let part = sample(x, y)
      if values.isEmpty {
        values = part.map { _ in
          var all: [Double] = []
          all.reserveCapacity(columns * rows)
          return all
        }
      }
      for quantity in part.indices { values[quantity] += part[quantity] }
    }
    self.values = values
  }

  static func x(_ column: Double, of columns: Int, in window: Window) -> Double {
    window.x.lowerBound + (column + 0.5) / Double(columns) * window.width
  }

  static func y(_ row: Double, of rows: Int, in window: Window) -> Double {
    window.y.upperBound - (row + 0.5) / Double(rows) * window.height
  }

  func x(_ column: Int) -> Double { x(Double(column)) }
  func y(_ row: Int) -> Double { y(Double(row)) }
  /// Between the centres too.
  func x(_ column: Double) -> Double { Self.x(column, of: columns, in: window) }
  func y(_ row: Double) -> Double { Self.y(row, of: rows, in: window) }
}

/// The values of one quantity in order, for quantiles.
struct Distribution {
  /// The values, increasing, without those that are not finite or beyond ±10³⁰⁰.
  let sorted: [Double]
  /// How many were NaN.
  let undefined: Int
  /// How many were infinite.
  let infinite: Int

  init(_ values: [Double]) {
    sorted = increasing(values.filter { abs($0) <= visibleSizes.upperBound })
    undefined = values.count { $0.isNaN }
    infinite = values.count { $0.isInfinite }
  }

  /// The absolute values, without those that are next to nothing.
  var sizes: Distribution { Distribution(sorted.map { abs($0) }.filter(visibleSizes.contains)) }

  /// The value if all are equal to twelve digits or so.
  var constant: Double? {
    guard let low = sorted.first, let high = sorted.last,
      high - low <= 1e-12 * max(abs(low), abs(high))
    else { return nil }
    return low
  }

  /// All values, or half as much again as the middle 80 % where poles would leave nothing to see between them;
  /// nil where there are none.
  ///
  /// What rises or falls far beyond the middle is a pole where it takes less than 3 % of the window: 1/x has 1 %
  /// on either side. A well that takes more is what the picture is about.
  var tameRange: ClosedRange<Double>? {
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let (low, high) = (quantile(0.1), quantile(0.9))
    let reach = 4 * (high - low)
    let (bottom, top) = (low - reach, high + reach)
    let isTame =
      (least >= bottom || quantile(0.03) < bottom) && (most <= top || quantile(0.97) > top)
    let margin = 0.25 * (high - low)
    return isTame || low == high
      ? least...most : max(least, low - margin)...min(most, high + margin)
  }

  /// The tame range; nil where all values are the same.
  var levelRange: ClosedRange<Double>? {
    quantile(1) - quantile(0) >= visibleSizes.lowerBound ? tameRange : nil
  }

  /// The value below which `part` of the others lie; NaN when there are none.
  func quantile(_ part: Double) -> Double {
    sorted.isEmpty ? .nan : sorted[Int(part * Double(sorted.count - 1))]
  }
}
