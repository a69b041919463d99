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
    let set = set(of: position)
    return sets[set][position - firsts[set]]
  }

  /// Whether a start is one that a `start` line names.
  public func isPoint(_ place: Int) -> Bool { place < points.count && points[place].isPoint }

  /// Writes down the coordinates of a start, without making its label.
  public func write(_ place: Int, to coordinates: UnsafeMutableBufferPointer<Double>) {
    if place < points.count {
      for (i, coordinate) in points[place].position.enumerated() { coordinates[i] = coordinate }
      return
    }
    let set = set(of: place)
    sets[set].write(place - firsts[set], to: coordinates)
  }

  /// The set that a place behind the points belongs to.
  private func set(of place: Int) -> Int {
    precondition(place < count, "there are \(count) starts, and none of number \(place)")
    var (set, behind) = (0, sets.count)
    while behind - set > 1 {
      let middle = (set + behind) / 2
      if firsts[middle] <= place { set = middle } else { behind = middle }
    }
    return set
  }
}

/// Starts of one line of the spec, each made when it is asked for.
protocol StartSet: Sendable {
  /// What the labels begin with: `g`, or `g2-` where there are several such lines.
  var prefix: String { get }
  /// How far each number of a label counts.
  var sides: [Int] { get }
  func label(_ number: Int) -> String
  /// Writes down the coordinates of a start.
  func write(_ number: Int, to coordinates: UnsafeMutableBufferPointer<Double>)
  var dimension: Int { get }
}

extension StartSet {
  var count: Int { sides.reduce(1, *) }

  subscript(number: Int) -> Start {
    let position = [Double](unsafeUninitializedCapacity: dimension) { memory, count in
      write(number, to: UnsafeMutableBufferPointer(rebasing: memory[..<dimension]))
      count = dimension
    }
    return Start(label: label(number), position: position, isPoint: false)
  }

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

  var dimension: Int { axes.count }

  func label(_ number: Int) -> String {
    var rest = number
    var places = [Int](repeating: 0, count: axes.count)
    for axis in axes.indices.reversed() {
      places[axis] = rest % axes[axis].count
      rest /= axes[axis].count
    }
    return prefix + counted.map { String(places[$0] + 1) }.joined(separator: "-")
  }

  func write(_ number: Int, to coordinates: UnsafeMutableBufferPointer<Double>) {
    var rest = number
    for axis in axes.indices.reversed() {
      coordinates[axis] = axes[axis][rest % axes[axis].count]
      rest /= axes[axis].count
    }
  }
}
