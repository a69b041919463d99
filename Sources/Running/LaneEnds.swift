import Diagnostics
import Expressions
import Methods
import Specs

/// How runs end: what is asked of a lane that does not just go on.
extension LaneLoop {
  /// How a run ended, the point and the iterates apart.
  struct End {
    let ending: Ending
    let reason: String
    /// Whether the step from there was proposed, too.
    let isProposed: Bool
    /// Whether a limit was met: then the last steps say how it ended, and why.
    let isAtLimit: Bool
  }

  /// The reasons that hold numbers, made once.
  struct Reasons {
    let outside: String
    let limit: String
    let evaluations = "limit on evaluations"

    init(_ stop: StopRules, limit: String) {
      outside = stop.radius.map { "outside the radius \(formatNumber($0))" } ?? ""
      self.limit = "limit on \(limit)"
    }
  }

  /// The order of one iteration: not finite? converged? outside the radius? a limit reached? Then
  /// the proposal.
  ///
  /// Returns nil if the run goes on.
  mutating func judge(_ lane: Int) -> End? {
    let k = iteration(lane)
    let n = layout.dimension
    let f = evaluator.output(layout.value, lane: lane)
    // Most runs, without a square root: all that ‖g‖² and f rest on is finite where they are.
    if evaluator.output(layout.gradientSquare, lane: lane) <= certainSquare, f.isFinite,
      (0..<n).allSatisfy({ coordinate($0, lane).isFinite })
    {
      return end(lane, .converged)
    }
    if let bad = (0..<n).first(where: { !coordinate($0, lane).isFinite }) {
      // One that is infinite speaks for divergence whatever the others are.
      return coordinate(bad, lane).isInfinite
        || (bad..<n).contains { coordinate($0, lane).isInfinite }
        ? end(lane, .diverged, "a coordinate is infinite")
        : end(lane, .undefined, "a coordinate is not a number")
    }
    if f.isNaN { return end(lane, .undefined) }
    if f.isInfinite { return end(lane, .diverged, "f is infinite") }
    func slope(_ i: Int) -> Double {
      evaluator.output(layout.gradient.lowerBound + i, lane: lane)
    }
    if !(0..<n).allSatisfy({ slope($0).isFinite }) { return end(lane, .undefined) }
    if let tolerance = stop.gradient, euclideanNorm(n, slope) <= tolerance {
      return end(lane, .converged)
    }
    if let radius = stop.radius {
      let start = batch.starts
      let first = lanes[lane].run * n
      if euclideanNorm(n, { coordinate($0, lane) - start[first + $0] }) > radius {
        return end(lane, .diverged, reasons.outside)
      }
    }
    if lanes[lane].hasShortStep { return end(lane, .stalled, "the step tolerance was met") }
    if let tolerance = stop.decrease, k > 0 {
      let previous = evaluator.input(layout.previousValue)[lane]
      if abs(previous - f) <= tolerance {
        return end(lane, .stalled, "the decrease tolerance was met")
      }
    }
    if k >= limit || isSpent(lane) {
      return End(ending: .crawling, reason: "", isProposed: false, isAtLimit: true)
    }
    if let failure = Failure(rawValue: Int(evaluator.output(layout.status, lane: lane))) {
      return end(lane, failure)
    }
    guard !program.hasTrials else { return nil }
    return stepped(
      lane, measured(lane) { evaluator.output(layout.next.lowerBound + $0, lane: lane) })
  }

  /// Why a run ended that met a limit.
  func reason(_ tail: Tail, iterations: Int) -> String {
    switch tail.ending {
    case .diverged: "still growing at the limit"
    case .stalled: LaneLoop.noStep
    default: iterations >= limit ? reasons.limit : reasons.evaluations
    }
  }

  /// Whether a step moves x, and whether it meets the step tolerance.
  func measured(_ lane: Int, to next: (Int) -> Double) -> (moves: Bool, isShort: Bool) {
    let n = layout.dimension
    guard !(0..<n).allSatisfy({ next($0) == coordinate($0, lane) }) else { return (false, false) }
    let isShort = stop.step.map { tolerance in
      euclideanNorm(n) { next($0) - coordinate($0, lane) } <= tolerance
    }
    return (true, isShort ?? false)
  }

  /// How a run ended with such a step; nil if it goes on.
  mutating func stepped(_ lane: Int, _ step: (moves: Bool, isShort: Bool)) -> End? {
    guard step.moves else { return still(lane) }
    lanes[lane].stillness = 0
    lanes[lane].hasShortStep = step.isShort
    return nil
  }

  func end(_ lane: Int, _ failure: Failure) -> End {
    switch failure.kind {
    case .singular: end(lane, .singular, failure.reason, proposed: true)
    case .undefined:
      // What became undefined in f or its derivatives is found out later.
      end(lane, .undefined, failure == .notFinite ? "" : failure.reason, proposed: true)
    case .blocked: end(lane, .blocked, failure.reason, proposed: true)
    }
  }

  /// A step that leaves x as it was ends a run unless something else changes: a cell of the method, or, ten
  /// times at most, the rate or where trials begin.
  private mutating func still(_ lane: Int) -> End? {
    lanes[lane].stillness += 1
    let isAtRest =
      program.isRateZero || batch.rates[lanes[lane].run] == 0
      || (lanes[lane].stillness >= 10 && (program.changesWithIteration || program.hasTrials))
      || (!program.changesWithIteration && !changesCells(lane))
    return isAtRest ? end(lane, .stalled, LaneLoop.noStep, proposed: true) : nil
  }

  /// Whether the step changes a bit of what the method carries.
  private func changesCells(_ lane: Int) -> Bool {
    if layout.cellCount == 0 { return false }
    let now = layout.cells.map { evaluator.input($0)[lane] }
    var next = layout.nextCells.map { evaluator.output($0, lane: lane) }
    if let trial = program.trial, found[lane] != nil {
      for (place, cell) in trial.carried.enumerated() {
        next[cell] = foundCarried[place * evaluator.width + lane]
      }
    }
    return zip(now, next).contains { $0.bitPattern != $1.bitPattern }
  }

  private static let noStep = "the step no longer changes x"

  func end(
    _ lane: Int, _ ending: Ending, _ reason: String = "", proposed: Bool = false
  ) -> End {
    End(ending: ending, reason: reason, isProposed: proposed, isAtLimit: false)
  }
}
