import TestSupport
import Testing

@testable import Diagnostics

/// Digits beside those known from elsewhere (Python's `repr`), and beside Swift's own, which come of another algorithm.
@Suite struct ShortestDigitsTests {
  private static let known: [(Double, String)] = [
    // The least, and the first with all bits.
    (0x1p-1074, "5e-324"), (0x1p-1073, "1e-323"), (Double(bitPattern: 3), "1.5e-323"),
    (Double(bitPattern: 186), "9.2e-322"),
    (Double(bitPattern: 1 << 52 - 1), "2.225073858507201e-308"),
    (0x1p-1022, "2.2250738585072014e-308"),
    (1.7976931348623157e308, "1.7976931348623157e308"),
    // Powers of two are half as far from the number below as from the one above.
    (0x1p-44, "5.684341886080802e-14"), (0x1p60, "1.152921504606847e18"),
    (0x1p63, "9.223372036854776e18"), (0x1p64, "1.8446744073709552e19"),
    (0x1p89, "6.189700196426902e26"), (0x1p122, "5.316911983139664e36"),
    (0x1p1023, "8.98846567431158e307"), (0x1p-20, "9.5367431640625e-7"),
    // Shorter ones lie just where the next double begins.
    (9_007_199_254_740_992, "9007199254740992"),
    (9e22, "9e22"), (1e23, "1e23"), (1e21, "1e21"), (1e22, "1e22"),
    (123_456_789_012_345_680, "1.2345678901234568e17"),
    // As far from one digit as from the other; the even one is taken.
    (1_125_899_906_842_624.25, "1125899906842624.2"),
    (1_125_899_906_842_624.75, "1125899906842624.8"),
    (562_949_953_421_312.125, "562949953421312.1"), (0x1p-25, "2.9802322387695312e-8"),
    (2_251_799_813_685_248.5, "2251799813685248.5"),
    // Grisu does without the last digit of these.
    (1.8531501765868567e21, "1.8531501765868567e21"),
    (-3.347727380279489e33, "-3.347727380279489e33"),
    (9.409340012568248e18, "9.409340012568248e18"),
  ]

  @Test(arguments: known)
  func digitsAreTheFewestAndTheClosest(value: Double, text: String) {
    #expect(formatNumber(value) == text)
  }

  @Test func digitsAreThoseOfSwift() {
    var random = RandomNumbers(seed: 11)
    for _ in 0..<20_000 {
      let bits = random.next()
      let number = Double(bitPattern: bits)
      let fraction = Double(Int64(bitPattern: bits)) * 0x1p-63
      let few = Double(bitPattern: bits & ~0 << (bits & 63))
      for value in [number, fraction, few, Double(bits >> 40) / 1000, (number * 1e-5).rounded()] {
        compare(value)
      }
    }
  }

  @Test func digitsAreThoseOfSwiftAroundEveryPowerOfTwo() {
    for field in 0..<2047 as Range<UInt64> {
      for fraction: UInt64 in [0, 1, 2, 1 << 51, (1 << 52) - 1] {
        compare(Double(bitPattern: field << 52 | fraction))
      }
    }
  }

  @Test func digitsAreThoseOfSwiftWhereIntegersAndQuartersEnd() {
    for exponent in 45...70 {
      let power = Double(sign: .plus, exponent: exponent, significand: 1)
      for step in -300...300 { compare(power + Double(step) * power.ulp / 2) }
    }
  }

  /// Compares significant digits and the size they give.
  private func compare(_ value: Double) {
    guard value.isFinite, value != 0 else { return }
    let text = formatNumber(value)
    if digits(text) != digits(value.description) || Double(text) != value {
      Issue.record("\(value) is written \(text)")
    }
  }

  private func digits(_ text: String) -> String {
    let mantissa = text.split(separator: "e")[0].filter(\.isNumber).drop { $0 == "0" }
    return String(mantissa.reversed().drop { $0 == "0" }.reversed())
  }
}
