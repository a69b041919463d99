import CVectorMath

/// The last iterates of runs at their limit, side by side, until there are as many as are judged at a time.
struct TailQueue {
  /// In more variables, runs are judged one by one: side by side they take too much memory.
  private static let greatestDimension = 256

  /// Room for the iterates: for each of them and each coordinate, one number of every run.
  private var room: [Double] = []
  private let dimension: Int
  /// How many runs lie side by side.
  private let capacity: Int
  private var judge: TailJudge
  private var runs: [Int] = []
  private var hasRisen: [Bool] = []
  private var steps = 0

  init(dimension: Int) {
    self.dimension = dimension
    capacity = dimension > TailQueue.greatestDimension ? 1 : Int(VM_LANES)
    judge = TailJudge(dimension: dimension)
  }

  /// Whether a run with so many steps to be looked at must wait until the others are judged.
  func isFull(steps: Int) -> Bool {
    runs.count == capacity || !runs.isEmpty && steps != self.steps
  }

  /// Takes a run.
  mutating func append(_ run: Int, _ lane: Int, of history: History, tick: Int, steps: Int) {
    precondition(!isFull(steps: steps))
    if room.isEmpty {
      // Where a run is alone, what follows its numbers is read as those of others, and left unused.
      room = [Double](
        repeating: 0, count: History.tailLength * dimension * capacity + Int(VM_LANES))
    }
    let hasRisen = room.withUnsafeMutableBufferPointer { room in
      room.baseAddress.map {
        history.copyTail(lane, tick: tick, steps: steps, to: $0 + runs.count, spacing: capacity)
      }
    }
    self.steps = steps
    runs.append(run)
    self.hasRisen.append(hasRisen ?? false)
  }

  /// The evidence of the runs that waited.
  mutating func judgeAll() -> [(run: Int, tail: Tail)] {
    guard !runs.isEmpty else { return [] }
    let tails = room.withUnsafeBufferPointer { room in
      room.baseAddress.map { room in
        judge.judge(
          (0...steps).map { room + $0 * dimension * capacity }, spacing: capacity,
          hasRisen: hasRisen)
      }
    }
    defer {
      runs.removeAll(keepingCapacity: true)
      hasRisen.removeAll(keepingCapacity: true)
    }
    return Array(zip(runs, tails ?? [])).map { (run: $0, tail: $1) }
  }
}
