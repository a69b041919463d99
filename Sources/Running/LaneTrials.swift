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
    let width = self.evaluator.width
    var next = trying.makeIterator()
    var active: [Int] = []
    func load(_ lane: Int, into place: Int) {
      for i in 0..<n { evaluator.input(i)[place] = coordinate(i, lane) }
      for i in 0..<kept {
        evaluator.input(n + i)[place] = self.evaluator.output(
          layout.kept.lowerBound + i, lane: lane)
      }
      for i in 0..<search {
        evaluator.input(n + kept + i)[place] = self.evaluator.output(
          layout.search.lowerBound + i, lane: lane)
      }
    }
    if trying.count == lanes.count, evaluator.width >= lanes.count {
      // All of them: block by block.
      for i in 0..<n {
        evaluator.input(i).update(
          from: self.evaluator.input(layout.position.lowerBound + i), count: lanes.count)
      }
      for i in 0..<kept + search {
        self.evaluator.copyOutput(
          layout.kept.lowerBound + i, lanes: lanes.count, to: evaluator.input(n + i))
      }
      active = trying
      while next.next() != nil {}
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
          rate: trial.hasRate ? evaluator.output(n + 1, lane: place) : RunTrace.empty,
          failure: verdict < 0 ? Failure(rawValue: Int(-verdict)) : nil)
      }
      // Coordinate by coordinate: neighbouring lanes lie side by side.
      for i in 0..<n {
        for place in done {
          foundNext[i * width + active[place]] = evaluator.output(i, lane: place)
        }
      }
      for i in trial.carried.indices {
        for place in done {
          foundCarried[i * width + active[place]] = evaluator.output(
            n + 2 + search + i, lane: place)
        }
      }
      if done.count == active.count, done.count == trying.count { return }
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

  private func foundNext(_ lane: Int, _ i: Int) -> Double {
    foundNext[i * evaluator.width + lane]
  }

  /// How a run ended whose trials found no step, or one that changes nothing; nil if it goes on.
  mutating func judgeFound(_ lane: Int) -> End? {
    guard let step = found[lane] else { return nil }
    if let failure = step.failure { return end(lane, failure) }
    if !(0..<layout.dimension).allSatisfy({ foundNext(lane, $0).isFinite }) {
      return end(lane, .noAcceptableStep)
    }
    return stepped(lane, measured(lane) { foundNext(lane, $0) })
  }

  /// x ← x⁺ of the lanes whose trials found one, and the cells that trials carry.
  mutating func commitFound() {
    let width = evaluator.width
    let carried = program.trial?.carried ?? []
    let going = lanes.indices.filter { lane in
      found[lane].map { $0.failure == nil } ?? false
    }
    for i in 0..<layout.dimension {
      let block = evaluator.input(layout.position.lowerBound + i)
      for lane in going { block[lane] = foundNext[i * width + lane] }
    }
    for (place, cell) in carried.enumerated() {
      for lane in going { scratch[cell * width + lane] = foundCarried[place * width + lane] }
    }
  }

  /// The columns of a step that trials found; empty where the point alone gave it.
  func columnsOfFound(_ lane: Int) -> [Double] {
    guard let columnEvaluator, lane < found.count, let step = found[lane] else { return [] }
    let x = (0..<layout.dimension).map { coordinate($0, lane) }
    let inputs =
      x + x.enumerated().map { foundNext(lane, $0.offset) - $0.element }
      + [step.rate, Double(iteration(lane))]
    return columnEvaluator.evaluate(inputs.map { [$0] }).map { $0[0] }
  }

  /// Whether trials have used up the evaluations that the spec allows.
  func isSpent(_ lane: Int) -> Bool {
    guard let most = stop.evaluations, program.hasTrials else { return false }
    let trial = program.trialCost.value + program.trialCost.gradient
    return program.total(at: iteration(lane)) + (lanes[lane].trials + 1) * trial > most
  }
}
