/// A column of runs.csv, as tables write it and filters speak of it.
public struct RunColumn: Sendable {
  /// What its cells hold.
  public enum Content: Sendable, Equatable {
    /// The label of a method.
    case method
    /// The label of a start.
    case start
    /// A number or the text of a rule.
    case rate
    /// One of some words.
    case word([String])
    /// Any text.
    case text
    /// A number.
    case number
  }

  /// The head; `*` stands for the name of each variable in turn.
  public let name: String
  /// What it holds, in a few words.
  public let summary: String
  /// What its cells are.
  public let content: Content
  /// Whether it is known before the run.
  public let isGiven: Bool

  private init(
    _ name: String, _ summary: String, _ content: Content = .number, isGiven: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.content = content
    self.isGiven = isGiven
  }

  /// The words of `ending`.
  public static let endings = [
    "converged", "stalled", "crawling", "oscillating", "diverged", "undefined", "singular",
    "blocked",
  ]
  /// The words of `point`.
  public static let points = ["minimum", "saddle", "maximum", "degenerate", "moving", "unknown"]

  /// The columns of every table, in their order; those of options stand behind the method.
  public static let all = [
    RunColumn("method", "label of the method", .method, isGiven: true),
    RunColumn("rate", "learning rate", .rate, isGiven: true),
    RunColumn("start", "label of the start", .start, isGiven: true),
    RunColumn("start_*", "coordinates of the start", isGiven: true),
    RunColumn("ending", "how the run ended", .word(endings)),
    RunColumn("point", "what it ended at", .word(points)),
    RunColumn(
      "reason", "why, and when f rose first in a run that diverged or oscillates", .text),
    RunColumn("period", "length of the cycle that the last steps ran through"),
    RunColumn("iterations", "number of steps"),
    RunColumn("*", "coordinates of the last iterate"),
    RunColumn("f", "f there"),
    RunColumn("gradient_norm", "norm of the gradient there"),
    RunColumn("min_eigenvalue", "smallest eigenvalue of the Hessian there"),
    RunColumn("max_eigenvalue", "largest eigenvalue of the Hessian there"),
    RunColumn("f_evaluations", "how often the method asked for f"),
    RunColumn("gradient_evaluations", "how often the method asked for the gradient"),
    RunColumn("hessian_evaluations", "how often the method asked for the Hessian"),
    RunColumn("operations", "arithmetic operations of all that the method did, by count"),
    RunColumn("order", "fitted order of convergence; empty with too few iterations"),
    RunColumn("growth", "mean ratio of the last steps' lengths, for a run that met a limit"),
    RunColumn("cosine", "median cosine between the last steps, for a run that met a limit"),
    RunColumn("limit", "label of the critical point that was reached, if they were listed", .text),
  ]
}
