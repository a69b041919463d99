import Diagnostics
import Figures
import Foundation
import Methods
import Results
import Running
import Specs

/// The figures of a function's runs: what each shows is taken from the records of the runs, or from runs that
/// are made again.
struct Charts {
  let plan: Plan
  let number: Int
  let records: RunRecords
  /// The columns of runs.csv that charts show.
  let columns: [String: [Double]]
  let criticalPoints: CriticalPoints?
  let workers: Int

  var functionPlan: FunctionPlan { plan.functions[number] }
  var function: FunctionSpec { functionPlan.function }
  var methods: [MethodSpec] { functionPlan.methods }

  /// The chart that a spec asks for.
  ///
  /// - Throws: `NoFigure` where the runs turn out to have nothing to show.
  func figure(_ plot: PlotSpec, title: String, formula: Label) async throws -> any Figure {
    let heading = FigureHeading(title: title, formula: formula)
    switch plot.kind {
    case .convergence: return try await convergence(plot, heading)
    case .sweep: return try sweep(plot, heading)
    case .lines: return try await lines(plot, heading)
    case .bound: return try await bound(plot, heading)
    default: preconditionFailure("\(plot.kind.rawValue) is no chart of runs")
    }
  }

  /// f* by the rule of the captions; nil where there is none.
  func reference() throws -> ReferenceMinimum? {
    try ReferenceMinimum(of: function, points: criticalPoints, best: records.best)
  }
}

/// Why a figure cannot be drawn, although the spec may ask for it.
struct NoFigure: Error {
  let reason: String
}
