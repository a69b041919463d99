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
  /// The coordinates of x⁺ that must be copied to become those of x.
  private let copied: [(output: Int, input: Int)]
  /// Which inputs matter besides position and cells: those that the program reads, or the loop.
  private let needs: (start: Bool, rate: Bool, previousValue: Bool, iteration: Bool)
  /// The numbers of all inputs that matter.
  private let ownInputs: [Int]
  let isTraced: Bool
  /// Whether trials may use up the evaluations: one question for every lane at every tick.
  private let isCounted: Bool
  /// The coordinates in the rows of traces.
  let coordinates: [Int]
  /// The columns that are empty where no step is taken.
  let columnsOfStep: [Int]
  /// Room for the row of a trace.
  var row: [Double]
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
  private(set) var batch = Batch(count: 0, dimension: 0, rate: { _ in 0 }, start: { _, _ in })
  private(set) var tick = 0
  private var nextDeadline = Int.max
  /// The lanes that may not just go on.
  private var restless: [Int32]
  private var hasShortSteps = false
  var history: History
  /// The runs at their limit whose last steps are not judged yet.
  private var tails: TailQueue
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
    keepsGradients: Bool = false, watchesRises: Bool = false
  ) {
    self.program = program
    isCounted = stop.evaluations != nil && program.hasTrials
    self.stop = stop
    self.rules = rules
    self.isTraced = isTraced
    layout = program.layout
    coordinates = rules.coordinates(dimension: program.layout.dimension)
    columnsOfStep = program.columns.indices.filter { program.columns[$0].isOfStep }
    row = [Double](repeating: 0, count: coordinates.count + program.columns.count)
    evaluator = Evaluator(isTraced ? program.traced : program.lean)
    copied =
      program.hasTrials
      ? []
      : evaluator.letTakeTurns(
        zip(program.layout.next, program.layout.position).map { (output: $0, input: $1) })
    let (layout, isRead) = (program.layout, evaluator.program.isRead)
    needs = (
      start: layout.start.contains { isRead[$0] }, rate: isRead[layout.rate],
      previousValue: stop.decrease != nil, iteration: isRead[layout.iteration]
    )
    ownInputs =
      layout.position + (needs.start ? Array(layout.start) : [])
      + (needs.rate ? [layout.rate] : []) + (needs.previousValue ? [layout.previousValue] : [])
      + (needs.iteration ? [layout.iteration] : []) + layout.cells
    restless = [Int32](repeating: 0, count: evaluator.width)
    history = History(
      width: evaluator.width, dimension: layout.dimension, keepsGradients: keepsGradients,
      watchesRises: watchesRises)
    tails = TailQueue(dimension: layout.dimension)
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
    if history.keepsGradients { ended.makeRoomForGradients() }
    var waiting = chosen.makeIterator()
    while lanes.count < evaluator.width, let run = waiting.next() {
      lanes.append(Lane(run: run))
      births.append(tick)
      if isTraced { traces.append(RunTrace(number: run)) }
      begin(run, in: lanes.count - 1)
    }
    updateDeadline()
    var leaving: [Int] = []
    leaving.reserveCapacity(evaluator.width)
    // One reference for all ticks: to count references waits for all that was just written.
    let evaluator = evaluator
    while !lanes.isEmpty {
      evaluator.run(lanes: lanes.count)
      history.record(evaluator, layout, tick: tick, lanes: lanes.count, keepsTail: keepsTail)
      leaving.removeAll(keepingCapacity: true)
      lookAround(evaluator, &ended, &leaving)
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
      commit(evaluator)
      var filled = 0
      while filled < leaving.count, let run = waiting.next() {
        let lane = leaving[filled]
        lanes[lane] = Lane(run: run)
        births[lane] = tick + 1
        if isTraced { traces[lane] = RunTrace(number: run) }
        begin(run, in: lane)
        filled += 1
      }
      if filled < leaving.count { close(leaving[filled...]) }
      tick += 1
      if !leaving.isEmpty { updateDeadline() }
    }
    judgeTails(&ended)
  }

  /// Looks at the lanes that may not just go on; those that end are listed in ascending order.
  private mutating func lookAround(
    _ evaluator: Evaluator, _ ended: inout Ended, _ leaving: inout [Int]
  ) {
    if isCounted || hasShortSteps {
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
    let rise = history.rise(lane).map { Int32(clamping: $0 - births[lane]) } ?? 0
    ended.runs[run] = Ended.Run(
      ending: end.ending, isProposed: end.isProposed,
      trials: Int32(clamping: lanes[lane].trials),
      rise: rise, iterations: k)
    for i in 0..<n { ended.positions[run * n + i] = coordinate(i, lane) }
    if end.isAtLimit {
      let steps = Tail.length(iterations: k)
      if tails.isFull(steps: steps) { judgeTails(&ended) }
      tails.append(run, lane, of: history, tick: tick, steps: steps)
    } else if !end.reason.isEmpty {
      ended.reasons[run] = end.reason
    }
    if history.keepsGradients {
      ended.gradientSquares.withUnsafeMutableBufferPointer { squares in
        guard let base = squares.baseAddress else { return }
        history.copyGradients(
          lane, tick: tick, iteration: k, to: base + run * History.gradientLength)
      }
    }
    guard isTraced else { return }
    record(CollectionOfOne(lane), isLast: true)
    ended.traces[run] = traces[lane]
  }

  /// Says how the runs at their limit ended.
  private mutating func judgeTails(_ ended: inout Ended) {
    for (run, tail) in tails.judgeAll() {
      ended.runs[run].ending = tail.ending
      ended.reasons[run] = reason(tail, iterations: ended.runs[run].iterations)
      ended.tails.append((run, tail))
    }
  }

  // MARK: - Lanes

  private mutating func begin(_ run: Int, in lane: Int) {
    begun.append(Int32(run))
    laneOfRun[run] = Int32(lane)
    history.begin(lane)
    for i in 0..<layout.dimension {
      let start = batch.starts[run * layout.dimension + i]
      evaluator.input(layout.position.lowerBound + i)[lane] = start
      if needs.start { evaluator.input(layout.start.lowerBound + i)[lane] = start }
    }
    if needs.rate {
      let rate = batch.rates[run]
      evaluator.input(layout.rate)[lane] = rate.isNaN ? RunTrace.empty : rate
    }
    if needs.previousValue { evaluator.input(layout.previousValue)[lane] = .nan }
    if needs.iteration { evaluator.input(layout.iteration)[lane] = 0 }
    for (cell, value) in zip(layout.cells, program.initialCells) {
      evaluator.input(cell)[lane] = value
    }
  }

  /// Fills the gaps that runs left, which are ascending, with the last lanes.
  private mutating func close(_ gaps: ArraySlice<Int>) {
    let count = lanes.count - gaps.count
    var moves: [(source: Int, target: Int)] = []
    var source = lanes.count - 1
    var last = gaps.endIndex - 1
    for target in gaps {
      if target >= count { break }
      while last >= gaps.startIndex, gaps[last] == source {
        source -= 1
        last -= 1
      }
      moves.append((source, target))
      source -= 1
    }
    for number in ownInputs {
      let block = evaluator.input(number)
      for (source, target) in moves { block[target] = block[source] }
    }
    var oldest = Int.max
    for (source, target) in moves {
      laneOfRun[lanes[source].run] = Int32(target)
      lanes[target] = lanes[source]
      births[target] = births[source]
      oldest = min(oldest, births[source])
      if isTraced { traces.swapAt(source, target) }
    }
    history.move(moves, tick: tick, iteration: tick - oldest)
    lanes.removeLast(gaps.count)
    births.removeLast(gaps.count)
    if isTraced { traces.removeLast(gaps.count) }
  }

  /// x ← x⁺ for all lanes; those that ended are overwritten next.
  private mutating func commit(_ evaluator: Evaluator) {
    // Cells first, and aside: one may become what a coordinate or another cell is now.
    let (lanes, width) = (lanes.count, evaluator.width)
    scratch.withUnsafeMutableBufferPointer { scratch in
      guard var place = scratch.baseAddress else { return }
      for cell in layout.nextCells {
        evaluator.copyOutput(cell, lanes: lanes, to: place)
        place += width
      }
    }
    if trialEvaluator == nil {
      for (output, input) in copied {
        evaluator.copyOutput(output, lanes: lanes, to: evaluator.input(input))
      }
    } else {
      commitFound()
    }
    // What cells become was put aside, and f before the blocks change places.
    if stop.decrease != nil {
      evaluator.copyOutput(
        layout.value, lanes: lanes, to: evaluator.input(layout.previousValue))
    }
    evaluator.takeTurns()
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
    tick >= nextDeadline - History.tailLength || isCounted
  }

  func iteration(_ lane: Int) -> Int { tick - births[lane] }

  private func needsAttention(_ lane: Int) -> Bool {
    evaluator.output(layout.calm, lane: lane) == 0 || lanes[lane].hasShortStep
      || (isCounted && isSpent(lane))
      || (tick >= nextDeadline && iteration(lane) >= limit)
  }
}
