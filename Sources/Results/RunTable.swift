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
  public static let columns = [
    Column("method", "label of the method"),
    Column("rate", "learning rate"),
    Column("start", "label of the start"),
    Column("start_*", "coordinates of the start"),
    Column("ending", "how the run ended"),
    Column("point", "what it ended at"),
    Column("reason", "why, and when f rose first in a run that diverged or oscillates"),
    Column("period", "length of the cycle that the last steps ran through"),
    Column("iterations", "number of steps"),
    Column("*", "coordinates of the last iterate"),
    Column("f", "f there"),
    Column("gradient_norm", "norm of the gradient there"),
    Column("min_eigenvalue", "smallest eigenvalue of the Hessian there"),
    Column("max_eigenvalue", "largest eigenvalue of the Hessian there"),
    Column("f_evaluations", "how often the method asked for f"),
    Column("gradient_evaluations", "how often the method asked for the gradient"),
    Column("hessian_evaluations", "how often the method asked for the Hessian"),
    Column("operations", "arithmetic operations of all that the method did, by count"),
    Column("order", "fitted order of convergence; empty with too few iterations"),
    Column("growth", "mean ratio of the last steps' lengths, for a run that met a limit"),
    Column("cosine", "median cosine between the last steps, for a run that met a limit"),
    Column("limit", "label of the critical point that was reached, if they were listed"),
  ]

  /// The header.
  public var header: CSVText {
    var text = CSVText()
    text.appendRow(RunTable.columns(plan).flatMap { $0.heads(plan.function.variables) })
    return text
  }

  /// The columns of a function's table; `rows` follows their order.
  static func columns(_ plan: FunctionPlan) -> [Column] {
    [columns[0]] + plan.optionColumns.map(Column.option) + columns.dropFirst()
  }

  /// The rows of a chunk.
  public func rows(_ result: ChunkResult) -> CSVText {
    let method = plan.methods[result.chunk.method]
    let starts = plan.function.starts
    var text = CSVText()
    for (number, outcome) in zip(result.chunk.runs, result.outcomes) {
      let start = starts[number % starts.count]
      text.append(method.label)
      for option in plan.optionColumns { text.append(method.options[option] ?? "") }
      text.append(method.rates[number / starts.count].text)
      text.append(start.label)
      for coordinate in start.position { text.append(coordinate) }
      text.append(outcome.ending.rawValue)
      text.append(outcome.point.rawValue)
      text.append(outcome.reason)
      text.append(outcome.tail?.period)
      text.append(outcome.iterations)
      for coordinate in outcome.position { text.append(coordinate) }
      text.append(outcome.value)
      text.append(outcome.gradientNorm)
      text.append(outcome.eigenvalues?.least)
      text.append(outcome.eigenvalues?.greatest)
      text.append(outcome.evaluations.value)
      text.append(outcome.evaluations.gradient)
      text.append(outcome.evaluations.hessian)
      text.append(outcome.operations.rounded())
      text.append(outcome.order)
      text.append(outcome.tail?.growth)
      text.append(outcome.tail?.cosine)
      text.append("")
      text.endRow()
    }
    return text
  }
}
