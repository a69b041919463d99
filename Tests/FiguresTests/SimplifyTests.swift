import Testing

@testable import Figures

@Suite("Thinned lines") struct SimplifyTests {
  @Test("keep their ends and what is far from the last point kept")
  func thinning() {
    let line = [0, 0.3, 0.9, 1.2, 1.25, 5, 5.1].map { Point($0, 0) }
    #expect(line.thinned(by: 0.5).map(\.x) == [0, 0.9, 5, 5.1])
    #expect(line.thinned(by: 100).map(\.x) == [0, 5.1])
    #expect([Point]().thinned(by: 1).isEmpty)
    #expect([Point(1, 1)].thinned(by: 1) == [Point(1, 1)])
  }
}
