import Methods
import Specs

/// What the loop is given, and what it gives back.
extension LaneLoop {
  /// Runs to be made, by their places.
  struct Batch {
    let dimension: Int
    /// The rate of each; NaN where the method's rule finds one.
    let rates: [Double]
    /// Where each begins, run by run.
    let starts: [Double]

    /// - Parameters:
    ///   - rate: the rate of a run.
    ///   - start: writes down where it begins.
    init(
      count: Int, dimension: Int, rate: (Int) -> Double,
      start: (Int, UnsafeMutableBufferPointer<Double>) -> Void
    ) {
      self.dimension = dimension
      rates = (0..<count).map(rate)
      starts = Array(unsafeUninitializedCapacity: count * dimension) { memory, size in
        memory.initialize(repeating: 0)
        for run in 0..<count {
          start(
            run,
            UnsafeMutableBufferPointer(
              rebasing: memory[run * dimension..<(run + 1) * dimension]))
        }
        size = count * dimension
      }
    }

    var count: Int { rates.count }
  }

  /// Runs that ended, by their places; their points are not yet classified.
  struct Ended {
    /// What is known of a run beside its last iterate: one piece of memory, written at once.
    struct Run {
      var ending = Ending.crawling
      /// Whether it proposed a step that was not made.
      var isProposed = false
      /// How often it asked for f and g in trials.
      var trials: Int32 = 0
      /// The iteration at which f rose first, 0 if it never did.
      var rise: Int32 = 0
      var iterations = 0

      /// The iteration at which f rose first, as outcomes tell it: of runs that diverge or oscillate.
      var toldRise: Int32 {
        (ending == .diverged || ending == .oscillating) && iterations > 1
          ? rise : Outcomes.unwatched
      }
    }

    var runs: [Run]
    /// The last iterates, run by run.
    var positions: [Double]
    /// Why they ended, where the word does not say it all.
    var reasons: [String]
    /// The evidence of those that met a limit.
    var tails: [(run: Int, tail: Tail)] = []
    /// The kept rows of those that are traced.
    var traces: [RunTrace?] = []
    /// ‖g‖² at the last iterates, the oldest first: room for `History.gradientLength` of each run; empty where the order
    /// of convergence is not asked for.
    var gradientSquares: [Double] = []
    let dimension: Int

    init(_ batch: Batch, isTraced: Bool = false) {
      dimension = batch.dimension
      runs = [Run](repeating: Run(), count: batch.count)
      positions = [Double](repeating: .nan, count: batch.count * batch.dimension)
      reasons = [String](repeating: "", count: batch.count)
      if isTraced { traces = [RunTrace?](repeating: nil, count: batch.count) }
    }

    /// Makes room for ‖g‖², which is read no further than written.
    mutating func makeRoomForGradients() {
      guard gradientSquares.isEmpty else { return }
      let room = runs.count * History.gradientLength
      gradientSquares = Array(unsafeUninitializedCapacity: room) { $1 = room }
    }
  }
}
