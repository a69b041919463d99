import Methods

/// The trials of methods that search: what they find stands in `found` until the step is committed.
extension LaneLoop {
  /// Lets every lane that goes on try points until one is accepted or the method gives up.
  ///
  /// Only the lanes that are still at it are computed: those that are done make room for the others.
  mutating func tryPoints(_ trying: [Int]) {
    guard let evaluator = trialEvaluator, let trial = program.trial else { return }
    found = [Found?](repeating: nil, count: lanes.count)
    let n = layout.dimension
    let (kept, search) = (layout.keptCount, layout.searchCount)
    var next = trying.makeIterator()
    var active: [Int] = []
    func load(_ lane: Int, into place: Int) {
      for i in 0..<n {
        evaluator.input(i)[place] = self.evaluator.input(layout.position.lowerBound + i)[lane]
      }
      for i in 0..<kept {
        evaluator.input(n + i)[place] = self.evaluator.output(
          layout.kept.lowerBound + i, lane: lane)
      }
      for i in 0..<search {
        evaluator.input(n + kept + i)[place] = self.evaluator.output(
          layout.search.lowerBound + i, lane: lane)
      }
    }
    while active.count < evaluator.width, let lane = next.next() {
      load(lane, into: active.count)
      active.append(lane)
    }
    while !active.isEmpty {
      evaluator.run(lanes: active.count)
      var done: [Int] = []
      for (place, lane) in active.enumerated() {
        lanes[lane].trials += 1
        let verdict = evaluator.output(n, lane: place)
        if verdict == 0 { continue }
        done.append(place)
        found[lane] = Found(
          next: (0..<n).map { evaluator.output($0, lane: place) },
          rate: trial.hasRate ? evaluator.output(n + 1, lane: place) : RunTrace.empty,
          carried: trial.carried.indices.map { evaluator.output(n + 2 + search + $0, lane: place) },
          failure: verdict < 0 ? Failure(rawValue: Int(-verdict)) : nil)
      }
      // The cells go on to the next trial, through memory of their own: one may become another.
      var cells = [Double](repeating: 0, count: active.count)
      var columns: [[Double]] = []
      for i in 0..<search {
        for place in active.indices { cells[place] = evaluator.output(n + 2 + i, lane: place) }
        columns.append(cells)
      }
      for i in 0..<search {
        for place in active.indices { evaluator.input(n + kept + i)[place] = columns[i][place] }
      }
      for place in done.reversed() {
        if let lane = next.next() {
          load(lane, into: place)
          active[place] = lane
        } else {
          let last = active.count - 1
          if place != last {
            for i in 0..<evaluator.program.inputs.count {
              evaluator.input(i)[place] = evaluator.input(i)[last]
            }
            active[place] = active[last]
          }
          active.removeLast()
        }
      }
    }
  }

  /// How a run ended whose trials found no step, or one that changes nothing; nil if it goes on.
  mutating func judgeFound(_ lane: Int) -> End? {
    guard let step = found[lane] else { return nil }
    if let failure = step.failure { return end(lane, failure) }
    if step.next.contains(where: { !$0.isFinite }) { return end(lane, .noAcceptableStep) }
    return stepped(lane, measured(lane) { step.next[$0] })
  }

  /// x ← x⁺ of the lanes whose trials found one, and the cells that trials carry.
  mutating func commitFound() {
    for lane in lanes.indices {
      guard let step = found[lane], step.failure == nil else { continue }
      for i in 0..<layout.dimension {
        evaluator.input(layout.position.lowerBound + i)[lane] = step.next[i]
      }
      for (cell, value) in zip(program.trial?.carried ?? [], step.carried) {
        scratch[cell * evaluator.width + lane] = value
      }
    }
  }

  /// The columns of a step that trials found; empty where the point alone gave it.
  func columnsOfFound(_ lane: Int) -> [Double] {
    guard let columnEvaluator, lane < found.count, let step = found[lane] else { return [] }
    let x = layout.position.map { evaluator.input($0)[lane] }
    let inputs =
      x + zip(step.next, x).map { $0 - $1 } + [step.rate, Double(iteration(lane))]
    return columnEvaluator.evaluate(inputs.map { [$0] }).map { $0[0] }
  }

  /// Whether trials have used up the evaluations that the spec allows.
  func isSpent(_ lane: Int) -> Bool {
    guard let most = stop.evaluations, program.trial != nil else { return false }
    let trial = program.trialCost.value + program.trialCost.gradient
    return program.total(at: iteration(lane)) + (lanes[lane].trials + 1) * trial > most
  }
}
