import Figures
import Results
import Running
import Specs

/// What charts keep of the runs, as these come.
struct ChartData {
  /// For each function what is kept of its runs; empty where no chart asks for them.
  private(set) var records: [RunRecords] = []
  /// For each function the columns of its runs that charts show, by their heads.
  private(set) var columns: [[String: [Double]]] = []
  /// For each function its critical points, where they were listed.
  var criticalPoints: [CriticalPoints?]
  /// The summary, once all runs are made.
  var summary: Summary?
  private let tables: [RunTable]
  private let heads: [[String]]

  /// Prepares for the charts of a plan.
  init(_ plan: Plan, isWanted: Bool) {
    let hasCharts =
      !plan.experiment.plots.isEmpty
      || plan.functions.contains { $0.function.plots.contains { $0.space == .runs } }
    criticalPoints = plan.functions.map { _ in nil }
    tables = plan.functions.map { RunTable($0) }
    heads = plan.functions.map { RunTable.heads($0) }
    guard isWanted, hasCharts else { return }
    records = plan.functions.map { RunRecords($0) }
    columns = plan.functions.indices.map { number in
      let plots = plan.functions[number].function.plots.filter {
        $0.kind == .lines && $0.options.word("from") == "runs"
      }
      let names = plots.flatMap { $0.options.words("x") + $0.options.words("y") }
      return Dictionary(
        names.filter(heads[number].contains).map { ($0, []) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// Adds a chunk.
  mutating func add(_ result: ChunkResult) {
    guard !records.isEmpty else { return }
    let function = result.chunk.function
    records[function].add(result)
    for (place, head) in heads[function].enumerated() where columns[function][head] != nil {
      columns[function][head]? += tables[function].numbers(result, column: place)
    }
  }
}

extension RunRecords {
  /// How some of the runs ended.
  func endings<Runs: Sequence<Int>>(_ runs: Runs) -> [EndingCount] {
    counts(runs).map { EndingCount($0.ending.rawValue, $0.count) }
  }
}
