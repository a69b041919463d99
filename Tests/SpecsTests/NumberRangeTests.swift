import Testing

@testable import Specs

@Suite struct NumberRangeTests {
  /// The points that a range puts on an axis.
  private func points(_ range: String) throws -> [Double] {
    try experiment("function f(x) = x\nmethod newton\ngrid x = \(range)").functions[0].starts
      .map { $0.position[0] }
  }

  private static let examples: [(String, [Double])] = [
    ("0 .. 1 linear 2", [0, 1]), ("0..1 linear 3", [0, 0.5, 1]),
    ("-1/2..1/2 linear 3", [-0.5, 0, 0.5]), ("1e-3..1e-1 linear 2", [1e-3, 1e-1]),
    ("0 .. 0.9 by 0.3", [0, 0.3, 0.6, 0.9]), ("0 .. 1 by 0.3", [0, 0.3, 0.6, 0.9]),
    ("0 .. 1 by 5", [0]), ("1..log(exp(3)) by 1", [1, 2, 3]),
  ]

  @Test(arguments: examples)
  func pointsLieWhereTheFormulaSays(range: String, expected: [Double]) throws {
    let found = try points(range)
    #expect(found.count == expected.count)
    for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) <= wanted.ulp) }
  }

  @Test(arguments: [
    (0.1, 0.7, "linear 7"), (0.1, 0.7, "log 7"), (0.1, 0.7, "by 0.1"), (1e-300, 1e300, "log 601"),
    (-0.3, 0.6, "by 0.3"), (1.0 / 3, 2.0 / 3, "linear 1000"), (0.1, 0.30000000000000004, "by 0.1"),
  ])
  func endsAreExactAndPointsRise(low: Double, high: Double, spacing: String) throws {
    let found = try points("\(low) .. \(high) \(spacing)")
    #expect(found.first == low)
    #expect(found.last == high)
    #expect(zip(found, found.dropFirst()).allSatisfy(<))
  }

  @Test func logarithmicPointsHaveEqualRatios() throws {
    let found = try points("1e-3 .. 1e3 log 7")
    for (place, value) in found.enumerated() {
      let wanted = [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3][place]
      #expect(abs(value - wanted) <= 4 * wanted.ulp)
    }
  }

  @Test(arguments: [
    Mistake(
      "threePointsForTwo",
      """
      function f(x, y) = x
        domain -5...5
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:12: error: unexpected '...'; write for example: -5 .. 5
          domain -5...5
                   ^
      """),
    Mistake(
      "aRangeOfOnePoint",
      """
      function f(x) = x
      method gradient
        rates 0 .. 1 linear 1
      start (1)
      """,
      """
      bad.txt:3:23: error: 1 is out of range; a range has 2 points or more
          rates 0 .. 1 linear 1
                              ^
      """),
    Mistake(
      "aDistanceOfZero",
      """
      function f(x) = x
      method gradient
        rates 0 .. 1 by 0
      start (1)
      """,
      """
      bad.txt:3:19: error: 0 is out of range; a distance is above 0
          rates 0 .. 1 by 0
                          ^
      """),
    Mistake(
      "aRangeWiderThanAnyNumber",
      """
      function f(x) = x
        domain -1e308 .. 1e308
      method newton
      start (1)
      """,
      """
      bad.txt:2:10: error: the range '-1e308 .. 1e308' is out of range; it is wider than any number
          domain -1e308 .. 1e308
                 ^
      """),
    Mistake(
      "anUnknownSpacing",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method gradient
        rates 0.1 .. 0.5 step 0.1
      """,
      """
      bad.txt:5:20: error: 'step' is no spacing; write linear 9, log 9 or by 0.1
          rates 0.1 .. 0.5 step 0.1
                           ^
      """),
    Mistake(
      "aMisspeltSpacing",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method gradient
        rates 0.1 .. 0.5 lin 5
      """,
      """
      bad.txt:5:20: error: 'lin' is no spacing; write linear 9, log 9 or by 0.1
          rates 0.1 .. 0.5 lin 5
                           ^
      """),
    Mistake(
      "aRangeWithoutEqualsSign",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      function g(x, y) = x
        domain x 0 .. 1
      """,
      """
      bad.txt:5:11: error: a = behind the name is missing here; write for example: x = -5 .. 5
          domain x 0 .. 1
                  ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
