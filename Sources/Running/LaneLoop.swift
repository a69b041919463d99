import CVectorMath
import Evaluation
import Expressions
import Methods
import Specs

/// The one loop, which knows no method: propose, check, commit, and say how each run ended.
///
/// Runs live in the lanes of a block. All lanes take a step together; one that ends makes room for the
/// next run of the batch, and once there is none the last lane moves into the gap. What a run gives
/// does not depend on its lane or its neighbours. A run that begins, goes on or ends asks for no memory.
struct LaneLoop {
  /// Runs to be made, by their places.
  struct Batch {
    let dimension: Int
    /// The rate of each; NaN where the method's rule finds one.
    private(set) var rates: [Double] = []
    /// Where each begins, run by run.
    private(set) var starts: [Double] = []

    init(dimension: Int, capacity: Int = 0) {
      self.dimension = dimension
      rates.reserveCapacity(capacity)
      starts.reserveCapacity(capacity * dimension)
    }

    var count: Int { rates.count }

    mutating func append(rate: Double, start: [Double]) {
      rates.append(rate)
      starts += start
    }

    /// - Parameter fill: writes down where the run begins.
    mutating func append(rate: Double, fill: (UnsafeMutableBufferPointer<Double>) -> Void) {
      rates.append(rate)
      let first = starts.count
      for _ in 0..<dimension { starts.append(0) }
      starts.withUnsafeMutableBufferPointer {
        fill(UnsafeMutableBufferPointer(rebasing: $0[first...]))
      }
    }
  }

  /// Runs that ended, by their places; their points are not yet classified.
  struct Ended {
    var outcomes: Outcomes
    /// Which were ended because f rose.
    var hasRisen: [Bool]
    /// The kept rows of those that are traced.
    var traces: [RunTrace?] = []
    /// ‖g‖² at the last iterates, at most `History.gradientLength` for each run, the oldest first.
    var gradientSquares: [Double] = []
    /// For each run, where its own begin; empty where the order of convergence is not asked for.
    var gradientPlaces: [Int32] = []
    /// Which proposed a step that was not made.
    var hasProposed: [Bool]
    /// How often each asked for f and g in trials.
    var trials: [Int32] = []

    init(_ batch: Batch, isTraced: Bool = false, keepsGradients: Bool, hasTrials: Bool = false) {
      outcomes = Outcomes(count: batch.count, dimension: batch.dimension)
      hasRisen = [Bool](repeating: false, count: batch.count)
      hasProposed = hasRisen
      if isTraced { traces = [RunTrace?](repeating: nil, count: batch.count) }
      if keepsGradients {
        gradientPlaces = [Int32](repeating: 0, count: batch.count)
        gradientSquares.reserveCapacity(batch.count * History.gradientLength / 2)
      }
      if hasTrials { trials = [Int32](repeating: 0, count: batch.count) }
    }
  }

  struct Lane {
    /// The run's place in the batch.
    var run: Int
    /// Set when the step just committed met the step tolerance.
    var hasShortStep = false
    /// How often f and g were asked for in trials.
    var trials = 0
    /// How many steps in a row left x as it was.
    var stillness = 0
  }

  /// What trials have found for a lane, the step itself apart.
  struct Found {
    let rate: Double
    let failure: Failure?
  }

  let program: StepProgram
  let layout: StepProgram.Layout
  let stop: StopRules
  let rules: TraceRules
  let evaluator: Evaluator
  private let inputCount: Int
  let isTraced: Bool
  /// Whether a run is not followed further once f rises.
  let endsAtRise: Bool
  /// Whether more than the program itself may end a run early: one question for every lane at every tick.
  private let isWatched: Bool
  private let keepsGradients: Bool
  /// The coordinates in the rows of traces.
  let coordinates: [Int]
  /// The columns that are empty where no step is taken.
  private let columnsOfStep: [Int]
  /// Room for the row of a trace.
  private var row: [Double]
  let limit: Int
  /// ‖g‖² that is within the tolerance whatever the last digits of a norm are; −1 if there is none.
  let certainSquare: Double
  let reasons: Reasons
  var lanes: [Lane] = []
  /// For each lane, the tick at which its run was at iteration 0.
  private var births: [Int] = []
  /// The runs in the order in which they were begun, which is that in which they meet the limit.
  private var begun: [Int32] = []
  /// The first of them that may still be under way.
  private var oldest = 0
  /// For each run of the batch its lane; −1 if it is not under way.
  private var laneOfRun: [Int32] = []
  /// The traces of the runs in the lanes.
  var traces: [RunTrace] = []
  private(set) var batch = Batch(dimension: 0)
  private(set) var tick = 0
  private var nextDeadline = Int.max
  /// The lanes that may not just go on.
  private var restless: [Int32]
  private var hasShortSteps = false
  var history: History
  /// The evidence of the run that was just found to be at the limit.
  var limitTail: Tail?
  let trialEvaluator: Evaluator?
  let columnEvaluator: Evaluator?
  var found: [Found?] = []
  /// The steps that trials found, and what the cells they carry become: a block for each.
  var foundNext: [Double]
  var foundCarried: [Double]
  /// What the cells of the method become, aside until all outputs are read.
  var scratch: [Double]

  init(
    _ program: StepProgram, stop: StopRules, rules: TraceRules, isTraced: Bool,
    endsAtRise: Bool = false, keepsGradients: Bool = false
  ) {
    self.program = program
    self.endsAtRise = endsAtRise
    self.keepsGradients = keepsGradients
    isWatched = endsAtRise || stop.evaluations != nil
    self.stop = stop
    self.rules = rules
    self.isTraced = isTraced
    layout = program.layout
    coordinates = rules.coordinates(dimension: program.layout.dimension)
    columnsOfStep = program.columns.indices.filter { program.columns[$0].isOfStep }
    row = [Double](repeating: 0, count: coordinates.count + program.columns.count)
    evaluator = Evaluator(isTraced ? program.traced : program.lean)
    inputCount = evaluator.program.inputs.count
    restless = [Int32](repeating: 0, count: evaluator.width)
    history = History(
      width: evaluator.width, dimension: layout.dimension, keepsGradients: keepsGradients)
    scratch = [Double](repeating: 0, count: layout.cellCount * evaluator.width)
    trialEvaluator = program.trial.map { Evaluator($0.program) }
    let searchWidth = !program.hasTrials ? 0 : evaluator.width
    foundNext = [Double](repeating: 0, count: layout.dimension * searchWidth)
    foundCarried = [Double](
      repeating: 0, count: (program.trial?.carried.count ?? 0) * searchWidth)
    columnEvaluator = isTraced ? program.trial.map { Evaluator($0.columns) } : nil
    // The iteration after which no step can be paid for; trials are counted as they come.
    let iterations = stop.iterations ?? .max
    var affordable = Int.max
    if let most = stop.evaluations, !program.hasTrials {
      affordable = 0
      while affordable < iterations, program.total(at: affordable + 1) <= most { affordable += 1 }
    }
    limit = min(iterations, affordable)
    certainSquare = LaneLoop.certainSquare(stop.gradient ?? 0, dimension: layout.dimension)
    reasons = Reasons(
      stop, limit: iterations <= affordable && stop.iterations != nil ? "iterations" : "evaluations"
    )
  }

  /// t², but never 0 for a t that is not: a lane too many is looked at rather than one too few.
  static func squared(_ tolerance: Double) -> Double {
    let square = tolerance * tolerance
    return tolerance > 0 ? max(square * (1 + 0x1p-50), 0x1p-900) : 0
  }

  /// t² without what rounding may add to a sum of squares; −1 for a t whose square says nothing.
  private static func certainSquare(_ tolerance: Double, dimension: Int) -> Double {
    let square = tolerance * tolerance
    return square > 0x1p-900 ? square * (1 - Double(dimension + 16) * 0x1p-50) : -1
  }

  /// Makes runs to their ends.
  ///
  /// - Parameters:
  ///   - batch: the runs.
  ///   - chosen: the places of those to be made.
  ///   - ended: what is known of them afterwards.
  mutating func run(_ batch: Batch, _ chosen: some Sequence<Int>, into ended: inout Ended) {
    self.batch = batch
    laneOfRun = [Int32](repeating: -1, count: batch.count)
    begun.removeAll(keepingCapacity: true)
    begun.reserveCapacity(batch.count)
    oldest = 0
    var waiting = chosen.makeIterator()
    while lanes.count < evaluator.width, let run = waiting.next() {
      lanes.append(Lane(run: run))
      births.append(tick)
      if isTraced { traces.append(RunTrace(number: run)) }
      place(run, in: lanes.count - 1)
    }
    updateDeadline()
    var leaving: [Int] = []
    leaving.reserveCapacity(evaluator.width)
    while !lanes.isEmpty {
      evaluator.run(lanes: lanes.count)
      history.record(evaluator, layout, tick: tick, lanes: lanes.count, keepsTail: keepsTail)
      leaving.removeAll(keepingCapacity: true)
      lookAround(&ended, &leaving)
      if program.hasTrials {
        tryPoints(lanes.indices.filter { !leaving.contains($0) })
        for lane in lanes.indices where !leaving.contains(lane) {
          guard let end = judgeFound(lane) else {
            hasShortSteps = hasShortSteps || lanes[lane].hasShortStep
            continue
          }
          finish(lane, end, &ended)
          leaving.append(lane)
        }
        leaving.sort()
      }
      if isTraced {
        record(lanes.indices.lazy.filter { !leaving.contains($0) }, isLast: false)
      }
      commit()
      for lane in leaving.reversed() {
        if let run = waiting.next() {
          lanes[lane] = Lane(run: run)
          births[lane] = tick + 1
          if isTraced { traces[lane] = RunTrace(number: run) }
          place(run, in: lane)
        } else {
          move(lanes.count - 1, to: lane)
          lanes.removeLast()
          births.removeLast()
          if isTraced { traces.removeLast() }
        }
      }
      tick += 1
      if !leaving.isEmpty { updateDeadline() }
    }
  }

  /// Looks at the lanes that may not just go on; those that end are listed in ascending order.
  private mutating func lookAround(_ ended: inout Ended, _ leaving: inout [Int]) {
    if isWatched || hasShortSteps {
      hasShortSteps = false
      for lane in lanes.indices where needsAttention(lane) { look(at: lane, &ended, &leaving) }
      return
    }
    let count = restless.withUnsafeMutableBufferPointer { places in
      places.baseAddress.map { evaluator.zeros(of: layout.calm, lanes: lanes.count, places: $0) }
        ?? 0
    }
    for place in 0..<count { look(at: Int(restless[place]), &ended, &leaving) }
    guard tick >= nextDeadline else { return }
    let early = leaving.count
    updateDeadline()
    while tick >= nextDeadline {
      look(at: Int(laneOfRun[Int(begun[oldest])]), &ended, &leaving)
      updateDeadline()
    }
    if leaving.count > max(early, 1) { leaving.sort() }
  }

  private mutating func look(at lane: Int, _ ended: inout Ended, _ leaving: inout [Int]) {
    guard let end = judge(lane) else {
      hasShortSteps = hasShortSteps || lanes[lane].hasShortStep
      return
    }
    finish(lane, end, &ended)
    leaving.append(lane)
  }

  private mutating func finish(_ lane: Int, _ end: End, _ ended: inout Ended) {
    let run = lanes[lane].run
    let n = layout.dimension
    let k = iteration(lane)
    laneOfRun[run] = -1
    ended.outcomes.endings[run] = end.ending
    ended.outcomes.iterations[run] = k
    if !end.reason.isEmpty { ended.outcomes.reasons[run] = end.reason }
    if end.isProposed { ended.hasProposed[run] = true }
    if !ended.trials.isEmpty { ended.trials[run] = Int32(clamping: lanes[lane].trials) }
    for i in 0..<n { ended.outcomes.positions[run * n + i] = coordinate(i, lane) }
    if let tail = limitTail {
      limitTail = nil
      ended.outcomes.tailPlaces[run] = Int32(ended.outcomes.tails.count)
      ended.outcomes.tails.append(tail)
    }
    if endsAtRise { ended.hasRisen[run] = hasRisen(lane) }
    if !ended.gradientPlaces.isEmpty {
      ended.gradientPlaces[run] = Int32(ended.gradientSquares.count)
      history.appendGradients(
        lane, tick: tick, iteration: k, to: &ended.gradientSquares)
    }
    guard isTraced else { return }
    record(CollectionOfOne(lane), isLast: true)
    ended.traces[run] = traces[lane]
  }

  // MARK: - Lanes

  private mutating func place(_ run: Int, in lane: Int) {
    begun.append(Int32(run))
    laneOfRun[run] = Int32(lane)
    for i in 0..<layout.dimension {
      let start = batch.starts[run * layout.dimension + i]
      evaluator.input(layout.position.lowerBound + i)[lane] = start
      evaluator.input(layout.start.lowerBound + i)[lane] = start
    }
    let rate = batch.rates[run]
    evaluator.input(layout.rate)[lane] = rate.isNaN ? RunTrace.empty : rate
    evaluator.input(layout.previousValue)[lane] = .nan
    evaluator.input(layout.iteration)[lane] = 0
    for (cell, value) in zip(layout.cells, program.initialCells) {
      evaluator.input(cell)[lane] = value
    }
  }

  private mutating func move(_ source: Int, to target: Int) {
    guard source != target else { return }
    for number in 0..<inputCount {
      let block = evaluator.input(number)
      block[target] = block[source]
    }
    history.move(source, to: target, tick: tick, iteration: iteration(source))
    laneOfRun[lanes[source].run] = Int32(target)
    lanes[target] = lanes[source]
    births[target] = births[source]
    if isTraced { traces.swapAt(source, target) }
  }

  /// x ← x⁺ for all lanes; those that ended are overwritten next.
  private mutating func commit() {
    // Cells first, and aside: one may become what a coordinate or another cell is now.
    let (evaluator, lanes, width) = (evaluator, lanes.count, evaluator.width)
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard var place = scratch.baseAddress else { return }
      for cell in layout.nextCells {
        evaluator.copyOutput(cell, lanes: lanes, to: place)
        place += width
      }
    }
    if trialEvaluator == nil {
      for i in 0..<layout.dimension {
        evaluator.copyOutput(
          layout.next.lowerBound + i, lanes: lanes,
          to: evaluator.input(layout.position.lowerBound + i))
      }
    } else {
      commitFound()
    }
    scratch.withUnsafeBufferPointer { scratch in
      guard var place = scratch.baseAddress else { return }
      for cell in layout.cells {
        evaluator.input(cell).update(from: place, count: lanes)
        place += width
      }
    }
    if program.usesIteration {
      let iterations = evaluator.input(layout.iteration)
      for lane in 0..<lanes { iterations[lane] = Double(iteration(lane) + 1) }
    }
    if stop.decrease != nil || endsAtRise {
      evaluator.copyOutput(
        layout.value, lanes: lanes, to: evaluator.input(layout.previousValue))
    }
  }

  func coordinate(_ number: Int, _ lane: Int) -> Double {
    evaluator.input(layout.position.lowerBound + number)[lane]
  }

  /// Finds the next tick at which a run meets the limit; runs are begun in the order of their deadlines.
  private mutating func updateDeadline() {
    while oldest < begun.count, laneOfRun[Int(begun[oldest])] < 0 { oldest += 1 }
    guard oldest < begun.count else {
      nextDeadline = .max
      return
    }
    let birth = births[Int(laneOfRun[Int(begun[oldest])])]
    nextDeadline = birth > Int.max - limit ? .max : birth + limit
  }

  /// Whether the positions must be kept because some run may be within its last steps.
  private var keepsTail: Bool {
    tick >= nextDeadline - History.tailLength || (program.hasTrials && stop.evaluations != nil)
  }

  func iteration(_ lane: Int) -> Int { tick - births[lane] }

  /// Whether f is above what it was at the last iterate, where that is watched.
  func hasRisen(_ lane: Int) -> Bool {
    endsAtRise
      && evaluator.output(layout.value, lane: lane) > evaluator.input(layout.previousValue)[lane]
  }

  private func needsAttention(_ lane: Int) -> Bool {
    evaluator.output(layout.calm, lane: lane) == 0 || lanes[lane].hasShortStep
      || (isWatched && (hasRisen(lane) || isSpent(lane)))
      || (tick >= nextDeadline && iteration(lane) >= limit)
  }

  // MARK: - Traces

  /// Adds a row to the traces of some lanes.
  ///
  /// All of them at once: rows are new memory, and to count a reference waits for what was stored before.
  private mutating func record(_ chosen: some Sequence<Int>, isLast: Bool) {
    let (evaluator, coordinates, columnsOfStep) = (evaluator, coordinates, columnsOfStep)
    let (first, here) = (layout.firstColumn, coordinates.count)
    var row: [Double] = []
    swap(&row, &self.row)
    for lane in chosen {
      let k = iteration(lane)
      let isKept = rules.every.map { k % $0 == 0 } ?? (k == 0)
      guard isKept || isLast else { continue }
      for place in 0..<here { row[place] = coordinate(coordinates[place], lane) }
      for place in here..<row.count {
        row[place] = evaluator.output(first + place - here, lane: lane)
      }
      if isLast {
        // No step is taken from here.
        for column in columnsOfStep { row[here + column] = RunTrace.empty }
      } else if program.hasTrials {
        for (column, value) in zip(columnsOfStep, columnsOfFound(lane)) {
          row[here + column] = value
        }
      }
      row.withUnsafeBufferPointer { traces[lane].append(k, $0) }
    }
    swap(&row, &self.row)
  }
}
