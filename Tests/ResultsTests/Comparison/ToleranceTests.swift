import Testing

@testable import Results

/// Truth by hand: doubles next to each other, and what numpy.isclose says of the same numbers.
@Suite struct ToleranceTests {
  @Test func withoutABoundOnlyEqualNumbersPass() {
    #expect(Tolerance().accepts(1, 1))
    #expect(!Tolerance().accepts(1, 1.0.nextUp))
    #expect(Tolerance().accepts(0, -0.0))
  }

  @Test func anyOneBoundIsEnough() {
    let tolerance = Tolerance(absolute: 0.5, relative: 1e-3, ulp: 2)
    #expect(tolerance.accepts(1, 1.5))
    #expect(!tolerance.accepts(1, 1.51))
    #expect(tolerance.accepts(1000, 1001))
    #expect(!tolerance.accepts(1000, 1002))
    #expect(Tolerance(ulp: 2).accepts(1e300, 1e300.nextUp.nextUp))
    #expect(!Tolerance(ulp: 2).accepts(1e300, 1e300.nextUp.nextUp.nextUp))
  }

  @Test func theRelativeBoundIsAShareOfBAndIsNotAddedToTheAbsoluteOne() {
    // numpy.isclose(9, 10, rtol=0.1, atol=0) is true, numpy.isclose(10, 9, rtol=0.1, atol=0) false.
    #expect(Tolerance(relative: 0.1).accepts(9, 10))
    #expect(!Tolerance(relative: 0.1).accepts(10, 9))
    // numpy would add 0.1·9 and 0.5.
    #expect(!Tolerance(absolute: 0.5, relative: 0.1).accepts(10, 9))
    #expect(!Tolerance(relative: 1).accepts(1e-300, 0))
  }

  @Test func nanEqualsNanAndAnInfinityItselfAndNothingElse() {
    let wide = Tolerance(absolute: .infinity, relative: .infinity, ulp: .max)
    #expect(Tolerance().accepts(.nan, .nan))
    #expect(Tolerance().accepts(.infinity, .infinity))
    #expect(Tolerance().accepts(-.infinity, -.infinity))
    #expect(!wide.accepts(.nan, 1))
    #expect(!wide.accepts(.infinity, .greatestFiniteMagnitude))
    #expect(!wide.accepts(.infinity, -.infinity))
    #expect(wide.accepts(-.greatestFiniteMagnitude, .greatestFiniteMagnitude))
  }

  @Test func aGapCountsTheDoublesBetween() {
    #expect(Gap(1, 1.0.nextUp).ulp == 1)
    #expect(Gap(1.0.nextUp, 1).ulp == 1)
    #expect(Gap(-1, 1.0).ulp == 0x7FE0_0000_0000_0000 as UInt64)
    #expect(Gap(0, -0.0).ulp == 0)
    #expect(Gap(.leastNonzeroMagnitude, -.leastNonzeroMagnitude).ulp == 2)
    // Every finite double but the zero of one sign lies between the largest two.
    let all = Gap(-.greatestFiniteMagnitude, .greatestFiniteMagnitude).ulp
    #expect(all == 0xFFDF_FFFF_FFFF_FFFE as UInt64)
    #expect(Gap(.nan, 1).ulp == nil)
    #expect(Gap(3, 4).absolute == 1)
    #expect(Gap(3, 4).relative == 0.25)
    #expect(Gap(1, 0).relative == .infinity)
  }

  @Test func aColumnsOwnBoundStandsInPlaceOfTheGeneralOne() {
    var tolerances = Tolerances()
    #expect(tolerances.isExact)
    tolerances.general = Tolerance(absolute: 1, relative: 2)
    tolerances.columns["f"] = Tolerance(relative: 3)
    #expect(tolerances["f"] == Tolerance(absolute: 1, relative: 3))
    #expect(tolerances["x"] == Tolerance(absolute: 1, relative: 2))
    #expect(!tolerances.isExact)
  }

  @Test(arguments: [
    ("1", 1), ("-1.5e-7", -1.5e-7), ("+2", 2), (".5", 0.5), ("inf", .infinity),
    ("-inf", -.infinity), ("0.1", 0.1), ("4.9e-324", Double.leastNonzeroMagnitude),
    ("179769313486231570000000000000000000000", 1.7976931348623157e38),
  ])
  func aCellIsReadAsTheNearestDouble(text: String, value: Double) {
    let read = Array(text.utf8).withUnsafeBytes { number(in: $0) }
    #expect(read == value)
  }

  @Test(arguments: [
    "", " 1", "1 ", "0x10", "infinity", "1,5", "m1", "1e", "-", "e5", "1.2.3", "NaN",
  ])
  func otherCellsAreText(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { number(in: $0) } == nil)
  }
}
