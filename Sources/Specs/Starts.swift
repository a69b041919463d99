/// The starts of a function in the order of the plan: points, then grids with the last variable fastest.
///
/// The points of a grid are made when they are asked for, so that a million of them take no memory.
public struct Starts: RandomAccessCollection, Sendable {
  /// A raster of starts.
  struct Grid: Sendable {
    /// What its labels begin with: `g`, or `g2-` where there are several grids.
    let prefix: String
    /// The values along each variable.
    let axes: [[Double]]

    var count: Int { axes.reduce(1) { $0 * $1.count } }

    /// The first of its labels that is among others.
    func firstLabel(in others: Set<String>) -> String? {
      (0..<count).lazy.map { self[$0].label }.first { others.contains($0) }
    }

    subscript(number: Int) -> Start {
      var rest = number
      var places = [Int](repeating: 0, count: axes.count)
      for axis in axes.indices.reversed() {
        places[axis] = rest % axes[axis].count
        rest /= axes[axis].count
      }
      return Start(
        label: prefix + places.map { String($0 + 1) }.joined(separator: "-"),
        position: zip(axes, places).map { $0[$1] }, isPoint: false)
    }
  }

  /// The starts that `start` lines name.
  public let points: [Start]
  let grids: [Grid]

  init(points: [Start] = [], grids: [Grid] = []) {
    self.points = points
    self.grids = grids
  }

  /// The points without the grids.
  public var onlyPoints: Starts { Starts(points: points) }

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of starts.
  public var endIndex: Int { grids.reduce(points.count) { $0 + $1.count } }

  /// A start by its place in the plan.
  public subscript(position: Int) -> Start {
    if position < points.count { return points[position] }
    var rest = position - points.count
    for grid in grids {
      if rest < grid.count { return grid[rest] }
      rest -= grid.count
    }
    preconditionFailure("there are \(count) starts, and none of number \(position)")
  }
}
