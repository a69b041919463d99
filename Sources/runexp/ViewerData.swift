import Diagnostics
import Figures
import Foundation
import Page
import Results
import Running
import Specs

/// What a page's viewer shows of a function of two variables: lines of the function itself, and the paths from named
/// starts as the traces have them.
struct ViewerData {
  private let function: FunctionPlan
  private let plan: Plan
  private let folder: URL
  private let workers: Int

  init(_ function: FunctionPlan, _ plan: Plan, folder: URL, workers: Int) {
    self.function = function
    self.plan = plan
    self.folder = folder
    self.workers = workers
  }

  /// The viewer; nil where the function has other than two variables, or the traces have no path to follow:
  /// the ends of runs are none.
  func viewer() throws -> PathViewer? {
    let spec = function.function
    guard let plane = try Plane(of: spec), let every = plan.experiment.trace.every else {
      return nil
    }
    let heads = readings
    let runs = self.runs(heads)
    guard !runs.isEmpty, let figure = try figure(plane) else { return nil }
    let colors = function.methods.seriesNames.joined().map {
      (light: $0.color(on: .light), dark: $0.color(on: .dark))
    }
    return PathViewer(
      function: spec.name, window: figure.window, map: ContourMap(figure),
      readings: heads.map { PathViewer.Reading(label($0), head: $0) }, colors: Array(colors),
      starts: shownStarts.map {
        Marker(label: $0.label, x: $0.position[0], y: $0.position[1])
      },
      minima: plane.minima.map { Marker(label: "", x: $0[0], y: $0[1]) }, every: every,
      allRuns: function.laneGroupCount * spec.starts.points.count, runs: runs)
  }

  /// The function as the contour figure with the smallest window shows it, or over its domain.
  private func figure(_ plane: Plane) throws -> ContourFigure? {
    let spec = function.function
    func area(_ plot: PlotSpec) -> Double {
      [0, 1].map { Drawing.range($0, plot, spec) }
        .reduce(1) { $0 * ($1.upperBound - $1.lowerBound) }
    }
    let plot = spec.plots.filter { $0.kind == .contour }.min { area($0) < area($1) }
    let ranges = [0, 1].map { axis in
      plot.map { Drawing.range(axis, $0, spec) } ?? spec.domain[axis]
    }
    guard ranges.allSatisfy(Window.canShow) else { return nil }
    let field = try Field(.value, of: spec, in: plane, workers: workers)
    var figure = ContourFigure(
      heading: FigureHeading(title: ""), window: Window(x: ranges[0], y: ranges[1]),
      sample: field.sample, levels: plot.map(Drawing.levels) ?? .count(12),
      scale: plot.map(Drawing.scale) ?? .auto,
      minima: plane.minima.map { Marker(label: "", x: $0[0], y: $0[1]) })
    figure.cost = field.cost
    figure.listed = listedMinima
    return figure
  }

  /// The minima of the list of critical points, from which levels may count.
  private var listedMinima: [Marker] {
    guard function.function.criticalPoints != nil,
      let table = CSVFile(folder.appendingPathComponent("critical-points.csv")),
      let kind = table.heads.firstIndex(of: "kind"),
      let x = table.heads.firstIndex(of: function.function.variables[0]),
      let y = table.heads.firstIndex(of: function.function.variables[1])
    else { return [] }
    var markers: [Marker] = []
    table.forEachRow { row in
      if row.text(kind) == PointKind.minimum.rawValue, let x = row.number(x), let y = row.number(y)
      {
        markers.append(Marker(label: "", x: x, y: y))
      }
      return true
    }
    return markers
  }

  // MARK: - Paths

  /// The columns that are read at a point: the coordinates, f, the gradient's norm and the rate of the step, as
  /// far as traces have them, and the columns that the spec defines.
  private var readings: [String] {
    let variables = function.function.variables
    guard let table = function.methods.lazy.compactMap({ CSVFile(trace($0)) }).first else {
      return variables
    }
    let usual = ["f", "gradient_norm", "step_rate"]
    let own = plan.experiment.trace.columns.map(\.name).filter { !usual.contains($0) }
    return variables + (usual + own).filter { table.heads.contains($0) }.prefix(4)
  }

  private func label(_ head: String) -> RichText {
    switch head {
    case "f": function.function.name == "f" ? Label("f").shown : RichText(function.function.name)
    case "step_rate": RichText("rate")
    default: function.function.label(column: head).shown
    }
  }

  private func trace(_ method: MethodSpec) -> URL {
    folder.appendingPathComponent("traces/\(method.label).csv")
  }

  /// So many of the first named starts that all methods have room.
  private var shownStarts: ArraySlice<Start> {
    function.function.starts.points.prefix(max(1, PathViewer.mostRuns / function.laneGroupCount))
  }

  private func runs(_ heads: [String]) -> [PathViewer.Run] {
    let starts = Set(shownStarts.map(\.label))
    guard !starts.isEmpty else { return [] }
    let endings = self.endings(starts)
    var runs: [PathViewer.Run] = []
    var first = 0
    for method in function.methods {
      let rates = method.rates.map(\.text)
      defer { first += rates.count }
      guard runs.count < PathViewer.mostRuns, let table = CSVFile(trace(method)) else { continue }
      for path in RecordedPath.read(
        table, starts: starts, columns: heads,
        atMost: min(PathViewer.mostRuns, starts.count * rates.count))
      {
        guard let rate = rates.firstIndex(of: path.rate) else { continue }
        runs.append(
          PathViewer.Run(
            method: method.label, rate: path.rate, start: path.start, color: first + rate,
            ending: endings[[method.label, path.rate, path.start]] ?? "",
            iterations: path.iterations, numbers: path.columns))
      }
    }
    return runs
  }

  /// How the runs from some starts ended, in words, by method, rate and start.
  private func endings(_ starts: Set<String>) -> [[String]: String] {
    guard let table = CSVFile(folder.appendingPathComponent("runs.csv")) else { return [:] }
    let names = ["method", "rate", "start", "ending", "point", "limit"]
    let places = names.compactMap { table.heads.firstIndex(of: $0) }
    guard places.count == names.count else { return [:] }
    var endings: [[String]: String] = [:]
    table.forEachRow { row in
      guard starts.contains(row.text(places[2])) else { return true }
      let texts = places.map(row.text)
      let limit = texts[5].isEmpty ? "" : " (\(texts[5]))"
      let point =
        switch PointKind(rawValue: texts[4]) {
        case .minimum: " at a minimum" + limit
        case .saddle: " at a saddle" + limit
        case .maximum: " at a maximum" + limit
        case .degenerate: " at a degenerate point" + limit
        case .moving: ", not at a stationary point"
        default: ""
        }
      endings[Array(texts[..<3])] = texts[3] + point
      return true
    }
    return endings
  }
}
