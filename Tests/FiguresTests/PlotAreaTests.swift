import Testing

@testable import Figures

@Suite("The plot area") struct PlotAreaTests {
  private let area = PlotArea(
    window: Window(x: 0...2, y: 0...1), box: Box(x: 100, y: 50, width: 400, height: 200))

  @Test("maps the window's corners to the box's corners")
  func corners() {
    #expect(area.point(0, 0) == Point(100, 250))
    #expect(area.point(2, 1) == Point(500, 50))
  }

  @Test("clips segments at the frame, however far they go")
  func clip() throws {
    let (a, b) = try #require(area.clip(area.point(1, 0.5), area.point(1e9, 0.5)))
    #expect(a == Point(300, 150))
    #expect(abs(b.x - 500) < 1e-6 && b.y == 150)
    let through = try #require(area.clip(area.point(-1e8, 0.5), area.point(1e8, 0.5)))
    #expect(abs(through.0.x - 100) < 1e-4 && abs(through.1.x - 500) < 1e-4)
    #expect(area.clip(area.point(-1, -1), area.point(-1, 5)) == nil)
  }

  @Test("shows nothing of segments without a place", arguments: [Double.nan, .infinity, 1e300])
  func lost(value: Double) {
    #expect(area.clip(area.point(1, 0.5), area.point(value, 0.5)) == nil)
    #expect(area.clip(area.point(1, value), area.point(1, 0.5)) == nil)
  }
}
