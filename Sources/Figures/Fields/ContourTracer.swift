/// A piece of a line along which a quantity has one value.
public struct ContourLine: Sendable {
  /// The places in order, in coordinates of the window.
  public let points: [(x: Double, y: Double)]
  /// Whether the last place joins the first.
  public let isClosed: Bool
}

/// The lines at several levels, and what was noticed on the way.
struct Contours: Sendable {
  /// The lines of each level.
  var lines: [[ContourLine]] = []
  /// How many crossings were left out because the quantity jumps over the level there.
  var jumps = 0
  /// Whether lines would be so dense that none were traced.
  var isTooDense = false
  /// At how many places values vary so fast that lines may be missing.
  var unresolved = 0

  /// The lines of both, one behind the other.
  static func + (a: Contours, b: Contours) -> Contours {
    Contours(
      lines: a.lines + b.lines, jumps: a.jumps + b.jumps, isTooDense: a.isTooDense || b.isTooDense,
      unresolved: a.unresolved + b.unresolved)
  }
}

/// Traces contour lines by marching squares on a raster, every crossing refined on the quantity
/// itself, so that points lie on the true line to about 10⁻¹⁴ of the window.
///
/// A cell with an undefined corner holds no line; a crossing at a pole or a jump breaks it. Where
/// both diagonals of a cell differ, the value at its centre decides. Where a valley or a ridge may hide
/// lines between the samples, cells are refined (`FineCells`). Cost: one look at each cell,
/// about eight evaluations for each crossing of a cell's edge.
struct ContourTracer {
  let raster: Raster
  let quantity: Int
  let sample: Sampler

  /// More crossings than this are no lines but a grey.
  static let mostCrossings = 400_000

  private struct Saddle {
    var level: Int
    var center: (x: Double, y: Double)
    var isDescending: Bool
    var crossings: (top: Int, right: Int, bottom: Int, left: Int)
  }

  /// The lines of every level, in the order of the levels.
  func contours(at levels: Levels) -> Contours {
    let columns = raster.columns
    let values = raster.values[quantity]
    let bands = values.map { Int32(levels.band(of: $0) ?? -1) }
    let fine = FineCells(
      raster, quantity: quantity, levels: levels, bands: bands, sample: sample)
    guard let cells = activeCells(bands, fine, levels: levels.values.count) else {
      return Contours(lines: levels.values.map { _ in [] }, isTooDense: true)
    }

    var brackets: [RootRefiner.Bracket] = []
    var edges: [Int] = []
    var segments: [[(Int, Int)]] = Array(repeating: [], count: cells.count)
    var firsts: [Int] = []
    var saddles: [Saddle] = []
    var slots = [Int32](repeating: -1, count: 2 * values.count)
    var fineSlots: [Int: Int] = [:]
    let heights = fine.cells.map { fine.heights($0) }

    for level in cells.indices {
      let value = levels.values[level]
      firsts.append(brackets.count)
      func isAbove(_ node: Int) -> Bool { bands[node] > Int32(level) }
      func fineCrossing(_ a: FineCells.Node, _ b: FineCells.Node) -> Int? {
        guard (a.value >= value) != (b.value >= value) else { return nil }
        let edge = 2 * a.id + (b.id == a.id + 1 ? 0 : 1)
        if let slot = fineSlots[edge] { return slot }
        let (low, high) = a.value >= value ? (b, a) : (a, b)
        fineSlots[edge] = brackets.count
        brackets.append(
          RootRefiner.Bracket(
            low: low.place, high: high.place, lowValue: low.value - value,
            highValue: high.value - value, level: value))
        return brackets.count - 1
      }
      func crossing(_ a: Int, _ b: Int, edge: Int) -> Int? {
        guard isAbove(a) != isAbove(b) else { return nil }
        if slots[edge] >= 0 { return Int(slots[edge]) }
        if let side = fine.side(edge) {
          return zip(side, side.dropFirst()).lazy.compactMap { fineCrossing($0, $1) }.first
        }
        let (low, high) = isAbove(a) ? (b, a) : (a, b)
        slots[edge] = Int32(brackets.count)
        edges.append(edge)
        brackets.append(
          RootRefiner.Bracket(
            low: place(low), high: place(high), lowValue: values[low] - value,
            highValue: values[high] - value, level: value))
        return brackets.count - 1
      }
      for cell in cells[level].lazy.map(Int.init) {
        let (right, below) = (cell + 1, cell + columns)
        let sides = (
          top: crossing(cell, right, edge: cell),
          right: crossing(right, below + 1, edge: values.count + right),
          bottom: crossing(below, below + 1, edge: below),
          left: crossing(cell, below, edge: values.count + cell)
        )
        if let top = sides.top, let right = sides.right, let bottom = sides.bottom,
          let left = sides.left
        {
          let (a, b) = (place(cell), place(below + 1))
          saddles.append(
            Saddle(
              level: level, center: ((a.x + b.x) / 2, (a.y + b.y) / 2), isDescending: isAbove(cell),
              crossings: (top, right, bottom, left)))
        } else {
          let met = [sides.top, sides.right, sides.bottom, sides.left].compactMap(\.self)
          if met.count == 2 { segments[level].append((met[0], met[1])) }
        }
      }
      for (cell, height) in zip(fine.cells, heights) where height.contains(value) {
        for part in 0..<FineCells.parts * FineCells.parts {
          let (column, row) = (part % FineCells.parts, part / FineCells.parts)
          let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map {
            fine.node(cell, column + $0, row + $1)
          }
          guard corners.allSatisfy({ !$0.value.isNaN }) else { continue }
          let met = [
            fineCrossing(corners[0], corners[1]), fineCrossing(corners[1], corners[2]),
            fineCrossing(corners[3], corners[2]), fineCrossing(corners[0], corners[3]),
          ].compactMap(\.self)
          if met.count == 4 {
            let (a, b) = (corners[0].place, corners[2].place)
            saddles.append(
              Saddle(
                level: level, center: ((a.x + b.x) / 2, (a.y + b.y) / 2),
                isDescending: corners[0].value >= value, crossings: (met[0], met[1], met[2], met[3])
              ))
          } else if met.count == 2 {
            segments[level].append((met[0], met[1]))
          }
        }
      }
      fineSlots.removeAll(keepingCapacity: true)
      for edge in edges { slots[edge] = -1 }
      edges.removeAll(keepingCapacity: true)
    }
    resolve(saddles, levels, &segments)

    let roots = RootRefiner(quantity: quantity, sample: sample).roots(of: brackets)
    firsts.append(brackets.count)
    var contours = Contours()
    contours.jumps = roots.count { $0 == nil }
    contours.unresolved = fine.unresolved
    for level in cells.indices {
      let own = firsts[level]..<firsts[level + 1]
      contours.lines.append(ContourChain.lines(roots[own], segments[level]))
    }
    return contours
  }

  private func place(_ node: Int) -> (x: Double, y: Double) {
    (raster.x(node % raster.columns), raster.y(node / raster.columns))
  }

  /// The cells that each level passes through but for the refined ones, by their top left corners; nil
  /// if too many.
  private func activeCells(_ bands: [Int32], _ fine: FineCells, levels: Int) -> [[Int32]]? {
    var cells: [[Int32]] = Array(repeating: [], count: levels)
    var total = 0
    let columns = raster.columns
    guard columns > 1, raster.rows > 1 else { return cells }
    for row in 0..<raster.rows - 1 {
      for cell in row * columns..<(row + 1) * columns - 1 {
        let (a, b) = (bands[cell], bands[cell + 1])
        let (c, d) = (bands[cell + columns], bands[cell + columns + 1])
        if a == b && b == c && c == d { continue }
        let least = min(min(a, b), min(c, d))
        if least < 0 || fine.contains(cell) { continue }
        for level in Int(least)..<Int(max(max(a, b), max(c, d))) {
          cells[level].append(Int32(cell))
          total += 1
        }
      }
      if total > Self.mostCrossings { return nil }
    }
    return cells
  }

  /// Joins the four crossings of each saddle in pairs, so that the corners on the centre's side are
  /// connected.
  private func resolve(
    _ saddles: [Saddle], _ levels: Levels, _ segments: inout [[(Int, Int)]]
  ) {
    guard !saddles.isEmpty else { return }
    let centers = sample(saddles.map(\.center.x), saddles.map(\.center.y))[quantity]
    for (saddle, center) in zip(saddles, centers) {
      let crossings = saddle.crossings
      let isCenterAbove = center >= levels.values[saddle.level]
      if saddle.isDescending == isCenterAbove {
        segments[saddle.level].append((crossings.top, crossings.right))
        segments[saddle.level].append((crossings.bottom, crossings.left))
      } else {
        segments[saddle.level].append((crossings.top, crossings.left))
        segments[saddle.level].append((crossings.bottom, crossings.right))
      }
    }
  }
}
