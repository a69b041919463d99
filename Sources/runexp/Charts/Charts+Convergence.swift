import Diagnostics
import Figures
import Methods
import Running
import Specs

extension Charts {
  /// f − f*, ‖g‖ or the distance to the nearest known minimum over the iterations.
  func convergence(_ plot: PlotSpec, _ heading: FigureHeading) async throws -> any Figure {
    let measure = try measure(plot.options.word("of") ?? "f")
    let shown = plot.methods(among: methods).map(\.label)
    let places = methods.indices.filter { shown.contains(methods[$0].label) }
    let isOfPoints = plot.options.word("starts") == "points"
    let starts = isOfPoints ? function.starts.onlyPoints : function.starts
    guard !starts.isEmpty else { throw NoFigure(reason: "no start has a name") }
    let rerun = try await Rerun(
      self, methods: places, starts: starts, columns: [measure.column])
    let names = methods.seriesNames
    let groups = rerun.groups.map { group in
      RunGroup(
        names[group.method][group.rate],
        group.runs.map { run in
          Curve(
            x: run.iterations.map(Double.init), y: run.rows.map { $0[0] - measure.origin },
            ending: run.ending.rawValue)
        },
        endings: records.endings(
          records.runs(method: group.method, rate: group.rate).prefix(starts.count)))
    }
    var heading = heading
    (heading.xLabel, heading.yLabel) = ("iteration", measure.label)
    return ConvergenceFigure(
      heading: heading, groups: groups,
      scale: plot.options.word("xscale") == "log" ? .logarithmic : .linear,
      notes: measure.notes + rerun.notes(of: starts.count))
  }

  /// What is drawn upwards: a column of traces without what it is measured from.
  private struct Measure {
    let label: Label
    let column: TraceColumn
    var origin = 0.0
    let notes: [String]
  }

  /// A column of traces that is a formula of quantities.
  func column(_ formula: String, _ name: String) throws -> TraceColumn {
    TraceColumn(
      name: name, try QuantityFormula(parsing: SourceText(formula), limits: .none))
  }

  private func measure(_ word: String) throws -> Measure {
    if word == "gradient" {
      return Measure(
        label: Label("|g|", shown: RichText(formula: "‖∇f‖")),
        column: try column("norm(gradient)", "gradient"), notes: [])
    }
    guard let reference = try reference() else {
      throw NoFigure(reason: "no minimum is known and no run ended at a finite value")
    }
    let note = "f* = \(formatNumber(reference.value)), \(reference.origin)"
    if word == "f" {
      return Measure(
        label: "f - f*", column: try column("f", "value"), origin: reference.value, notes: [note])
    }
    let distances = reference.positions.map { position in
      "norm(position - [\(position.map(formatNumber).joined(separator: ", "))])"
    }
    let nearest = distances.dropFirst().reduce(distances[0]) { "min(\($0), \($1))" }
    let target =
      reference.positions.count == 1
      ? "from \(reference.origin)"
      : "from the nearest of \(reference.positions.count) minima"
    return Measure(
      label: Label(words: "distance from the minimum"), column: try column(nearest, "distance"),
      notes: ["distance \(target)"])
  }
}
