import Foundation
import Testing

@testable import Figures

@Suite("Integral curves") struct StreamTests {
  private let area = PlotArea(window: square, box: Box(x: 100, y: 50, width: 800, height: 800))

  private func ofField(
    _ sample: @escaping Sampler, _ subject: ArrowFieldFigure.Subject = .negativeGradient
  ) -> StreamTracer {
    StreamTracer(
      area: area, subject: subject, sample: sample, longestStep: 5, longestHalf: 3000)
  }

  /// Where a place on the canvas lies in the window.
  private func place(_ point: Point) -> (x: Double, y: Double) {
    ((point.x - 500) / 100, (450 - point.y) / 100)
  }

  @Test(
    "of a rotation stay on circles, to a tenth of a unit of the canvas", arguments: [0.06, 0.5, 3])
  func circles(radius: Double) throws {
    let tracer = ofField(sampler({ _, y in -y }, { x, _ in x }))
    let found = tracer.curves(through: [area.point(0.6 * radius, 0.8 * radius)]) { _ in true }
    let curve = try #require(found[0])
    #expect(curve.nodes.count > 200)
    for node in curve.nodes {
      let (x, y) = place(node.point)
      #expect(abs(hypot(x, y) - radius) < 1e-3)
    }
    let steps = zip(curve.nodes, curve.nodes.dropFirst()).map { ($1.point - $0.point).length }
    #expect(steps.allSatisfy { $0 < 5.01 })
  }

  @Test("of a saddle stay on hyperbolas and end at the frame")
  func hyperbolas() throws {
    let tracer = ofField(sampler({ x, _ in x }, { _, y in -y }))
    let curve = try #require(tracer.curves(through: [area.point(1, 1.5)]) { _ in true }[0])
    for node in curve.nodes {
      let (x, y) = place(node.point)
      #expect(abs(x * y - 1.5) < 5e-3)
    }
    let ends = [curve.nodes[0], curve.nodes[curve.nodes.count - 1]].map { place($0.point) }
    #expect(abs(ends[0].y - 4) < 1e-9 && abs(ends[1].x - 4) < 1e-9)
  }

  @Test("of Newton steps end where the determinant is zero, and nowhere cross it")
  func poles() {
    // A step that points to the line x = 0.5 from the left and on from it at the right.
    let tracer = ofField(
      sampler({ x, _ in 1 / (0.5 - x) }, { _, _ in 0.2 }, { x, _ in 0.5 - x }, { _, _ in -1 }),
      .newtonStep)
    let streams = EvenStreams(tracer, separation: 40)
    #expect(streams.curves.count > 10)
    for curve in streams.curves {
      let sides = Set(curve.map { place($0.point).x < 0.5 })
      #expect(sides.count == 1)
    }
    let nearest = streams.curves.joined().map { abs(place($0.point).x - 0.5) }.min() ?? 1
    #expect(nearest < 0.01)
  }

  @Test(
    "keep half their separation from one another and leave no wide gap", arguments: [60.0, 110])
  func spacing(separation: Double) {
    // Curves bend, and run together towards y = 0.
    let tracer = ofField(sampler({ x, y in 1 + 0.3 * sin(y) }, { x, y in 0.2 * cos(x) - y / 3 }))
    let curves = EvenStreams(tracer, separation: separation).curves
    for (first, curve) in curves.enumerated() {
      for other in curves[(first + 1)...] {
        for node in curve {
          // Nodes are looked at, lines between them run a little closer.
          #expect(other.allSatisfy { ($0.point - node.point).length > 0.45 * separation })
        }
      }
    }
    for x in stride(from: 120.0, to: 880, by: 20) {
      for y in stride(from: 70.0, to: 830, by: 20) {
        let nearest = curves.joined().map { ($0.point - Point(x, y)).length }.min() ?? .infinity
        #expect(nearest < 1.5 * separation)
      }
    }
  }

  @Test("of nothing are none", arguments: [0, Double.nan, .infinity])
  func nothing(value: Double) {
    let tracer = ofField(sampler({ _, _ in value }, { _, _ in value }))
    #expect(EvenStreams(tracer, separation: 40).curves.isEmpty)
  }

  @Test("take the place of arrows, with heads, colours, a legend and a caption")
  func figure() {
    var figure = ArrowFieldFigure(
      heading: heading, window: square,
      sample: sampler(
        { x, _ in x > 3 ? .nan : -x }, { _, y in -y }, { x, y in x + y - 5 }, { x, _ in x }))
    figure.isStream = true
    let canvas = RecordingCanvas()
    let caption = figure.draw(on: canvas)
    #expect(caption.contains { $0.hasPrefix("curves: ") && $0.contains("of the Newton steps") })
    #expect(caption.contains("no step (hatched): 13 % of the window"))
    let texts = Set(canvas.texts.map(\.string))
    #expect(texts.isSuperset(of: ["descent, ", "ascent, ", "no step"]))
    let colors = canvas.strokes.map { "\($0.pen.color)" }
    #expect(colors.contains("\(Theme.light.descent)") && colors.contains("\(Theme.light.ascent)"))
  }
}
