/// A surface over a grid of cells in the box of a picture in perspective.
///
/// Corners have a place upwards or none; a cell is there if all of its corners are and none of its edges leads from
/// the top of the box to its floor, which only poles do.
struct HeightField: Sendable {
  /// Cells along x and y.
  let columns: Int
  let rows: Int
  /// Half the extents of the box.
  let half: Place3
  /// From 0 on the floor to 1 at the top for each corner, row by row from the least y; NaN where there is none.
  let heights: [Double]
  private let isThere: [Bool]

  /// A surface of parts of the height of the box; those beyond it are cut.
  init(columns: Int, rows: Int, half: Place3, parts: [Double]) {
    precondition(parts.count == (columns + 1) * (rows + 1), "each corner has a height")
    self.columns = columns
    self.rows = rows
    self.half = half
    heights = parts.map { $0.isNaN ? .nan : min(max($0, 0), 1) }
    isThere = (0..<columns * rows).map { cell in
      let first = cell / columns * (columns + 1) + cell % columns
      let corners = [first, first + 1, first + columns + 1, first + columns + 2].map { parts[$0] }
      guard !corners.contains(where: \.isNaN) else { return false }
      return !(corners.contains { $0 > 1 } && corners.contains { $0 < 0 })
    }
  }

  /// Whether a cell is there.
  func hasCell(_ column: Int, _ row: Int) -> Bool {
    (0..<columns).contains(column) && (0..<rows).contains(row) && isThere[row * columns + column]
  }

  /// A corner of the grid.
  func corner(_ column: Int, _ row: Int) -> Place3 {
    Place3(x(column), y(row), z(heights[row * (columns + 1) + column]))
  }

  private func x(_ column: Int) -> Double { half.x * (2 * Double(column) / Double(columns) - 1) }
  private func y(_ row: Int) -> Double { half.y * (2 * Double(row) / Double(rows) - 1) }
  private func z(_ part: Double) -> Double { half.z * (2 * part - 1) }

  /// The place of the surface above parts of the floor, bilinear within a cell; nil where no cell is.
  func place(_ u: Double, _ v: Double) -> Place3? {
    guard (0...1).contains(u), (0...1).contains(v) else { return nil }
    let (i, j) = (u * Double(columns), v * Double(rows))
    let (column, row) = (min(Int(i), columns - 1), min(Int(j), rows - 1))
    guard hasCell(column, row) else { return nil }
    let (s, t) = (i - Double(column), j - Double(row))
    func height(_ dx: Int, _ dy: Int) -> Double {
      heights[(row + dy) * (columns + 1) + column + dx]
    }
    let low = height(0, 0) * (1 - s) + height(1, 0) * s
    let high = height(0, 1) * (1 - s) + height(1, 1) * s
    return Place3(half.x * (2 * u - 1), half.y * (2 * v - 1), z(low * (1 - t) + high * t))
  }

  /// The cells so that those farther from the eye come first: no cell hides one behind it in this order.
  ///
  /// A cell can only be hidden by cells that lie, along both axes, between it and the eye.
  func cellsFromBehind(_ eye: Place3) -> [(column: Int, row: Int)] {
    func order(_ count: Int, _ eye: Double) -> [Int] {
      (0..<count).sorted {
        let (a, b) = (abs(Double($0) + 0.5 - eye), abs(Double($1) + 0.5 - eye))
        return a != b ? a > b : $0 < $1
      }
    }
    let across = order(columns, (eye.x / half.x + 1) / 2 * Double(columns))
    let up = order(rows, (eye.y / half.y + 1) / 2 * Double(rows))
    return up.flatMap { row in across.map { ($0, row) } }
  }

  /// Whether the eye sees a place on the surface: nowhere on the way to it does the surface stand higher.
  ///
  /// The way is tried where it crosses lines of the grid, between which the surface hardly bends.
  func isVisible(_ place: Place3, from eye: Place3) -> Bool {
    let way = eye - place
    let slack = 0.006 * half.z
    // Beyond the box, beside it or above it, nothing is in the way.
    var end = way.z > 0 ? (half.z - place.z) / way.z : 1
    for (start, step, extent) in [(place.x, way.x, half.x), (place.y, way.y, half.y)]
    where step != 0 {
      end = min(end, ((step > 0 ? extent : -extent) - start) / step)
    }
    func isAbove(_ t: Double) -> Bool {
      let u = (place.x + t * way.x) / half.x / 2 + 0.5
      let v = (place.y + t * way.y) / half.y / 2 + 0.5
      guard let surface = self.place(min(max(u, 0), 1), min(max(v, 0), 1)) else { return true }
      return place.z + t * way.z >= surface.z - slack
    }
    for (start, step, extent, count) in [
      (place.x, way.x, half.x, columns), (place.y, way.y, half.y, rows),
    ] where step != 0 {
      let cell = 2 * extent / Double(count)
      for line in 0...count {
        let t = (-extent + Double(line) * cell - start) / step
        if t > 1e-9, t < end, !isAbove(t) { return false }
      }
    }
    return true
  }
}
