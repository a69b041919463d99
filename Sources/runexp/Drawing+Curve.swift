import Figures
import Methods
import Running
import Specs

extension Drawing {
  /// A figure of a function along a line, with what the caption says of the coordinates that are held.
  ///
  /// - Throws: `NoFigure` where the function cannot have it.
  func curve(_ plot: PlotSpec, _ plan: FunctionPlan) async throws
    -> (figure: any Figure, note: String?)
  {
    let function = plan.function
    guard let axis = plot.axes(of: function)?.first else {
      throw NoFigure(reason: "it needs one variable, or the name of one")
    }
    let line = try Line(along: axis, at: plot.options.word("at"), function)
    let names = plot.options.words("with")
    let others = self.plan.functions.map(\.function).filter {
      names.contains($0.name) && $0.name != function.name
    }
    let (orders, name) = (plot.taylorOrders, others.isEmpty ? "f" : function.name)
    let order = max(1, orders.last ?? 0)
    let field = try LineField(of: function, along: line, order: order)
    var functions = [CurveFigure.Function(name, minima: line.minima, sample: field.sample)]
    for other in others {
      guard let coordinate = plot.coordinate(of: other) else { continue }
      let own = try Line(along: coordinate, at: plot.options.word("at"), other)
      let field = try LineField(of: other, along: own, order: order)
      functions.append(CurveFigure.Function(other.name, minima: own.minima, sample: field.sample))
    }
    let labels = [function.label(named: name)] + others.map { $0.label(named: $0.name) }
    let isAlone = function.dimension == 1
    let wantsPaths = !plot.options.words("paths").isEmpty
    let figure = CurveFigure(
      heading: FigureHeading(
        title: title(plot, function), formula: labels.joined(",   "),
        xLabel: function.label(axis: axis),
        yLabel: functions.map { Label(stringLiteral: $0.name) }.joined(", ")),
      range: Drawing.range(axis, plot, function), functions: functions, orders: orders,
      center: orders.isEmpty ? 0 : try center(plot, function, line),
      paths: isAlone ? try await paths(plot, plan, [axis]) : [],
      starts: isAlone
        ? function.starts.points.map { Marker(label: $0.label, x: $0.position[axis], y: 0) } : [],
      notes: wantsPaths && !isAlone ? ["no steps: they leave the line"] : [])
    return (figure, line.note)
  }

  /// Where Taylor polynomials are taken: at the place of `about=`, else the first named start, the first known
  /// minimum, or the middle of the domain.
  private func center(_ plot: PlotSpec, _ function: FunctionSpec, _ line: Line) throws -> Double {
    if let number = plot.options.number("about") { return number }
    let starts = function.starts.points
    switch plot.options.word("about") {
    case "minimum":
      guard let minimum = line.minima.first else {
        throw NoFigure(reason: "no minimum is known to take Taylor polynomials about")
      }
      return minimum
    case let label?:
      guard let start = starts.first(where: { $0.label == label }) else {
        throw NoFigure(reason: "no start is called '\(label)'")
      }
      return start.position[line.coordinate]
    case nil:
      let domain = function.domain[line.coordinate]
      return starts.first?.position[line.coordinate] ?? line.minima.first
        ?? domain.lowerBound / 2 + domain.upperBound / 2
    }
  }
}
