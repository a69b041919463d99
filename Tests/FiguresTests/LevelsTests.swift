import Testing

@testable import Figures

@Suite("Levels") struct LevelsTests {
  private func levels(
    _ window: Window, lowest: Double, scale: Levels.Scale = .auto, _ f: @escaping Field
  ) -> Levels {
    let raster = Raster(window, columns: 101, rows: 101, sample: sampler(f))
    return Levels(.count(12), scale: scale, for: Distribution(raster.values[0]), lowest: lowest)
  }

  @Test("of a paraboloid are evenly spaced")
  func linear() {
    let levels = levels(square, lowest: 0) { x, y in x * x + y * y }
    #expect(!levels.isLogarithmic)
    #expect(levels.values == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30])
  }

  @Test("of Rosenbrock's function are 1, 2, 5, 10 above its minimum")
  func ladder() {
    let window = Window(x: -2...2, y: -1...3)
    let levels = levels(window, lowest: -3) { x, y in
      (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x) - 3
    }
    #expect(levels.isLogarithmic)
    #expect(levels.origin == -3)
    #expect(levels.labels.map(\.plain).suffix(5) == ["100", "200", "500", "1000", "2000"])
    #expect(levels.values.last == 1997)
  }

  @Test("of a function with poles show the middle, not the poles")
  func poles() {
    let levels = levels(square, lowest: -1e9) { x, y in 1 / (x - 1e-4) + y * 1e-3 }
    #expect(levels.values.allSatisfy { abs($0) < 20 })
    #expect(levels.values.count > 5)
  }

  @Test("can be given, in any order, and need not be round")
  func given() {
    let distribution = Distribution([0, 1])
    let levels = Levels(.values([0.3, -1, .nan, 0.3]), scale: .log, for: distribution, lowest: 0)
    #expect(levels.values == [-1, 0.3])
    #expect(levels.labels.map(\.plain) == ["−1", "0.3"])
  }

  @Test("of a constant or of nothing at all are none")
  func none() {
    for values in [[3.0, 3], [.nan], []] {
      let distribution = Distribution(values)
      #expect(Levels(.count(9), scale: .auto, for: distribution, lowest: 3).values.isEmpty)
      #expect(Levels(.count(9), scale: .log, for: distribution, lowest: 3).values.isEmpty)
    }
  }

  @Test("bands count the levels at or below a value")
  func bands() {
    let levels = Levels(values: [0, 1])
    #expect(levels.band(of: -1) == 0)
    #expect(levels.band(of: 0) == 1)
    #expect(levels.band(of: .infinity) == 2)
    #expect(levels.band(of: .nan) == nil)
  }
}
