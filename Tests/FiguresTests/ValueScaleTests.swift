import Foundation
import Testing

@testable import Figures

@Suite("Scales of values") struct ValueScaleTests {
  private func scale(_ values: [Double], _ choice: MapFigure.Scale = .auto) -> ValueScale {
    ValueScale(choice, fitting: Distribution(values))
  }

  private let even = (1...1000).map { Double($0) / 100 }
  private let wide = (0...1000).map { pow(10, Double($0) / 250) }

  @Test("are even for even values of one sign, from 0 where they almost begin there")
  func linear() {
    #expect(scale(even) == .linear(0...10))
    #expect(scale(even.map { $0 + 5.3 }) == .linear(5...15.5))
    #expect(scale(even.map { -$0 }) == .linear(-10...0))
  }

  @Test("are logarithmic where sizes spread over more than two decades, or have poles")
  func logarithmic() {
    #expect(scale(wide) == .logarithmic(1...10_000))
    #expect(scale(wide.map { -$0 }) == .logarithmic(-10_000...(-1)))
    #expect(scale(wide, .linear) == .linear(0...10_000))
    #expect(scale(even, .log) == .logarithmic(0.01...10))
    let poles = (1...1000).map { 1 / abs(Double($0) / 500 - 1.0003) }
    #expect(scale(poles) == .logarithmic(1...100))
  }

  @Test("have 0 in the middle for both signs, unless one is rounding errors")
  func signed() {
    #expect(scale(even.map { $0 - 4 }) == .signed(limit: 6))
    #expect(
      scale(wide + wide.map { -$0 })
        == .signedLogarithmic(SignedLogarithm(threshold: 1, limit: 10_000)))
    #expect(
      scale(even.map { $0 - 4 }, .log) == scale(even.map { $0 - 4 }, .signedLog))
    #expect(scale(even + [-1e-14]).isSigned == false)
  }

  @Test("leave out what would take most of the colours")
  func outliers() {
    #expect(scale(even + [1e3]) == .linear(0...10))
    #expect(scale(even.map { $0 - 4 } + [1e3]) == .signed(limit: 6))
    #expect(scale(wide + [1e9]) == .logarithmic(1...10_000))
  }

  @Test("put a constant in the middle, and stand nothing and next to nothing")
  func constants() {
    #expect(scale([3, 3, .nan]) == .linear(0...6))
    #expect(scale([-3]) == .linear(-6...0))
    for values in [[], [0], [.nan, .infinity], [1e-300, -1e-300]] {
      #expect(scale(values) == .signed(limit: 1))
    }
  }

  @Test("rise from end to end, and 0 lies at exactly 0 where it is in the middle")
  func positions() {
    let scales: [ValueScale] = [
      .linear(2...5), .logarithmic(0.01...20), .logarithmic(-20...(-0.01)), .signed(limit: 3),
      .signedLogarithmic(SignedLogarithm(threshold: 0.1, limit: 3)),
    ]
    for scale in scales {
      let (low, high) = (scale.range.lowerBound, scale.range.upperBound)
      #expect(scale.position(low) == (scale.isSigned ? -1 : 0))
      #expect(scale.position(high) == 1)
      if scale.isSigned { #expect(scale.position(0) == 0) }
      let places = (0...50).map { scale.position(low + (high - low) * Double($0) / 50) }
      #expect(zip(places, places.dropFirst()).allSatisfy(<))
      let ticks = scale.ticks.map(\.value)
      #expect(ticks.count > 2 && ticks.allSatisfy(scale.range.contains))
    }
    #expect(ValueScale.logarithmic(1...10).position(-1) < 0)
    #expect(ValueScale.logarithmic(-10...(-1)).position(1) > 1)
  }

  @Test("name powers of ten, and 2 and 5 times as much where there is room")
  func ticks() {
    func texts(_ scale: ValueScale) -> [String] { scale.ticks.map(\.text.plain) }
    #expect(texts(.logarithmic(1...50)) == ["1", "2", "5", "10", "20", "50"])
    #expect(
      texts(.logarithmic(-1e5...(-1))).sorted() == ["−1", "−10", "−102", "−103", "−104", "−105"])
    #expect(texts(.logarithmic(1e-200...1e200)).count <= 13)
    #expect(
      texts(.signed(limit: 2)) == [
        "−2.0", "−1.5", "−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5", "2.0",
      ])
  }
}
