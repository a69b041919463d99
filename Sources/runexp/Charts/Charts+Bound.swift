import Diagnostics
import Figures
import Methods
import Running
import Specs

extension Charts {
  /// min‖g‖² of the first t iterates over 2L(f₀ − f*), for gradient descent with fixed rates up to 1/L.
  func bound(_ plot: PlotSpec, _ heading: FigureHeading) async throws -> any Figure {
    guard let bound = LipschitzBound(of: function) else {
      throw NoFigure(reason: "no eigenvalue above 0 was found in its domain; write: lipschitz 10")
    }
    guard let reference = try reference() else {
      throw NoFigure(reason: "no minimum is known and no run ended at a finite value")
    }
    let L = bound.value
    let shown = plot.methods(among: methods).map(\.label)
    /// A rate as a part of 1/L; nil where it is greater, or no fixed one.
    func part(_ rate: RateChoice) -> Double? {
      switch rate {
      case .number(let value): value > 0 && value * L <= 1 + 1e-12 ? min(value * L, 1) : nil
      case .rule(_, let arguments, _):
        rate.isConstant && arguments.scale > 0 && arguments.scale <= 1 ? arguments.scale : nil
      case .own: nil
      }
    }
    let places = methods.indices.filter {
      methods[$0].isBoundedDescent && shown.contains(methods[$0].label)
        && methods[$0].rates.contains { part($0) != nil }
    }
    guard !places.isEmpty else {
      throw NoFigure(
        reason: "no fixed rate of gradient descent is at most 1/L = \(formatNumber(1 / L))")
    }
    let rerun = try await Rerun(
      self, methods: places, starts: function.starts,
      columns: [try column("dot(gradient, gradient)", "square"), try column("f", "value")])
    let names = methods.seriesNames
    var atMinimum = 0
    let groups = rerun.groups.compactMap { group -> BoundFigure.Group? in
      guard let part = part(methods[group.method].rates[group.rate]) else { return nil }
      let runs = RunGroup(
        names[group.method][group.rate],
        group.runs.compactMap { run in
          let scale = 2 * L * (run.rows[0][1] - reference.value)
          guard scale > 0 else {
            atMinimum += 1
            return nil
          }
          var least = Double.infinity
          let quotients = run.rows.map { row in
            least = min(least, row[0])
            return least / scale
          }
          return Curve(
            x: run.iterations.map { Double($0 + 1) }, y: quotients, ending: run.ending.rawValue)
        }, endings: records.endings(records.runs(method: group.method, rate: group.rate)))
      // f falls by at least rate*(1 - rate*L/2)*|g|^2 at every step.
      return BoundFigure.Group(runs, factor: 1 / (part * (2 - part)))
    }
    var heading = heading
    (heading.xLabel, heading.yLabel) = (
      "t (iterates seen)",
      Label("min |g|^2 / 2L(f0 - f*)", shown: RichText(formula: "min‖∇f‖² / 2L(f₀ - f*)"))
    )
    var notes = [
      "L = \(formatNumber(L)), "
        + (bound.isEstimate
          ? "an estimate: the largest eigenvalue seen in the domain" : "as given"),
      "f* = \(formatNumber(reference.value)), \(reference.origin)",
      "drawn: min |g|^2 of the first t iterates, divided by 2L(f0 - f*) of its run; with the rate 1/L "
        + "it is at most 1/t",
    ]
    if atMinimum > 0 { notes.append("left out, as they start at f* or below: \(atMinimum) runs") }
    return BoundFigure(
      heading: heading, groups: groups, notes: notes + rerun.notes(of: function.starts.count))
  }
}
