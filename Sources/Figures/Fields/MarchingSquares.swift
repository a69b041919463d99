/// Where the levels of a quantity cross the edges of a raster's cells, and how the crossings of each cell are joined.
///
/// Cells are looked at once for all levels that pass between their corners, row by row, then the parts of refined
/// cells. A crossing is numbered, level by level, when the first cell that has it is met.
struct MarchingSquares {
  /// A cell with a crossing on each side.
  struct Saddle {
    let level: Int
    let center: (x: Double, y: Double)
    /// Whether the top left corner is above the level.
    let isDescending: Bool
    /// Their numbers on the level.
    let crossings: (top: Int32, right: Int32, bottom: Int32, left: Int32)
  }

  /// More crossings of cells by levels than this are no lines but a grey.
  private static let mostCrossings = 400_000

  /// Where all crossings lie, in the order in which they were found; not numbers where there is none after all.
  private(set) var roots: (x: [Double], y: [Double]) = ([], [])
  /// The places in `roots` of the crossings of each level.
  private(set) var crossings: [[Int32]]
  /// The pairs of crossings of each level, by their numbers on the level, that a line joins.
  var segments: [[(Int32, Int32)]]
  /// Cells in which the value at the centre decides what is joined.
  private(set) var saddles: [Saddle] = []

  private let raster: Raster
  private let values: [Double]
  private let bands: [Levels.Band]
  private let levels: [Double]
  private let fine: FineCells
  private let refiner: RootRefiner
  private let workers: Int
  /// Where the samples of the raster are.
  private let (xs, ys): ([Double], [Double])
  /// Crossings that wait to be refined, for each worker as many at a time as fit a processor's cache.
  private var pending: [RootRefiner.Bracket] = []
  private static let batch = 8192
  /// The numbers of the crossings of edges: for each edge one for each level that passes between its ends, −1 until it
  /// is found.
  private var numbers: [Int32] = []
  /// Where those of an edge begin, −1 until one of them is found: of the edges above and beneath the cells of a
  /// row, of the edges on their left, and of the edges of refined cells.
  private var firsts: [Int32]
  private var within: [Int32]
  /// Where the edges above the cells of the row are in `firsts`, those beneath, and those on the left.
  private var (above, beneath, beside): (Int, Int, Int)

  init(
    _ raster: Raster, _ bands: [Levels.Band], levels: [Double], fine: FineCells,
    refiner: RootRefiner,
    workers: Int
  ) {
    (self.raster, self.values, self.bands) = (raster, raster.values[refiner.quantity], bands)
    (self.levels, self.fine, self.refiner) = (levels, fine, refiner)
    self.workers = workers
    (xs, ys) = ((0..<raster.columns).map { raster.x($0) }, (0..<raster.rows).map { raster.y($0) })
    pending.reserveCapacity(workers * Self.batch)
    crossings = levels.map { _ in [] }
    segments = levels.map { _ in [] }
    firsts = Array(repeating: -1, count: 3 * raster.columns)
    (above, beneath, beside) = (0, raster.columns, 2 * raster.columns)
    within = Array(repeating: -1, count: fine.cells.count * FineCells.edges)
  }

  /// Finds all crossings; false if there are too many.
  mutating func run() -> Bool {
    let columns = raster.columns
    guard columns > 1, raster.rows > 1, !levels.isEmpty else { return true }
    var total = 0
    for row in 0..<raster.rows - 1 {
      for cell in row * columns..<(row + 1) * columns - 1 {
        guard let range = levels(through: cell), !fine.contains(cell) else { continue }
        total += range.count
      }
    }
    guard total <= Self.mostCrossings else { return false }
    for row in 0..<raster.rows - 1 {
      for cell in row * columns..<(row + 1) * columns - 1 {
        guard let range = levels(through: cell), !fine.contains(cell) else { continue }
        for level in range { march(through: cell, row, level) }
      }
      swap(&above, &beneath)
      for column in 0..<columns {
        firsts[beneath + column] = -1
        firsts[beside + column] = -1
      }
    }
    for number in fine.cells.indices {
      for part in 0..<FineCells.parts * FineCells.parts { march(within: number, part) }
    }
    refine()
    return true
  }

  /// The levels that pass between the corners of a cell; nil where none does or a corner is undefined.
  @inline(__always)
  private func levels(through cell: Int) -> Range<Levels.Band>? {
    let (a, b) = (bands[cell], bands[cell + 1])
    let (c, d) = (bands[cell + raster.columns], bands[cell + raster.columns + 1])
    if a == b && b == c && c == d { return nil }
    let least = min(min(a, b), min(c, d))
    return least < 0 ? nil : least..<max(max(a, b), max(c, d))
  }

  // MARK: Cells

  private mutating func march(through cell: Int, _ row: Int, _ level: Levels.Band) {
    let columns = raster.columns
    let column = cell - row * columns
    let (right, below) = (cell + 1, cell + columns)
    func isAbove(_ node: Int) -> Bool { bands[node] > level }
    let corners = (isAbove(cell), isAbove(right), isAbove(below + 1), isAbove(below))
    let top =
      corners.0 != corners.1
      ? crossing(cell, right, level, fine.side(.bottom, of: cell - columns), above + column) : -1
    let far =
      corners.1 != corners.2
      ? crossing(right, below + 1, level, fine.side(.left, of: right), beside + column + 1) : -1
    let bottom =
      corners.3 != corners.2
      ? crossing(below, below + 1, level, fine.side(.top, of: below), beneath + column) : -1
    let near =
      corners.0 != corners.3
      ? crossing(cell, below, level, fine.side(.right, of: cell - 1), beside + column) : -1
    if join(top, far, bottom, near, level) {
      let (a, b) = (place(cell), place(below + 1))
      saddles.append(
        Saddle(
          level: Int(level), center: ((a.x + b.x) / 2, (a.y + b.y) / 2), isDescending: corners.0,
          crossings: (top, far, bottom, near)))
    }
  }

  private mutating func march(within number: Int, _ part: Int) {
    let (column, row) = (part % FineCells.parts, part / FineCells.parts)
    let nodes = (
      fine.node(number, column, row), fine.node(number, column + 1, row),
      fine.node(number, column + 1, row + 1), fine.node(number, column, row + 1)
    )
    let (a, b) = (fine.bands[nodes.0], fine.bands[nodes.1])
    let (c, d) = (fine.bands[nodes.2], fine.bands[nodes.3])
    if a == b && b == c && c == d { return }
    let (least, greatest) = (min(min(a, b), min(c, d)), max(max(a, b), max(c, d)))
    if least < 0 { return }
    for level in least..<greatest {
      let top =
        (a > level) != (b > level)
        ? fineCrossing(fine.edge(.across, number, column, row), level) : -1
      let far =
        (b > level) != (c > level)
        ? fineCrossing(fine.edge(.down, number, column + 1, row), level) : -1
      let bottom =
        (d > level) != (c > level)
        ? fineCrossing(fine.edge(.across, number, column, row + 1), level) : -1
      let near =
        (a > level) != (d > level)
        ? fineCrossing(fine.edge(.down, number, column, row), level) : -1
      if join(top, far, bottom, near, level) {
        let (a, b) = (fine.place(of: nodes.0), fine.place(of: nodes.2))
        saddles.append(
          Saddle(
            level: Int(level), center: ((a.x + b.x) / 2, (a.y + b.y) / 2),
            isDescending: fine.bands[nodes.0] > level, crossings: (top, far, bottom, near)))
      }
    }
  }

  /// Joins the crossings of a cell's sides, −1 for none, where there are two.
  ///
  /// - Returns: whether there are four.
  private mutating func join(
    _ top: Int32, _ right: Int32, _ bottom: Int32, _ left: Int32, _ level: Levels.Band
  ) -> Bool {
    var (first, second, count) = (Int32(-1), Int32(-1), 0)
    func take(_ side: Int32) {
      if side < 0 { return }
      if count == 0 { first = side } else if count == 1 { second = side }
      count += 1
    }
    take(top)
    take(right)
    take(bottom)
    take(left)
    if count == 2 { segments[Int(level)].append((first, second)) }
    return count == 4
  }

  // MARK: Crossings

  private func place(_ node: Int) -> (x: Double, y: Double) {
    (xs[node % raster.columns], ys[node / raster.columns])
  }

  /// The number of the crossing of an edge between two nodes; on the finer edges along it, if there are such, that
  /// of the first of them that has one.
  private mutating func crossing(
    _ a: Int, _ b: Int, _ level: Levels.Band, _ side: FineCells.Side?, _ edge: Int
  ) -> Int32 {
    if let side {
      for part in 0..<FineCells.parts {
        let edge = fine.edge(of: side, part)
        let (one, other) = (fine.bands[edge.from], fine.bands[edge.to])
        if (one > level) != (other > level) { return fineCrossing(edge, level) }
      }
      return -1
    }
    let least = min(bands[a], bands[b])
    if firsts[edge] < 0 {
      firsts[edge] = Int32(numbers.count)
      for _ in least..<max(bands[a], bands[b]) { numbers.append(-1) }
    }
    let slot = Int(firsts[edge]) + Int(level - least)
    if numbers[slot] < 0 {
      let (low, high) = bands[a] > level ? (b, a) : (a, b)
      numbers[slot] = add(place(low), place(high), values[low], values[high], level)
    }
    return numbers[slot]
  }

  private mutating func fineCrossing(_ edge: FineCells.Edge, _ level: Levels.Band) -> Int32 {
    let (one, other) = (fine.bands[edge.from], fine.bands[edge.to])
    // Undefined samples count as below all levels.
    let least = max(min(one, other), 0)
    if within[edge.number] < 0 {
      within[edge.number] = Int32(numbers.count)
      for _ in least..<max(one, other) { numbers.append(-1) }
    }
    let slot = Int(within[edge.number]) + Int(level - least)
    if numbers[slot] < 0 {
      let (low, high) = one > level ? (edge.to, edge.from) : (edge.from, edge.to)
      numbers[slot] = add(
        fine.place(of: low), fine.place(of: high), fine.values[low], fine.values[high], level)
    }
    return numbers[slot]
  }

  private mutating func add(
    _ low: (x: Double, y: Double), _ high: (x: Double, y: Double), _ lowValue: Double,
    _ highValue: Double, _ level: Levels.Band
  ) -> Int32 {
    let value = levels[Int(level)]
    crossings[Int(level)].append(Int32(roots.x.count + pending.count))
    pending.append(
      RootRefiner.Bracket(
        low: low, high: high, lowValue: lowValue - value, highValue: highValue - value,
        level: value))
    if pending.count == workers * Self.batch { refine() }
    return Int32(crossings[Int(level)].count - 1)
  }

  private mutating func refine() {
    let parts = (pending.count + Self.batch - 1) / Self.batch
    let found = concurrently(parts, workers: workers) { part in
      refiner.roots(
        of: Array(pending[part * Self.batch..<min((part + 1) * Self.batch, pending.count)]))
    }
    for part in found {
      roots.x += part.x
      roots.y += part.y
    }
    pending.removeAll(keepingCapacity: true)
  }
}
