/// The kept rows of traced runs.
extension LaneLoop {
  /// Notes the row of a lane, if it is one that is kept.
  mutating func record(_ lane: Int, isLast: Bool) {
    let k = iteration(lane)
    let isKept = rules.every.map { k % $0 == 0 } ?? (k == 0)
    guard isKept || isLast else { return }
    traces[lane].iterations.append(k)
    for i in coordinates { traces[lane].values.append(coordinate(i, lane)) }
    let ofStep = isLast ? [] : columnsOfFound(lane)
    var ofStepTaken = 0
    for (i, column) in program.columns.enumerated() {
      // In the last row no step is taken: its columns are empty, kept as a signalling pattern.
      var value = evaluator.output(layout.firstColumn + i, lane: lane)
      if column.isOfStep, !ofStep.isEmpty {
        value = ofStep[ofStepTaken]
        ofStepTaken += 1
      }
      traces[lane].values.append(column.isOfStep && isLast ? RunTrace.empty : value)
    }
  }
}
