import Diagnostics
import TestSupport
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (-2.5, "-2.5"), (100, "100"),
    (1.0 / 3, "0.3333333333333333"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"),
    (-.nan, "nan"), (.leastNonzeroMagnitude, "5e-324"),
    (1.7976931348623157e308, "1.7976931348623157e308"),
    (1.5e-7, "1.5e-7"), (-1.5e-7, "-1.5e-7"), (1e22, "1e22"), (1.25e100, "1.25e100"),
    (123_456_789.123, "123456789.123"), (0.1 + 0.2, "0.30000000000000004"),
  ])
  func writesTheShortestDigits(value: Double, text: String) {
    #expect(formatNumber(value) == text)
  }

  @Test(arguments: [
    (1e-5, "0.00001"), (9.999999999999999e-6, "9.999999999999999e-6"), (1.25e-5, "0.0000125"),
    (1e15, "1000000000000000"), (1e16, "1e16"), (9_999_999_999_999_998, "9999999999999998"),
    (1.2e16, "1.2e16"), (123_456_789_012_345.6, "123456789012345.6"),
  ])
  func isPositionalFromFiveZerosToSixteenDigits(value: Double, text: String) {
    #expect(formatNumber(value) == text)
    #expect(formatNumber(-value) == "-" + text)
  }

  @Test func everyNumberReadsBackToTheSameBits() {
    var random = RandomNumbers(seed: 2)
    for _ in 0..<100_000 {
      let bits = random.next()
      for value in [Double(bitPattern: bits), Double(Int64(bitPattern: bits) >> 40) / 1000] {
        guard value.isFinite, value != 0 else { continue }
        let text = formatNumber(value)
        let isPositional = abs(value) >= 1e-5 && abs(value) < 1e16
        guard Double(text)?.bitPattern == value.bitPattern, text.contains("e") != isPositional,
          !text.hasSuffix(".0"), digits(text) == digits(value.description)
        else {
          Issue.record("\(value) is written \(text)")
          return
        }
      }
    }
  }

  /// The significant digits.
  private func digits(_ text: String) -> String {
    let mantissa = text.split(separator: "e")[0].filter(\.isNumber).drop { $0 == "0" }
    return String(mantissa.reversed().drop { $0 == "0" }.reversed())
  }

  @Test func sixDigitsAreReadEasily() {
    let values = [
      0.30000000000000004, 0.1 + 1e-5, 1.0 / 3, -2e7 / 3, .leastNonzeroMagnitude, 1.5e300, 0,
      6.02214076e23,
      1.6e-19, 999_999.96,
    ]
    #expect(
      values.map(roundedForReading) == [
        0.3, 0.10001, 0.333333, -6_666_670, .leastNonzeroMagnitude, 1.5e300, 0, 6.02214e23, 1.6e-19,
        1e6,
      ])
    #expect(roundedForReading(.infinity) == .infinity)
    #expect(roundedForReading(.nan).isNaN)
  }
}
