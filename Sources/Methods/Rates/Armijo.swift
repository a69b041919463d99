import Expressions

extension Rate {
  /// Backtracking: halves the rate until f falls by c₁ of what the slope promises, c₁ = 1e-4.
  ///
  /// Armijo 1966; Nocedal & Wright, *Numerical Optimization*, §3.1. Begins with 1, and then with twice the last
  /// accepted rate unless the direction itself says how far to go. Needs gᵀd < 0, else `blocked`, and gives up after 60
  /// halvings. f is compared to within its rounding, ε|f|, below which no step could be told from another.
  static let armijo = Rate(
    "armijo", "halves until f falls by 1e-4 of what the slope promises",
    .search { workspace, arguments, line in
      let model = workspace.model
      let last = workspace.cell(0, named: "last accepted rate")
      let whole = last.graph.constant(arguments.scale)
      let first = line.reach == .unknown ? workspace.isFirst.select(whole, 2 * last) : whole
      let slope = dot(model.gradient, line.direction)
      return Search(
        kept: [model.askedValue, slope] + line.direction, cells: [first, last.zero],
        asksForGradient: false
      ) { point in
        let (value, slope) = (point.kept[0], point.kept[1])
        let (rate, count) = (point.cells[0], point.cells[1])
        let candidate = zip(point.position, point.kept.dropFirst(2)).map { $0 + rate * $1 }
        let found = point.value(at: candidate)
        // The rounding is granted to rates below the last one only: a step that grows must be seen to fall.
        let two = count.graph.constant(2)
        let rounding = (two <= count).select(0x1p-52 * value.absolute, count.zero)
        let isEnough = found - value <= 1e-4 * rate * slope + rounding
        let isDescent = slope < slope.zero
        let isLast = slope.graph.constant(60) <= count
        let again = isLast.select(
          slope.graph.constant(-Double(Failure.noAcceptableStep.rawValue)), slope.zero)
        return Trial(
          candidate: candidate, rate: rate,
          verdict: isDescent.select(
            isEnough.select(slope.one, again),
            slope.graph.constant(-Double(Failure.notDescent.rawValue))),
          cells: [0.5 * rate, count + 1], carried: [(last, rate)])
      }
    })
}
