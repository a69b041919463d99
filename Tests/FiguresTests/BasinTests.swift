import Testing

@testable import Figures

@Suite("Basins") struct BasinTests {
  private func map(_ columns: Int, _ rows: Int, kind: (Int, Int) -> Int) -> BasinMap {
    BasinMap(
      columns: columns, rows: rows,
      cells: (0..<columns * rows).map {
        BasinMap.Cell(kind: kind($0 % columns, $0 / columns), iterations: Int32($0 % 7))
      })
  }

  @Test("are averaged over what a tile of the picture covers")
  func averages() {
    func shade(_ cell: BasinMap.Cell) -> Color {
      Color(red: Double(cell.kind), green: 0, blue: 1)
    }
    let stripes = map(4, 2) { column, _ in column % 2 }
    let whole = stripes.mosaic(columns: 4, rows: 2) { cell, _, _ in shade(cell) }
    #expect(whole.colors.map(\.red) == [0, 1, 0, 1, 0, 1, 0, 1])
    let half = stripes.mosaic(columns: 2, rows: 1) { cell, _, _ in shade(cell) }
    #expect(half.colors.map(\.red) == [0.5, 0.5])
    #expect(half.colors.allSatisfy { abs($0.blue - 1) < 1e-12 })
    let fine = BasinMap(
      columns: 1, rows: 1, cells: [BasinMap.Cell(kind: 0, iterations: 1)], fineness: 2,
      refined: [0], fine: [0, 1, 1, 1].map { BasinMap.Cell(kind: $0, iterations: 1) })
    #expect(fine.mosaic(columns: 1, rows: 1) { cell, _, _ in shade(cell) }.colors[0].red == 0.75)
    #expect(fine.refinedCount == 1)
  }

  @Test("say in their captions what part of the starts goes where")
  func captions() {
    let figure = BasinFigure(
      heading: heading, window: square, map: map(10, 10) { column, _ in column / 2 },
      goals: [
        BasinFigure.Goal(Marker(label: "m1", x: 1, y: 1e-17), .minimum),
        BasinFigure.Goal(Marker(label: "s1", x: 2, y: -1), .saddle),
      ], failures: [.cycle(2), .diverged, .undefined])
    let canvas = RecordingCanvas()
    let caption = figure.draw(on: canvas)
    #expect(
      caption.contains(
        "m1, minimum at (1, 0): 20 % of the starts, median 3 iterations"), "\(caption)")
    #expect(caption.contains { $0.hasPrefix("runs: 10 x 10, one from the middle of each cell") })
    #expect(
      caption.suffix(3) == [
        "cycle of 2: 20 % of the starts", "diverged: 20 % of the starts",
        "undefined (hatched): 20 % of the starts",
      ])
    let texts = Set(canvas.texts.map(\.string))
    #expect(
      texts.isSuperset(of: [
        "to m1", "to s1", "cycle of 2", "diverged", "undefined", "minimum", "saddle", "iterations",
      ]))
  }

  @Test("name points on the picture only where runs reach them")
  func names() {
    let canvas = RecordingCanvas()
    _ = BasinFigure(
      heading: heading, window: square, map: map(4, 4) { _, _ in 1 },
      goals: [
        BasinFigure.Goal(Marker(label: "m1", x: 1, y: 1), .minimum),
        BasinFigure.Goal(Marker(label: "m2", x: 2, y: -1), .minimum),
      ], failures: []
    ).draw(on: canvas)
    let texts = canvas.texts.map(\.string)
    #expect(texts.contains("m2") && !texts.contains("m1") && !texts.contains("to m1"))
  }

  @Test("are shaded in equal steps of lightness, each colour its own")
  func shades() {
    let colors = ShadedColors(.light)
    let many = (0..<60).map { colors.color($0) }
    #expect(Set(many.map { "\($0)" }).count == 60)
    for color in many {
      let lightness = ShadedColors.shades(of: color).map { OKLab($0).lightness }
      let steps = zip(lightness, lightness.dropFirst()).map { $0 - $1 }
      // A colour that a screen cannot show so strong is paler, not lighter.
      #expect(steps.allSatisfy { abs($0 - steps[0]) < 0.006 && $0 > 0.01 })
    }
  }

  @Test("turn to OKLab and back, and have its values")
  func lab() {
    let red = OKLab(Color(0xff0000))
    #expect(abs(red.lightness - 0.627955) < 1e-5)
    #expect(abs(red.a - 0.224863) < 1e-5 && abs(red.b - 0.125846) < 1e-5)
    for color in Theme.light.categories {
      let back = OKLab(color).color
      #expect(abs(back.red - color.red) < 1e-6)
      #expect(abs(back.green - color.green) < 1e-6)
      #expect(abs(back.blue - color.blue) < 1e-6)
    }
  }
}
