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

  @Test("climb where evenly spaced ones would show none of the wells")
  func wells() {
    let levels = levels(Window(x: -6...6, y: -6...6), lowest: 0) { x, y in
      let (u, v) = (x * x + y - 11, x + y * y - 7)
      return u * u + v * v
    }
    #expect(levels.isLogarithmic)
    #expect(levels.labels.map(\.plain).contains("2"))
  }

  @Test("reach down into a well that takes a part of a flat window")
  func dent() {
    // Ten times the part that poles may take lies below -10.
    let levels = levels(Window(x: -8...8, y: -8...8), lowest: -100) { x, y in
      let square = x * x + y * y
      return square < 17 ? -100 + 5 * square : -15 / (1 + square)
    }
    #expect(levels.values.contains(-90) || levels.values.contains(-80))
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

  private func exactly(
    _ count: Int, _ window: Window = square, scale: Levels.Scale = .auto, lowest: Double,
    _ f: @escaping Field
  ) -> Levels {
    let raster = Raster(window, columns: 201, rows: 201, sample: sampler(f))
    return Levels(
      .exactly(count), scale: scale, for: Distribution(raster.values[0]), lowest: lowest)
  }

  @Test("are as many as asked, round and evenly spaced", arguments: [1, 2, 3, 5, 7, 12, 20, 60])
  func exact(count: Int) {
    let levels = exactly(count, lowest: 0) { x, y in x * x + y * y }
    #expect(levels.values.count == count)
    #expect(levels.shortfall == nil)
    let steps = zip(levels.values, levels.values.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { abs($0 - steps[0]) < 1e-12 })
    if let step = steps.first {
      let mantissa = NumberText.scientific(step, digits: 6).mantissa
      #expect([1, 2, 2.5, 5].contains(mantissa))
    }
    #expect(Set(levels.labels.map(\.plain)).count == count)
  }

  @Test("as many as asked are neighbours that leave little of the window beyond")
  func placed() {
    let levels = exactly(12, lowest: 0) { x, y in x * x + y * y }
    #expect(levels.values == (1...12).map { 2.5 * Double($0) })
    let few = exactly(3, lowest: 0) { x, y in x * x + y * y }
    #expect(
      few.values == [5, 10, 15] || few.values == [10, 20, 30] || few.values == [10, 15, 20])
  }

  @Test("are fewer than asked where all would leave much of the window without, and say so")
  func fewer() {
    let window = Window(x: -2...8, y: -1...9)
    let levels = exactly(12, window, lowest: -1, sineValley)
    #expect(
      levels.values.map { NumberText.plain($0) }.joined(separator: " ")
        == "-0.8 -0.6 -0.4 -0.2 0 0.2 0.4 0.6 0.8 1 1.2")
    #expect(
      levels.shortfall
        == "11 levels instead of 12: multiples of 0.2 are no more, and 12 of 0.1 would leave 31 % of the window beyond them"
    )
    #expect(
      exactly(4, lowest: 3) { _, _ in 3 }.shortfall
        == "no levels instead of 4: all values seen are the same")
  }

  @Test(
    "on a ladder are as many as asked, by every few decades, 1, 1-3 or 1-2-5", arguments: 2...12)
  func exactLadder(count: Int) {
    let levels = exactly(count, Window(x: -2...2, y: -1...3), lowest: 0) { x, y in
      (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
    }
    #expect(levels.isLogarithmic)
    #expect(levels.values.count == count)
    #expect(levels.shortfall == nil)
    let mantissas = Set(levels.values.map { NumberText.scientific($0, digits: 6).mantissa })
    #expect([[1], [1, 3], [1, 2, 5]].contains { Set($0).isSuperset(of: mantissas) })
  }

  @Test("on a ladder that has too few rungs say so")
  func shortLadder() {
    let levels = exactly(30, scale: .log, lowest: 0) { x, y in x * x + y * y }
    #expect(
      levels.values.map { NumberText.plain($0) }.joined(separator: " ")
        == "0.01 0.02 0.05 0.1 0.2 0.5 1 2 5 10 20")
    #expect(
      levels.shortfall
        == "11 levels instead of 30: 1, 2 and 5 times powers of ten are no more from 0.0079 to 32")
  }

  @Test("on a signed scale are as many as asked without 0", arguments: [4, 7])
  func signed(count: Int) {
    let raster = Raster(square, columns: 201, rows: 201, sample: sampler { x, y in x * x * x + y })
    let seen = Distribution(raster.values[0])
    for scale in [MapFigure.Scale.linear, .signedLog] {
      let levels = Levels(.exactly(count), on: ValueScale(scale, fitting: seen), for: seen)
      #expect(levels.values.count == count, "\(levels.values)")
      #expect(!levels.values.contains(0))
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
