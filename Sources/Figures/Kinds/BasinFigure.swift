/// Where a method leads from every place of a window: a colour for each critical point, shaded by the number
/// of iterations, and colours of their own for cycles and for runs that reach nothing.
public struct BasinFigure: Figure {
  /// A critical point that runs reach.
  public struct Goal: Sendable {
    /// What it is.
    public enum Kind: String, Sendable, CaseIterable {
      case minimum, saddle, maximum, degenerate
    }

    /// Its name and its place.
    public var marker: Marker
    /// What it is.
    public var kind: Kind

    /// A critical point.
    public init(_ marker: Marker, _ kind: Kind) {
      self.marker = marker
      self.kind = kind
    }
  }

  /// What a run may come to other than a critical point with a colour of its own.
  public enum Failure: Sendable, Hashable {
    /// A critical point that is not told apart.
    case elsewhere
    /// A cycle of a period.
    case cycle(Int)
    /// Steps that reverse without end.
    case oscillating
    /// Left every bound.
    case diverged
    /// Came to where a needed number is undefined.
    case undefined
    /// A linear system without a solution.
    case singular
    /// No acceptable step.
    case blocked
    /// Out of iterations.
    case crawling
    /// Steps that no longer change anything.
    case stalled
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// What the picture shows.
  public var window: Window
  /// The classes of places: first the points, then the failures.
  public var map: BasinMap
  /// The critical points, each with the colour of its number.
  public var goals: [Goal]
  /// The other classes.
  public var failures: [Failure]
  /// Named starts.
  public var starts: [Marker]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of basins; class k of the map is `goals[k]`, or `failures[k - goals.count]`.
  public init(
    heading: FigureHeading, window: Window, map: BasinMap, goals: [Goal], failures: [Failure],
    starts: [Marker] = [], theme: Theme = .light
  ) {
    self.heading = heading
    self.window = window
    self.map = map
    self.goals = goals
    self.failures = failures
    self.starts = starts
    self.theme = theme
  }

  /// How many basins the legend names.
  private static let mostNamed = 10

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)
    let counts = counts
    let places = Places(
      starts: starts, points: zip(goals, counts).map { ($0.named($1 > 0), $0.kind) })
    let iterations = Distribution(
      map.cells.filter { isShaded(Int($0.kind)) && $0.iterations > 0 }
        .map { Double($0.iterations) })
    let scale = ValueScale(.log, fitting: iterations)
    let page = WindowPage(
      heading, window, colorBar: bar(scale, iterations, theme),
      legend: legend(counts, places, ground, theme), canvas: canvas, theme: theme)

    let area = page.area
    let colors = ShadedColors(theme)
    let shades =
      (goals.indices.map { colors.color($0) } + failures.map { $0.color(theme) ?? theme.undefined })
      .map { ShadedColors.shades(of: $0) }
    let flat = goals.map { _ in nil } + failures.map { $0.color(theme) }
    page.drawBackground()
    let mosaic = map.mosaic(
      columns: max(2, Int((area.box.width * canvas.pixelsPerUnit).rounded())),
      rows: max(2, Int((area.box.height * canvas.pixelsPerUnit).rounded()))
    ) { cell, column, row in
      let kind = Int(cell.kind)
      guard isShaded(kind) else { return flat[kind] ?? ground.color(column: column, row: row) }
      let part = min(max(scale.position(Double(cell.iterations)), 0), 1)
      return shades[kind][min(Int(part * Double(ShadedColors.shades)), ShadedColors.shades - 1)]
    }
    canvas.paint(mosaic, in: area.box)
    var occupancy = Occupancy(canvas, room: area.box.inset(by: 3 * theme.frameWidth))
    canvas.clipped(to: area.box) { places.draw(on: canvas, area, theme, &occupancy) }
    page.drawSurroundings()
    return caption(counts, iterations)
  }

  /// Whether the runs of a class came to a point, so that it tells how fast.
  private func isShaded(_ kind: Int) -> Bool {
    kind < goals.count || failures[kind - goals.count] == .elsewhere
  }

  /// How many cells each class has.
  private var counts: [Int] {
    var counts = [Int](repeating: 0, count: goals.count + failures.count)
    for cell in map.cells { counts[Int(cell.kind)] += 1 }
    return counts
  }

  /// The points that runs reach, those of the largest basins first.
  private func reached(_ counts: [Int]) -> [Int] {
    goals.indices.filter { counts[$0] > 0 }.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1
    }
  }

  // MARK: Legend

  private func bar(_ scale: ValueScale, _ seen: Distribution, _ theme: Theme) -> ColorBar? {
    guard let high = seen.sorted.last, let low = seen.sorted.first else { return nil }
    let shades = ShadedColors.shades(of: theme.shading)
    let range = scale.range
    return ColorBar(
      title: RichText("iterations"), colors: shades,
      below: low < range.lowerBound ? shades.first : nil,
      above: high > range.upperBound ? shades.last : nil,
      ticks: scale.ticks.filter { $0.value == $0.value.rounded() }.compactMap { tick in
        let place = scale.position(tick.value)
        return place > -1e-9 && place < 1 + 1e-9
          ? ColorBar.Tick(position: min(max(place, 0), 1), text: tick.text, rank: tick.rank) : nil
      })
  }

  private func legend(
    _ counts: [Int], _ places: Places, _ ground: UndefinedGround, _ theme: Theme
  ) -> Legend {
    var legend = Legend()
    let colors = ShadedColors(theme)
    let reached = reached(counts)
    // A single one more takes the room that saying so would.
    let isCut = reached.count > Self.mostNamed + 1
    for number in reached.prefix(isCut ? Self.mostNamed : reached.count).sorted() {
      legend.add(RichText("to \(goals[number].marker.label)"), colors.color(number), theme)
    }
    if isCut {
      legend.add(RichText("\(reached.count - Self.mostNamed) more points"), width: 0) { _, _ in }
    }
    for (number, failure) in failures.enumerated() where counts[goals.count + number] > 0 {
      if let color = failure.color(theme) {
        legend.add(RichText(failure.name), color, theme)
      } else {
        ground.explain(in: &legend, as: failure.name)
      }
    }
    places.explain(in: &legend, window, theme)
    return legend
  }

  // MARK: Caption

  /// A coordinate, without what rounding leaves of 0.
  private static func text(_ coordinate: Double, _ side: Double) -> String {
    NumberText.plain(abs(coordinate) < 1e-9 * side ? 0 : coordinate, digits: 6)
  }

  private func caption(_ counts: [Int], _ iterations: Distribution) -> [String] {
    let total = map.cells.count
    var lines = Caption.heading(heading) + [Caption.window(window, heading)]
    lines.append(
      "runs: \(map.columns) x \(map.rows), one from the middle of each cell; where neighbours differ "
        + "\(map.fineness) x \(map.fineness) in each of \(map.refinedCount) cells")
    if let low = iterations.sorted.first, let high = iterations.sorted.last {
      lines.append(
        "shades: by the logarithm of the iterations, \(NumberText.plain(low)) .. "
          + "\(NumberText.plain(high)), the median \(NumberText.plain(iterations.quantile(0.5)))")
    }
    for number in reached(counts) {
      let goal = goals[number]
      let own = Distribution(
        map.cells.filter { Int($0.kind) == number }.map { Double($0.iterations) })
      lines.append(
        "\(goal.marker.label), \(goal.kind.rawValue) at ("
          + "\(Self.text(goal.marker.x, window.width)), "
          + "\(Self.text(goal.marker.y, window.height))): "
          + "\(NumberText.percent(counts[number], of: total)) of the starts, "
          + "median \(NumberText.plain(own.quantile(0.5))) iterations")
    }
    for (number, failure) in failures.enumerated() where counts[goals.count + number] > 0 {
      let share = NumberText.percent(counts[goals.count + number], of: total)
      lines.append(
        "\(failure.name)\(failure == .undefined ? " (hatched)" : ""): \(share) of the starts")
    }
    return lines
  }
}

extension BasinFigure.Goal {
  /// Its place with its name, or without where that would only be in the way.
  fileprivate func named(_ isNamed: Bool) -> Marker {
    Marker(label: isNamed ? marker.label : "", x: marker.x, y: marker.y)
  }
}

extension BasinFigure.Failure {
  var name: String {
    switch self {
    case .elsewhere: "to another point"
    case .cycle(let period): "cycle of \(period)"
    case .oscillating: "oscillating"
    case .diverged: "diverged"
    case .undefined: "undefined"
    case .singular: "singular"
    case .blocked: "blocked"
    case .crawling: "crawling"
    case .stalled: "stalled"
    }
  }

  /// Its colour, pale or dark beside those of points; nil where the ground is hatched.
  func color(_ theme: Theme) -> Color? {
    switch self {
    case .undefined: nil
    case .diverged: theme.diverged
    case .elsewhere: theme.elsewhere
    case .crawling: theme.crawling
    case .stalled: theme.stalled
    case .oscillating: theme.oscillating
    case .cycle(let period):
      OKLab(lightness: max(0.3, 0.58 - 0.06 * Double(period - 2)), chroma: 0.06, hue: 5.2).color
    case .singular: theme.singular
    case .blocked: theme.blocked
    }
  }
}
