import Running
import Specs

/// FUNCTION/runs.csv: one row a run.
public struct RunTable: Sendable {
  private let plan: FunctionPlan

  /// Creates the table of a function.
  public init(_ plan: FunctionPlan) {
    self.plan = plan
  }

  /// The columns of every table; those of options stand behind the method.
  public static let columns = RunColumn.all.map { Column($0.name, $0.summary) }

  /// The header.
  public var header: CSVText {
    var text = CSVText()
    text.appendRow(RunTable.heads(plan))
    return text
  }

  /// The columns of a function's table; `rows` follows their order.
  static func columns(_ plan: FunctionPlan) -> [Column] {
    [columns[0]] + plan.optionColumns.map(Column.option) + columns.dropFirst()
  }

  /// The columns that hold words, which no axis can show.
  public static let words = Set(
    RunColumn.all.filter { ![.number, .rate].contains($0.content) }.map(\.name))

  /// The heads of a function's table.
  public static func heads(_ plan: FunctionPlan) -> [String] {
    columns(plan).flatMap { $0.heads(plan.function.variables) }
  }

  /// The rows of a chunk.
  public func rows(_ result: ChunkResult) -> CSVText {
    var text = CSVText()
    for (number, outcome) in zip(result.chunk.runs, result.outcomes) {
      write(outcome, result.chunk, number, to: &text)
      text.endRow()
    }
    return text
  }

  /// The numbers of a chunk in a column, by its place; NaN where there is none.
  public func numbers(_ result: ChunkResult, column: Int) -> [Double] {
    zip(result.chunk.runs, result.outcomes).map { number, outcome in
      var picker = CellPicker(column: column)
      write(outcome, result.chunk, number, to: &picker)
      return picker.value
    }
  }

  /// Writes the cells of a run, in the order of the columns.
  private func write<Sink: CellSink>(
    _ outcome: Outcome, _ chunk: Chunk, _ number: Int, to sink: inout Sink
  ) {
    let method = plan.methods[chunk.method]
    let starts = plan.function.starts
    let start = starts[number % starts.count]
    sink.append(method.label)
    for option in plan.optionColumns { sink.append(method.options[option] ?? "") }
    sink.append(method.rates[number / starts.count].text)
    sink.append(start.label)
    for coordinate in start.position { sink.append(coordinate) }
    sink.append(outcome.ending.rawValue)
    sink.append(outcome.point.rawValue)
    sink.append(outcome.reason)
    sink.append(outcome.tail?.period)
    sink.append(outcome.iterations)
    for coordinate in outcome.position { sink.append(coordinate) }
    sink.append(outcome.value)
    sink.append(outcome.gradientNorm)
    sink.append(outcome.eigenvalues?.least)
    sink.append(outcome.eigenvalues?.greatest)
    sink.append(outcome.evaluations.value)
    sink.append(outcome.evaluations.gradient)
    sink.append(outcome.evaluations.hessian)
    sink.append(outcome.operations.rounded())
    sink.append(outcome.order)
    sink.append(outcome.tail?.growth)
    sink.append(outcome.tail?.cosine)
    sink.append("")
  }
}
