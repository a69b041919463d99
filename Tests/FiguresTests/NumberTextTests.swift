import Testing

@testable import Figures

@Suite("Numbers as text") struct NumberTextTests {
  @Test(
    "captions use few digits and ASCII",
    arguments: [
      (0.0, "0"), (-0.5, "-0.5"), (1200, "1200"), (0.194444444, "0.1944"), (1.5e-7, "1.5e-7"),
      (123456, "123456"), (9.99996, "10"), (0.1 + 0.2, "0.3"), (-2e300, "-2e300"),
      (.leastNonzeroMagnitude, "4.941e-324"), (.infinity, "inf"),
    ])
  func plain(value: Double, text: String) {
    #expect(NumberText.plain(value) == text)
  }

  @Test("figures use a true minus and raised exponents")
  func rich() {
    #expect(NumberText.rich(-0.25).plain == "−0.25")
    #expect(NumberText.rich(1e6) == .power(6))
    #expect(NumberText.rich(2.5e-5).plain == "2.5\u{2009}×\u{2009}10−5")
    #expect(NumberText.rich(2.5e-5).runs.last?.isRaised == true)
  }

  @Test("nothing is negative zero")
  func zero() {
    #expect(NumberText.fixed(-0.001, decimals: 2) == "0.00")
    #expect(NumberText.plain(-0.0) == "0")
  }

  @Test("in formulas variables are slanted, names upright and exponents raised")
  func formula() {
    let runs = RichText(formula: "sin²x - xy").runs
    #expect(runs.map(\.text) == ["sin", "2", "x", " − ", "xy"])
    #expect(runs.map(\.isItalic) == [false, false, true, false, true])
    #expect(runs.map(\.isRaised) == [false, true, false, false, false])
  }

  @Test("digits belong to the name before them")
  func digits() {
    let runs = RichText(formula: "log1p(x1) + 2u").runs
    #expect(runs.map(\.text) == ["log1p(", "x", "1) + 2", "u"])
    #expect(runs.map(\.isItalic) == [false, true, false, true])
  }

  @Test(
    "an index and an exponent stand above one another, a root has its bar as long as what is under it"
  )
  func stacks() throws {
    func run(_ text: String, _ place: RichText.Place, _ isOverlined: Bool = false) -> RichText.Run {
      RichText.Run(text: text, place: place, isOverlined: isOverlined)
    }
    let canvas = RecordingCanvas()
    let style = TextStyle(size: 20, color: Theme.light.ink)
    let text = RichText(runs: [
      run("2√", .level), run("x", .level, true), run("i", .lowered, true), run("2", .raised, true),
      run("+1", .level),
    ])
    text.draw(on: canvas, at: Point(0, 100), style)
    #expect(canvas.texts.map(\.string) == ["2", "√", "x", "i", "2", "+1"])
    let (low, high) = (canvas.texts[3].point, canvas.texts[4].point)
    #expect(low.x == high.x && low.y > 100 && high.y < 95)
    let bar = try #require(canvas.strokes.first?.path.pieces.first?.points)
    #expect(abs(bar[0].x - canvas.texts[2].point.x) < 1 && bar[0].y < high.y - 0.73 * 14)
    #expect(abs(bar[1].x - canvas.texts[5].point.x) < 1)
  }
}
