import Diagnostics
import Figures
import Methods
import Results
import Running
import Specs

extension Charts {
  /// A column of runs, traces or the summary over another.
  func lines(_ plot: PlotSpec, _ heading: FigureHeading) async throws -> any Figure {
    guard let x = plot.options.word("x"), let y = plot.options.word("y") else {
      throw NoFigure(reason: "it names no columns")
    }
    let (groups, notes): ([RunGroup], [String])
    let from = plot.options.word("from") ?? "runs"
    let source = ColumnSource(from, functionPlan, plan.experiment)
    for name in [x, y] {
      if let reason = source.obstacle(name) { throw NoFigure(reason: reason) }
    }
    if from == "traces" {
      (groups, notes) = try await traceLines(plot, x, y)
    } else {
      (groups, notes) = runPoints(plot, x, y)
    }
    return LinesFigure(
      plot, heading, groups, label: function.label(column:), notes: ["columns of \(from)"] + notes)
  }

  private func places(_ plot: PlotSpec) -> [Int] {
    let shown = plot.methods(among: methods).map(\.label)
    return methods.indices.filter { shown.contains(methods[$0].label) }
  }

  /// The groups by what `by=` says: a name for each run of a method with a rate from a start.
  private func names(
    by word: String?
  ) -> (_ method: Int, _ rate: Int, _ start: Int) -> (place: Int, name: SeriesName) {
    let names = methods.seriesNames
    switch word {
    case "method":
      let ofMethods = methods.methodNames
      return { method, _, _ in (method, ofMethods[method]) }
    case "function":
      let ofFunctions = SeriesName.all(plan.functions.map(\.function.name))
      return { [number] _, _, _ in (number, ofFunctions[number]) }
    case "start":
      let count = min(function.starts.count, 256)
      let ofStarts = SeriesName.all(function.starts.prefix(count).map(\.label))
      return { _, _, start in (min(start, count - 1), ofStarts[min(start, count - 1)]) }
    default:
      let firsts = methods.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.rates.count) }
      return { method, rate, _ in (firsts[method] + rate, names[method][rate]) }
    }
  }

  /// More points than this are not told apart on a sheet.
  private static let mostPoints = 50_000

  /// Points of runs that were made, of the first starts where they are too many.
  private func runPoints(_ plot: PlotSpec, _ x: String, _ y: String)
    -> (groups: [RunGroup], notes: [String])
  {
    guard let xs = columns[x], let ys = columns[y] else { return ([], []) }
    let rateCount = places(plot).reduce(0) { $0 + methods[$1].rates.count }
    let all = function.starts.count
    let count = min(all, max(1, Charts.mostPoints / max(1, rateCount)))
    let name = names(by: plot.options.word("by"))
    var found: [Int: (name: SeriesName, runs: [Int])] = [:]
    for method in places(plot) {
      for rate in methods[method].rates.indices {
        let runs = records.runs(method: method, rate: rate)
        for (start, run) in runs.prefix(count).enumerated() {
          let (place, name) = name(method, rate, start)
          found[place, default: (name, [])].runs.append(run)
        }
      }
    }
    let groups = found.sorted { $0.key < $1.key }.map { _, group in
      RunGroup(
        group.name,
        group.runs.map {
          Curve(x: [xs[$0]], y: [ys[$0]], ending: records.endings[$0].rawValue)
        }, endings: records.endings(group.runs))
    }
    return (groups, Rerun.note(count, of: all))
  }

  /// Lines of runs that are made again with the wanted columns.
  private func traceLines(_ plot: PlotSpec, _ x: String, _ y: String) async throws
    -> (groups: [RunGroup], notes: [String])
  {
    let source = ColumnSource("traces", functionPlan, plan.experiment)
    let wanted = [x, y].flatMap { source.traceColumns(of: $0) }
    let columns = wanted.enumerated().filter { index, column in
      !wanted[..<index].contains { $0.name == column.name }
    }.map(\.element)
    let coordinates = [x, y].compactMap { function.variables.firstIndex(of: $0) }
    let rerun = try await Rerun(
      self, methods: places(plot), starts: function.starts, columns: columns,
      coordinates: Array(Set(coordinates)).sorted())
    let name = names(by: plot.options.word("by"))
    var found: [Int: RunGroup] = [:]
    for group in rerun.groups {
      let rate = methods[group.method].rates[group.rate].number
      for (start, run) in group.runs.enumerated() {
        func values(_ head: String) -> [Double] {
          if head == "iteration" { return run.iterations.map(Double.init) }
          if head == "rate" { return run.iterations.map { _ in rate } }
          guard let place = rerun.heads.firstIndex(of: head) else { return [] }
          return run.rows.map { $0[place] }
        }
        let (place, name) = name(group.method, group.rate, start)
        found[place, default: RunGroup(name, [])].curves.append(
          Curve(x: values(x), y: values(y), ending: run.ending.rawValue))
      }
    }
    return (
      found.sorted { $0.key < $1.key }.map(\.value), rerun.notes(of: function.starts.count)
    )
  }
}

extension LinesFigure {
  /// The figure with the axes that a spec asks for.
  init(
    _ plot: PlotSpec, _ heading: FigureHeading, _ groups: [RunGroup],
    label: (String) -> Label, notes: [String]
  ) {
    var heading = heading
    heading.xLabel = label(plot.options.word("x") ?? "")
    heading.yLabel = label(plot.options.word("y") ?? "")
    heading.subject = Label(
      "\(heading.yLabel.typed) over \(heading.xLabel.typed)",
      shown: heading.yLabel.shown + RichText(" over ") + heading.xLabel.shown)
    func scale(_ option: String) -> AxisScale? {
      switch plot.options.word(option) {
      case "linear": .linear
      case "log": .logarithmic
      default: nil
      }
    }
    self.init(
      heading: heading, groups: groups, xScale: scale("xscale"), yScale: scale("yscale"),
      notes: notes)
  }
}
