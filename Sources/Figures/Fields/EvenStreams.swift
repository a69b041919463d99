/// Lays integral curves about evenly apart.
///
/// Jobard and Lefer, Creating evenly-spaced streamlines of arbitrary density (1997, doi:10.1007/978-3-7091-6876-9_5):
/// new curves begin at the separation from those that are there, and end where they come closer than half of it. The
/// window is searched for free places once no such seeds are left, so that parts which no curve leaves are filled too.
struct EvenStreams {
  private let tracer: StreamTracer
  private let separation: Double
  private let box: Box
  private var near: [[Point]]
  private let columns: Int
  private let rows: Int
  /// The curves, each from its first place to its last along the field.
  private(set) var curves: [[StreamTracer.Node]] = []

  /// How near to another a curve may come, in parts of the separation.
  private static let closest = 0.5
  /// Curves shorter than this, in parts of the separation, are left out.
  private static let shortest = 0.8

  init(_ tracer: StreamTracer, separation: Double) {
    self.tracer = tracer
    self.separation = separation
    box = tracer.area.box
    columns = Int(box.width / separation) + 1
    rows = Int(box.height / separation) + 1
    near = Array(repeating: [], count: columns * rows)
    fill()
  }

  private mutating func fill() {
    grow(from: [box.center])
    let side = separation / 2
    for row in 0..<Int(box.height / side) {
      let seeds = (0..<Int(box.width / side)).map {
        Point(box.x + (Double($0) + 0.5) * side, box.y + (Double(row) + 0.5) * side)
      }
      grow(from: seeds)
    }
  }

  /// Traces from seeds, then from those beside what that gave, until there are none.
  private mutating func grow(from first: [Point]) {
    var seeds = first
    while !seeds.isEmpty {
      let free = seeds.filter { isFree($0, within: separation) }
      let traced = tracer.curves(through: free) { isFree($0, within: Self.closest * separation) }
      seeds = []
      for (seed, curve) in zip(free, traced) {
        guard let curve, isFree(seed, within: separation) else { continue }
        if let kept = part(curve.nodes, around: curve.seed) { seeds += lay(kept) }
      }
    }
  }

  /// The part of a curve around its seed that keeps clear of other curves, and of its own turns.
  private func part(_ nodes: [StreamTracer.Node], around seed: Int) -> [StreamTracer.Node]? {
    let limit = Self.closest * separation
    var (low, high) = (seed, seed)
    func isClear(_ index: Int) -> Bool {
      guard isFree(nodes[index].point, within: limit) else { return false }
      // A curve that comes back to itself: seen from the other end, what lies near is near along it too.
      var length = 0.0
      var other = index
      let inward = index < seed ? 1 : -1
      while other + inward >= low, other + inward <= high {
        length += (nodes[other + inward].point - nodes[other].point).length
        other += inward
        if length > 2 * separation, (nodes[other].point - nodes[index].point).length < limit {
          return false
        }
      }
      return true
    }
    while high + 1 < nodes.count, isClear(high + 1) { high += 1 }
    while low > 0, isClear(low - 1) { low -= 1 }
    let kept = Array(nodes[low...high])
    return Polyline(kept.map(\.point)).length >= Self.shortest * separation ? kept : nil
  }

  /// Adds a curve and returns seeds on both of its sides.
  private mutating func lay(_ nodes: [StreamTracer.Node]) -> [Point] {
    curves.append(nodes)
    var seeds: [Point] = []
    var (length, next) = (0.0, 0.0)
    for (index, node) in nodes.enumerated() {
      if index > 0 { length += (node.point - nodes[index - 1].point).length }
      near[cell(node.point)].append(node.point)
      let way = nodes[min(index + 1, nodes.count - 1)].point - nodes[max(index - 1, 0)].point
      guard length >= next, way.length > 0 else { continue }
      next += separation
      let side = Point(-way.y, way.x) * (1.001 * separation / way.length)
      seeds += [node.point + side, node.point - side].filter(box.contains)
    }
    return seeds
  }

  private func cell(_ point: Point) -> Int {
    let column = min(max(Int((point.x - box.x) / separation), 0), columns - 1)
    let row = min(max(Int((point.y - box.y) / separation), 0), rows - 1)
    return row * columns + column
  }

  /// Whether no curve comes closer to a place than a distance, at most the separation.
  private func isFree(_ point: Point, within distance: Double) -> Bool {
    let middle = cell(point)
    let (column, row) = (middle % columns, middle / columns)
    for down in max(row - 1, 0)...min(row + 1, rows - 1) {
      for right in max(column - 1, 0)...min(column + 1, columns - 1) {
        for other in near[down * columns + right]
        where (other - point).length < distance { return false }
      }
    }
    return true
  }
}
