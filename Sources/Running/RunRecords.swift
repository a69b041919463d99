import Specs

/// What figures keep of every run of a function, in the order of the plan.
public struct RunRecords: Sendable {
  /// How each run ended.
  public private(set) var endings: [Ending] = []
  /// What each run ended at.
  public private(set) var points: [PointKind] = []
  /// The number of steps of each run.
  public private(set) var iterations: [Int] = []
  /// How often each run asked for f, g and H together.
  public private(set) var evaluations: [Int] = []
  /// The arithmetic operations of each run.
  public private(set) var operations: [Double] = []
  /// The least value at which a run ended, and where.
  public private(set) var best: (value: Double, position: [Double])?
  private let startCount: Int
  /// The place of the first run of each method.
  private let firsts: [Int]

  /// No runs yet of a function.
  public init(_ plan: FunctionPlan) {
    startCount = plan.function.starts.count
    firsts = plan.methods.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rates.count) }
  }

  /// Adds a chunk; chunks come in the order of the plan.
  public mutating func add(_ result: ChunkResult) {
    let outcomes = result.outcomes
    endings += outcomes.endings
    points += outcomes.points
    iterations += outcomes.iterations
    evaluations += outcomes.evaluations.map(\.total)
    operations += outcomes.operations
    for (run, value) in outcomes.values.enumerated()
    where value.isFinite && value < best?.value ?? .infinity {
      best = (value, outcomes.position(run))
    }
  }

  /// The places of the runs of a method with one of its rates, start by start.
  public func runs(method: Int, rate: Int) -> Range<Int> {
    let first = (firsts[method] + rate) * startCount
    return first..<first + startCount
  }

  /// How often each ending occurs among some runs; those that do not are left out.
  public func counts<Runs: Sequence<Int>>(_ runs: Runs) -> [(ending: Ending, count: Int)] {
    var counts: [Ending: Int] = [:]
    for run in runs { counts[endings[run], default: 0] += 1 }
    return Ending.allCases.compactMap { ending in counts[ending].map { (ending, $0) } }
  }
}
