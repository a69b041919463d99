import CMemory
import CairoCanvas
import Diagnostics
import Figures
import Foundation
import Methods
import Results
import Running
import Specs

/// The figures of a plan: what each shows is asked of the function itself, and drawn.
struct Drawing {
  /// A figure with the place of its files.
  private struct Picture: Sendable {
    let figure: any Figure
    let path: String
    /// What the caption says besides.
    let note: String?
  }

  let plan: Plan
  private let folder: ResultFolder
  private let workers: Int
  private let data: ChartData
  private let pictures: PictureArguments

  init(
    _ plan: Plan, _ folder: ResultFolder, _ data: ChartData, _ pictures: PictureArguments,
    workers: Int
  ) {
    self.pictures = pictures
    self.data = data
    self.plan = plan
    self.folder = folder
    self.workers = workers
  }

  /// The windows of a plan's figures that have no room for ticks.
  static func problems(of plan: Plan) -> [Diagnostic] {
    plan.functions.map(\.function).flatMap { function in
      function.plots.flatMap { plot in
        (plot.axes(of: function) ?? []).compactMap { axis in
          let range = Drawing.range(axis, plot, function)
          guard !Window.canShow(range) else { return nil }
          return Diagnostic(
            SpecProblem.notShowable(
              low: range.lowerBound, high: range.upperBound, variable: function.variables[axis]),
            at: plot.place)
        }
      }
    } + ColumnSource.problems(of: plan)
  }

  static func range(_ axis: Int, _ plot: PlotSpec, _ function: FunctionSpec)
    -> ClosedRange<Double>
  {
    plot.window[function.variables[axis]] ?? function.domain[axis]
  }

  /// Where the pictures and captions of a plan's figures are, without the endings of their names, in its order.
  static func names(of plan: Plan) -> [String] {
    let ofFunctions = plan.functions.map(\.function).flatMap { function in
      function.plots.filter { $0.obstacle(of: function, plan.experiment.methods) == nil }
        .map { "\(function.name)/\($0.name)" }
    }
    return ofFunctions + plan.experiment.plots.map(\.name)
  }

  /// The files that the figures of a plan may have, in whatever format.
  static func possibleFiles(of plan: Plan) -> Set<String> {
    let endings = PictureFormat.allCases.map(\.rawValue) + ["txt"]
    return Set(names(of: plan).flatMap { name in endings.map { "\(name).\($0)" } })
  }

  /// Draws everything, several figures at a time, and writes pictures and captions in the plan's order.
  ///
  /// - Returns: notes on figures that a function cannot have.
  func draw() async throws -> [String] {
    var notes: [String] = []
    var pictures: [Picture] = []
    for (number, function) in plan.functions.enumerated() {
      let name = function.function.name
      let runs = RunFigures(
        function: function.function, methods: function.methods, stop: plan.experiment.stop,
        workers: workers, listed: data.criticalPoints[number]?.points ?? [])
      let reached = try await basins(runs)
      for plot in function.function.plots {
        if plot.space == .runs {
          do {
            let chart = try await chart(plot, number)
            pictures.append(Picture(figure: chart, path: "\(name)/\(plot.name)", note: nil))
          } catch let missing as NoFigure {
            notes.append("note: \(name) has no figure '\(plot.name)': \(missing.reason)")
          }
          continue
        }
        if plot.space == .line {
          do {
            let (curve, note) = try await curve(plot, function)
            pictures.append(Picture(figure: curve, path: "\(name)/\(plot.name)", note: note))
          } catch let missing as NoFigure {
            notes.append("note: \(name) has no figure '\(plot.name)': \(missing.reason)")
          }
          continue
        }
        guard let plane = try Plane(of: plot, function.function) else {
          notes.append(
            "note: \(name) has no figure '\(plot.name)': it needs two variables, or the names of two"
          )
          continue
        }
        pictures.append(
          Picture(
            figure: try await figure(plot, function, plane, runs, reached),
            path: "\(name)/\(plot.name)",
            note: plane.note))
      }
    }
    for plot in plan.experiment.plots {
      let figure = ExperimentCharts(plan: plan, records: data.records, summary: data.summary)
        .figure(plot)
      pictures.append(Picture(figure: figure, path: plot.name, note: nil))
    }
    let made = try await make(pictures)
    for (picture, result) in zip(pictures, made) {
      for (format, file) in result.files {
        try folder.write(file, to: "\(picture.path).\(format.rawValue)")
      }
      let caption = result.caption.joined(separator: "\n") + "\n"
      try folder.write(Array(caption.utf8), to: picture.path + ".txt")
      notes += result.crowding.map { "note: \(picture.path): \($0)" }
    }
    return notes
  }

  private typealias Made = (
    files: [(PictureFormat, [UInt8])], caption: [String], crowding: [String]
  )

  private func make(_ pictures: [Picture]) async throws -> [Made] {
    let wishes = self.pictures
    return try await withThrowingTaskGroup(of: (Int, Made).self) { group in
      var made = [Made](repeating: ([], [], []), count: pictures.count)
      // Surfaces take longest, and are begun first.
      let surfaces = pictures.indices.filter { pictures[$0].figure is SurfaceFigure }
      let others = pictures.indices.filter { !(pictures[$0].figure is SurfaceFigure) }
      for (begun, number) in (surfaces + others).enumerated() {
        if begun >= workers, let (finished, result) = try await group.next() {
          made[finished] = result
        }
        group.addTask {
          (number, try Drawing.make(pictures[number], wishes))
        }
      }
      for try await (finished, result) in group { made[finished] = result }
      return made
    }
  }

  private static func make(
    _ picture: Picture, _ wishes: PictureArguments
  ) throws -> Made {
    prefer_large_pages()
    let formats = wishes.fileFormats
    var figure = picture.figure
    figure.theme = wishes.colors
    // The caption goes with the pixels, whether they are wanted or not, so that it depends on no format.
    let image = try CairoPicture(.png)
    let caption = figure.draw(on: image) + (picture.note.map { [$0] } ?? [])
    let lines = try formats.filter { $0 != .png }.map { try CairoPicture($0) }
    if !lines.isEmpty {
      _ = figure.draw(on: CanvasGroup(lines, measure: image.width(of:style:)))
    }
    var crowding: [String] = []
    if wishes.checksTexts {
      let canvas = RecordingCanvas(measure: image.width(of:style:))
      _ = figure.draw(on: canvas)
      crowding = canvas.crowding
    }
    let wanted = formats.contains(.png) ? [image] + lines : lines
    return (try wanted.map { ($0.format, try $0.file()) }, caption, crowding)
  }

  /// A chart of a function's runs.
  ///
  /// - Throws: `NoFigure` where it has nothing to show.
  private func chart(_ plot: PlotSpec, _ number: Int) async throws -> any Figure {
    let function = plan.functions[number].function
    if let reason = plot.obstacle(of: function, plan.experiment.methods) {
      throw NoFigure(reason: reason)
    }
    let charts = Charts(
      plan: plan, number: number, records: data.records[number],
      columns: data.columns[number], criticalPoints: data.criticalPoints[number], workers: workers)
    return try await charts.figure(
      plot, title: title(plot, function), formula: function.label())
  }

  /// The basins of all figures of a function that show them; nil where none does.
  private func basins(_ runs: RunFigures) async throws -> RunFigures.Reached? {
    let plots = try runs.function.plots.filter { $0.kind == .basins }.compactMap { plot in
      try Plane(of: plot, runs.function).map { (plot, $0) }
    }
    guard !plots.isEmpty else { return nil }
    return try await runs.basins(plots) { Drawing.range($1, $0, runs.function) }
  }

  private func figure(
    _ plot: PlotSpec, _ plan: FunctionPlan, _ plane: Plane, _ runs: RunFigures,
    _ reached: RunFigures.Reached?
  ) async throws -> any Figure {
    let function = plan.function
    let window = Window(
      x: Drawing.range(plane.x, plot, function), y: Drawing.range(plane.y, plot, function))
    var heading = FigureHeading(
      title: title(plot, function), formula: function.label(),
      xLabel: function.label(axis: plane.x), yLabel: function.label(axis: plane.y))
    let starts = function.starts.points.map {
      Marker(label: $0.label, x: $0.position[plane.x], y: $0.position[plane.y])
    }
    // Where none is declared, those that were found.
    let found = runs.listed.filter { $0.kind == .minimum && plane.contains($0.position) }
    let minima = (plane.minima.isEmpty ? found.map(\.position) : plane.minima)
      .map { Marker(label: "", x: $0[plane.x], y: $0[plane.y]) }
    switch plot.kind {
    case .contour:
      let field = try Field(.value, of: function, in: plane, workers: workers)
      var figure = ContourFigure(
        heading: heading, window: window, sample: field.sample, levels: Drawing.levels(plot),
        scale: Drawing.scale(plot), filled: plot.options.word("fill") == "yes",
        paths: try await paths(plot, plan, [plane.x, plane.y]),
        starts: starts, minima: minima)
      figure.cost = field.cost
      figure.workers = workers
      figure.listed = runs.listed.filter { $0.kind == .minimum && plane.contains($0.position) }
        .map { Marker(label: $0.label, x: $0.position[plane.x], y: $0.position[plane.y]) }
      return figure
    case .determinant:
      let field = try Field(.determinant, of: function, in: plane, workers: workers)
      return DeterminantFigure(
        heading: heading, window: window, sample: field.sample, starts: starts, minima: minima)
    case .newtonField, .gradientField:
      let isNewton = plot.kind == .newtonField
      let field = try Field(
        isNewton ? .newtonStep : .negativeGradient, of: function, in: plane, workers: workers)
      let word = plot.options.word("scale")
      let scale: ArrowFieldFigure.Scale = word == "true" ? .true : word == "log" ? .log : .unit
      var figure = ArrowFieldFigure(
        heading: heading, window: window, subject: isNewton ? .newtonStep : .negativeGradient,
        sample: field.sample, count: plot.options.integer("count") ?? 0, scale: scale,
        starts: starts, minima: minima)
      figure.isStream = plot.options.word("stream") == "yes"
      return figure
    case .definiteness:
      let field = try Field(.extremeEigenvalues, of: function, in: plane, workers: workers)
      return DefinitenessFigure(
        heading: heading, window: window, sample: field.sample, starts: starts, minima: minima)
    case .criticalRate:
      return try await runs.criticalRates(
        plot, heading: heading, window: window, plane: plane, starts: starts, minima: minima)
    case .basins:
      guard let reached else { preconditionFailure("the basins are found first") }
      return try runs.figure(
        plot, reached, heading: heading, window: window, plane: plane, starts: starts)
    case .map:
      guard let formula = plot.formula else { preconditionFailure("a map has a formula") }
      let field = try Field(.formula(formula), of: function, in: plane, workers: workers)
      // A long formula under a name of its own leaves room for the title.
      let name = function.label(formula)
      let isNamed = name.typed.count > 32 && plot.options.isGiven("as")
      let isShort = name.shown.plain.count <= 24
      heading.valueLabel =
        isNamed
        ? isShort ? Label(plot.name, shown: name.shown) : Label(words: plot.name) : name
      let summary = formula.quantity?.summary ?? (isNamed ? name.typed : nil)
      heading.subject = isNamed ? Label(words: plot.name) : Drawing.subject(formula) ?? name
      return MapFigure(
        heading: heading, window: window, sample: field.sample, summary: summary,
        scale: mapScale(plot, formula),
        levels: Drawing.levels(plot), starts: starts, minima: minima)
    case .surface:
      let field = try Field(.value, of: function, in: plane)
      return SurfaceFigure(
        heading: heading, window: window, sample: field.sample, scale: Drawing.scale(plot),
        azimuth: plot.options.number("azimuth") ?? 0,
        elevation: plot.options.number("elevation") ?? 0,
        count: plot.options.integer("count") ?? 2,
        paths: try await paths(plot, plan, [plane.x, plane.y]), starts: starts, minima: minima)
    default: preconditionFailure("\(plot.kind.rawValue) lies in no plane")
    }
  }

  static func scale(_ plot: PlotSpec) -> Levels.Scale {
    switch plot.options.word("scale") {
    case "linear": .linear
    case "log": .log
    default: .auto
    }
  }

  static func levels(_ plot: PlotSpec) -> Levels.Choice {
    plot.options.integer("levels").map {
      plot.options.isGiven("levels") ? .exactly($0) : .count($0)
    }
      ?? .values(plot.options.numbers("levels") ?? [])
  }

  private func mapScale(_ plot: PlotSpec, _ formula: QuantityFormula) -> MapFigure.Scale {
    switch plot.options.word("scale") {
    case "linear": .linear
    case "log": .log
    case "signed-log": .signedLog
    default: formula.isAngle ? .linear : .auto
    }
  }

  func title(_ plot: PlotSpec, _ function: FunctionSpec) -> String {
    let subject = plan.experiment.title ?? function.name
    let several = plan.functions.count > 1 ? ", \(function.name)" : ""
    return subject + several + (plot.kind.about.map { ": \($0)" } ?? "")
  }

  /// What a quantity is, without what it is good for: `a` of `a: b`.
  private static func subject(_ formula: QuantityFormula) -> Label? {
    formula.quantity.map { quantity in
      let head = quantity.summary.firstRange(of: ": ").map { quantity.summary[..<$0.lowerBound] }
      let words = Label(words: head.map { String($0) } ?? quantity.summary)
      return quantity.notation.map { Label(words.typed, shown: RichText($0)) } ?? words
    }
  }

  /// The ways of the wanted methods from the named starts: run again with every row kept, so that a
  /// picture does not depend on what the traces keep.
  ///
  /// - Parameter coordinates: the one or two coordinates of the picture.
  func paths(_ plot: PlotSpec, _ plan: FunctionPlan, _ coordinates: [Int]) async throws
    -> [PathLine]
  {
    let labels = plot.options.words("paths")
    guard !labels.isEmpty else { return [] }
    var experiment = self.plan.experiment
    var function = plan.function
    function.starts = function.starts.onlyPoints
    guard !function.starts.isEmpty else { return [] }
    experiment.functions = [function]
    let shown = plan.methods.indices.filter { labels.contains(plan.methods[$0].label) }
    experiment.methods = shown.map { plan.methods[$0] }
    experiment.trace = TraceRules()
    experiment.trace.isExplicit = true
    experiment.trace.chosenCoordinates = coordinates
    let names = plan.methods.seriesNames
    let runner = try Runner(try Plan(experiment))
    let width = coordinates.count + runner.columns[0].count
    var lines: [PathLine] = []
    try await runner.run(workers: workers) {
      $0
    } receive: { result in
      let rates = names[shown[result.chunk.method]]
      for (run, trace) in result.traces {
        let outcome = result.outcomes[run - result.chunk.runs.lowerBound]
        lines.append(
          PathLine(
            rates[run / function.starts.count],
            startLabel: function.starts[run % function.starts.count].label,
            ending: outcome.ending.rawValue,
            points: trace.iterations.indices.map { row in
              (
                trace.values[row * width],
                coordinates.count > 1 ? trace.values[row * width + 1] : 0
              )
            }))
      }
    }
    return lines
  }
}
