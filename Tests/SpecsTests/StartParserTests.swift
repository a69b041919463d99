import Testing

@testable import Specs

@Suite struct StartParserTests {
  private func starts(_ lines: String, _ function: String = "f(x, y) = x*y") throws -> [Start] {
    Array(try experiment("function \(function)\nmethod newton\n\(lines)").functions[0].starts)
  }

  @Test(arguments: ["grid 2 x 3", "grid 2x3", "grid 1+1 x 3"])
  func theLastVariableOfAGridRunsFastest(grid: String) throws {
    let found = try starts(grid)
    #expect(found.map(\.label) == ["g1-1", "g1-2", "g1-3", "g2-1", "g2-2", "g2-3"])
    #expect(
      found.map(\.position) == [[-5, -5], [-5, 0], [-5, 5], [5, -5], [5, 0], [5, 5]])
    #expect(found.allSatisfy { !$0.isPoint })
  }

  @Test func oneSizeServesEveryVariable() throws {
    #expect(try starts("grid 4").count == 16)
    let line = try starts("grid 3", "f(x) = x")
    #expect(line.map(\.label) == ["g1", "g2", "g3"])
    #expect(line.map(\.position) == [[-5], [0], [5]])
    #expect(try starts("grid 1").map(\.position) == [[0, 0]])
  }

  @Test func rangesOfAGridStandInAnyOrder() throws {
    let found = try starts("grid y = 0 .. 1 linear 2, x = 1 .. 100 log 2")
    #expect(found.map(\.position) == [[1, 0], [1, 1], [100, 0], [100, 1]])
  }

  @Test func severalGridsAreNumbered() throws {
    let found = try starts("grid 1\ngrid 1 x 2\nstart (7, 7)")
    #expect(found.map(\.label) == ["p1", "g1-1-1", "g2-1-1", "g2-1-2"])
  }

  @Test func pointsAreNumberedAcrossLinesAndNamesKept() throws {
    let found = try starts("start (1, 2), saddle-1 = (3, 4)\nstart (5, 6)")
    #expect(found.map(\.label) == ["p1", "saddle-1", "p3"])
    #expect(found.map(\.position) == [[1, 2], [3, 4], [5, 6]])
  }

  @Test func ownStartsComeBeforeSharedOnes() throws {
    let functions = try experiment(
      """
      start (0)
      function f(x) = x
        start (1)
      function g(y) = y
      method newton
      """
    ).functions
    #expect(functions.map { $0.starts.map(\.position) } == [[[1], [0]], [[0]]])
  }

  @Test func aWarningAboutASharedStartTakesItFromNoFunction() throws {
    let spec = """
      function f(x) = x^2
        minimum (0)
      function g(x) = x^4
        minimum (0)
      method newton
      start (0)
      """
    #expect(try experiment(spec).functions.map(\.starts.count) == [1, 1])
    #expect(
      printed(spec) == """
        bad.txt:6:7: warning: the start p1 is a known minimum
          start (0)
                ^
        """)
  }

  @Test func aSharedStartOfAWrongDimensionIsSaidOnce() {
    let spec = """
      function f(x, y) = x
      function g(x, y) = y
      function h(x) = x
      method newton
      start (1, 2, 3)
      """
    #expect(
      printed(spec) == """
        bad.txt:5:7: error: this point has 3 coordinates, but f has 2 variables: x and y
          start (1, 2, 3)
                ^
        """)
  }

  @Test(arguments: [
    Mistake(
      "aBadNameOfAStart",
      """
      function f(x) = x
      method newton
      start 1st = (1)
      """,
      """
      bad.txt:3:7: error: '1st' is not a name; names are a letter, then letters, digits and _ (labels also -)
        start 1st = (1)
              ^
      """),
    Mistake(
      "aStartCalledLikeAPointOfTheGrid",
      """
      function f(x) = x
      method newton
      start g2 = (1)
      grid 3
      """,
      """
      bad.txt:4:1: error: the start 'g2' is there already
        grid 3
        ^
      """),
    Mistake(
      "anEmptyStart",
      """
      function f(x) = x
      method newton
      start
      """,
      """
      bad.txt:3:6: error: a point is missing here; write for example: start (-3, -3)
        start
             ^
      """),
    Mistake(
      "aGridTornApart",
      """
      function f(x, y) = x
      method newton
      grid 8 by 8
      """,
      """
      bad.txt:3:6: error: the size of the grid is missing here; write for example: grid 8 x 8
        grid 8 by 8
             ^
      """),
    Mistake(
      "aGridOfNothing",
      """
      function f(x, y) = x
      method newton
      grid 0 x 8
      """,
      """
      bad.txt:3:6: error: 0 is out of range; a grid has 1 point or more along each variable
        grid 0 x 8
             ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
