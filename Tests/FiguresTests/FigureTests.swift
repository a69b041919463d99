import Foundation
import Testing

@testable import Figures

/// The heading of a map of a quantity.
private func named(_ quantity: String) -> FigureHeading {
  let label = Label(quantity, shown: RichText(formula: quantity))
  return FigureHeading(
    title: "A title", subject: label, formula: "f(x, y) = x²", valueLabel: label)
}

/// A formula for two lines, with indices under exponents and a root.
private let longFormula: FigureHeading = {
  func run(_ text: String, _ place: RichText.Place = .level, lineBreak: Int? = nil)
    -> RichText.Run
  {
    RichText.Run(text: text, place: place, lineBreak: lineBreak)
  }
  let term = [
    run("100 (x"), run("i+1", .lowered), run("2", .raised), run(" − √"),
    RichText.Run(text: "x", isOverlined: true),
    RichText.Run(text: "2", place: .raised, isOverlined: true), run(")"),
  ]
  let terms = (0..<7).flatMap { _ in [run(" + ", lineBreak: 1)] + term }
  let formula = Label("typed", shown: RichText(runs: [run("f(x) = ")] + term + terms))
  return FigureHeading(title: "A title", formula: formula, xLabel: "x₁", yLabel: "x₂")
}()

/// Figures of every kind with much text in narrow places.
private let figures: [(name: String, figure: any Figure)] = {
  let zoom = Window(x: 2...4.3, y: 0...4.5)
  let wide = Window(x: -4...8, y: -6...10)
  let starts = [
    Marker(label: "p1", x: 3.1, y: 1.3), Marker(label: "p2", x: 3.1, y: 1.8),
    Marker(label: "p3", x: 3.15, y: 1.8), Marker(label: "corner", x: 4.29, y: 4.49),
  ]
  let minima = [Marker(label: "m1", x: .pi, y: 2.633802)]
  let paths = (0..<6).map { index in
    PathLine(
      namesOfRates((0..<6).map { "0.\($0)" })[0][index], startLabel: "p1", ending: "converged",
      points: [(3.1, 1.3), (3.4, 2), (.pi, 2.6), (1e12, .nan), (2.5, -1e200)])
  }
  let field = sampler(
    { x, y in sin(y) }, { x, y in x < 3 ? .nan : cos(x) }, { x, y in x - 3.3 },
    { x, y in sin(3 * y) })
  let long = FigureHeading(
    title: String(repeating: "A long title. ", count: 9), xLabel: "weight one", yLabel: "weight 2")
  return [
    (
      "contour",
      ContourFigure(
        heading: heading, window: zoom, sample: sampler(sineValley), paths: paths,
        starts: starts, minima: minima)
    ),
    (
      "crowded",
      ContourFigure(
        heading: heading, window: wide, sample: sampler(sineValley), levels: .count(80))
    ),
    (
      "lines",
      ContourFigure(
        heading: long, window: Window(x: 0...1e-7, y: 1e5...9e5),
        sample: sampler { x, y in 1e7 * x + 1e-5 * y }, filled: false)
    ),
    (
      "determinant",
      DeterminantFigure(
        heading: heading, window: wide, sample: sampler { x, y in sinh(x) * y }, starts: starts,
        minima: minima)
    ),
    ("constant", DeterminantFigure(heading: heading, window: zoom, sample: sampler { _, _ in 4 })),
    (
      "newton-field",
      ArrowFieldFigure(
        heading: heading, window: zoom, sample: field, starts: starts, minima: minima)
    ),
    (
      "map",
      MapFigure(
        heading: named("min_eigenvalue"), window: wide, sample: sampler(sineValley),
        levels: .count(8), starts: starts, minima: minima)
    ),
    (
      "map with gaps",
      MapFigure(
        heading: named("condition"), window: zoom,
        sample: sampler { x, y in x < 2.5 ? .nan : y < 1 ? .infinity : exp(8 * x) },
        levels: .count(5), starts: starts, minima: minima)
    ),
    (
      "map of a long formula",
      MapFigure(
        heading: named(String(repeating: "determinant / trace(hessian)^2 + ", count: 9)),
        window: wide, sample: sampler { x, y in x * y }, levels: .values([-20, 0, 20]))
    ),
    (
      "map below zero",
      MapFigure(
        heading: named("g"), window: zoom, sample: sampler { x, y in -exp(-4 * x * y) },
        levels: .count(10))
    ),
    (
      "gradient-field",
      ArrowFieldFigure(
        heading: heading, window: zoom, subject: .negativeGradient, sample: field, scale: .log,
        starts: starts, minima: minima)
    ),
    (
      "definiteness",
      DefinitenessFigure(
        heading: heading, window: zoom,
        sample: sampler(
          { x, y in x < 2.2 ? .nan : min(x - 3, y - 2) },
          { x, y in y < 0.5 ? 0 : max(x - 3, y - 2) }),
        starts: starts, minima: minima)
    ),
    (
      "basins",
      BasinFigure(
        heading: long, window: zoom,
        map: BasinMap(
          columns: 40, rows: 80,
          cells: (0..<3200).map {
            BasinMap.Cell(kind: ($0 / 7) % 32, iterations: Int32($0 % 300))
          }),
        goals: (0..<24).map { index in
          BasinFigure.Goal(
            Marker(
              label: "s\(index)", x: 2 + Double(index % 5) / 2.2, y: 4.5 * Double(index) / 23),
            BasinFigure.Goal.Kind.allCases[index % 4])
        },
        failures: [
          .elsewhere, .cycle(2), .cycle(17), .oscillating, .crawling, .diverged, .singular,
          .undefined,
        ], starts: starts)
    ),
    (
      "long formula",
      MapFigure(heading: longFormula, window: wide, sample: sampler(sineValley), starts: starts)
    ),
    (
      "map with lines of another quantity",
      {
        var map = MapFigure(
          heading: named("largest rate"), window: zoom,
          sample: Tiles(
            zoom, columns: 3, values: [0.1, 0.2, .nan, 0.5, 1, .infinity, 0.3, 0.4, 0.7]
          ).sample, scale: .log, starts: starts, minima: minima)
        map.overlay = MapFigure.Overlay(
          "2gᵀg/gᵀHg", sample: sampler { x, y in 0.1 * x * y }, levels: nil)
        map.undefined = "no rate converges"
        map.infinite = "above 10"
        map.notes = ["a note"]
        return map
      }()
    ),
    (
      "newton-field as curves",
      {
        var figure = ArrowFieldFigure(
          heading: heading, window: zoom, sample: field, starts: starts, minima: minima)
        figure.isStream = true
        return figure
      }()
    ),
    (
      "contour of a ladder",
      {
        var figure = ContourFigure(
          heading: heading, window: zoom, sample: sampler { x, y in exp(3 * x * y) - 0.125 },
          levels: .exactly(9), scale: .log, starts: starts, minima: minima)
        figure.cost = 1e4
        return figure
      }()
    ),
  ] + charts + curves + surfaces
}()

@Suite("Figures") struct FigureTests {
  @Test("write no text over another and none beyond the sheet", arguments: figures.indices)
  func overlap(index: Int) {
    let (name, figure) = figures[index]
    let canvas = RecordingCanvas()
    _ = figure.draw(on: canvas)
    #expect(canvas.texts.count > 10)
    #expect(canvas.crowding == [], "\(name)")
  }

  @Test("of which texts meet or are cut off are found")
  func crowding() {
    let canvas = RecordingCanvas(width: 100, height: 100)
    let style = TextStyle(size: 10, color: Color(0))
    canvas.write("here", at: Point(20, 50), style: style, angle: 0)
    canvas.write("too", at: Point(40, 52), style: style, angle: 0)
    canvas.write("turned", at: Point(30, 90), style: style, angle: -.pi / 4)
    canvas.write("beyond", at: Point(80, 20), style: style, angle: 0)
    #expect(canvas.crowding == ["'here' meets 'too'", "'beyond' is cut off"])
  }

  @Test("find room for the names of all places, also crowded ones and those in corners")
  func names() {
    let canvas = RecordingCanvas()
    _ = figures[0].figure.draw(on: canvas)
    let names = Set(canvas.texts.map(\.string))
    #expect(names.isSuperset(of: ["p1", "p2", "p3", "corner", "m1"]))
  }

  @Test("draw nothing that is not a number or far off the sheet", arguments: figures.indices)
  func finite(index: Int) {
    let canvas = RecordingCanvas(width: 540, height: 450)
    _ = figures[index].figure.draw(on: canvas)
    let points = (canvas.fills.map(\.path) + canvas.strokes.map(\.path))
      .flatMap { $0.pieces.flatMap(\.points) }
    #expect(points.count > 20)
    #expect(points.allSatisfy { abs($0.x) < 1e4 && abs($0.y) < 1e4 })
  }

  @Test("are the same twice", arguments: figures.indices)
  func twice(index: Int) {
    let (one, two) = (
      RecordingCanvas(width: 540, height: 450), RecordingCanvas(width: 540, height: 450)
    )
    #expect(figures[index].figure.draw(on: one) == figures[index].figure.draw(on: two))
    #expect(one.texts == two.texts)
    let isSame =
      one.strokes.map(\.path) == two.strokes.map(\.path)
      && one.mosaics.map(\.mosaic) == two.mosaics.map(\.mosaic)
    #expect(isSame)
  }

  @Test("interrupt contour lines beneath their numbers")
  func gaps() throws {
    let canvas = RecordingCanvas()
    _ = ContourFigure(
      heading: heading, window: square, sample: sampler { x, y in x * x + y * y }
    ).draw(on: canvas)
    let box = try #require(canvas.mosaics.first?.box)
    let labels = canvas.texts.filter { text in text.corners.allSatisfy(box.contains) }
    #expect(labels.count >= 10)
    // Circles about the centre are the only lines with many corners.
    let corners = canvas.strokes.flatMap { $0.path.pieces }.filter { $0.points.count > 40 }
      .flatMap(\.points)
    #expect(corners.count > 400)
    for label in labels {
      let middle = (label.corners[0] + label.corners[2]) * 0.5
      #expect(corners.allSatisfy { ($0 - middle).length > 0.3 * label.width })
    }
  }

  @Test("say in their captions what the pictures cannot")
  func captions() {
    let canvas = RecordingCanvas()
    let contour = figures[0].figure.draw(on: canvas)
    #expect(contour.contains("window: x = 2 .. 4.3, y = 0 .. 4.5"))
    #expect(contour.contains("undefined (hatched): none of the window"))
    #expect(contour.contains { $0.hasPrefix("path gradient 0.3 from p1: 4 iterations, converged") })
    #expect(figures[4].figure.draw(on: canvas).contains("det H = 4 everywhere"))
    let field = figures[5].figure.draw(on: canvas)
    #expect(field.contains("grid: 12 x 25 points"))
    #expect(field.contains { $0.hasPrefix("no step: ") && !$0.hasPrefix("no step: 0") })
  }

  @Test("call the arrows of a gradient by their name and draw no line where Newton steps turn")
  func gradients() {
    let canvas = RecordingCanvas()
    let caption = ArrowFieldFigure(
      heading: heading, window: square, subject: .negativeGradient,
      sample: sampler({ x, _ in x < 0 ? .nan : x }, { _, y in y })
    ).draw(on: canvas)
    #expect(caption.contains("undefined: 300 of 625"))
    #expect(caption.contains { $0.contains("in units of the median gradient ") })
    #expect(!caption.contains { $0.contains("ascent") })
    let texts = Set(canvas.texts.map(\.string))
    #expect(texts.isSuperset(of: ["undefined", "gradient 0", ", steepest descent"]))
  }

  @Test("tell by the signs of two eigenvalues what the Hessian is")
  func definiteness() throws {
    let canvas = RecordingCanvas()
    let caption = DefinitenessFigure(
      heading: heading, window: square,
      sample: sampler(
        { x, y in y > 2 ? .nan : min(x, y) < -3 ? 0 : min(x, y) }, { x, y in max(x, y) })
    ).draw(on: canvas)
    #expect(
      caption.suffix(5) == [
        "positive definite: 13 % of the window", "indefinite: 28 % of the window",
        "negative definite: 25 % of the window", "singular (hatched): 9.4 % of the window",
        "undefined (hatched): 25 % of the window",
      ])
    let texts = Set(canvas.texts.map(\.string))
    #expect(
      texts.isSuperset(of: [
        "positive definite", "indefinite", "negative definite", "an eigenvalue is 0",
        "singular or undefined",
      ]))
    let mosaic = try #require(canvas.mosaics.first?.mosaic)
    let middle = mosaic.colors[(mosaic.rows / 2 - 9) * mosaic.columns + mosaic.columns / 2 + 9]
    #expect(middle == Theme.light.positive)
  }

  @Test("say in the caption of a map how colours are spread and what has none")
  func mapCaptions() {
    let canvas = RecordingCanvas()
    let signed = figures[6].figure.draw(on: canvas)
    #expect(signed.first == "A title: min_eigenvalue")
    #expect(signed.contains("negative: 27 % of the window"))
    #expect(signed.contains("colours: linear from -1.25 to 1.25"))
    #expect(signed.contains("lines at: -0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8, 1, 1.2"))
    #expect(signed.contains("undefined (hatched): none of the window"))
    let gaps = figures[7].figure.draw(on: canvas)
    #expect(gaps.contains("colours: logarithmic from 5e8 to 1e15"))
    #expect(gaps.contains("lines at: 1e9, 1e10, 1e11, 1e12, 1e13, 1e14"))
    #expect(gaps.contains("undefined (hatched): 22 % of the window"))
    #expect(gaps.contains("infinite (hatched): 17 % of the window"))
    #expect(canvas.texts.contains { $0.string == "infinite or undefined" })
    let clipped = MapFigure(
      heading: heading, window: square, sample: sampler { x, _ in x > 3.97 ? 1e3 : x + 5 }
    ).draw(on: canvas)
    #expect(
      clipped.contains {
        $0.hasPrefix("beyond the colours, which reach the 1 % and 99 % quantiles: none below, 0.")
      })
    let constant = MapFigure(heading: heading, window: square, sample: sampler { _, _ in -4 })
      .draw(on: canvas)
    #expect(constant.contains("f = -4 everywhere"))
    #expect(constant.contains("colours: linear from -8 to 0"))
  }

  @Test("compare a map with lines of another quantity at the values beside its colours")
  func overlay() {
    let canvas = RecordingCanvas()
    let caption = figures[14].figure.draw(on: canvas)
    #expect(figures[14].name == "map with lines of another quantity")
    #expect(caption.contains("lines of 2gᵀg/gᵀHg at: 0.1, 0.2, 0.5, 1"))
    #expect(caption.contains("no rate converges (hatched): 11 % of the window"))
    #expect(caption.contains("above 10 (hatched): 11 % of the window"))
    #expect(caption.contains("a note"))
    #expect(canvas.texts.contains { $0.string == "above 10 or no rate converges" })
  }

  @Test("cut the title, not what a map shows, where there is room for one")
  func subjects() {
    let canvas = RecordingCanvas()
    var heading = named("angle")
    heading.title = String(repeating: "A long title. ", count: 9)
    _ = MapFigure(heading: heading, window: square, sample: sampler(sineValley)).draw(on: canvas)
    let title = canvas.texts.filter { $0.style.isBold }.map(\.string).joined()
    #expect(title.hasPrefix("A long title. A"))
    #expect(title.hasSuffix("…: angle"))
  }

  @Test("break a long formula before a sign and keep all of it")
  func longFormulas() {
    let canvas = RecordingCanvas()
    let caption = figures[13].figure.draw(on: canvas)
    #expect(figures[13].name == "long formula")
    #expect(caption[1] == "typed")
    let formula = canvas.texts.filter { !$0.style.isBold && $0.point.y < 130 }
    let signs = formula.filter { $0.string.contains("100") }
    #expect(signs.count == 8)
    #expect(Set(signs.map(\.point.y)).count == 2)
    #expect(formula.count { $0.string == "+ " } == 1)
  }

  @Test("explain only marks that are there")
  func legend() {
    let canvas = RecordingCanvas()
    _ = figures[3].figure.draw(on: canvas)
    #expect(canvas.texts.contains { $0.string == "minimum" })
    let bare = RecordingCanvas()
    _ = figures[4].figure.draw(on: bare)
    #expect(!bare.texts.contains { ["minimum", "start", "undefined"].contains($0.string) })
  }

  @Test("stand values that nobody would plot")
  func extremes() {
    let fields: [Field] = [
      { _, _ in .nan }, { x, _ in x > 0 ? .infinity : -.infinity }, { x, y in 1e308 * x * sin(y) },
      { x, _ in x * .leastNormalMagnitude },
    ]
    for field in fields {
      let step = sampler(field, field, field, field)
      let kinds: [any Figure] = [
        ContourFigure(heading: heading, window: square, sample: sampler(field)),
        DeterminantFigure(heading: heading, window: square, sample: sampler(field)),
        DefinitenessFigure(heading: heading, window: square, sample: step),
        ArrowFieldFigure(heading: heading, window: square, sample: step),
        ArrowFieldFigure(heading: heading, window: square, sample: step, scale: .log),
        MapFigure(heading: heading, window: square, sample: step, levels: .count(9)),
        MapFigure(heading: heading, window: square, sample: step, scale: .linear),
        MapFigure(heading: heading, window: square, sample: step, scale: .log, levels: .count(9)),
      ]
      for kind in kinds {
        let canvas = RecordingCanvas(width: 120, height: 100)
        #expect(kind.draw(on: canvas).count > 3)
        let points = canvas.strokes.flatMap { $0.path.pieces }.flatMap(\.points)
        #expect(points.allSatisfy { abs($0.x) < 1e4 && abs($0.y) < 1e4 })
      }
    }
  }

  @Test("hatch what is undefined")
  func hatching() throws {
    let canvas = RecordingCanvas()
    let caption = ContourFigure(
      heading: heading, window: square, sample: sampler { x, y in log(x) + y }
    ).draw(on: canvas)
    #expect(caption.contains("undefined (hatched): 50 % of the window"))
    #expect(canvas.texts.contains { $0.string == "undefined" })
    let mosaic = try #require(canvas.mosaics.first?.mosaic)
    let left = Set((0..<40).map { "\(mosaic.colors[$0])" })
    #expect(left.contains("\(Theme.light.undefined)") && left.contains("\(Theme.light.hatching)"))
  }
}
