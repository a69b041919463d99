import Diagnostics
import Testing

@testable import Specs

@Suite struct CriticalPointRulesTests {
  @Test func nobodyAsksForThemUnlessTheSpecDoes() throws {
    #expect(try experiment(base).functions[0].criticalPoints == nil)
    #expect(try experiment(base + "critical-points").functions[0].criticalPoints?.raster == 48)
  }

  @Test func aFunctionsOwnLineCountsMoreThanTheOneForAll() throws {
    let functions = try experiment(
      """
      critical-points raster=96
      function f(x, y) = x^2 + y^2
        critical-points raster=10
      function booth
      method newton
      start (1, 1)
      """
    ).functions
    #expect(functions.map { $0.criticalPoints?.raster } == [10, 96])
    let one = try experiment(
      """
      function f(x, y) = x^2 + y^2
        critical-points
      function booth
      method newton
      start (1, 1)
      """
    ).functions
    #expect(one.map { $0.criticalPoints?.raster } == [48, nil])
  }

  @Test(arguments: [
    Mistake(
      "aRasterTooCoarse", base + "critical-points raster=3",
      """
      bad.txt:4:24: error: 3 is out of range; raster takes a whole number from 4 to 1000
        critical-points raster=3
                               ^
      """),
    Mistake(
      "anUnknownOption", base + "critical-points places=3",
      """
      bad.txt:4:17: error: 'critical-points' has no option 'places'; it takes raster
        critical-points places=3
                        ^
      """),
    Mistake(
      "aSecondLine", base + "critical-points\ncritical-points raster=9",
      """
      bad.txt:5:1: error: 'critical-points' is there already; one line is enough
        critical-points raster=9
        ^
      """),
    Mistake(
      "aSecondLineOfAFunction",
      """
      function f(x, y) = x^2 + y^2
        critical-points
        critical-points raster=9
      method newton
      start (1, 1)
      """,
      """
      bad.txt:3:3: error: 'critical-points' is there already; one line is enough
          critical-points raster=9
          ^
      """),
    Mistake(
      "aColumnOfTheListAsAVariable",
      "function f(kind, y) = kind^2 + y^2\nmethod newton\nstart (1, 1)",
      """
      bad.txt:1:12: error: 'kind' is already a word of the tool (a column or a quantity); choose another name
        function f(kind, y) = kind^2 + y^2
                   ^
      """),
  ])
  func mistakesAreToldInWholeSentences(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
