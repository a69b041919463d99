/// Integral curves of a field with small arrow heads, coloured by whether the function falls along them.
struct StreamLines {
  private let theme: Theme
  private let subject: ArrowFieldFigure.Subject
  private let curves: [[StreamTracer.Node]]
  /// How far apart curves are, in canvas units and in parts of the longer side.
  private let separation: Double
  private let count: Int

  init(
    _ area: PlotArea, _ subject: ArrowFieldFigure.Subject, sample: @escaping Sampler, count: Int,
    _ theme: Theme
  ) {
    self.theme = theme
    self.subject = subject
    self.count = count
    let box = area.box
    separation = max(box.width, box.height) / Double(count)
    let tracer = StreamTracer(
      area: area, subject: subject, sample: sample, longestStep: 0.15 * separation,
      longestHalf: 2 * (box.width + box.height))
    curves = EvenStreams(tracer, separation: separation).curves
  }

  private var width: Double { 0.9 * theme.frameWidth }
  private var head: Double { min(0.6 * theme.textSize, 0.4 * separation) }

  private func color(_ slope: Double) -> Color {
    subject == .negativeGradient || slope < 0 ? theme.descent : theme.ascent
  }

  // MARK: Drawing

  /// Draws all curves, each with a head in its middle, long ones with several.
  func draw(on canvas: any Canvas) {
    for nodes in curves {
      for piece in pieces(nodes) {
        let points = piece.points.simplified(tolerance: 0.04 / canvas.pixelsPerUnit)
        var path = Path(points)
        path.isDisjoint = true
        canvas.stroke(path, Pen(piece.color, width: width))
      }
    }
    for nodes in curves { drawHeads(nodes, on: canvas) }
  }

  /// The parts of a curve along which the function falls, or rises.
  private func pieces(_ nodes: [StreamTracer.Node]) -> [(points: [Point], color: Color)] {
    var pieces: [(points: [Point], color: Color)] = []
    for (index, node) in nodes.enumerated() {
      let color = color(node.slope)
      guard let last = pieces.last else {
        pieces.append(([node.point], color))
        continue
      }
      if last.color == color {
        pieces[pieces.count - 1].points.append(node.point)
        continue
      }
      let before = nodes[index - 1]
      let part = before.slope / (before.slope - node.slope)
      let turn =
        part.isFinite ? before.point + (node.point - before.point) * part : before.point
      pieces[pieces.count - 1].points.append(turn)
      pieces.append(([turn, node.point], color))
    }
    return pieces
  }

  private func drawHeads(_ nodes: [StreamTracer.Node], on canvas: any Canvas) {
    let line = Polyline(nodes.map(\.point))
    guard line.length > 1.5 * head else { return }
    let heads = max(1, Int((line.length / (9 * separation)).rounded()))
    for number in 0..<heads {
      let middle = line.length * (Double(number) + 0.5) / Double(heads)
      let (tip, back) = (
        line.point(at: middle + head / 2), line.point(at: middle - head / 2)
      )
      let way = tip - back
      guard way.length > 0 else { continue }
      let nearest = nodes.min {
        ($0.point - tip).length < ($1.point - tip).length
      }
      Self.drawHead(
        at: tip, angle: arcTangent(way.y, way.x), head, color(nearest?.slope ?? -1), on: canvas)
    }
  }

  private static func drawHead(
    at tip: Point, angle: Double, _ size: Double, _ color: Color, on canvas: any Canvas
  ) {
    let corners = [
      Point(0, 0), Point(-size, 0.45 * size), Point(-0.72 * size, 0), Point(-size, -0.45 * size),
    ]
    canvas.fill(Path(corners.map { tip + $0.turned(by: angle) }, isClosed: true), color)
  }

  // MARK: Words

  /// Adds what the colours mean that are there.
  func explain(in legend: inout Legend) {
    let slopes = curves.joined().map(\.slope)
    let texts: [(RichText, Double, Bool)] =
      subject == .negativeGradient
      ? [(ArrowField.text(.steepest), -1, !curves.isEmpty)]
      : [
        (ArrowField.text(.descent), -1, slopes.contains { $0 < 0 }),
        (ArrowField.text(.ascent), 1, slopes.contains { $0 >= 0 }),
      ]
    for (text, slope, isThere) in texts where isThere {
      let (color, width, head) = (color(slope), width, head)
      legend.add(text, width: 2 * theme.textSize) { canvas, box in
        let ends = [Point(box.x, box.center.y), Point(box.maxX, box.center.y)]
        canvas.stroke(Path(ends), Pen(color, width: width))
        Self.drawHead(
          at: box.center + Point(head / 2, 0), angle: 0, head, color, on: canvas)
      }
    }
  }

  /// What the curves are.
  var caption: [String] {
    let field = subject == .newtonStep ? "Newton steps" : "negative gradients"
    let ends =
      subject == .newtonStep
      ? "stationary points, det H = 0 and undefined places" : "stationary and undefined places"
    return [
      "curves: \(curves.count) integral curves of the \(field), followed to a fiftieth of a pixel; only their directions count",
      "apart: about 1/\(count) of the longer side; they end within half of that of another, and at \(ends)",
    ]
  }
}
