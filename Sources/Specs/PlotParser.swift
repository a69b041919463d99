import Diagnostics

extension SpecParser {
  /// Figures of every function: its own ones, then the top-level ones.
  mutating func finishPlots() {
    methodLabels = Set(experiment.methods.map(\.label))
    let top = sharedPlots.flatMap { readPlots($0) }
    let shared = top.filter { $0.space != .experiment }
    experiment.plots = top.filter { $0.space == .experiment }
    for index in functions.indices {
      let own = functions[index].plots.flatMap { readPlots($0) }
      guard isAffordable(own + shared, functions[index]) else { return }
      functions[index].spec.plots = own + shared
      check(own, [functions[index].spec])
    }
    let specs = functions.map(\.spec)
    check(shared, specs)
    check(experiment.plots, specs)
    checkNames(experiment.plots)
    for spec in specs { checkNames(spec.plots) }
  }

  /// Reports figures that are called alike, or as another file beside them.
  private mutating func checkNames(_ plots: [PlotSpec]) {
    var names: Set<String> = []
    for plot in plots {
      let file = plot.space == .experiment ? "manifest" : "critical-points"
      guard plot.name.lowercased() == file else { continue }
      let place = plot.options.texts("as").first?.place(at: 0) ?? plot.place
      findings.report(
        SpecProblem.reservedName(plot.name, meaning: "a file of the results"), at: place)
    }
    // A map whose formula cannot be read has no name yet.
    for plot in plots
    where (plot.kind != .map || plot.formula != nil)
      && !names.insert(plot.name.lowercased()).inserted
    {
      findings.report(SpecProblem.equalLabels(plot.name, kind: "figure"), at: plot.place)
    }
  }

  /// Every figure of every function takes a few steps, and looking for named axes more.
  private mutating func isAffordable(_ plots: [PlotSpec], _ draft: FunctionDraft) -> Bool {
    let dimension = draft.spec.dimension
    let steps = plots.reduce(0) { $0 + 10 + ($1.options.texts("axes").isEmpty ? 0 : dimension) }
    return findings.spend(steps, at: draft.line.place)
  }

  /// `plot KIND options…` or `plot KIND, KIND`.
  private mutating func readPlots(_ block: Block) -> [PlotSpec] {
    let line = block.line
    guard !findings.isClosed else { return [] }
    let kinds = PlotKind.allCases.map(\.rawValue)
    let items = line.rest.items
    if let empty = items.first(where: { $0.count == 0 }) {
      findings.report(
        SpecProblem.missing("a figure", example: "plot contour, determinant"), at: empty.end)
      return []
    }
    let areSimple = items.allSatisfy { $0.words.count == 1 }
    let groups = areSimple ? items.map { [$0] } : [line.rest.words]
    var plots: [PlotSpec] = []
    for words in groups where !findings.isClosed {
      if words[0].scalars.last == "," {
        findings.report(
          SpecProblem.optionsOfSeveralPlots, at: words[0].place(at: words[0].count - 1))
        continue
      }
      guard let kind = PlotKind(rawValue: words[0].string) else {
        findings.report(
          SpecProblem.unknownPlot(
            words[0].string, suggestion: suggestion(for: words[0].string, among: kinds),
            allowed: kinds), at: words[0].place(at: 0))
        continue
      }
      if let second = words.dropFirst().first(where: { kinds.contains($0.string) }) {
        findings.report(
          SpecProblem.unexpected(second.string, example: "plot contour, determinant"),
          at: second.place(at: 0))
        continue
      }
      let before = findings.all.count
      let options = findings.options(
        Array(words.dropFirst()), of: kind.rawValue, kind.options)
      if kind == .map, options.formula("quantity") == nil, findings.all.count == before {
        findings.report(
          SpecProblem.missing("what the map shows", example: "plot map quantity=angle"),
          at: words[words.count - 1].end)
      }
      plots.append(
        PlotSpec(
          kind: kind, name: options.word("as") ?? kind.name(options), options: options,
          place: words[0].place(at: 0)))
      check(labels: options.texts("paths"), kind: "path of")
      check(labels: options.texts("methods"), kind: "method")
      checkMethod(of: plots[plots.count - 1])
      checkField(plots[plots.count - 1])
      checkExpansion(of: plots[plots.count - 1])
    }
    for below in block.below { readWindow(below, &plots) }
    return plots
  }

  /// Reports labels of methods that are there twice, or that no method has.
  mutating func check(labels paths: [SourceText], kind: String) {
    var seen: Set<String> = []
    for path in paths where !findings.isClosed {
      if !seen.insert(path.string).inserted {
        findings.report(
          SpecProblem.duplicateName(path.string, kind: kind), at: path.place(at: 0))
      }
      guard areMethodsKnown, !methodLabels.contains(path.string) else { continue }
      let labels = experiment.methods.map(\.label)
      findings.report(
        SpecProblem.unknownPath(
          path.string, suggestion: suggestion(for: path.string, among: labels), allowed: labels),
        at: path.place(at: 0))
    }
  }

  /// `window x = A .. B, …`, which zooms the figures above it.
  private mutating func readWindow(_ line: SpecLine, _ plots: inout [PlotSpec]) {
    if let chart = plots.first(where: { $0.space.coordinates == nil }) {
      findings.report(SpecProblem.windowOfChart(chart.kind.rawValue), at: line.place)
      return
    }
    for item in line.rest.items where !findings.isClosed {
      guard let equals = item.firstIndex(of: "=") else {
        findings.report(
          SpecProblem.missing(
            "a variable with its range", example: "window x = 2 .. 4, y = 0 .. 4"),
          at: item.place(at: 0))
        continue
      }
      let name = item.string(0..<equals).filter { !$0.isWhitespace }
      guard let range = findings.range(item[equals + 1..<item.count].trimmed, needsCount: false)
      else { continue }
      if plots.contains(where: { $0.window[name] != nil }) {
        findings.report(
          SpecProblem.duplicateName(name, kind: "range of"), at: item.place(at: 0))
      }
      windowPlaces[name] = windowPlaces[name] ?? item.place(at: 0)
      for index in plots.indices { plots[index].window[name] = range.bounds }
    }
  }

  /// Reports the figures that none of the functions can have, and the windows on no variable of any.
  private mutating func check(_ plots: [PlotSpec], _ specs: [FunctionSpec]) {
    guard areFunctionsKnown else { return }
    for plot in plots where plot.space.coordinates == nil && !findings.isClosed {
      check(chart: plot, specs)
    }
    for plot in plots where !findings.isClosed {
      guard let count = plot.space.coordinates else { continue }
      let names = plot.options.texts("axes")
      let isNamed = names.count == count && Set(names.map(\.string)).count == count
      guard names.isEmpty || isNamed else {
        let problem: SpecProblem =
          count == 1 ? .notOneAxis(names.count) : .notTwoAxes(names.count)
        findings.report(problem, at: names[0].place(at: 0))
        continue
      }
      let possible = specs.filter { plot.axes(of: $0) != nil }
      guard !possible.isEmpty else {
        report(impossible: plot, names, specs)
        continue
      }
      if let at = plot.options.texts("at").first, at.string != "minimum",
        !possible.contains(where: { $0.starts.points.contains { $0.label == at.string } })
      {
        let labels = ["minimum"] + possible.flatMap { $0.starts.points.map(\.label) }
        findings.report(
          SpecProblem.unknownStart(
            at.string, suggestion: suggestion(for: at.string, among: labels), allowed: labels),
          at: at.place(at: 0))
      }
      checkFormula(of: plot, possible)
      checkCurve(plot, possible)
      for name in plot.window.keys.sorted()
      where !possible.contains(where: { $0.variables.contains(name) }) {
        findings.report(
          SpecProblem.unknownVariable(name, variables: possible[0].variables),
          at: windowPlaces.removeValue(forKey: name) ?? plot.place)
      }
    }
  }

  /// Tries the formula of a map on the functions that will have it.
  private mutating func checkFormula(of plot: PlotSpec, _ specs: [FunctionSpec]) {
    guard let formula = plot.formula else { return }
    let (limits, budget) = (limits, findings.budget)
    for spec in specs where !findings.isClosed {
      guard
        let model = findings.collect({ try spec.model(limits: limits, budget: budget).model }),
        findings.collect({ try formula.number(at: model, limits: limits, budget: budget) }) != nil,
        findings.spend(model.graph.count, at: plot.place)
      else { continue }
      if model.graph.isFull {
        findings.report(tooManyOperations("the map of \(spec.name)"), at: plot.place)
      }
    }
  }

  private mutating func report(
    impossible plot: PlotSpec, _ axes: [SourceText], _ specs: [FunctionSpec]
  ) {
    let unknown = axes.first { axis in
      !specs.contains { $0.variables.contains(axis.string.filter { !$0.isWhitespace }) }
    }
    if let unknown, let spec = specs.first {
      findings.report(
        SpecProblem.unknownVariable(unknown.string, variables: spec.variables),
        at: unknown.place(at: 0))
    } else if plot.needsHessian,
      specs.allSatisfy({ $0.dimension > FunctionSpec.greatestHessian })
    {
      findings.report(
        SpecProblem.noPossibleFigure(
          plot.kind.rawValue,
          reason: "it needs the Hessian of at most \(FunctionSpec.greatestHessian) variables"),
        at: plot.place)
    } else {
      if plot.space == .line, let spec = specs.first {
        let reason = "it lies along one coordinate; name it: axes=\(spec.variables[0])"
        findings.report(
          SpecProblem.noPossibleFigure(plot.kind.rawValue, reason: reason), at: plot.place)
        return
      }
      let most = specs.max { $0.dimension < $1.dimension }.flatMap { $0.dimension > 2 ? $0 : nil }
      let reason =
        most.map {
          "it lies in two coordinates; name them: axes=\($0.variables[0]),\($0.variables[1])"
        }
        ?? "it needs two variables"
      findings.report(
        SpecProblem.noPossibleFigure(plot.kind.rawValue, reason: reason), at: plot.place)
    }
  }
}
