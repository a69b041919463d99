import Foundation
import Testing

@testable import Figures

@Suite("Charts") struct ChartTests {
  private func drawn(_ name: String, width: Double = 1080, height: Double = 900) throws
    -> (canvas: RecordingCanvas, caption: [String])
  {
    let canvas = RecordingCanvas(width: width, height: height)
    let figure = try #require(charts.first { $0.name == name }).figure
    return (canvas, figure.draw(on: canvas))
  }

  @Test("name lines at their ends where all names fit, else in the legend")
  func names() throws {
    let canvas = RecordingCanvas()
    let lines = SeriesName.all(["up", "down"]).enumerated().map { index, name in
      RunGroup(name, [fallingRun(0.5 + 0.1 * Double(index), steps: 20, "converged")])
    }
    _ = ConvergenceFigure(heading: heading, groups: lines).draw(on: canvas)
    let (up, down) = (
      try #require(canvas.texts.first { $0.string == "up" }),
      try #require(canvas.texts.first { $0.string == "down" })
    )
    #expect(up.point.y != down.point.y)
    #expect(up.style.color != down.style.color)
    let crowd = SeriesName.all((0..<12).map { "line \($0)" }).map { name in
      RunGroup(name, [fallingRun(0.5, steps: 20, "converged")])
    }
    let full = RecordingCanvas()
    _ = ConvergenceFigure(heading: heading, groups: crowd).draw(on: full)
    let legend = full.texts.filter { $0.string.hasPrefix("line ") }
    #expect(legend.count == 12)
    #expect(legend.allSatisfy { $0.style.color == Theme.light.ink })
  }

  @Test("say in their captions how runs ended and which leave the picture")
  func captions() throws {
    let caption = try drawn("thin runs").caption
    #expect(
      caption == [
        "Chart", "f(x) = x²", "iteration: 0 .. 229, linear",
        "f - f*: 6.45e-23 .. 39000, logarithmic",
        "drawn: every run thinly, and the lower median of each group",
        "a median or band takes a run that has ended at its last value, and one that diverged or became "
          + "undefined as above all others", "gradient 0.1: 30 runs: 30 crawling",
        "gradient 0.5: 30 runs: 30 converged", "gradient 1: 30 runs: 30 oscillating",
        "gradient 2: 30 runs: 30 diverged", "newton: 30 runs: 30 converged",
        "leave the picture at its top: 30 of the runs drawn",
        "reach 0 or less, which has no place on a logarithmic axis: 30 of the runs drawn",
      ])
    #expect(try drawn("bands").caption.contains { $0.contains("10 % to its 90 % quantile") })
    #expect(
      try drawn("wild").caption.contains("have a value that is not a number: 3 of the runs drawn"))
    #expect(
      try drawn("profile").caption.contains("method-with-a-name-3: solves 17 of 40, best on 1"))
    #expect(
      try drawn("bound").caption.contains("the bound is broken in 2 of 4 runs drawn"))
  }

  @Test("have a strip for every method, and the endings that occur in the legend")
  func strips() throws {
    let canvas = try drawn("sweep").canvas
    func places(_ word: String) -> [Point] {
      canvas.texts.filter { $0.string == word }.map(\.point)
    }
    #expect(places("gradient").count == 2 && places("newton").count == 2)
    for word in ["crawling", "converged", "oscillating", "diverged"] {
      #expect(places(word).count == 1)
    }
    #expect(places("stalled").isEmpty)
    #expect(canvas.texts.map(\.string).joined().contains("2/λmax = "))
    #expect(
      try drawn("nothing converged").canvas.texts.contains { $0.string == "no run converged" })
  }

  @Test("show the share of the runs as the height of a part of a column")
  func shares() {
    let canvas = RecordingCanvas()
    let rates = [0.1, 0.2].map { rate in
      SweepFigure.Rate(
        rate, iterations: [4],
        endings: [EndingCount("converged", 1)]
          + [EndingCount("diverged", rate > 0.15 ? 3 : 1)])
    }
    let caption = SweepFigure(
      heading: heading, methods: [SweepFigure.Method(SeriesName.all(["a"])[0], rates)]
    ).draw(on: canvas)
    func bars(_ ending: String) -> [(top: Double, foot: Double)] {
      canvas.fills.filter { $0.color == EndingColors.color(ending, .light) }
        .map { ($0.path.pieces[0].points[0].y, $0.path.pieces[0].points[2].y) }
    }
    let (good, bad) = (bars("converged"), bars("diverged"))
    // The last of each is the swatch of the legend.
    #expect(good.count == 3 && bad.count == 3)
    #expect(abs((bad[0].foot - bad[0].top) / (bad[1].foot - bad[1].top) - 2.0 / 3) < 1e-9)
    #expect(abs(good[1].top - bad[1].foot) < 1e-9)
    #expect(
      caption.suffix(2) == [
        "a 0.1: 2 runs: 1 converged, 1 diverged", "a 0.2: 4 runs: 1 converged, 3 diverged",
      ])
  }

  @Test("rise in steps that begin with the problems solved at the least cost")
  func profile() throws {
    let canvas = RecordingCanvas()
    _ = ProfileFigure(
      heading: heading,
      solvers: [ProfileFigure.Solver(SeriesName.all(["a"])[0], ratios: [4, 1, 2])], problemCount: 4
    ).draw(on: canvas)
    let line = try #require(
      canvas.strokes.first {
        $0.pen.color == Theme.light.series[0] && $0.path.pieces[0].points.count > 4
      })
    let heights = line.path.pieces[0].points.map(\.y)
    let steps = Set(heights.map { ($0 * 100).rounded() }).sorted()
    #expect(steps.count == 3)
    #expect(abs((steps[1] - steps[0]) - (steps[2] - steps[1])) <= 2)
    #expect(zip(heights, heights.dropFirst()).allSatisfy { $0 >= $1 })
  }
}

@Suite("Axes") struct AxisTests {
  private func ticks(_ range: ClosedRange<Double>, _ count: Int = 6) -> (
    major: [String], minor: Int
  ) {
    let ticks = AxisTicks(Axis(RichText("x"), .logarithmic, range), count: count)
    return (ticks.major.map(\.label.plain), ticks.minor.count)
  }

  @Test("have powers of ten, and small ticks between them")
  func powers() {
    #expect(ticks(0.1...1000) == (["0.1", "1", "10", "100", "1000"], 32))
    #expect(ticks(1e-8...1e-5).major == ["10−8", "10−7", "10−6", "10−5"])
    let wide = ticks(1e-20...1)
    #expect(wide.major == ["10−20", "10−15", "10−10", "10−5", "100"])
    #expect(wide.minor == 16)
    #expect(ticks(1e-290...1e300, 5).major.count <= 5)
  }

  @Test("have 1, 2 and 5 over less than two decades, round numbers over less than a half")
  func short() {
    #expect(ticks(0.04...1.2).major == ["0.05", "0.1", "0.2", "0.5", "1"])
    #expect(ticks(0.3...0.55).major == ["0.3", "0.35", "0.4", "0.45", "0.5", "0.55"])
  }

  @Test("show what they are given with some air, and stand what nobody would plot")
  func ranges() {
    let axis = Axis(RichText("x"), .logarithmic, showing: [0, -1, .nan, 1, 100, .infinity])
    #expect(axis.content == 1...100)
    #expect(axis.range.lowerBound < 1 && axis.range.upperBound > 100)
    #expect(axis.position(0) == -1 && axis.position(.infinity) == 2)
    #expect(axis.position(.nan).isNaN)
    #expect(abs(axis.position(10) - 0.5) < 1e-12)
    for scale in [AxisScale.linear, .logarithmic] {
      for values in [[], [0.0], [5, 5], [1e-300, 1e300], [.nan]] {
        let axis = Axis(RichText("x"), scale, showing: values)
        #expect(axis.range.lowerBound < axis.range.upperBound)
        #expect(AxisTicks(axis, count: 6).major.allSatisfy { axis.range.contains($0.value) })
      }
    }
  }

  @Test("are logarithmic by themselves where values differ by more than a factor of 100")
  func choice() {
    #expect(AxisScale(for: [1, 99]) == .linear)
    #expect(AxisScale(for: [1, 101, .nan]) == .logarithmic)
    #expect(AxisScale(for: [0, 1e9]) == .linear)
    #expect(AxisScale(for: []) == .linear)
  }
}

@Suite("Names of series") struct SeriesNameTests {
  private let theme = Theme.light

  @Test("have a colour for each rate while there are enough, else one for each method")
  func hues() {
    let few = SeriesName.all([("a", ["1", "2"]), ("b", [""])])
    #expect(few.map { $0.map(\.label) } == [["a 1", "a 2"], ["b"]])
    #expect(few.map { $0.map(\.hue) } == [[0, 1], [2]])
    let rates = (0..<12).map { "0.\($0 + 10)" }
    let many = SeriesName.all([("a", rates), ("b", [""])])
    #expect(Set(many[0].map(\.hue)) == [0] && many[1][0].hue == 1)
    #expect(Set(many[0].map { "\($0.look(theme).color)" }).count == 12)
    #expect(many[0][3].ramp?.label == "a 0.10 … 0.21")
  }

  @Test("of methods have the colour of a rate of theirs, and of no other method")
  func methods() {
    let methods = [("a", ["1", "2"]), ("b", [""]), ("c", (0..<12).map { "\($0)" })]
    for some in [Array(methods.prefix(2)), methods] {
      let rates = SeriesName.all(some)
      for (method, name) in SeriesName.methods(some).enumerated() {
        #expect(rates.indices.filter { rates[$0].map(\.hue).contains(name.hue) } == [method])
      }
    }
  }

  @Test("look alike in no two of fifty, and are dark enough to read")
  func looks() {
    let names = SeriesName.all((0..<50).map { "name \($0)" })
    let looks = names.map { $0.look(theme) }
    #expect(Set(looks.map { "\($0.color) \($0.pen.dash)" }).count == 50)
    #expect(looks.allSatisfy { $0.text.lightness < 0.5 })
  }
}

@Suite("Medians and bands") struct CurveBandTests {
  @Test("take runs that have ended at their last value, and those that diverged above all others")
  func held() {
    let runs = [
      Curve(x: [0, 1], y: [8, 1], ending: "converged"),
      Curve(x: [0, 1, 2, 3], y: [8, 4, 2, 1], ending: "converged"),
      Curve(x: [0, 1], y: [8, 0.5], ending: "diverged"),
    ]
    let sum = CurveBand(runs)
    #expect(sum.median.map(\.x) == [0, 1, 2, 3])
    #expect(sum.median.map(\.y) == [8, 1, 2, 1])
    #expect(sum.band.map(\.low) == [8, 0.5])
  }

  @Test("go on until half of the runs have ended and the median settles")
  func length() {
    let runs = (1...10).map { fallingRun(0.5, steps: $0, "converged") }
    #expect(CurveBand(runs).median.last?.x == 6)
    #expect(CurveBand(runs).band.last?.x == 9)
    #expect(CurveBand([]).median.isEmpty)
  }

  @Test("have no more places than can be told apart")
  func thinned() {
    let sum = CurveBand([fallingRun(0.999, steps: 5000, "crawling")])
    #expect(sum.median.count <= 802)
    #expect(sum.median.last?.x == 5000)
  }
}
