import Foundation

// The few elementary functions that figures need, under names that no method hides.

func sine(_ x: Double) -> Double { sin(x) }
func cosine(_ x: Double) -> Double { cos(x) }
/// The length of the hypotenuse over two legs.
func hypotenuse(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
func arcTangent(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
func naturalLogarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }
func decimalLogarithm(_ x: Double) -> Double { log10(x) }

/// The sizes that figures tell from infinity and from nothing, so that no difference, quotient or
/// power of ten of theirs overflows or loses digits.
let visibleSizes = 1e-290...1e300

/// 10ⁿ, correctly rounded: read from text, since a power function may be an ulp off.
func powerOfTen(_ n: Int) -> Double {
  Double("1e\(n)") ?? (n > 0 ? .infinity : 0)
}

/// The least of 1, 2 and 5 times a power of ten that is not below a size, one of the visible ones.
func roundSize(above size: Double) -> Double {
  let decade = Int(decimalLogarithm(size).rounded(.down))
  return [1, 2, 5].map { $0 * powerOfTen(decade) }.first { $0 >= size } ?? powerOfTen(decade + 1)
}

/// The greatest of 1, 2 and 5 times a power of ten that is not above a size, one of the visible ones.
func roundSize(below size: Double) -> Double {
  let decade = Int(decimalLogarithm(size).rounded(.down))
  return [5, 2, 1].map { $0 * powerOfTen(decade) }.first { $0 <= size } ?? 5
    * powerOfTen(decade - 1)
}
