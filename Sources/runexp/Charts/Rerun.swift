import Figures
import Methods
import Running
import Specs

/// Runs made again with the rows that a chart wants, so that it does not depend on what the traces keep.
///
/// At most 256 starts a rate and 4096 runs a chart, the first of the plan, with about 800 rows each.
struct Rerun {
  private static let mostStarts = 256
  private static let mostRuns = 4096
  private static let mostRows = 800

  /// The runs of a method with one rate.
  struct Group {
    let method: Int
    let rate: Int
    /// The runs, start by start: iterations, and at each the columns.
    let runs: [(iterations: [Int], rows: [[Double]], ending: Ending)]
  }

  /// The runs, by method and rate.
  let groups: [Group]
  /// The heads of the columns.
  let heads: [String]
  /// How many starts of each rate were run again.
  let startCount: Int
  /// The greatest distance between kept rows.
  private let stride: Int

  /// Makes runs again.
  ///
  /// - Parameters:
  ///   - methods: the places of methods in the plan.
  ///   - starts: the starts to choose the first from.
  ///   - columns: what each row holds behind the coordinates.
  ///   - coordinates: the coordinates that each row begins with.
  init(
    _ charts: Charts, methods: [Int], starts: Starts, columns: [TraceColumn],
    coordinates: [Int] = []
  ) async throws {
    let groupCount = methods.reduce(0) { $0 + charts.methods[$1].rates.count }
    let count = min(starts.count, Rerun.mostStarts, max(1, Rerun.mostRuns / max(1, groupCount)))
    var function = charts.function
    function.starts = starts.first(count)
    var groups: [Group] = []
    var heads: [String] = []
    var stride = 1
    for place in methods {
      let method = charts.methods[place]
      let longest = method.rates.indices.map { rate in
        charts.records.runs(method: place, rate: rate).prefix(count)
          .reduce(0) { max($0, charts.records.iterations[$1]) }
      }
      var experiment = charts.plan.experiment
      experiment.functions = [function]
      experiment.methods = [method]
      experiment.trace = TraceRules()
      experiment.trace.isExplicit = true
      experiment.trace.allStarts = true
      experiment.trace.columns = columns
      experiment.trace.replacesColumns = true
      experiment.trace.chosenCoordinates = coordinates
      experiment.trace.every = max(1, (longest.max() ?? 0) / Rerun.mostRows)
      stride = max(stride, experiment.trace.every ?? 1)
      let runner = try Runner(try Plan(experiment))
      heads = coordinates.map { function.variables[$0] } + runner.columns[0]
      let width = heads.count
      var runs = method.rates.map { _ in
        [(iterations: [Int], rows: [[Double]], ending: Ending)]()
      }
      try await runner.run(workers: charts.workers) {
        $0
      } receive: { result in
        for (run, trace) in result.traces {
          let outcome = result.outcomes[run - result.chunk.runs.lowerBound]
          let rows = trace.iterations.indices.map {
            Array(trace.values[$0 * width..<($0 + 1) * width])
          }
          runs[run / count].append((trace.iterations, rows, outcome.ending))
        }
      }
      groups += runs.enumerated().map { Group(method: place, rate: $0, runs: $1) }
    }
    startCount = count
    self.groups = groups
    self.heads = heads
    self.stride = stride
  }

  /// What the caption says of starts and iterates that were left out.
  func notes(of all: Int) -> [String] {
    let isThinned = stride > 1
    return Rerun.note(startCount, of: all)
      + (isThinned
        ? ["iterates: of the longest runs every \(stride)th, and the last of every run"] : [])
  }

  /// What the caption says where only the runs from some of the starts are drawn.
  static func note(_ count: Int, of all: Int) -> [String] {
    count < all ? ["drawn: the runs from the first \(count) of \(all) starts"] : []
  }
}
