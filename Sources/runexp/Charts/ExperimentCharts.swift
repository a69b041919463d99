import Diagnostics
import Figures
import Results
import Running
import Specs

/// The figures over all functions of a plan.
struct ExperimentCharts {
  let plan: Plan
  let records: [RunRecords]
  let summary: Summary?

  /// The chart that a spec asks for.
  func figure(_ plot: PlotSpec) -> any Figure {
    plot.kind == .lines ? lines(plot) : profile(plot)
  }

  /// The title of the experiment, where it has one.
  private func title(_ text: String) -> String {
    plan.experiment.title.map { "\($0): \(text)" } ?? text
  }

  /// A column of the summary over another: a line for each method through all rows, or one for each rate of
  /// each method through the functions.
  private func lines(_ plot: PlotSpec) -> any Figure {
    let methods = plan.experiment.methods
    let heads = Summary.heads(plan.experiment.optionColumns)
    func column(_ option: String) -> [Double] {
      let place = plot.options.word(option).flatMap { heads.firstIndex(of: $0) }
      return place.flatMap { summary?.numbers(column: $0) } ?? []
    }
    let (xs, ys) = (column("x"), column("y"))
    let names = methods.seriesNames
    let ofMethods = methods.methodNames
    let ofFunctions = SeriesName.all(plan.functions.map(\.function.name))
    let isOfMethods = plan.functions.count == 1 && !plot.options.isGiven("by")
    let word = isOfMethods ? "method" : plot.options.word("by")
    let shown = plot.methods(among: methods).map(\.label)
    var found: [Int: (name: SeriesName, rows: [Int])] = [:]
    var (row, missing) = (0, 0)
    for function in plan.functions.indices {
      var line = 0
      for (method, spec) in methods.enumerated() {
        for rate in spec.rates.indices {
          defer { (row, line) = (row + 1, line + 1) }
          guard shown.contains(spec.label), row < min(xs.count, ys.count) else { continue }
          guard !xs[row].isNaN, !ys[row].isNaN else {
            missing += 1
            continue
          }
          let (place, name) =
            switch word {
            case "method": (method, ofMethods[method])
            case "function": (function, ofFunctions[function])
            default: (line, names[method][rate])
            }
          found[place, default: (name, [])].rows.append(row)
        }
      }
    }
    let groups = found.sorted { $0.key < $1.key }.map { _, group in
      let rows = group.rows.sorted { (xs[$0], $0) < (xs[$1], $1) }
      return RunGroup(group.name, [Curve(x: rows.map { xs[$0] }, y: rows.map { ys[$0] })])
    }
    let heading = FigureHeading(title: plan.experiment.title ?? "Summary")
    let note = "left out, without a number in one of the columns: \(counted(missing, "row"))"
    return LinesFigure(
      plot, heading, groups, label: Label.init(column:),
      notes: ["columns of the summary"] + (missing > 0 ? [note] : []))
  }

  /// A performance profile of the methods over all functions and starts.
  private func profile(_ plot: PlotSpec) -> any Figure {
    let all = plan.experiment.methods
    let shown = plot.methods(among: all).map(\.label)
    let names = all.seriesNames
    let word = plot.options.word("by") ?? "evaluations"
    let solvers = all.indices.filter { shown.contains(all[$0].label) }.flatMap { method in
      all[method].rates.indices.map { (method: method, rate: $0) }
    }
    var ratios = solvers.map { _ in [Double]() }
    var problemCount = 0
    var unsolved = 0
    var endings: [Ending: Int] = [:]
    for (function, record) in zip(plan.functions, records) {
      let firsts = solvers.map { record.runs(method: $0.method, rate: $0.rate).lowerBound }
      for start in 0..<function.function.starts.count {
        problemCount += 1
        let costs = firsts.map { cost(of: $0 + start, record, by: word) }
        for first in firsts { endings[record.endings[first + start], default: 0] += 1 }
        guard let best = costs.compactMap({ $0 }).min() else {
          unsolved += 1
          continue
        }
        for (number, cost) in costs.enumerated() {
          if let cost { ratios[number].append(cost / best) }
        }
      }
    }
    let counts = Ending.allCases.compactMap { ending in
      endings[ending].map { EndingCount(ending.rawValue, $0) }
    }
    var notes = [
      "problems: \(problemCount), each start of \(counted(plan.functions.count, "function")); a problem is "
        + "solved by a run that converges to a minimum",
      "cost: \(word)" + (word == "evaluations" ? " of f, g and H together" : ""),
      "all runs: " + counts.map { "\($0.count) \($0.ending)" }.joined(separator: ", "),
    ]
    if unsolved > 0 { notes.append("solved by none: \(counted(unsolved, "problem"))") }
    return ProfileFigure(
      heading: FigureHeading(
        title: title("performance profile"),
        xLabel: Label(words: "\(word), as a multiple of the best"),
        yLabel: Label(words: "share of problems solved")),
      solvers: zip(solvers, ratios).map {
        ProfileFigure.Solver(names[$0.method][$0.rate], ratios: $1)
      }, problemCount: problemCount, notes: notes)
  }

  /// What a run cost, at least 1; nil if it solved nothing.
  private func cost(of run: Int, _ record: RunRecords, by word: String) -> Double? {
    guard record.endings[run] == .converged, record.points[run] == .minimum else { return nil }
    let cost =
      switch word {
      case "iterations": Double(record.iterations[run])
      case "operations": record.operations[run]
      default: Double(record.evaluations[run])
      }
    return max(cost, 1)
  }
}
