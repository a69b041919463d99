import Results
import Running
import Specs
import Testing

/// What filters may say of results is what results hold.
@Suite struct RunColumnTests {
  @Test func theWordsAreThoseThatRunsEndWith() {
    #expect(RunColumn.endings == Ending.allCases.map(\.rawValue))
    #expect(RunColumn.points == PointKind.allCases.map(\.rawValue))
  }

  @Test func tablesHaveTheColumns() throws {
    let plan = try parsed(
      "function f(x, y) = x^2 + y^2\nmethod momentum rate=0.1 beta=[0.1, 0.2]\nstart (1, 1)")
    #expect(
      RunTable.heads(plan.functions[0]) == [
        "method", "beta", "rate", "start", "start_x", "start_y", "ending", "point", "reason",
        "period", "iterations", "x", "y", "f", "gradient_norm", "min_eigenvalue", "max_eigenvalue",
        "f_evaluations", "gradient_evaluations", "hessian_evaluations", "operations", "order",
        "growth", "cosine", "limit",
      ])
    #expect(RunTable.words == ["method", "start", "ending", "point", "reason", "limit"])
  }
}
