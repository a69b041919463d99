import Running
import Specs

/// FUNCTION/traces/LABEL.csv: row k is the state at xₖ and the step taken from there.
public struct TraceTable: Sendable {
  private let plan: FunctionPlan
  /// The names behind the iteration.
  private let columns: [String]

  /// Creates the tables of a function's methods.
  ///
  /// - Parameters:
  ///   - rules: say which coordinates the rows have.
  ///   - columns: the names behind iteration and coordinates.
  public init(_ plan: FunctionPlan, rules: TraceRules, columns: [String]) {
    self.plan = plan
    let coordinates = rules.coordinates(dimension: plan.function.dimension)
    self.columns = coordinates.map { plan.function.variables[$0] } + columns
  }

  /// The columns before coordinates and quantities.
  public static let columns = [
    Column("rate", "learning rate"),
    Column("start", "label of the start"),
    Column("iteration", "k, from 0"),
  ]
  /// The columns of the coordinates.
  public static let coordinates = Column("*", "coordinates of the iterate")

  /// The header.
  public var header: CSVText {
    var text = CSVText()
    text.appendRow(TraceTable.columns.map(\.name) + columns)
    return text
  }

  /// The rows of a chunk.
  public func rows(_ result: ChunkResult) -> CSVText {
    let method = plan.methods[result.chunk.method]
    let starts = plan.function.starts
    let width = columns.count
    var text = CSVText()
    for (number, trace) in result.traces {
      let rate = method.rates[number / starts.count].text
      let label = starts[number % starts.count].label
      for (row, iteration) in trace.iterations.enumerated() {
        text.append(rate)
        text.append(label)
        text.append(iteration)
        for value in trace.values[row * width..<(row + 1) * width] {
          text.append(RunTrace.isEmpty(value) ? nil : value)
        }
        text.endRow()
      }
    }
    return text
  }
}
