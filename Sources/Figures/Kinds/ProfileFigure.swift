/// A performance profile (Dolan and Moré, 2002): for each method the share of problems that it solves at a cost
/// within a factor of the best method's.
public struct ProfileFigure: Figure {
  /// What a method does on all problems.
  public struct Solver: Sendable {
    /// What it is called, and how it looks.
    public var name: SeriesName
    /// For each problem that it solves, its cost over that of the best method, from 1.
    public var ratios: [Double]

    /// A method.
    public init(_ name: SeriesName, ratios: [Double]) {
      self.name = name
      self.ratios = ratios
    }
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// The methods.
  public var solvers: [Solver]
  /// How many problems there are, also those that no method solves.
  public var problemCount: Int
  /// What the caption has to say besides.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A profile.
  public init(
    heading: FigureHeading, solvers: [Solver], problemCount: Int, notes: [String] = [],
    theme: Theme = .light
  ) {
    self.heading = heading
    self.solvers = solvers
    self.problemCount = problemCount
    self.notes = notes
    self.theme = theme
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let last = 1.1 * max(solvers.flatMap(\.ratios).filter(\.isFinite).max() ?? 1, 2)
    let x = Axis(heading.xLabel.shown, .logarithmic, 0.97...last)
    let y = Axis(heading.yLabel.shown, .linear, -0.02...1.03)
    let lines = solvers.map { NamedChart.Line(name: $0.name, curve: steps($0, to: last)) }
    let chart = NamedChart(
      heading, x: x, y: y, lines: lines, legend: Legend(), canvas: canvas, theme: theme)
    let area = chart.page.area
    chart.page.drawBackground()
    canvas.clipped(to: area.box) {
      for line in lines {
        canvas.stroke(area.path(area.points(line.curve)), line.name.look(theme).pen)
      }
    }
    chart.drawNames()
    chart.page.drawSurroundings()
    return caption(last)
  }

  /// The share of problems solved within each factor, which rises in steps.
  private func steps(_ solver: Solver, to last: Double) -> Curve {
    let total = Double(max(problemCount, 1))
    var (xs, ys) = ([1.0], [0.0])
    for (count, ratio) in solver.ratios.sorted().enumerated() {
      xs += [ratio, ratio]
      ys += [ys[ys.count - 1], Double(count + 1) / total]
    }
    // Those at 1 have no step: the line begins there.
    let first = solver.ratios.count { $0 <= 1 }
    xs.removeFirst(2 * first)
    ys.removeFirst(2 * first)
    return Curve(x: xs + [last], y: ys + [ys[ys.count - 1]])
  }

  private func caption(_ last: Double) -> [String] {
    var lines = Caption.heading(heading) + notes
    lines.append(
      "\(heading.xLabel.typed): 1 .. \(NumberText.plain(last, digits: 3)), logarithmic; a line shows the share of "
        + "all \(problemCount) problems that the method solves within that factor of the best")
    return lines
      + solvers.map { solver in
        let best = solver.ratios.count { $0 <= 1 }
        return
          "\(solver.name.label): solves \(solver.ratios.count) of \(problemCount), best on \(best)"
      }
  }
}
