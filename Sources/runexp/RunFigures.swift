import Diagnostics
import Figures
import Methods
import Running
import Specs

/// Figures whose every place is a run, or several.
struct RunFigures {
  let function: FunctionSpec
  let methods: [MethodSpec]
  let stop: StopRules
  let workers: Int
  /// The points of the function's `critical-points`; empty where it has none.
  let listed: [CriticalPoint]

  private func swarm(_ plot: PlotSpec) throws -> (Swarm, MethodSpec, RateChoice) {
    guard let method = plot.method(among: methods) else {
      preconditionFailure("a figure of runs has a method")
    }
    let rate = plot.kind == .basins ? plot.rate(of: method) : .number(1)
    guard let rate else { preconditionFailure("a figure of basins has a rate") }
    return (try Swarm(function, method, rate: rate, stop: stop), method, rate)
  }

  // MARK: Basins

  /// The basins of several figures, and the points that they share.
  struct Reached {
    let basins: [String: Basins]
    let points: [ReachedPoints.Point]
    /// The place among the points of each number in the basins; nil where it is none of its own.
    let places: [Int?]

    /// A goal with the place of its point.
    func placed(_ goal: Basins.Goal) -> Basins.Goal {
      guard case .point(let number) = goal else { return goal }
      return places[number].map { .point($0) } ?? .elsewhere
    }
  }

  /// Makes the runs of all figures of basins of the function, so that each point has one name and one colour
  /// in all of them.
  func basins(
    _ plots: [(plot: PlotSpec, plane: Plane)], window: (PlotSpec, Int) -> ClosedRange<Double>
  )
    async throws -> Reached
  {
    var around = function.domain
    for (plot, plane) in plots {
      for axis in [plane.x, plane.y] {
        let range = window(plot, axis)
        around[axis] =
          min(
            around[axis].lowerBound, range.lowerBound)...max(
            around[axis].upperBound, range.upperBound)
      }
    }
    var reached = try ReachedPoints(function, listed: listed, window: around)
    var found: [(name: String, basins: Basins)] = []
    for (plot, plane) in plots {
      let raster = StartRaster(
        plane, x: window(plot, plane.x), y: window(plot, plane.y),
        count: plot.options.integer("count") ?? 0)
      let (swarm, _, rate) = try swarm(plot)
      let basins = try await Basins(
        swarm, rate: rate.number, from: raster, &reached, workers: workers)
      found.append((plot.name, basins))
    }
    var all: [String: Basins] = [:]
    for (name, basins) in found {
      var basins = basins
      try await basins.refine(reached, workers: workers)
      all[name] = basins
    }
    let (points, places) = reached.sorted
    return Reached(basins: all, points: points, places: places)
  }

  /// The goals of some cells, of which neighbours mostly have the same.
  private static func goals(_ cells: [Basins.Cell]) -> Set<Basins.Goal> {
    var goals: Set<Basins.Goal> = []
    var last: Basins.Goal?
    for cell in cells where cell.goal != last {
      goals.insert(cell.goal)
      last = cell.goal
    }
    return goals
  }

  /// The figure of basins that were found.
  func figure(
    _ plot: PlotSpec, _ reached: Reached, heading: FigureHeading, window: Window, plane: Plane,
    starts: [Marker]
  ) throws -> any Figure {
    guard let basins = reached.basins[plot.name] else {
      preconditionFailure("all basins are found before one is drawn")
    }
    let goals = RunFigures.goals(basins.cells).union(RunFigures.goals(basins.fine))
    let seen = Set(goals.map(reached.placed))
    let failures = RunFigures.failures.filter { $0.goals.contains(where: seen.contains) }
    var kinds: [Basins.Goal: Int] = [:]
    for goal in goals {
      if case .point(let place) = reached.placed(goal) {
        kinds[goal] = place
      } else if let place = failures.firstIndex(where: { $0.goals.contains(reached.placed(goal)) })
      {
        kinds[goal] = reached.points.count + place
      }
    }
    /// Neighbours mostly have the same goal, which is looked up once.
    func shown(_ cells: [Basins.Cell]) -> [BasinMap.Cell] {
      var last: (goal: Basins.Goal, kind: Int)?
      return cells.map { cell in
        if cell.goal != last?.goal { last = (cell.goal, kinds[cell.goal] ?? 0) }
        return BasinMap.Cell(kind: last?.kind ?? 0, iterations: cell.iterations)
      }
    }
    let map = BasinMap(
      columns: basins.raster.columns, rows: basins.raster.rows, cells: shown(basins.cells),
      fineness: basins.fineness, refined: basins.refined, fine: shown(basins.fine))
    var heading = heading
    let (_, method, rate) = try swarm(plot)
    let isOnly = method.rates.count == 1 && !plot.options.isGiven("rate")
    heading.subject = Label(
      words: "basins of \(method.label)" + (isOnly || rate.text.isEmpty ? "" : " \(rate.text)"))
    return BasinFigure(
      heading: heading, window: window, map: map,
      goals: reached.points.map { point in
        BasinFigure.Goal(
          Marker(label: point.label, x: point.position[plane.x], y: point.position[plane.y]),
          BasinFigure.Goal.Kind(rawValue: point.kind.rawValue) ?? .degenerate)
      }, failures: failures.map(\.failure), starts: starts)
  }

  /// The classes apart from points, in the order of the legend.
  private static let failures: [(failure: BasinFigure.Failure, goals: [Basins.Goal])] =
    [(.elsewhere, [.elsewhere, .ending(.converged)])]
    + (2...32).map { (.cycle($0), [.cycle(period: $0)]) }
    + [
      (.oscillating, [.ending(.oscillating)]), (.crawling, [.ending(.crawling)]),
      (.stalled, [.ending(.stalled)]), (.diverged, [.ending(.diverged)]),
      (.singular, [.ending(.singular)]), (.blocked, [.ending(.blocked)]),
      (.undefined, [.ending(.undefined)]),
    ]

  // MARK: Largest rates

  /// 2gᵀg/gᵀHg over a window; with a method the largest rate with which it converges, and lines of the former.
  func criticalRates(
    _ plot: PlotSpec, heading: FigureHeading, window: Window, plane: Plane, starts: [Marker],
    minima: [Marker]
  ) async throws -> any Figure {
    let field = try Field(.criticalRate, of: function, in: plane, workers: workers)
    let levels: Levels.Choice? =
      plot.options.integer("levels").map { .exactly($0) }
      ?? plot.options.numbers("levels").map { .values($0) }
    let formula = "2gᵀg/gᵀHg"
    var figure = MapFigure(
      heading: heading, window: window, sample: field.sample,
      summary: "2 g.g/g.Hg, above which the quadratic model rises",
      scale: .log, levels: levels ?? .values([]), starts: starts, minima: minima)
    figure.heading.subject = Label(words: "critical rate")
    figure.heading.valueLabel = "2gᵀg/gᵀHg"
    figure.infinite = "no bound"
    guard plot.options.isGiven("method") else { return figure }

    let (swarm, method, _) = try swarm(plot)
    let raster = StartRaster(
      plane, x: window.x, y: window.y, count: plot.options.integer("count") ?? 0)
    let places = (0..<raster.count).map(raster.start)
    let predicted = field.sample(places.map { $0[plane.x] }, places.map { $0[plane.y] })[0]
    let ladder = LargestRates.ladder(
      method, predicted: predicted, lowest: plot.options.number("lowest"),
      highest: plot.options.number("highest"))
    let rates = try await LargestRates(swarm, from: raster, ladder: ladder, workers: workers)
    figure.sample = Tiles(window, columns: raster.columns, values: rates.values).sample
    figure.levels = .values([])
    figure.overlay = MapFigure.Overlay(
      formula, sample: field.sample, levels: levels)
    figure.heading.subject = Label(words: "largest rate of \(method.label)")
    figure.heading.valueLabel = Label(words: "largest rate")
    figure.summary = "of \(method.label), with which it converges to a minimum from there"
    figure.undefined = "no rate converges"
    figure.infinite = "above \(formatNumber(ladder.upperBound))"
    figure.notes = notes(rates, raster, predicted)
    return figure
  }

  private func notes(
    _ rates: LargestRates, _ raster: StartRaster, _ predicted: [Double]
  ) -> [String] {
    let measured = zip(rates.values, predicted).filter { !$0.isNaN && !$1.isNaN }
    let fewer = measured.count { $0 < $1 }
    return [
      "places: \(raster.columns) x \(raster.rows)",
      "measured by a ladder of \(LargestRates.rungs) rates from \(formatNumber(rates.ladder.lowerBound)) to "
        + "\(formatNumber(rates.ladder.upperBound)) on a log scale, upward to the first that does not converge to a "
        + "minimum, then \(LargestRates.bisections) bisections of that gap; rates too small to converge "
        + "within the limits do not count",
      "less than 2 g.g/g.Hg at \(fewer) of \(measured.count) places where both are known",
    ]
  }
}
