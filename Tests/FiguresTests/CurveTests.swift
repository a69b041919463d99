import Foundation
import Testing

@testable import Figures

@Suite("Curves") struct CurveTests {
  @Test("have the Taylor polynomials of sine about 1 as they are worked out by hand")
  func taylor() throws {
    let derivatives = sineLine([1]).map { $0[0] }
    let found = TaylorPolynomial.all([1, 2, 3], about: 1, derivatives)
    #expect(found.map(\.orders) == [[1], [2], [3]])
    // sin 1 = 0.84147…, cos 1 = 0.54030…: s + c·h - s/2·h² - c/6·h³.
    let (s, c) = (0.8414709848078965, 0.5403023058681398)
    let expected = [s, c, -s / 2, -c / 6]
    let cubic = try #require(found.last)
    for (value, wanted) in zip(cubic.coefficients, expected) {
      #expect(abs(value - wanted) < 1e-15)
    }
    #expect(abs(found[1](3) - (s + 2 * c - 2 * s)) < 1e-15)
    #expect(found[0].text(of: "x") == "0.841471 + 0.540302 (x - 1)")
  }

  @Test(
    "join the polynomials of orders whose derivatives are 0, and have none where they are not finite"
  )
  func sharedOrders() {
    let parabola = TaylorPolynomial.all([1, 2, 3], about: -2, [1, -3, 2, 0])
    #expect(parabola.map(\.label) == ["order 1", "orders 2, 3"])
    #expect(parabola[1].text(of: "w") == "1 - 3 (w + 2) + (w + 2)^2")
    #expect(TaylorPolynomial.all([1, 2], about: 0, [1, 2, .nan]).map(\.label) == ["order 1"])
    #expect(TaylorPolynomial.all([1], about: 0, [.infinity, 2]).isEmpty)
  }

  @Test("lead each step to the vertex of the parabola that touches the curve")
  func vertices() throws {
    // f = x⁴ from 1: Newton's step is -4/12, and its parabola 1 + 4h + 6h² has the least value 1 - 2/3.
    let path = PathLine(
      SeriesName.all(["newton"])[0], startLabel: "p1", ending: "crawling",
      points: [(1, 0), (2.0 / 3, 0)])
    let arcs = StepArcs(
      path, sample: lineSampler({ $0 * $0 * $0 * $0 }, { 4 * $0 * $0 * $0 }))
    let arc = try #require(arcs.arcs.first)
    for (x, y) in zip(arc.x, arc.y) {
      #expect(abs(y - (1 + 4 * (x - 1) + 6 * (x - 1) * (x - 1))) < 1e-14)
    }
    let vertex = try #require(arc.y.last)
    #expect(abs(vertex - 1.0 / 3) < 1e-15)
    let drop = try #require(arcs.drops.first)
    #expect(drop.x == [2.0 / 3, 2.0 / 3])
    #expect(abs(drop.y[1] - 16.0 / 81) < 1e-15)
  }

  private func trace(
    _ range: ClosedRange<Double>, _ f: @escaping @Sendable (Double) -> Double,
    _ slope: @escaping @Sendable (Double) -> Double
  ) -> TracedLine {
    LineTracer(range, sample: lineSampler(f, slope)).trace(within: -2...2, pixel: 0.005)
  }

  @Test("find a spike a thousandth of a pixel wide by the slopes beside it")
  func spikes() {
    let center = 0.123456
    let line = trace(
      -5...5, { 1 / (1 + 1e10 * ($0 - center) * ($0 - center)) },
      {
        let d = $0 - center
        return -2e10 * d / (1 + 1e10 * d * d) / (1 + 1e10 * d * d)
      })
    #expect(line.curve.y.max() ?? 0 > 0.99)
    #expect(line.jumps == 0)
    #expect(!line.isTooDense)
  }

  @Test("break at steps and poles, not where a function is steep")
  func jumps() throws {
    let step = trace(-1...1, { $0 < 0.3 ? 0 : 1 }, { _ in 0 })
    #expect(step.jumps == 1)
    let gap = try #require(step.curve.y.firstIndex { $0.isNaN })
    #expect(abs(step.curve.x[gap] - 0.3) < 1e-12)
    #expect(trace(-1...1.5, { 1 / $0 }, { -1 / ($0 * $0) }).jumps == 1)
    #expect(trace(-1...1.5, { 1 / ($0 * $0) }, { -2 / ($0 * $0 * $0) }).jumps == 0)
    let steep = trace(
      -1...1.5, { tanh(1e6 * ($0 - 0.2)) },
      { 1e6 / cosh(1e6 * ($0 - 0.2)) / cosh(1e6 * ($0 - 0.2)) })
    #expect(steep.jumps == 0)
    #expect(steep.curve.y.allSatisfy { $0.isFinite })
  }

  @Test("know where a function is undefined")
  func gaps() throws {
    let line = trace(
      -1...2, { $0 < 0.7 ? .nan : ($0 - 0.7).squareRoot() },
      { $0 < 0.7 ? .nan : 0.5 / ($0 - 0.7).squareRoot() })
    #expect(line.gaps.count == 1)
    let gap = try #require(line.gaps.first)
    #expect(gap.lowerBound == -1)
    #expect(abs(gap.upperBound - 0.7) < 1e-12)
  }

  @Test("say that they cannot follow what oscillates without end")
  func dense() {
    #expect(trace(-1...1, { sin(1 / $0) }, { -cos(1 / $0) / ($0 * $0) }).isTooDense)
  }

  @Test("reach as far upwards as the functions do, whatever polynomials and poles do")
  func heights() throws {
    func window(_ orders: [Int]) -> String? {
      CurveFigure(
        heading: heading, range: -3...5,
        functions: [CurveFigure.Function("f", sample: sineLine)], orders: orders, center: 1
      ).draw(on: RecordingCanvas()).first { $0.hasPrefix("window") }
    }
    #expect(window([]) == "window: x = -3 .. 5, upwards -1.14 .. 1.14")
    #expect(window([1, 2, 3]) == window([]))
    let broken = try #require(curves.first { $0.name == "broken curve" }).figure
    // On -1 .. 2, 1/x has the quantiles -2.4 and 1.4 or so.
    let caption = broken.draw(on: RecordingCanvas())
    #expect(caption.contains("f undefined (hatched): 25 % of the window"))
    #expect(caption.contains("f: broken at 1 place, where values jump (poles, steps)"))
    #expect(caption.contains { $0.hasPrefix("window: x = -2 .. 2, upwards -") && $0.count < 50 })
  }

  @Test("say in their captions derivatives, polynomials and steps")
  func captions() {
    let caption = curves[0].figure.draw(on: RecordingCanvas())
    #expect(
      caption.contains("at x = 1: f = 0.841471, f' = 0.540302, f'' = -0.841471, f''' = -0.540302"))
    #expect(caption.contains("order 1: 0.841471 + 0.540302 (x - 1)"))
    #expect(
      caption.contains(
        "steps gradient 0.0 from p1: 5 iterations, converged, 1 points outside the picture"))
    let missing = curves[4].figure.draw(on: RecordingCanvas())
    #expect(missing.contains("f has no finite value in the window"))
    #expect(missing.contains("no polynomial of order 1 or more: a derivative there is not finite"))
  }

  @Test("name lines, starts and first steps")
  func names() {
    let canvas = RecordingCanvas()
    _ = curves[0].figure.draw(on: canvas)
    let texts = Set(canvas.texts.map(\.string))
    #expect(texts.isSuperset(of: ["f", "other", "order 1", "order 2", "order 3", "p1", "1", "2"]))
  }
}
