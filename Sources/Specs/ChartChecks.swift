import Diagnostics

extension SpecParser {
  /// Reports a chart that cannot be drawn of any of the functions, or lacks what it needs.
  mutating func check(chart plot: PlotSpec, _ specs: [FunctionSpec]) {
    let kind = plot.kind.rawValue
    // The figures of the experiment are apart already: this one is indented below a function.
    if plot.space == .experiment, !experiment.plots.contains(where: { $0.place == plot.place }) {
      findings.report(SpecProblem.figureOfAll(kind), at: plot.place)
      return
    }
    if plot.kind == .lines, plot.options.word("x") == nil || plot.options.word("y") == nil {
      findings.report(
        SpecProblem.missing(
          "what is drawn over what", example: "plot lines x=rate y=iterations"), at: plot.place)
      return
    }
    guard areMethodsKnown else { return }
    let obstacles = specs.map { plot.obstacle(of: $0, experiment.methods) }
    if let reason = obstacles.first ?? nil, obstacles.allSatisfy({ $0 != nil }) {
      findings.report(SpecProblem.noPossibleFigure(kind, reason: reason), at: plot.place)
    }
  }
}
