import Diagnostics
import Methods
import Results
import Specs

/// The columns that `plot lines` may show of a function: those of runs.csv, of traces or of summary.csv.
struct ColumnSource {
  private let from: String
  private let plan: FunctionPlan
  private let experiment: Experiment

  init(_ from: String, _ plan: FunctionPlan, _ experiment: Experiment) {
    self.from = from
    self.plan = plan
    self.experiment = experiment
  }

  /// The columns of numbers that need no formula of the function.
  var names: [String] {
    switch from {
    case "summary":
      Summary.heads(plan.optionColumns).filter { !Summary.words.contains($0) }
    case "traces":
      ["iteration", "rate"] + plan.function.variables
        + Quantity.all.filter { $0.column != .always }.map(\.name)
        + experiment.trace.columns.map(\.name)
    default: RunTable.heads(plan).filter { !RunTable.words.contains($0) }
    }
  }

  private var words: Set<String> {
    switch from {
    case "summary": Summary.words
    case "traces": ["start"]
    default: RunTable.words
    }
  }

  /// Why a column cannot be drawn; nil where it can.
  func obstacle(_ name: String) -> String? {
    if words.contains(name) { return "the column '\(name)' holds words" }
    return has(name) ? nil : "\(from) has no column '\(name)'"
  }

  /// Whether there is such a column of numbers.
  func has(_ name: String) -> Bool {
    guard from == "traces" else { return names.contains(name) }
    return ["iteration", "rate"].contains(name) || plan.function.variables.contains(name)
      || !traceColumns(of: name).isEmpty
  }

  /// The column of traces that has a cell with this head: `step_norm`, or `gradient` for `gradient_x`.
  func traceColumns(of head: String) -> [TraceColumn] {
    if plan.function.variables.contains(head) || ["iteration", "rate"].contains(head) { return [] }
    let all = experiment.trace.columns + Quantity.all.map { TraceColumn($0) }
    let candidates = all.filter { head == $0.name || head.hasPrefix($0.name + "_") }
    guard !candidates.isEmpty, let model = try? plan.function.model().model else { return [] }
    let found = candidates.first { column in
      if column.needsHessian, plan.function.dimension > FunctionSpec.greatestHessian {
        return false
      }
      let cells = try? column.cells(
        in: .anyStep(of: model), variables: plan.function.variables)
      return cells?.contains { $0.head == head } ?? false
    }
    return found.map { [$0] } ?? []
  }

  /// The columns of a plan's figures that none of the functions has.
  static func problems(of plan: Plan) -> [Diagnostic] {
    var plots = plan.experiment.plots.map { (plot: $0, functions: plan.functions) }
    for function in plan.functions {
      for plot in function.function.plots {
        // A figure of all functions may have its columns in some of them only.
        if let index = plots.firstIndex(where: { $0.plot.place == plot.place }) {
          plots[index].functions.append(function)
        } else {
          plots.append((plot, [function]))
        }
      }
    }
    return plots.filter { $0.plot.kind == .lines }.flatMap { plot, functions in
      let from = plot.options.word("from") ?? "runs"
      let sources = functions.map { ColumnSource(from, $0, plan.experiment) }
      let texts = plot.options.texts("x") + plot.options.texts("y")
      return texts.compactMap { text -> Diagnostic? in
        let name = text.string
        guard !sources.contains(where: { $0.has(name) }) else { return nil }
        let problem: SpecProblem =
          sources[0].words.contains(name)
          ? .columnOfWords(name)
          : .unknownAxis(
            name, from: from, suggestion: suggestion(for: name, among: sources[0].names),
            allowed: sources[0].names)
        return Diagnostic(problem, at: text.place(at: 0))
      }
    }
  }
}
