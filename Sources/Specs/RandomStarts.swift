import Methods

/// Random starts, uniform over a box by the generator `splitmix64-v1`.
///
/// With mix(z) of SplitMix64, in arithmetic modulo 2⁶⁴,
///
///     hash(a) = mix(a + 0x9e3779b97f4a7c15)
///     mix(z): z = (z ^ z >> 30) · 0xbf58476d1ce4e5b9
///             z = (z ^ z >> 27) · 0x94d049bb133111eb
///             z ^ z >> 31
///
/// coordinate c = 0, 1, … of start i = 0, 1, … (labelled r1, r2, …) on A .. B is
///
///     u = ⌊hash(hash(hash(seed) + i) + c) / 2¹¹⌋ · 2⁻⁵³,   x = min(A + (B − A)·u, B)
///
/// with every operation rounded as it stands. So a start depends on the seed, on i and on the range alone:
/// not on how many there are, on other lines, or on the machine. A generator that gives other numbers would
/// need another name.
///
/// Reference: G. L. Steele, D. Lea, C. H. Flood, Fast splittable pseudorandom number generators, OOPSLA
/// 2014, doi:10.1145/2660193.2660195.
struct RandomStarts: StartSet {
  /// What the labels begin with: `r`, or `r2-` where there are several such lines.
  let prefix: String
  let sides: [Int]
  let seed: UInt64
  /// The range of each variable.
  let box: [ClosedRange<Double>]

  var dimension: Int { box.count }

  func label(_ number: Int) -> String { prefix + String(number + 1) }

  func write(_ number: Int, to coordinates: UnsafeMutableBufferPointer<Double>) {
    let start = hash(hash(seed) &+ UInt64(number))
    for (coordinate, range) in box.enumerated() {
      let part = Double(hash(start &+ UInt64(coordinate)) >> 11) * 0x1p-53
      let (low, high) = (range.lowerBound, range.upperBound)
      coordinates[coordinate] = min(low + (high - low) * part, high)
    }
  }

  /// The first number of SplitMix64 from a state.
  private func hash(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension Starts {
  /// What may stand behind `random N`.
  public static let randomOptions = [
    OptionDefinition(
      "seed", .integer(0...1_000_000_000_000_000),
      "chooses the points; the same seed, the same points")
  ]
}
