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

  @Test func randomStartsComeLastAndKeepTheDomainWhereNoRangeIsGiven() throws {
    let found = try starts("random 40 seed=1 in y = 2 .. 3\ngrid 1\nstart (7, 7)")
    #expect(found.map(\.label) == ["p1", "g1-1"] + (1...40).map { "r\($0)" })
    #expect(found.dropFirst(2).allSatisfy { (2...3).contains($0.position[1]) && !$0.isPoint })
    let first = found.dropFirst(2).map { $0.position[0] }
    #expect(first.contains { $0 < -3 } && first.contains { $0 > 3 })
  }

  @Test func rangesOfRandomStartsMayBeThoseOfVectors() throws {
    let found = try starts("random 50 seed=1 in w = 0 .. 1, w[2] = 2 .. 3", "f(w[3]) = w[1]")
    for (axis, range) in [0.0...1, 2...3, 0...1].enumerated() {
      #expect(found.allSatisfy { range.contains($0.position[axis]) })
    }
  }

  @Test func severalRandomLinesAreNumbered() throws {
    let found = try starts("random 2 seed=0 in x = 0 .. 1, y = 0 .. 1\nrandom 2 seed=1+0")
    #expect(found.map(\.label) == ["r1-1", "r1-2", "r2-1", "r2-2"])
    #expect(found[0].position == [0.13870941014555427, 0.2582654469187293])
    #expect(found[2].position == [1.9351213901022923, -0.7678855180417274])
  }

  @Test func aFunctionsOwnRandomStartsServeItAlone() throws {
    let functions = try experiment(
      """
      function f(x) = x
        random 2 seed=1
        start (0)
      function g(y) = y
      method newton
      random 1 seed=2
      """
    ).functions
    #expect(
      functions.map { $0.starts.map(\.label) } == [["p1", "r1-1", "r1-2", "r2-1"], ["r1"]])
  }

  @Test func aMillionRandomStartsTakeNoTime() throws {
    let found = try experiment(
      "function f(x) = x\nmethod newton\nstart ridge = (1)\nrandom 10^7-1 seed=1"
    ).functions[0].starts
    #expect(found.count == 10_000_000)
    #expect(found[9_999_999].label == "r9999999")
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
    Mistake(
      "aStartCalledLikeARandomOne",
      """
      function f(x) = x
      method newton
      start R2 = (1), r4 = (2), r03 = (3), r1-1 = (4)
      random 3 seed=1
      """,
      """
      bad.txt:4:1: error: the start 'r2' is there already
        random 3 seed=1
        ^
      """),
    Mistake(
      "aStartCalledLikeOneOfSeveralRandomLines",
      """
      function f(x) = x
      method newton
      start r2 = (1), r2-1 = (2)
      random 3 seed=1
      random 3 seed=2
      """,
      """
      bad.txt:5:1: error: the start 'r2-1' is there already
        random 3 seed=2
        ^
      """),
    Mistake(
      "randomStartsWithoutNumber",
      """
      function f(x) = x
      method newton
      random seed=1
      """,
      """
      bad.txt:3:8: error: the number of starts is missing here; write for example: random 100 seed=1
        random seed=1
               ^
      """),
    Mistake(
      "randomStartsOfNothing",
      """
      function f(x) = x
      method newton
      random
      """,
      """
      bad.txt:3:7: error: the number of starts is missing here; write for example: random 100 seed=1
        random
              ^
      """),
    Mistake(
      "randomStartsWithoutSeed",
      """
      function f(x) = x
      function g(x) = x
      method newton
      random 10 in x = 0 .. 1
      """,
      """
      bad.txt:4:10: error: the seed is missing here; write for example: random 100 seed=1
        random 10 in x = 0 .. 1
                 ^
      """),
    Mistake(
      "aMisspeltSeed",
      """
      function f(x) = x
      function g(x) = x
      method newton
      random 10 sed=1
      """,
      """
      bad.txt:4:11: error: 'random' has no option 'sed'; did you mean 'seed'?
        random 10 sed=1
                  ^
      """),
    Mistake(
      "aSeedThatIsNotWhole",
      """
      function f(x) = x
      method newton
      random 10 seed=1.5
      """,
      """
      bad.txt:3:16: error: 1.5 is not a whole number; seed takes a whole number from 0 to 1e15
        random 10 seed=1.5
                       ^
      """),
    Mistake(
      "aNegativeSeed",
      """
      function f(x) = x
      method newton
      random 10 seed=-1
      """,
      """
      bad.txt:3:16: error: -1 is out of range; seed takes a whole number from 0 to 1e15
        random 10 seed=-1
                       ^
      """),
    Mistake(
      "noRandomStart",
      """
      function f(x) = x
      method newton
      random 0 seed=1
      """,
      """
      bad.txt:3:8: error: 0 is out of range; there is 1 random start or more
        random 0 seed=1
               ^
      """),
    Mistake(
      "tooManyRandomStarts",
      """
      function f(x) = x
      method newton
      random 10000001 seed=1
      """,
      """
      bad.txt:3:1: error: there are 10000001 random starts, more than the limit of 10000000; raise it with --limit runs=NUMBER
        random 10000001 seed=1
        ^
      """),
    Mistake(
      "randomStartsInNothing",
      """
      function f(x) = x
      method newton
      random 10 seed=1 in
      """,
      """
      bad.txt:3:20: error: a variable with its range is missing here; write for example: x = -5 .. 5
        random 10 seed=1 in
                           ^
      """),
    Mistake(
      "theSeedBehindTheRanges",
      """
      function f(x) = x
      method newton
      random 10 in x = 0 .. 1 seed=1
      """,
      """
      bad.txt:3:10: error: the seed is missing here; write for example: random 100 seed=1
        random 10 in x = 0 .. 1 seed=1
                 ^
      """),
    Mistake(
      "randomStartsInAnUnknownVariable",
      """
      function f(x) = x
      method newton
      random 10 seed=1 in z = 0 .. 1, x = 2 .. 1
      """,
      """
      bad.txt:3:21: error: there is no variable 'z'; the function has x
        random 10 seed=1 in z = 0 .. 1, x = 2 .. 1
                            ^
      bad.txt:3:37: error: the range 2 .. 1 is empty; its end must be above its start
        random 10 seed=1 in z = 0 .. 1, x = 2 .. 1
                                            ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
