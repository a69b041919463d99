/// The kept rows of traced runs.
extension LaneLoop {
  /// Adds a row to the traces of some lanes.
  ///
  /// All of them at once: rows are new memory, and to count a reference waits for what was stored before.
  mutating func record(_ chosen: some Sequence<Int>, isLast: Bool) {
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
