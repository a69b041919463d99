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
    /// Whether it was ended because f rose.
    let hasRisen: Bool
    let trace: RunTrace?
    /// ‖g‖² at the last iterates, the oldest first.
    let gradientSquares: [Double]
  }

  struct Lane {
    var run: Run
    /// The tick at which the run was at iteration 0.
    var birth: Int
    var trace: RunTrace?
    /// Set when the step just committed met the step tolerance.
    var hasShortStep = false
    /// How often f and g were asked for in trials.
    var trials = 0
    /// How many steps in a row left x as it was.
    var stillness = 0
  }

  /// What trials have found for a lane.
  struct Found {
    let next: [Double]
    let rate: Double
    let carried: [Double]
    let failure: Failure?
  }

  let program: StepProgram
  let layout: StepProgram.Layout
  let stop: StopRules
  private let rules: TraceRules
  let evaluator: Evaluator
  private let isTraced: Bool
  /// Whether a run is not followed further once f rises.
  private let endsAtRise: Bool
  /// Whether more than the program itself may end a run early: one question for every lane at every tick.
  private let isWatched: Bool
  /// The coordinates in the rows of traces.
  private let coordinates: [Int]
  private let limit: Int
  private let limitName: String
  var lanes: [Lane] = []
  private var tick = 0
  private var nextDeadline = Int.max
  private var history: History
  let trialEvaluator: Evaluator?
  let columnEvaluator: Evaluator?
  var found: [Found?] = []
  /// What the cells of the method become, aside until all outputs are read.
  var scratch: [Double]

  init(
    _ program: StepProgram, stop: StopRules, rules: TraceRules, isTraced: Bool,
    endsAtRise: Bool = false
  ) {
    self.program = program
    self.endsAtRise = endsAtRise
    isWatched = endsAtRise || stop.evaluations != nil
    self.stop = stop
    self.rules = rules
    self.isTraced = isTraced
    layout = program.layout
    coordinates = rules.coordinates(dimension: program.layout.dimension)
    evaluator = Evaluator(isTraced ? program.traced : program.lean)
    history = History(width: evaluator.width, dimension: layout.dimension)
    scratch = [Double](repeating: 0, count: layout.cellCount * evaluator.width)
    trialEvaluator = program.trial.map { Evaluator($0.program) }
    columnEvaluator = isTraced ? program.trial.map { Evaluator($0.columns) } : nil
    // The iteration after which no step can be paid for; trials are counted as they come.
    let iterations = stop.iterations ?? .max
    var affordable = Int.max
    if let most = stop.evaluations, program.trial == nil {
      affordable = 0
      while affordable < iterations, program.total(at: affordable + 1) <= most { affordable += 1 }
    }
    limit = min(iterations, affordable)
    limitName = iterations <= affordable && stop.iterations != nil ? "iterations" : "evaluations"
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
          finish(lane, outcome, &results, position)
          ended.append(lane)
        }
      }
      if program.trial != nil {
        tryPoints(lanes.indices.filter { !ended.contains($0) })
        for lane in lanes.indices where !ended.contains(lane) {
          guard let outcome = judgeFound(lane) else { continue }
          finish(lane, outcome, &results, position)
          ended.append(lane)
        }
        ended.sort()
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

  private mutating func finish(
    _ lane: Int, _ outcome: Outcome, _ results: inout [Ended?], _ position: [Int: Int]
  ) {
    finishTrace(lane)
    if let index = position[lanes[lane].run.number] {
      results[index] = Ended(
        outcome: outcome, hasRisen: hasRisen(lane), trace: lanes[lane].trace,
        gradientSquares: history.gradientSquares(lane, tick: tick, iteration: outcome.iterations))
    }
  }

  // MARK: - Lanes

  private mutating func place(_ run: Run, in lane: Int) {
    for i in 0..<layout.dimension {
      evaluator.input(layout.position.lowerBound + i)[lane] = run.start[i]
      evaluator.input(layout.start.lowerBound + i)[lane] = run.start[i]
    }
    evaluator.input(layout.rate)[lane] = run.rate.isNaN ? RunTrace.empty : run.rate
    evaluator.input(layout.previousValue)[lane] = .nan
    evaluator.input(layout.iteration)[lane] = 0
    for (cell, value) in zip(layout.cells, program.initialCells) {
      evaluator.input(cell)[lane] = value
    }
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
  private mutating func commit() {
    // Cells first, and aside: one may become what a coordinate or another cell is now.
    if layout.cellCount > 0 {
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let base = scratch.baseAddress else { return }
        for (place, cell) in layout.nextCells.enumerated() {
          evaluator.copyOutput(cell, lanes: lanes.count, to: base + place * evaluator.width)
        }
      }
    }
    if trialEvaluator == nil {
      for i in 0..<layout.dimension {
        evaluator.copyOutput(
          layout.next.lowerBound + i, lanes: lanes.count,
          to: evaluator.input(layout.position.lowerBound + i))
      }
    } else {
      commitFound()
    }
    for (place, cell) in layout.cells.enumerated() {
      scratch.withUnsafeBufferPointer { scratch in
        guard let base = scratch.baseAddress else { return }
        evaluator.input(cell).update(from: base + place * evaluator.width, count: lanes.count)
      }
    }
    if program.usesIteration {
      let iterations = evaluator.input(layout.iteration)
      for lane in lanes.indices { iterations[lane] = Double(iteration(lane) + 1) }
    }
    if stop.decrease != nil || endsAtRise {
      evaluator.copyOutput(
        layout.value, lanes: lanes.count, to: evaluator.input(layout.previousValue))
    }
  }

  // MARK: - Ends

  func end(_ lane: Int, _ x: [Double], _ failure: Failure) -> Outcome {
    switch failure.kind {
    case .singular: end(lane, x, .singular, failure.reason, proposed: true)
    case .undefined:
      // What became undefined in f or its derivatives is found out later.
      end(lane, x, .undefined, failure == .notFinite ? "" : failure.reason, proposed: true)
    case .blocked: end(lane, x, .blocked, failure.reason, proposed: true)
    }
  }

  /// A step that leaves x as it was ends a run unless something else changes: a cell of the method, or, ten
  /// times at most, the rate or where trials begin.
  mutating func still(_ lane: Int, _ x: [Double]) -> Outcome? {
    lanes[lane].stillness += 1
    let isAtRest =
      program.isRateZero || lanes[lane].run.rate == 0
      || (lanes[lane].stillness >= 10 && (program.changesWithIteration || program.trial != nil))
      || (!program.changesWithIteration && !changesCells(lane))
    return isAtRest
      ? end(lane, x, .stalled, LaneLoop.noStep, proposed: true) : nil
  }

  /// Whether the step changes a bit of what the method carries.
  private func changesCells(_ lane: Int) -> Bool {
    let now = layout.cells.map { evaluator.input($0)[lane] }
    var next = outputs(layout.nextCells, lane)
    if let trial = program.trial, let step = found[lane] {
      for (cell, value) in zip(trial.carried, step.carried) { next[cell] = value }
    }
    return zip(now, next).contains { $0.bitPattern != $1.bitPattern }
  }

  private static let noStep = "the step no longer changes x"

  func end(
    _ lane: Int, _ x: [Double], _ ending: Ending, _ reason: String = "", proposed: Bool = false
  ) -> Outcome {
    let k = iteration(lane)
    var outcome = Outcome(ending: ending, reason: reason, iterations: k, position: x)
    outcome.evaluations = program.evaluations(at: k, proposed: proposed)
    let points = proposed ? k + 1 : k
    outcome.operations = program.cost.total(
      points: k + 1, proposed: points, hessians: program.hessianCount(points),
      trials: lanes[lane].trials)
    outcome.evaluations.value += lanes[lane].trials * program.trialCost.value
    outcome.evaluations.gradient += lanes[lane].trials * program.trialCost.gradient
    return outcome
  }

  private mutating func updateDeadline() {
    let first = lanes.reduce(Int.max) { min($0, $1.birth) }
    nextDeadline = first > Int.max - limit ? .max : first + limit
  }

  /// Whether the positions must be kept because some run may be within its last steps.
  private var keepsTail: Bool {
    tick >= nextDeadline - History.tailLength || (program.trial != nil && stop.evaluations != nil)
  }

  func iteration(_ lane: Int) -> Int { tick - lanes[lane].birth }

  /// Whether f is above what it was at the last iterate, where that is watched.
  private func hasRisen(_ lane: Int) -> Bool {
    endsAtRise
      && evaluator.output(layout.value, lane: lane) > evaluator.input(layout.previousValue)[lane]
  }

  private func needsAttention(_ lane: Int) -> Bool {
    evaluator.output(layout.attention, lane: lane) != 0 || lanes[lane].hasShortStep
      || (isWatched && (hasRisen(lane) || isSpent(lane)))
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
    func end(_ ending: Ending, _ reason: String = "") -> Outcome {
      self.end(lane, x, ending, reason)
    }

    if x.contains(where: \.isInfinite) { return end(.diverged, "a coordinate is infinite") }
    if x.contains(where: \.isNaN) { return end(.undefined, "a coordinate is not a number") }
    if f.isNaN { return end(.undefined) }
    // How it would have ended is known from the run that was made before.
    if hasRisen(lane) { return end(.crawling) }
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
    if k >= limit || isSpent(lane) {
      let limitName = k >= limit ? limitName : "evaluations"
      let (points, values) = history.tail(lane, tick: tick, steps: Tail.length(iterations: k))
      let tail = Tail(points: points, values: values)
      let reason =
        switch tail.ending {
        case .diverged: "still growing at the limit"
        case .stalled: LaneLoop.noStep
        default: "limit on \(limitName)"
        }
      var outcome = end(tail.ending, reason)
      outcome.tail = tail
      return outcome
    }

    if let failure = Failure(rawValue: Int(evaluator.output(layout.status, lane: lane))) {
      return self.end(lane, x, failure)
    }
    guard program.trial == nil else { return nil }
    let next = outputs(layout.next, lane)
    if next == x { return still(lane, x) }
    lanes[lane].stillness = 0
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
    let ofStep = isLast ? [] : columnsOfFound(lane)
    var ofStepTaken = 0
    for (i, column) in program.columns.enumerated() {
      // In the last row no step is taken: its columns are empty, kept as a signalling pattern.
      var value = evaluator.output(layout.firstColumn + i, lane: lane)
      if column.isOfStep, !ofStep.isEmpty {
        value = ofStep[ofStepTaken]
        ofStepTaken += 1
      }
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
