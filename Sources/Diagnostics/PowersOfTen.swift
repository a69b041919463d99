/// 10ⁿ to 128 bits, rounded down, for every n that a double can ask for.
///
/// Made once, in some 30 µs, from whole numbers that are exact.
struct PowersOfTen {
  /// 10ⁿ = (`high`·2⁶⁴ + `low`)·2^(`log2(n)` − 127), but for what was rounded away; `high` has its top bit set.
  struct Power {
    let high: UInt64
    let low: UInt64
  }

  /// The greatest double is below 10³⁰⁹, with 17 digits a multiple of 10²⁹²; the least is above 10⁻³²⁴.
  private static let range = -292...324
  private static let wordCount = 18

  private let powers: [Power]

  /// Calculates all of them.
  init() {
    // 10ⁿ grows to 1077 bits, the lowest word first.
    var number = [UInt64](repeating: 0, count: PowersOfTen.wordCount)
    number[0] = 1
    var rising: [Power] = []
    for _ in 0...PowersOfTen.range.upperBound {
      rising.append(PowersOfTen.top(of: number))
      var carry: UInt64 = 0
      for place in number.indices {
        let product = number[place].multipliedFullWidth(by: 10)
        let (sum, overflows) = product.low.addingReportingOverflow(carry)
        number[place] = sum
        carry = product.high + (overflows ? 1 : 0)
      }
    }
    // 2¹¹⁵¹/10ⁿ, rounded down at each step, which is as if it were rounded once.
    number = [UInt64](repeating: 0, count: PowersOfTen.wordCount)
    number[PowersOfTen.wordCount - 1] = 1 << 63
    var falling: [Power] = []
    for _ in 1...(-PowersOfTen.range.lowerBound) {
      var remainder: UInt64 = 0
      for place in number.indices.reversed() {
        (number[place], remainder) = (10 as UInt64).dividingFullWidth((remainder, number[place]))
      }
      falling.append(PowersOfTen.top(of: number))
    }
    powers = falling.reversed() + rising
  }

  /// 10ⁿ.
  subscript(n: Int) -> Power { powers[n - PowersOfTen.range.lowerBound] }

  /// ⌊log₂ 10ⁿ⌋ for |n| ≤ 1233.
  static func log2(_ n: Int) -> Int { (n * 1_741_647) >> 19 }

  /// The highest 128 bits of a number other than 0.
  private static func top(of number: [UInt64]) -> Power {
    let last = number.lastIndex { $0 != 0 } ?? 0
    func word(_ place: Int) -> UInt64 { place < 0 ? 0 : number[place] }
    let shift = number[last].leadingZeroBitCount
    return Power(
      high: word(last) << shift | word(last - 1) >> (64 - shift),
      low: word(last - 1) << shift | word(last - 2) >> (64 - shift))
  }
}
