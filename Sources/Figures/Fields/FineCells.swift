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
  /// The refined cells by their top left nodes, increasing.
  private(set) var cells: [Int] = []
  /// At how many places values vary so fast that even refined cells may miss lines.
  private(set) var unresolved = 0
  private var values: [Int: [Double]] = [:]
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
    _ raster: Raster, quantity: Int, levels: Levels, bands: [Int32], sample: Sampler
  ) {
    (self.raster, self.quantity, self.levels) = (raster, quantity, levels)
    guard !levels.values.isEmpty, raster.columns > 2, raster.rows > 2 else { return }
    let found = suspects(bands)
    let limit = raster.columns * raster.rows / Self.most
    guard found.count <= limit else {
      unresolved = found.count
      return
    }
    var next = found
    for _ in 0..<Self.rounds where !next.isEmpty && values.count + next.count <= limit {
      take(next, sample)
      next = neighbors(of: next, bands)
    }
    cells = values.keys.sorted()
    unresolved = next.count + cells.count(where: isUnresolved)
  }

  /// Whether a cell is refined.
  func contains(_ cell: Int) -> Bool { values[cell] != nil }

  // MARK: Samples

  /// A sample of a refined cell.
  struct Node {
    /// Its number among all that there could be, row by row.
    let id: Int
    let place: (x: Double, y: Double)
    let value: Double
  }

  /// The sample of a refined cell in a column and a row from 0 to `parts`.
  func node(_ cell: Int, _ column: Int, _ row: Int) -> Node {
    let (left, top) = (cell % raster.columns, cell / raster.columns)
    let side = Self.parts + 1
    let width = (raster.columns - 1) * Self.parts + 1
    return Node(
      id: (top * Self.parts + row) * width + left * Self.parts + column,
      place: place(cell, column, row), value: values[cell]?[row * side + column] ?? .nan)
  }

  /// The samples along an edge of the raster, from the left or the top; nil where no refined cell has it.
  ///
  /// Edges to the right of nodes come first, then those beneath.
  func side(_ edge: Int) -> [Node]? {
    guard !cells.isEmpty else { return nil }
    let count = raster.columns * raster.rows
    let all = 0...Self.parts
    if edge < count {
      if contains(edge) { return all.map { node(edge, $0, 0) } }
      let above = edge - raster.columns
      return contains(above) ? all.map { node(above, $0, Self.parts) } : nil
    }
    if contains(edge - count) { return all.map { node(edge - count, 0, $0) } }
    let left = edge - count - 1
    return contains(left) ? all.map { node(left, Self.parts, $0) } : nil
  }

  /// The least and the greatest sample of a refined cell.
  func heights(_ cell: Int) -> ClosedRange<Double> {
    let own = (values[cell] ?? []).filter { !$0.isNaN }
    return (own.min() ?? .infinity)...(own.max() ?? .infinity)
  }

  private func place(_ cell: Int, _ column: Int, _ row: Int) -> (x: Double, y: Double) {
    let part = Double(Self.parts)
    return (
      raster.x(Double(cell % raster.columns) + Double(column) / part),
      raster.y(Double(cell / raster.columns) + Double(row) / part)
    )
  }

  private mutating func take(_ cells: [Int], _ sample: Sampler) {
    let side = Self.parts + 1
    let places = cells.flatMap { cell in
      (0..<side * side).map { place(cell, $0 % side, $0 / side) }
    }
    let found = sample(places.map(\.x), places.map(\.y))[quantity]
    for (order, cell) in cells.enumerated() {
      values[cell] = Array(found[order * side * side..<(order + 1) * side * side])
    }
  }

  // MARK: Evidence

  /// The value that may lie between a sample and one of its neighbours; nil where the sample is no extremum.
  ///
  /// Of five samples in a row with the one in the middle. Not a number where there is no sample.
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
  private func suspects(_ bands: [Int32]) -> [Int] {
    let (columns, rows) = (raster.columns, raster.rows)
    let values = raster.values[quantity]
    var isSuspect = [Bool](repeating: false, count: values.count)
    for (right, down) in [(1, 0), (0, 1), (1, 1), (1, -1)] {
      let step = down * columns + right
      func at(_ steps: Int, from column: Int, _ row: Int) -> Double {
        let (x, y) = (column + steps * right, row + steps * down)
        return x >= 0 && x < columns && y >= 0 && y < rows ? values[y * columns + x] : .nan
      }
      for row in abs(down)..<rows - abs(down) {
        for column in right..<columns - right {
          let node = row * columns + column
          let (previous, value, next) = (values[node - step], values[node], values[node + step])
          guard (value <= previous) == (value <= next), previous == previous, next == next
          else { continue }
          let hidden = Self.hidden(
            (at(-2, from: column, row), previous), value, (next, at(2, from: column, row)),
            margin: Self.margin)
          guard crosses(hidden, from: value) else { continue }
          for cell in [node, node - 1, node - columns, node - columns - 1] where cell >= 0 {
            isSuspect[cell] = true
          }
        }
      }
    }
    return isSuspect.indices.filter { isSuspect[$0] && isWhole($0, bands) }
  }

  /// Whether a node is the top left of a cell whose corners are all defined.
  private func isWhole(_ cell: Int, _ bands: [Int32]) -> Bool {
    let columns = raster.columns
    guard cell >= 0, cell % columns < columns - 1, cell / columns < raster.rows - 1 else {
      return false
    }
    return min(
      min(bands[cell], bands[cell + 1]), min(bands[cell + columns], bands[cell + columns + 1]))
      >= 0
  }

  /// The cells beyond sides of some cells through which a level runs in and out, increasing.
  private func neighbors(of fresh: [Int], _ bands: [Int32]) -> [Int] {
    let parts = Self.parts
    var found: Set<Int> = []
    for cell in fresh {
      guard let own = values[cell] else { continue }
      let sides = [
        (cell - raster.columns, (0...parts).map { own[$0] }),
        (cell + raster.columns, (0...parts).map { own[parts * (parts + 1) + $0] }),
        (cell - 1, (0...parts).map { own[$0 * (parts + 1)] }),
        (cell + 1, (0...parts).map { own[$0 * (parts + 1) + parts] }),
      ]
      for (beyond, side) in sides where !contains(beyond) && isWhole(beyond, bands) {
        let own = side.map { levels.band(of: $0) ?? -1 }
        let ends = min(own[0], own[parts])...max(own[0], own[parts])
        if !own.allSatisfy(ends.contains) { found.insert(beyond) }
      }
    }
    return found.sorted()
  }

  /// Whether samples of a refined cell suggest a level that neither they nor those of the cells around reach.
  private func isUnresolved(_ cell: Int) -> Bool {
    guard let own = values[cell] else { return false }
    let side = Self.parts + 1
    for line in 0..<side {
      for (isRow, start, step) in [(true, line * side, 1), (false, line, side)] {
        func at(_ place: Int) -> Double {
          (0...Self.parts).contains(place)
            ? own[start + place * step] : value(beside: cell, isRow, place, line)
        }
        for place in 0..<Self.parts {
          let (value, next) = (at(place), at(place + 1))
          let previous = at(place - 1)
          guard (value <= previous) == (value <= next), previous == previous,
            let hidden = Self.hidden(
              (at(place - 2), previous), value, (next, at(place + 2)), margin: 0.5),
            crosses(hidden, from: value)
          else { continue }
          if isMissing(hidden, from: value, around: cell) { return true }
        }
      }
    }
    return false
  }

  /// A sample of the refined cell before or behind another one in a row or a column.
  private func value(beside cell: Int, _ isRow: Bool, _ place: Int, _ line: Int) -> Double {
    let beyond = cell + (place < 0 ? -1 : 1) * (isRow ? 1 : raster.columns)
    guard let own = values[beyond] else { return .nan }
    let side = Self.parts + 1
    let inner = place < 0 ? place + Self.parts : place - Self.parts
    return isRow ? own[line * side + inner] : own[inner * side + line]
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
}
