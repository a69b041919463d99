import Running
import Specs

/// FUNCTION/runs.csv: one row a run.
public struct RunTable: Sendable {
  private let plan: FunctionPlan

  /// Creates the table of a function.
  public init(_ plan: FunctionPlan) {
    self.plan = plan
  }

  /// The header.
  public var header: CSVText {
    let variables = plan.function.variables
    var text = CSVText()
    text.appendRow(
      ["method", "rate", "start"] + variables.map { "start_\($0)" }
        + ["ending", "point", "reason", "period", "iterations"] + variables
        + [
          "f", "gradient_norm", "min_eigenvalue", "max_eigenvalue", "f_evaluations",
          "gradient_evaluations", "hessian_evaluations", "order", "growth", "cosine", "limit",
        ])
    return text
  }

  /// The rows of a chunk.
  public func rows(_ result: ChunkResult) -> CSVText {
    let method = plan.methods[result.chunk.method]
    let starts = plan.function.starts
    var text = CSVText()
    for (number, outcome) in zip(result.chunk.runs, result.outcomes) {
      let start = starts[number % starts.count]
      text.append(method.label)
      text.append(method.rates[number / starts.count])
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
      text.append(outcome.order)
      text.append(outcome.tail?.growth)
      text.append(outcome.tail?.cosine)
      text.append("")
      text.endRow()
    }
    return text
  }
}
