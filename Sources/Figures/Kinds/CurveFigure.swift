/// Functions of one variable, with Taylor polynomials of the first and the steps of methods on it.
///
/// The picture reaches as far upwards as the functions need; polynomials and poles are cut at its frame.
public struct CurveFigure: Figure {
  /// A function with its name.
  public struct Function: Sendable {
    /// What its line is called.
    public var name: String
    /// The function and its derivatives, as many as the polynomials need and one at least.
    public var sample: LineSampler
    /// Where its known minima are.
    public var minima: [Double]

    /// A function.
    public init(_ name: String, minima: [Double] = [], sample: @escaping LineSampler) {
      self.name = name
      self.minima = minima
      self.sample = sample
    }
  }

  /// What stands around the picture.
  public var heading: FigureHeading
  /// The range of the variable.
  public var range: ClosedRange<Double>
  /// The functions; steps and polynomials are those of the first.
  public var functions: [Function]
  /// The orders of the Taylor polynomials, increasing.
  public var orders: [Int]
  /// Where they are taken.
  public var center: Double
  /// The steps of methods; the first coordinates of their points count.
  public var paths: [PathLine]
  /// Named starts, by their first coordinates.
  public var starts: [Marker]
  /// What the caption says besides.
  public var notes: [String]
  /// Colours and sizes.
  public var theme: Theme

  /// A figure of at least one function.
  public init(
    heading: FigureHeading, range: ClosedRange<Double>, functions: [Function], orders: [Int] = [],
    center: Double = 0, paths: [PathLine] = [], starts: [Marker] = [], notes: [String] = [],
    theme: Theme = .light
  ) {
    precondition(!functions.isEmpty, "a curve has a function")
    self.heading = heading
    self.range = range
    self.functions = functions
    self.orders = orders
    self.center = center
    self.paths = paths
    self.starts = starts
    self.notes = notes
    self.theme = theme
  }

  private var polynomials: [TaylorPolynomial] {
    orders.isEmpty
      ? []
      : TaylorPolynomial.all(orders, about: center, functions[0].sample([center]).map { $0[0] })
  }

  /// Draws the figure over the whole canvas and returns its caption.
  public func draw(on canvas: any Canvas) -> [String] {
    let theme = theme.fitted(to: canvas)
    let tracers = functions.map { LineTracer(range, sample: $0.sample) }
    let x = Axis(heading.xLabel.shown, .linear, range)
    let steps = CurveNames.steps(paths, functions[0].sample)
    let y = height(tracers.map(\.seen), steps)
    let pixel =
      (y.range.upperBound - y.range.lowerBound) / (0.75 * canvas.height * canvas.pixelsPerUnit)
    let traced = tracers.map { $0.trace(within: y.range, pixel: pixel) }
    let polynomials = polynomials
    let lines = CurveNames.lines(functions, traced, polynomials, range)

    let area = (x: range, y: y.range)
    let places = Places(starts: marks(starts), minima: minima)
    let window = Window(x: range, y: y.range)
    var legend = Legend()
    for step in steps { step.explain(in: &legend, theme) }
    if steps.contains(where: { !$0.arcs.isEmpty }) { Self.explainArcs(in: &legend, theme) }
    for step in steps { step.explainEnd(in: &legend, area, theme) }
    if !polynomials.isEmpty { explainCenter(in: &legend, theme) }
    places.explain(in: &legend, window, theme)
    let gaps = traced[0].gaps.filter { 2000 * $0.span > range.span }
    let ground = UndefinedGround(theme: theme, pixelsPerUnit: canvas.pixelsPerUnit)
    if !gaps.isEmpty { ground.explain(in: &legend) }
    let chart = NamedChart(
      heading, x: x, y: y, lines: lines, others: steps.flatMap(\.arcs),
      faint: steps.flatMap(\.drops), legend: legend, canvas: canvas, theme: theme)
    let sheet = chart.page.area

    chart.page.drawBackground()
    for gap in gaps { Self.hatch(gap, ground, on: canvas, sheet) }
    var occupancy = Occupancy(canvas, room: sheet.box.inset(by: 3 * theme.frameWidth))
    chart.takeNames(&occupancy)
    let curves = lines.map(\.curve) + steps.flatMap { $0.arcs + $0.drops }
    for part in curves.flatMap({ sheet.box.visibleParts(of: sheet.points($0)) }) {
      for (a, b) in zip(part.points, part.points.dropFirst()) {
        occupancy.take(from: a, to: b, width: 2 * theme.frameWidth)
      }
    }
    canvas.clipped(to: sheet.box) {
      for line in lines {
        let points = sheet.points(line.curve)
        var path = Path()
        for part in sheet.box.visibleParts(of: points) {
          path.add(part.points.simplified(tolerance: 0.05))
        }
        canvas.stroke(path, line.name.look(theme).pen)
      }
      for step in steps { step.drawArcs(on: canvas, sheet, theme) }
      for step in steps { step.drawPlaces(on: canvas, sheet, theme, &occupancy) }
    }
    if !polynomials.isEmpty {
      let middle = sheet.point(center, functions[0].sample([center])[0][0])
      if sheet.box.contains(middle) {
        // Larger around the ring of a start, which would hide it.
        let isStart = starts.contains { $0.x == center }
        Mark.diamond.draw(
          on: canvas, at: middle, radius: (isStart ? 1.9 : 1.15) * theme.markRadius, theme.ink,
          rim: theme.background)
      }
    }
    places.draw(on: canvas, PlotArea(window: window, box: sheet.box), theme, &occupancy)
    for step in steps { step.drawNumbers(on: canvas, sheet, theme, &occupancy) }
    chart.drawNames()
    drawNote(tracers[0].seen, on: canvas, sheet, theme)
    chart.page.drawSurroundings()
    return caption(y, tracers.map(\.seen), traced, polynomials) + steps.map { $0.caption(area) }
      + notes
  }

  /// The axis upwards: it shows what the functions do, but poles and the like only as far as leaves room for
  /// the rest, and vertices of steps as far as half as much again.
  private func height(_ seen: [Distribution], _ steps: [StepArcs]) -> Axis {
    let ranges = seen.compactMap(\.tameRange)
    let name = heading.yLabel.shown
    var values = ranges.flatMap { [$0.lowerBound, $0.upperBound] }.map {
      min(max($0, -1e295), 1e295)
    }
    if let low = values.min(), let high = values.max() {
      let reach = 0.5 * (high - low)
      values += steps.flatMap(\.arcs).compactMap { arc in
        guard let x = arc.x.last, let y = arc.y.last, range.contains(x), y.isFinite else {
          return nil
        }
        return min(max(y, low - reach), high + reach)
      }
    }
    let axis = Axis(name, .linear, showing: values, air: (0.07, 0.07))
    return Window.canShow(axis.range) ? axis : Axis(name, .linear, -1...1)
  }

  /// Places on the first function.
  private func marks(_ places: [Marker]) -> [Marker] {
    let values = functions[0].sample(places.map(\.x))[0]
    return zip(places, values).map { Marker(label: $0.label, x: $0.x, y: $1) }
  }

  private var minima: [Marker] {
    functions.flatMap { function in
      zip(function.minima, function.sample(function.minima)[0]).map {
        Marker(label: "", x: $0, y: $1)
      }
    }
  }

  // MARK: Marks

  private static func hatch(
    _ gap: ClosedRange<Double>, _ ground: UndefinedGround, on canvas: any Canvas, _ area: ChartArea
  ) {
    let left = area.box.x + area.x.position(gap.lowerBound) * area.box.width
    let right = area.box.x + area.x.position(gap.upperBound) * area.box.width
    let box = Box(x: left, y: area.box.y, width: right - left, height: area.box.height)
    let scale = canvas.pixelsPerUnit
    let columns = max(1, Int((box.width * scale).rounded()))
    let rows = max(1, Int((box.height * scale).rounded()))
    // Hatching goes on from one stretch to the next.
    let first = Int(left * scale)
    var mosaic = Mosaic(columns: columns, rows: rows, color: ground.theme.undefined)
    for index in mosaic.colors.indices {
      mosaic.colors[index] = ground.color(column: first + index % columns, row: index / columns)
    }
    canvas.paint(mosaic, in: box)
  }

  private static func explainArcs(in legend: inout Legend, _ theme: Theme) {
    legend.add(
      RichText("to the vertex of the parabola that touches the curve"), width: 1.6 * theme.textSize
    ) {
      canvas, box in
      let parts = (0...16).map { Double($0) / 16 }
      let arc = parts.map {
        Point(box.x + $0 * box.width, box.y + 0.75 * box.height * (2 * $0 - $0 * $0))
      }
      canvas.stroke(Path(arc), Pen(theme.muted, width: 0.8 * theme.frameWidth))
      canvas.stroke(
        Path([Point(box.maxX, box.y + 0.75 * box.height), Point(box.maxX, box.maxY)]),
        Pen(
          theme.muted, width: 0.8 * theme.frameWidth,
          dash: [1.6 * theme.frameWidth, 1.4 * theme.frameWidth]))
    }
  }

  private func explainCenter(in legend: inout Legend, _ theme: Theme) {
    let text =
      RichText("Taylor polynomials about ") + heading.xLabel.shown + RichText(" = ")
      + NumberText.rich(center, digits: 4)
    legend.add(text, width: 3 * theme.markRadius) { canvas, box in
      Mark.diamond.draw(
        on: canvas, at: box.center, radius: 1.15 * theme.markRadius, theme.ink,
        rim: theme.background)
    }
  }

  // MARK: Words

  private func drawNote(
    _ seen: Distribution, on canvas: any Canvas, _ area: ChartArea, _ theme: Theme
  ) {
    guard seen.sorted.isEmpty else { return }
    var style = theme.label
    style.halo = theme.background
    let text = RichText(formula: functions[0].name) + RichText(" has no finite value here")
    text.draw(on: canvas, centeredAt: area.box.center, style)
  }

  private func caption(
    _ y: Axis, _ seen: [Distribution], _ traced: [TracedLine], _ polynomials: [TaylorPolynomial]
  ) -> [String] {
    func text(_ range: ClosedRange<Double>, _ digits: Int) -> String {
      let (low, high) = (range.lowerBound, range.upperBound)
      return "\(NumberText.plain(low, digits: digits)) .. \(NumberText.plain(high, digits: digits))"
    }
    var lines = Caption.heading(heading)
    lines.append("window: \(heading.xLabel.typed) = \(text(range, 6)), upwards \(text(y.range, 4))")
    for (number, function) in functions.enumerated() {
      lines.append(Caption.seen(function.name, seen[number].extent))
      let gaps = traced[number].gaps.reduce(0) { $0 + $1.span / range.span }
      if gaps > 5e-4 {
        lines.append(
          "\(function.name) undefined\(number == 0 ? " (hatched)" : ""): "
            + "\(NumberText.plain(100 * gaps, digits: 2)) % of the window")
      }
      if traced[number].jumps > 0 {
        let count = traced[number].jumps
        lines.append(
          "\(function.name): broken at \(count) \(count == 1 ? "place" : "places"), where values jump "
            + "(poles, steps)")
      }
      if traced[number].isTooDense {
        lines.append(
          "\(function.name): varies faster than the pixels of the picture somewhere; zoom in")
      }
    }
    return lines + expansion(polynomials)
  }

  /// The derivatives of all functions at the point, and the polynomials of the first.
  private func expansion(_ polynomials: [TaylorPolynomial]) -> [String] {
    guard let greatest = orders.last else { return [] }
    let place = "at \(heading.xLabel.typed) = \(NumberText.plain(center, digits: 6)): "
    var lines: [String] = []
    for function in functions {
      let values = function.sample([center]).map { $0[0] }.prefix(greatest + 1)
      let texts = values.enumerated().map { order, value in
        let primes = String(repeating: "'", count: order)
        return "\(function.name)\(primes) = \(NumberText.plain(value, digits: 6))"
      }
      lines.append(place + texts.joined(separator: ", "))
    }
    lines += polynomials.map { "\($0.label): \($0.text(of: heading.xLabel.typed))" }
    let missing = orders.filter { order in !polynomials.contains { $0.orders.contains(order) } }
    if let first = missing.first {
      lines.append("no polynomial of order \(first) or more: a derivative there is not finite")
    }
    return lines
  }
}

extension ClosedRange<Double> {
  /// How long it is.
  var span: Double { upperBound - lowerBound }
}

/// Which lines a figure of curves has, and how they look.
private enum CurveNames {
  /// Places in the theme's colours: ink for the first function, then those beside it.
  private static let ofFunctions = [1, 5, 6, 7, 9]
  private static let ofOrders = [4, 2, 3]

  static func lines(
    _ functions: [CurveFigure.Function], _ traced: [TracedLine], _ polynomials: [TaylorPolynomial],
    _ range: ClosedRange<Double>
  ) -> [NamedChart.Line] {
    let curves = zip(functions, traced).enumerated().map { number, item in
      NamedChart.Line(
        name: SeriesName(
          label: item.0.name, hue: ofFunctions[number % ofFunctions.count],
          dash: number == 0 ? 0 : 4, shade: 0, ramp: nil), curve: item.1.curve)
    }
    let xs = (0...1024).map { step in
      let part = Double(step) / 1024
      return range.lowerBound * (1 - part) + range.upperBound * part
    }
    let others = polynomials.map { polynomial in
      let order = polynomial.orders[0]
      return NamedChart.Line(
        name: SeriesName(
          label: polynomial.label, hue: ofOrders[(order - 1) % ofOrders.count], dash: order,
          shade: 0, ramp: nil), curve: Curve(x: xs, y: xs.map { polynomial($0) }))
    }
    return curves + others
  }

  static func steps(_ paths: [PathLine], _ sample: LineSampler) -> [StepArcs] {
    paths.map { StepArcs($0, sample: sample) }
  }
}
