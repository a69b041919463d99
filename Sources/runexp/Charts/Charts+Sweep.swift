import Diagnostics
import Figures
import Running
import Specs

extension Charts {
  /// Iterations and endings over the rate, for the methods with several rates.
  func sweep(_ plot: PlotSpec, _ heading: FigureHeading) throws -> any Figure {
    let shown = plot.methods(among: methods).map(\.label)
    let names = methods.methodNames
    var swept: [SweepFigure.Method] = []
    var leftOut: [String] = []
    for (place, method) in methods.enumerated() where shown.contains(method.label) {
      let rates = method.rates.indices.filter { method.rates[$0].number > 0 }
      guard rates.count > 1 else {
        leftOut.append(method.label)
        continue
      }
      let sorted = rates.sorted { method.rates[$0].number < method.rates[$1].number }
      swept.append(
        SweepFigure.Method(
          names[place],
          sorted.map { rate in
            let runs = records.runs(method: place, rate: rate)
            return SweepFigure.Rate(
              method.rates[rate].number,
              iterations: runs.filter { records.endings[$0] == .converged }
                .map { Double(records.iterations[$0]) }, endings: records.endings(runs))
          }))
    }
    var heading = heading
    (heading.xLabel, heading.yLabel) = (
      Label("rate", shown: RichText(formula: "rate η")),
      Label(words: "iterations (runs that converged)")
    )
    let reference = try reference()
    let hasDescent = methods.contains { $0.isBoundedDescent && shown.contains($0.label) }
    let stable = hasDescent ? try reference?.stableRates() ?? [] : []
    var notes: [String] = []
    if let reference, !stable.isEmpty {
      let list = stable.map { formatNumber($0) }.joined(separator: ", ")
      notes.append(
        "dashed: 2/lambda_max = \(list), from which on gradient descent leaves \(reference.positions.count == 1 ? reference.origin : "the minima")"
      )
    }
    if !leftOut.isEmpty {
      notes.append(
        "left out, without several rates that are numbers: \(leftOut.joined(separator: ", "))")
    }
    return SweepFigure(
      heading: heading, methods: swept, stableRates: stable,
      limit: plan.experiment.stop.iterations, notes: notes)
  }
}
