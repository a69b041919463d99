/// The starts of a function in the order of the plan: points, then grids, then random ones.
///
/// Those that are not points are made when they are asked for, so that a million of them take no memory.
public struct Starts: RandomAccessCollection, Sendable {
  /// The starts that `start` lines name.
  public let points: [Start]
  let sets: [any StartSet]
  /// The place in the plan of the first start of each set, and the number of all starts.
  private let firsts: [Int]

  init(points: [Start] = [], sets: [any StartSet] = []) {
    self.points = points
    self.sets = sets
    firsts = sets.reduce(into: [points.count]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  /// The points without grids and random starts.
  public var onlyPoints: Starts { Starts(points: points) }

  /// The first so many, made at once.
  public func first(_ count: Int) -> Starts { Starts(points: Array(prefix(count))) }

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of starts.
  public var endIndex: Int { firsts[firsts.count - 1] }

  /// A start by its place in the plan.
  public subscript(position: Int) -> Start {
    if position < points.count { return points[position] }
    precondition(position < count, "there are \(count) starts, and none of number \(position)")
    var (set, behind) = (0, sets.count)
    while behind - set > 1 {
      let middle = (set + behind) / 2
      if firsts[middle] <= position { set = middle } else { behind = middle }
    }
    return sets[set][position - firsts[set]]
  }
}

/// Starts of one line of the spec, each made when it is asked for.
protocol StartSet: Sendable {
  /// What the labels begin with: `g`, or `g2-` where there are several such lines.
  var prefix: String { get }
  /// How far each number of a label counts.
  var sides: [Int] { get }
  subscript(number: Int) -> Start { get }
}

extension StartSet {
  var count: Int { sides.reduce(1, *) }

  /// Whether one of the starts has this label.
  func hasLabel(_ label: String) -> Bool {
    guard label.hasPrefix(prefix) else { return false }
    let numbers = label.dropFirst(prefix.count).split(
      separator: "-", omittingEmptySubsequences: false)
    return numbers.count == sides.count
      && zip(numbers, sides).allSatisfy { text, side in
        Int(text).map { (1...side).contains($0) && String($0) == text } ?? false
      }
  }
}

/// A raster of starts, the last variable fastest.
struct GridStarts: StartSet {
  let prefix: String
  /// The values along each variable.
  let axes: [[Double]]
  /// The variables that labels count along: those that are not held.
  private let counted: [Int]

  let sides: [Int]

  init(prefix: String, axes: [[Double]], held: Set<Int> = []) {
    self.prefix = prefix
    self.axes = axes
    counted = axes.indices.filter { !held.contains($0) || $0 == 0 && held.count == axes.count }
    sides = counted.map { axes[$0].count }
  }

  subscript(number: Int) -> Start {
    var rest = number
    var places = [Int](repeating: 0, count: axes.count)
    for axis in axes.indices.reversed() {
      places[axis] = rest % axes[axis].count
      rest /= axes[axis].count
    }
    return Start(
      label: prefix + counted.map { String(places[$0] + 1) }.joined(separator: "-"),
      position: zip(axes, places).map { $0[$1] }, isPoint: false)
  }
}
