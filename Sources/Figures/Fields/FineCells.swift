/// The cells of a raster in which lines may run between the samples, with samples 8 × 8 times as dense.
///
/// A sample lower than its two neighbours along a row, a column or a diagonal has a valley beside it, whose
/// bottom may lie lower than any sample. How much lower follows from how fast values fall towards it: on slopes
/// that go on to both sides by no more than half of what they fall from one sample to the next. Where twice as
/// much as the slopes suggest reaches another level, the four cells around the sample are refined; likewise for
/// ridges. Where a level runs in and out through one side of a refined cell, the cell beyond that side is
/// refined too. A feature that leaves no such trace in the samples is not found.
struct FineCells {
  /// Parts of a side.
  static let parts = 8
  /// Samples along a side.
  private static let side = parts + 1
  /// The edges between the samples of a cell: those along rows, then those along columns.
  static let edges = 2 * parts * side

  /// The refined cells by their top left nodes, increasing.
  private(set) var cells: [Int] = []
  /// How many places are not looked at more closely, as there are too many.
  private var leftOut = 0
  /// The samples of all refined cells, 9 × 9 of each from the top left.
  private(set) var values: [Double] = []
  /// The number of levels at or below each sample, −1 for NaN.
  private(set) var bands: [Levels.Band] = []
  /// Which of the refined cells each cell of the raster is, in the order in which they were sampled, or −1; empty
  /// where none is.
  private var orders: [Int32] = []
  /// The cells in that order.
  private var sampled: [Int] = []
  private let raster: Raster
  private let quantity: Int
  private let levels: Levels

  private static let most = 8
  private static let rounds = 64
  /// How far beyond what slopes suggest is looked for another level.
  private static let margin = 2.0

  /// Finds and samples the cells.
  ///
  /// - Parameter bands: the number of levels at or below each value of the raster, −1 for NaN.
  init(
    _ raster: Raster, quantity: Int, levels: Levels, bands: [Levels.Band], sample: Sampler,
    workers: Int
  ) {
    (self.raster, self.quantity, self.levels) = (raster, quantity, levels)
    guard !levels.values.isEmpty, raster.columns > 2, raster.rows > 2 else { return }
    let found = suspects(bands, workers)
    let limit = raster.columns * raster.rows / Self.most
    guard found.count <= limit else {
      leftOut = found.count
      return
    }
    guard !found.isEmpty else { return }
    orders = Array(repeating: -1, count: raster.columns * raster.rows)
    var next = found
    for _ in 0..<Self.rounds where !next.isEmpty && sampled.count + next.count <= limit {
      take(next, sample, workers)
      next = neighbors(of: next, bands)
    }
    cells = sampled.sorted()
    leftOut = next.count
  }

  /// Whether a cell is refined.
  @inline(__always)
  func contains(_ cell: Int) -> Bool { order(of: cell) >= 0 }

  /// The place of a cell among the refined ones; −1 where it is none.
  @inline(__always)
  private func order(of cell: Int) -> Int {
    !orders.isEmpty && cell >= 0 && cell < orders.count ? Int(orders[cell]) : -1
  }

  // MARK: Samples

  /// The sample of a refined cell, by its place in `cells`, in a column and a row from 0 to `parts`.
  @inline(__always)
  func node(_ number: Int, _ column: Int, _ row: Int) -> Int {
    node(order(of: cells[number]), column: column, row: row)
  }

  @inline(__always)
  private func node(_ order: Int, column: Int, row: Int) -> Int {
    (order * Self.side + row) * Self.side + column
  }

  /// Where a sample lies.
  func place(of node: Int) -> (x: Double, y: Double) {
    let inner = node % (Self.side * Self.side)
    return place(sampled[node / (Self.side * Self.side)], inner % Self.side, inner / Self.side)
  }

  private func place(_ cell: Int, _ column: Int, _ row: Int) -> (x: Double, y: Double) {
    let part = Double(Self.parts)
    return (
      raster.x(Double(cell % raster.columns) + Double(column) / part),
      raster.y(Double(cell / raster.columns) + Double(row) / part)
    )
  }

  private mutating func take(_ cells: [Int], _ sample: Sampler, _ workers: Int) {
    if values.isEmpty {
      // Neighbours may follow.
      let room = 5 * cells.count / 4 * Self.side * Self.side
      values.reserveCapacity(room)
      bands.reserveCapacity(room)
    }
    for cell in cells {
      orders[cell] = Int32(sampled.count)
      sampled.append(cell)
    }
    // As many at a time as fit a processor's cache.
    let batch = 128
    let found = concurrently((cells.count + batch - 1) / batch, workers: workers) { part in
      values(of: cells[part * batch..<min((part + 1) * batch, cells.count)], sample)
    }
    for part in found {
      values += part.values
      bands += part.bands
    }
  }

  private func values(
    of cells: ArraySlice<Int>, _ sample: Sampler
  ) -> (values: [Double], bands: [Levels.Band]) {
    var (x, y): ([Double], [Double]) = ([], [])
    x.reserveCapacity(cells.count * Self.side * Self.side)
    y.reserveCapacity(cells.count * Self.side * Self.side)
    for cell in cells {
      let (left, top) = (Double(cell % raster.columns), Double(cell / raster.columns))
      for row in 0..<Self.side {
        let down = raster.y(top + Double(row) / Double(Self.parts))
        for column in 0..<Self.side {
          x.append(raster.x(left + Double(column) / Double(Self.parts)))
          y.append(down)
        }
      }
    }
    let found = sample(x, y)[quantity]
    return (found, levels.bands(of: found))
  }

  // MARK: Edges

  /// The way an edge runs.
  enum Way {
    case across
    case down
  }

  /// A piece of a line between two neighbouring samples.
  struct Edge {
    /// Its number among all edges of refined cells, the same in both cells that have it.
    let number: Int
    let from: Int
    let to: Int
  }

  /// A side of a refined cell.
  struct Side {
    fileprivate let order: Int
    fileprivate let name: Name

    /// Which of the four.
    enum Name {
      case top
      case right
      case bottom
      case left
    }
  }

  /// A side of a cell; nil where the cell is not refined.
  @inline(__always)
  func side(_ name: Side.Name, of cell: Int) -> Side? {
    let order = order(of: cell)
    return order >= 0 ? Side(order: order, name: name) : nil
  }

  /// The edges along a side, from the left or the top.
  func edge(of side: Side, _ part: Int) -> Edge {
    switch side.name {
    case .top: edge(.across, order: side.order, part, 0)
    case .bottom: edge(.across, order: side.order, part, Self.parts)
    case .left: edge(.down, order: side.order, 0, part)
    case .right: edge(.down, order: side.order, Self.parts, part)
    }
  }

  /// The edge to the right of a sample, or beneath it, of a refined cell by its place in `cells`.
  @inline(__always)
  func edge(_ way: Way, _ number: Int, _ column: Int, _ row: Int) -> Edge {
    edge(way, order: order(of: cells[number]), column, row)
  }

  private func edge(_ way: Way, order: Int, _ column: Int, _ row: Int) -> Edge {
    var (order, column, row) = (order, column, row)
    // An edge between two refined cells is that of the upper or the left one.
    if way == .across, row == 0 {
      let upper = self.order(of: sampled[order] - raster.columns)
      if upper >= 0 { (order, row) = (upper, Self.parts) }
    } else if way == .down, column == 0 {
      let left = self.order(of: sampled[order] - 1)
      if left >= 0 { (order, column) = (left, Self.parts) }
    }
    let from = node(order, column: column, row: row)
    return switch way {
    case .across:
      Edge(number: order * Self.edges + row * Self.parts + column, from: from, to: from + 1)
    case .down:
      Edge(
        number: order * Self.edges + Self.edges / 2 + row * Self.side + column, from: from,
        to: from + Self.side)
    }
  }

  // MARK: Evidence

  /// The value that may lie between a sample and one of its neighbours; nil where the sample is no extremum.
  ///
  /// Of five samples in a row with the one in the middle. Not a number where there is no sample.
  @inline(__always)
  private static func hidden(
    _ before: (Double, Double), _ value: Double, _ after: (Double, Double), margin: Double
  ) -> Double? {
    let side: Double =
      value <= before.1 && value <= after.0 ? -1 : value >= before.1 && value >= after.0 ? 1 : 0
    guard side != 0 else { return nil }
    let near = min(side * (value - before.1), side * (value - after.0))
    let far = min(side * (before.1 - before.0), side * (after.0 - after.1))
    let reach = far > near ? far : near
    return reach > 0 ? value + side * margin * reach : nil
  }

  private func crosses(_ hidden: Double?, from value: Double) -> Bool {
    guard let hidden, hidden.isFinite else { return false }
    return levels.band(of: hidden) != levels.band(of: value)
  }

  /// The cells around samples beside which another level may hide, increasing.
  private func suspects(_ bands: [Levels.Band], _ workers: Int) -> [Int] {
    let (columns, rows) = (raster.columns, raster.rows)
    let any = raster.values[quantity][0]
    if raster.values[quantity].allSatisfy({ $0 == any }) { return [] }
    let ways = [(1, 0), (0, 1), (1, 1), (1, -1)]
    let found = concurrently(ways.count, workers: workers) { extrema(along: ways[$0]) }
    if found.allSatisfy(\.isEmpty) { return [] }
    var isSuspect = Array(repeating: false, count: columns * rows)
    for node in found.joined() {
      for cell in [node, node - 1, node - columns, node - columns - 1] where cell >= 0 {
        isSuspect[cell] = true
      }
    }
    return isSuspect.indices.filter { isSuspect[$0] && isWhole($0, bands) }
  }

  /// The samples beside which another level may hide along rows, columns or diagonals.
  private func extrema(along way: (right: Int, down: Int)) -> [Int] {
    let (columns, rows, right, down) = (raster.columns, raster.rows, way.right, way.down)
    var found: [Int] = []
    raster.values[quantity].withUnsafeBufferPointer { values in
      let step = down * columns + right
      func at(_ steps: Int, from column: Int, _ row: Int) -> Double {
        let (x, y) = (column + steps * right, row + steps * down)
        return x >= 0 && x < columns && y >= 0 && y < rows ? values[y * columns + x] : .nan
      }
      for row in abs(down)..<rows - abs(down) {
        for node in row * columns + right..<(row + 1) * columns - right {
          let (previous, value, next) = (values[node - step], values[node], values[node + step])
          guard (value <= previous) == (value <= next), previous == previous, next == next
          else { continue }
          let column = node - row * columns
          let hidden = Self.hidden(
            (at(-2, from: column, row), previous), value, (next, at(2, from: column, row)),
            margin: Self.margin)
          if crosses(hidden, from: value) { found.append(node) }
        }
      }
    }
    return found
  }

  /// Whether a node is the top left of a cell whose corners are all defined.
  private func isWhole(_ cell: Int, _ bands: [Levels.Band]) -> Bool {
    let columns = raster.columns
    guard cell >= 0, cell % columns < columns - 1, cell / columns < raster.rows - 1 else {
      return false
    }
    return min(
      min(bands[cell], bands[cell + 1]), min(bands[cell + columns], bands[cell + columns + 1]))
      >= 0
  }

  /// The cells beyond sides of some cells through which a level runs in and out, increasing.
  private func neighbors(of fresh: [Int], _ bands: [Levels.Band]) -> [Int] {
    let (parts, side) = (Self.parts, Self.side)
    var found: [Int] = []
    for cell in fresh {
      let first = order(of: cell) * side * side
      for (beyond, start, step) in [
        (cell - raster.columns, first, 1), (cell + raster.columns, first + parts * side, 1),
        (cell - 1, first, side), (cell + 1, first + parts, side),
      ] where !contains(beyond) && isWhole(beyond, bands) {
        let (a, b) = (self.bands[start], self.bands[start + parts * step])
        let (low, high) = (min(a, b), max(a, b))
        let runsOut = (1..<parts).contains { part in
          let band = self.bands[start + part * step]
          return band < low || band > high
        }
        if runsOut { found.append(beyond) }
      }
    }
    return Set(found).sorted()
  }
}

// MARK: - What remains

extension FineCells {
  /// At how many places values vary so fast that even refined cells may miss lines.
  func unresolved(workers: Int) -> Int {
    let share = 256
    let counts = concurrently((cells.count + share - 1) / share, workers: workers) { part in
      unresolvedCount(cells[part * share..<min((part + 1) * share, cells.count)])
    }
    return leftOut + counts.reduce(0, +)
  }

  /// In how many refined cells samples suggest a level that neither they nor those of the cells around reach.
  private func unresolvedCount(_ cells: ArraySlice<Int>) -> Int {
    // Samples of a line with two beyond either end.
    var line = [Double](repeating: .nan, count: Self.side + 4)
    return cells.count { isUnresolved($0, &line) }
  }

  private func isUnresolved(_ cell: Int, _ line: inout [Double]) -> Bool {
    let (parts, side) = (Self.parts, Self.side)
    for isRow in [true, false] {
      let beyond = isRow ? 1 : raster.columns
      let (before, own, after) = (
        order(of: cell - beyond), order(of: cell), order(of: cell + beyond)
      )
      let step = isRow ? 1 : side
      for number in 0..<side {
        func first(_ order: Int) -> Int { order * side * side + (isRow ? number * side : number) }
        for place in 0..<side { line[place + 2] = values[first(own) + place * step] }
        for place in 0..<2 {
          line[place] = before < 0 ? .nan : values[first(before) + (parts - 2 + place) * step]
          line[side + 2 + place] = after < 0 ? .nan : values[first(after) + (1 + place) * step]
        }
        for place in 2..<parts + 2 {
          let (previous, value, next) = (line[place - 1], line[place], line[place + 1])
          guard (value <= previous) == (value <= next), previous == previous,
            let hidden = Self.hidden(
              (line[place - 2], previous), value, (next, line[place + 2]), margin: 0.5),
            crosses(hidden, from: value)
          else { continue }
          if isMissing(hidden, from: value, around: cell) { return true }
        }
      }
    }
    return false
  }

  /// Whether a level between two values is met in none of the cells around.
  private func isMissing(_ hidden: Double, from value: Double, around cell: Int) -> Bool {
    guard let a = levels.band(of: hidden), let b = levels.band(of: value) else { return false }
    let around = [-1, 0, 1].flatMap { row in
      [-1, 0, 1].map { cell + row * raster.columns + $0 }
    }.filter(contains).map(heights)
    return levels.values[min(a, b)..<max(a, b)].contains { level in
      !around.contains { $0.contains(level) }
    }
  }

  /// The least and the greatest sample of a refined cell.
  private func heights(_ cell: Int) -> ClosedRange<Double> {
    let first = order(of: cell) * Self.side * Self.side
    let own = values[first..<first + Self.side * Self.side].filter { !$0.isNaN }
    return (own.min() ?? .infinity)...(own.max() ?? .infinity)
  }
}
