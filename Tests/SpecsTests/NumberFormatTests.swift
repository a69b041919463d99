import Testing

@testable import Specs

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (100, "100"),
    (1e15, "1000000000000000"),
    (9_999_999_999_999_998, "9999999999999998"), (1e16, "1e16"), (1.5e-7, "1.5e-7"),
    (1e-5, "0.00001"), (9.999e-6, "9.999e-6"), (0.00012345, "0.00012345"), (-2.5e300, "-2.5e300"),
    (1.7976931348623157e308, "1.7976931348623157e308"), (.nan, "nan"), (.infinity, "inf"),
    (-.infinity, "-inf"), (123_456_789.125, "123456789.125"), (1 / 3, "0.3333333333333333"),
  ])
  func numbersAreShort(_ value: Double, _ text: String) {
    #expect(formatNumber(value) == text)
  }

  @Test func everyNumberReadsBackToItself() {
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state ^ (state >> 29))
      guard value.isFinite else { continue }
      #expect(Double(formatNumber(value)) == value)
    }
  }
}
