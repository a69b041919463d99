import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// The one loop, which knows no method: propose, check, commit, and say how each run ended.
///
/// Runs live in the lanes of a block. All lanes take a step together; one that ends makes room for the
/// next run of the chunk, and once there is none the last lane moves into the gap. What a run gives
/// does not depend on its lane or its neighbours.
struct LaneLoop {
  /// A run to be made.
  struct Run {
    /// Its place in the chunk.
    let number: Int
    let rate: Double
    let start: [Double]
  }

  /// A run that ended, its point not yet classified.
  struct Ended {
    var outcome: Outcome
    let trace: RunTrace?
    /// ‖g‖² at the last iterates, the oldest first.
    let gradientSquares: [Double]
  }

  private struct Lane {
    var run: Run
    /// The tick at which the run was at iteration 0.
    var birth: Int
    var trace: RunTrace?
    /// Set when the step just committed met the step tolerance.
    var hasShortStep = false
  }

  private let program: StepProgram
  private let layout: StepProgram.Layout
  private let stop: StopRules
  private let rules: TraceRules
  private let evaluator: Evaluator
  private let isTraced: Bool
  /// The coordinates in the rows of traces.
  private let coordinates: [Int]
  private let limit: Int
  private let limitName: String
  private var lanes: [Lane] = []
  private var tick = 0
  private var nextDeadline = Int.max
  private var history: History

  init(_ program: StepProgram, stop: StopRules, rules: TraceRules, isTraced: Bool) {
    self.program = program
    self.stop = stop
    self.rules = rules
    self.isTraced = isTraced
    layout = program.layout
    coordinates = rules.coordinates(dimension: program.layout.dimension)
    evaluator = Evaluator(isTraced ? program.traced : program.lean)
    history = History(width: evaluator.width, dimension: layout.dimension)
    // k steps cost k + 1 gradients and, with H, k Hessians.
    let affordable = stop.evaluations.map { max(0, $0 - 1 + (program.usesHessian ? 1 : 0)) }
      .map { program.usesHessian ? $0 / 2 : $0 }
    let iterations = stop.iterations ?? .max
    limit = min(iterations, affordable ?? .max)
    limitName = iterations <= affordable ?? .max ? "iterations" : "evaluations"
  }

  /// t², but never 0 for a t that is not: a lane too many is looked at rather than one too few.
  static func squared(_ tolerance: Double) -> Double {
    let square = tolerance * tolerance
    return tolerance > 0 ? max(square * (1 + 0x1p-50), 0x1p-900) : 0
  }

  /// Makes runs to their ends.
  ///
  /// - Returns: how each ended and its trace, in the order of `runs`.
  mutating func run(_ runs: [Run]) -> [Ended] {
    var results = [Ended?](repeating: nil, count: runs.count)
    var position: [Int: Int] = [:]
    for (index, run) in runs.enumerated() { position[run.number] = index }
    var waiting = runs.makeIterator()
    while lanes.count < evaluator.width, let run = waiting.next() {
      lanes.append(Lane(run: run, birth: 0))
      place(run, in: lanes.count - 1)
    }
    updateDeadline()
    while !lanes.isEmpty {
      evaluator.run(lanes: lanes.count)
      history.record(evaluator, layout, tick: tick, lanes: lanes.count, keepsTail: keepsTail)
      var ended: [Int] = []
      for lane in lanes.indices where needsAttention(lane) {
        if let outcome = judge(lane) {
          finishTrace(lane)
          if let index = position[lanes[lane].run.number] {
            results[index] = Ended(
              outcome: outcome, trace: lanes[lane].trace,
              gradientSquares: history.gradientSquares(
                lane, tick: tick, iteration: outcome.iterations))
          }
          ended.append(lane)
        }
      }
      if isTraced {
        for lane in lanes.indices where !ended.contains(lane) { record(lane, isLast: false) }
      }
      commit()
      for lane in ended.reversed() {
        if let run = waiting.next() {
          lanes[lane] = Lane(run: run, birth: tick + 1)
          place(run, in: lane)
        } else {
          move(lanes.count - 1, to: lane)
          lanes.removeLast()
        }
      }
      tick += 1
      if !ended.isEmpty { updateDeadline() }
    }
    return results.map { result in
      guard let result else { preconditionFailure("every run ends") }
      return result
    }
  }

  // MARK: - Lanes

  private mutating func place(_ run: Run, in lane: Int) {
    for i in 0..<layout.dimension {
      evaluator.input(layout.position.lowerBound + i)[lane] = run.start[i]
      evaluator.input(layout.start.lowerBound + i)[lane] = run.start[i]
    }
    evaluator.input(layout.rate)[lane] = run.rate
    evaluator.input(layout.previousValue)[lane] = .nan
    if isTraced { lanes[lane].trace = RunTrace(number: run.number) }
  }

  private mutating func move(_ source: Int, to target: Int) {
    guard source != target else { return }
    for number in 0..<evaluator.program.inputs.count {
      let block = evaluator.input(number)
      block[target] = block[source]
    }
    history.move(source, to: target)
    lanes[target] = lanes[source]
  }

  /// x ← x⁺ for all lanes; those that ended are overwritten next.
  private func commit() {
    for i in 0..<layout.dimension {
      evaluator.copyOutput(
        layout.next.lowerBound + i, lanes: lanes.count,
        to: evaluator.input(layout.position.lowerBound + i))
    }
    if stop.decrease != nil {
      evaluator.copyOutput(
        layout.value, lanes: lanes.count, to: evaluator.input(layout.previousValue))
    }
  }

  private mutating func updateDeadline() {
    let first = lanes.reduce(Int.max) { min($0, $1.birth) }
    nextDeadline = first > Int.max - limit ? .max : first + limit
  }

  /// Whether the positions must be kept because some run may be within its last steps.
  private var keepsTail: Bool { tick >= nextDeadline - History.tailLength }

  private func iteration(_ lane: Int) -> Int { tick - lanes[lane].birth }

  private func needsAttention(_ lane: Int) -> Bool {
    evaluator.output(layout.attention, lane: lane) != 0 || lanes[lane].hasShortStep
      || (tick >= nextDeadline && iteration(lane) >= limit)
  }

  private func outputs(_ range: Range<Int>, _ lane: Int) -> [Double] {
    range.map { evaluator.output($0, lane: lane) }
  }

  // MARK: - Judgement

  /// The order of one iteration: not finite? converged? outside the radius? a limit reached? Then
  /// the proposal.
  ///
  /// Returns nil if the run goes on.
  private mutating func judge(_ lane: Int) -> Outcome? {
    let k = iteration(lane)
    let x = layout.position.map { evaluator.input($0)[lane] }
    let f = evaluator.output(layout.value, lane: lane)
    let g = outputs(layout.gradient, lane)
    func end(_ ending: Ending, _ reason: String = "", proposed: Bool = false) -> Outcome {
      var outcome = Outcome(ending: ending, reason: reason, iterations: k, position: x)
      outcome.evaluations.gradient = k + 1
      outcome.evaluations.hessian = program.usesHessian ? (proposed ? k + 1 : k) : 0
      return outcome
    }

    if x.contains(where: \.isInfinite) { return end(.diverged, "a coordinate is infinite") }
    if x.contains(where: \.isNaN) { return end(.undefined, "a coordinate is not a number") }
    if f.isNaN { return end(.undefined) }
    if f.isInfinite { return end(.diverged, "f is infinite") }
    if !g.allSatisfy(\.isFinite) { return end(.undefined) }

    let length = euclideanNorm(g)
    if let tolerance = stop.gradient, length <= tolerance {
      return end(.converged)
    }
    if let radius = stop.radius {
      let away = euclideanNorm(zip(x, lanes[lane].run.start).map { $0 - $1 })
      if away > radius { return end(.diverged, "outside the radius \(formatNumber(radius))") }
    }
    if lanes[lane].hasShortStep { return end(.stalled, "the step tolerance was met") }
    if let tolerance = stop.decrease, k > 0 {
      let previous = evaluator.input(layout.previousValue)[lane]
      if abs(previous - f) <= tolerance { return end(.stalled, "the decrease tolerance was met") }
    }
    if k >= limit {
      let (points, values) = history.tail(lane, tick: tick, steps: Tail.length(iterations: k))
      let tail = Tail(points: points, values: values)
      var outcome = end(
        tail.ending,
        tail.ending == .diverged ? "still growing at the limit" : "limit on \(limitName)")
      outcome.tail = tail
      return outcome
    }

    switch Failure(rawValue: Int(evaluator.output(layout.status, lane: lane))) {
    case .singular?: return end(.singular, "the Newton system has no solution", proposed: true)
    case .notFinite?: return end(.undefined, "the Hessian is not finite", proposed: true)
    case nil: break
    }
    let next = outputs(layout.next, lane)
    if next == x { return end(.stalled, "the step no longer changes x", proposed: true) }
    if let tolerance = stop.step {
      lanes[lane].hasShortStep = euclideanNorm(zip(next, x).map { $0 - $1 }) <= tolerance
    }
    return nil
  }

  // MARK: - Traces

  private mutating func record(_ lane: Int, isLast: Bool) {
    let k = iteration(lane)
    let isKept = rules.every.map { k % $0 == 0 } ?? (k == 0)
    guard isKept || isLast else { return }
    lanes[lane].trace?.iterations.append(k)
    for i in coordinates {
      lanes[lane].trace?.values.append(evaluator.input(layout.position.lowerBound + i)[lane])
    }
    for (i, column) in program.columns.enumerated() {
      // In the last row no step is taken: its columns are empty, kept as a signalling pattern.
      let value = evaluator.output(layout.firstColumn + i, lane: lane)
      lanes[lane].trace?.values.append(column.isOfStep && isLast ? RunTrace.empty : value)
    }
  }

  private mutating func finishTrace(_ lane: Int) {
    if isTraced { record(lane, isLast: true) }
  }
}

/// The kept rows of a run.
public struct RunTrace: Sendable {
  /// The run's place in its chunk.
  let number: Int
  /// The iteration of each row.
  public var iterations: [Int] = []
  /// Coordinates and columns, row by row.
  public var values: [Double] = []

  init(number: Int) {
    self.number = number
  }

  /// The mark of a cell that does not apply: a NaN that no calculation gives.
  public static let empty = Double(nan: 0x5EED, signaling: false)

  /// Whether a value is that mark.
  public static func isEmpty(_ value: Double) -> Bool { value.bitPattern == empty.bitPattern }
}
