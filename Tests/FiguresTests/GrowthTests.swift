import Testing

@testable import Figures

@Suite("Grown polygons") struct GrowthTests {
  @Test("have their sides farther outside, whichever way their corners go round")
  func square() throws {
    let corners = [Point(0, 0), Point(4, 0), Point(4, 2), Point(0, 2)]
    let grown = try #require(corners.grown(by: 0.5))
    #expect(grown == [Point(-0.5, -0.5), Point(4.5, -0.5), Point(4.5, 2.5), Point(-0.5, 2.5)])
    let back = try #require(Array(corners.reversed()).grown(by: 0.5))
    #expect(back == grown.reversed())
  }

  @Test(
    "have no corner much farther outside, and are none where they are hollow, flat or too sharp")
  func sharp() throws {
    let sharp = [Point(0, 0), Point(10, -2), Point(20, 0), Point(10, 2)]
    let grown = try #require(sharp.grown(by: 0.3))
    for (a, b) in zip(sharp, grown) { #expect((a - b).length < 0.6 + 1e-12) }
    #expect(grown[0].x < -0.59 && grown[2].x > 20.59)
    #expect([Point(0, 0), Point(10, 9), Point(20, 0), Point(10, 10)].grown(by: 0.3) == nil)
    #expect([Point(0, 0), Point(1, 0), Point(1, 0), Point(0, 1)].grown(by: 0.3) == nil)
    #expect([Point(0, 0), Point(10, -1), Point(20, 0), Point(10, 1)].grown(by: 0.3) == nil)
  }
}
