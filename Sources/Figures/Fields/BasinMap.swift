/// What every place of a window leads to, on a raster with finer cells where neighbours differ.
public struct BasinMap: Sendable {
  /// A place.
  public struct Cell: Sendable {
    /// The number of its class.
    public var kind: Int16
    /// How many iterations it took to get there.
    public var iterations: Int32

    /// A place of a class.
    public init(kind: Int, iterations: Int32) {
      self.kind = Int16(clamping: kind)
      self.iterations = iterations
    }
  }

  /// The number of cells across.
  public let columns: Int
  /// The number of cells down.
  public let rows: Int
  /// Row by row from the top left.
  public let cells: [Cell]
  /// How many finer cells there are across one that has them.
  public let fineness: Int
  /// For each cell, the place in `fine` of the first of its finer cells, or −1.
  private let firsts: [Int32]
  /// The finer cells, row by row of each cell.
  let fine: [Cell]

  /// A map; `fine` holds the fineness² parts of each of the `refined` cells, one cell after the other.
  public init(
    columns: Int, rows: Int, cells: [Cell], fineness: Int = 1, refined: [Int] = [],
    fine: [Cell] = []
  ) {
    precondition(cells.count == columns * rows)
    precondition(fine.count == refined.count * fineness * fineness)
    self.columns = columns
    self.rows = rows
    self.cells = cells
    self.fineness = fineness
    var firsts = [Int32](repeating: -1, count: cells.count)
    for (number, place) in refined.enumerated() {
      firsts[place] = Int32(number * fineness * fineness)
    }
    self.firsts = firsts
    self.fine = fine
  }

  /// How many cells have finer ones.
  var refinedCount: Int { fine.count / (fineness * fineness) }

  /// A picture of other size: every tile has the mean of the colours that it covers.
  func mosaic(
    columns width: Int, rows height: Int, color: (_ cell: Cell, _ column: Int, _ row: Int) -> Color
  ) -> Mosaic {
    var colors: [Color] = []
    colors.reserveCapacity(width * height)
    let across = Self.covers(width, of: columns * fineness)
    let down = Self.covers(height, of: rows * fineness)
    for row in 0..<height {
      for column in 0..<width {
        var (red, green, blue) = (0.0, 0.0, 0.0)
        for (y, high) in down[row] {
          for (x, wide) in across[column] {
            let shown = color(self[x, y], column, row)
            let part = wide * high
            red += part * shown.red
            green += part * shown.green
            blue += part * shown.blue
          }
        }
        colors.append(Color(red: red, green: green, blue: blue))
      }
    }
    var mosaic = Mosaic(columns: width, rows: height, color: Color(0xffffff))
    mosaic.colors = colors
    return mosaic
  }

  /// The cell at a place counted in finer cells.
  private subscript(x: Int, y: Int) -> Cell {
    let (column, row) = (x / fineness, y / fineness)
    let first = firsts[row * columns + column]
    guard first >= 0 else { return cells[row * columns + column] }
    return fine[Int(first) + y % fineness * fineness + x % fineness]
  }

  /// For each of `count` equal lengths, which of `parts` equal lengths it covers, and how much of it each is.
  private static func covers(_ count: Int, of parts: Int) -> [[(part: Int, share: Double)]] {
    let ratio = Double(parts) / Double(count)
    return (0..<count).map { place in
      let (low, high) = (Double(place) * ratio, Double(place + 1) * ratio)
      let last = min(parts - 1, Int(high.rounded(.up)) - 1)
      return (min(Int(low), last)...last).map { part in
        let length = min(high, Double(part + 1)) - max(low, Double(part))
        return (part, max(length, 0) / ratio)
      }
    }
  }
}
