/// The fewest decimal digits that read back to the same double and, of those, the closest to it; of two that are as
/// close, the even ones.
///
/// After R. Giulietti, "The Schubfach way to render doubles" (2020), with one product in place of three for all
/// numbers but those where the last bits of it matter.
struct ShortestDigits {
  /// Seventeen digits, the last of them 0 where fewer suffice.
  let digits: UInt64
  /// The power of ten of the first digit.
  let exponent: Int

  private static let least: UInt64 = 10_000_000_000_000_000

  /// What all numbers with the same exponent share.
  struct Scale {
    /// 1/`unit`, as `PowersOfTen` has it.
    let high: UInt64
    let low: UInt64
    /// A number is its significand times 2^`shift`·(`high`, `low`)/2¹²⁸ units, where `shift` is 1 to 4.
    let shift: UInt32
    /// The unit is 10 to this power: the greatest not above the distance between neighbours.
    let unit: Int32

    /// - Parameter field: the exponent's bits in a double.
    init(_ field: Int, _ powers: PowersOfTen) {
      let exponent = ShortestDigits.exponent(field)
      let unit = ShortestDigits.log10(exponent)
      let power = powers[-unit]
      (high, low) = (power.high, power.low)
      shift = UInt32(exponent + PowersOfTen.log2(-unit) + 1)
      self.unit = Int32(unit)
    }
  }

  /// Finds the digits of a number.
  ///
  /// - Parameters:
  ///   - value: not 0, infinite or NaN; its sign is left aside.
  ///   - scales: of all exponents' fields.
  @inline(__always)
  init(_ value: Double, _ scales: [Scale], _ powers: PowersOfTen) {
    let fraction = value.bitPattern & (1 &<< 52 &- 1)
    let field = Int(truncatingIfNeeded: value.bitPattern &>> 52) & 0x7FF
    let scale = scales[field]
    // In units, the number is `whole` + `rest`/2⁶⁴: too little by less than 2/2⁶⁴.
    let scaled = (fraction | 1 &<< 52) &<< UInt64(scale.shift)
    let product = scaled.multipliedFullWidth(by: scale.high)
    let (rest, carries) = product.low.addingReportingOverflow(
      scaled.multipliedFullWidth(by: scale.low).high)
    let whole = product.high &+ (carries ? 1 : 0)
    // What reads back lies within half the distance to the neighbours, which is below 5 units: that holds a whole number of
    // units and at most one multiple of ten of them, which is shorter. All of this in 2⁻⁵⁹ units.
    let tens = whole / 10
    let above = (whole &- 10 &* tens) &<< 59 | rest &>> 5
    let below = 10 &<< 59 &- above
    let half = scale.high &>> UInt64(6 &- scale.shift)
    let nearest = min(above, below)
    guard fraction != 0, field != 0, ShortestDigits.isApart(nearest, half),
      ShortestDigits.isApart(rest &>> 5, 1 &<< 58)
    else {
      self = ShortestDigits.exactly(fraction, field, powers)
      return
    }
    // Chosen without a jump, as no processor could foresee it.
    let ten = 10 &* (tens &+ ((below &- half) &>> 63))
    let one = whole &+ (rest &>> 63)
    let isTen = 0 &- ((nearest &- half) &>> 63)
    let number = one ^ (one ^ ten) & isTen
    let isShort = number < ShortestDigits.least
    digits = isShort ? 10 &* number : number
    exponent = Int(scale.unit) &+ (isShort ? 15 : 16)
  }

  /// Whether rounding does not matter to which of two numbers is greater.
  @inline(__always)
  private static func isApart(_ a: UInt64, _ b: UInt64) -> Bool { a &- b &+ 4 > 8 }

  /// So many units of a power of ten.
  private init(_ number: UInt64, unit: Int) {
    var (digits, exponent) = (number, unit + 16)
    while digits < ShortestDigits.least {
      digits *= 10
      exponent -= 1
    }
    (self.digits, self.exponent) = (digits, exponent)
  }

  /// The same, whatever the number: a product for it and for each end of what reads back to it, with a last bit that says
  /// whether more follows.
  @inline(never)
  private static func exactly(
    _ fraction: UInt64, _ field: Int, _ powers: PowersOfTen
  ) -> ShortestDigits {
    // The number is 4·significand quarters of 2^exponent; below a power of two the neighbour is half as far away.
    let significand = field == 0 ? fraction : fraction | 1 << 52
    let exponent = exponent(field)
    let isPower = fraction == 0 && field > 1
    let unit = isPower ? log10OfThreeQuarters(exponent) : log10(exponent)
    let power = powers[-unit]
    // The theorem wants the next number above, also where nothing was rounded away.
    let (low, carries) = power.low.addingReportingOverflow(1)
    let high = power.high + (carries ? 1 : 0)
    let shift = exponent + PowersOfTen.log2(-unit) + 1
    func quarters(_ number: UInt64) -> UInt64 {
      let scaled = number << shift
      let product = scaled.multipliedFullWidth(by: high)
      let (rest, carries) = product.low.addingReportingOverflow(
        scaled.multipliedFullWidth(by: low).high)
      return (product.high + (carries ? 1 : 0)) | (rest > 1 ? 1 : 0)
    }
    // The ends themselves are rounded to even significands.
    let inset: UInt64 = significand & 1
    let least = quarters(4 * significand - (isPower ? 1 : 2)) + inset
    let middle = quarters(4 * significand)
    let most = quarters(4 * significand + 2) - inset
    let whole = middle / 4
    for step: UInt64 in [10, 1] where whole >= step {
      let lower = whole / step * step
      let isLower = least <= 4 * lower
      let isUpper = 4 * (lower + step) <= most
      if isLower != isUpper { return ShortestDigits(isUpper ? lower + step : lower, unit: unit) }
    }
    let tie = 4 * whole + 2
    let isUpper = middle > tie || (middle == tie && whole & 1 == 1)
    return ShortestDigits(isUpper ? whole + 1 : whole, unit: unit)
  }

  /// The power of two that a significand is counted in.
  private static func exponent(_ field: Int) -> Int { max(field, 1) - 1075 }

  /// ⌊log₁₀ 2ⁿ⌋ for |n| ≤ 1500.
  private static func log10(_ n: Int) -> Int { (n * 1_262_611) >> 22 }

  /// ⌊log₁₀ ¾·2ⁿ⌋ for |n| ≤ 1500.
  private static func log10OfThreeQuarters(_ n: Int) -> Int { (n * 1_262_611 - 524_031) >> 22 }
}
