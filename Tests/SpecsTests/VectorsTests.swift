import Diagnostics
import Expressions
import Testing

@testable import Specs

/// Functions of any dimension: how they are declared, and what stands for their coordinates.
@Suite struct VectorsTests {
  private func function(_ spec: String) throws -> FunctionSpec {
    try experiment("\(spec)\nmethod newton").functions[0]
  }

  @Test func variablesAreNumbersVectorsAndMatrices() throws {
    let found = try function(
      "function f(x, w[3], A[2, 2]) = x + sum(w) + sum(A)\n  start (1)".replacing(
        "(1)", with: "([i in 1..8: i])"))
    #expect(
      found.variables == [
        "x", "w[1]", "w[2]", "w[3]", "A[1,1]", "A[1,2]", "A[2,1]", "A[2,2]",
      ])
    #expect(found.declarations.map(\.declaration) == ["x", "w[3]", "A[2,2]"])
    #expect(found.starts[0].position == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func aRangeOfAVectorIsOneOfAllItsComponents() throws {
    let found = try function(
      """
      function f(x, w[3]) = x + sum(w)
        domain w = 0 .. 1, w[2] = 2 .. 3
        start (1, [i in 1..2: i], 7)
      """)
    #expect(found.domain == [-5...5, 0...1, 2...3, 0...1])
    #expect(found.starts[0].position == [1, 1, 2, 7])
  }

  @Test func aGridHoldsWhatIsNoRange() throws {
    let found = try function(
      """
      function f(x, w[3]) = x + sum(w)
        grid w = 0, w[2] = 0 .. 1 linear 2, x = 1 .. 2 linear 2
      """)
    #expect(found.starts.map(\.label) == ["g1-1", "g1-2", "g2-1", "g2-2"])
    #expect(
      found.starts.map(\.position) == [[1, 0, 0, 0], [1, 0, 1, 0], [2, 0, 0, 0], [2, 0, 1, 0]])
  }

  @Test func aLocalNameMayBeAVector() throws {
    let found = try function(
      "function f(w[2]) = dot(u, u)\n  where u = w - [1, 2]\n  start (0, 0)")
    #expect(try found.model().elaborations.count == 2)
  }

  @Test func aLibraryFunctionBringsItsDomainMinimaAndStart() throws {
    let found = try function("function himmelblau")
    #expect(found.name == "himmelblau")
    #expect(found.starts.map(\.position) == [[0, 0]])
    #expect(found.minima.count == 4)
    let family = try function("function rosenbrock[4]")
    #expect(family.name == "rosenbrock-4")
    #expect(family.starts.map(\.position) == [[-1.2, 1, -1.2, 1]])
    #expect(family.domain == Array(repeating: -2...2, count: 4))
    #expect(family.minima == [[1, 1, 1, 1]])
    #expect(try function("function rosenbrock as=banana").name == "banana")
  }

  @Test func linesBelowALibraryFunctionCountMore() throws {
    let found = try function(
      """
      function himmelblau
        domain 0 .. 5
        minimum (3, 2)
        start (1, 1)
      """)
    #expect(found.domain == [0...5, 0...5])
    #expect(found.minima == [[3, 2]])
    #expect(found.starts.map(\.position) == [[1, 1]])
  }

  @Test func aSharedStartServesALibraryFunctionToo() throws {
    let found = try experiment("function himmelblau\nmethod newton\nstart (2, 2)").functions[0]
    #expect(found.starts.map(\.position) == [[2, 2]])
  }

  @Test(arguments: [
    Mistake(
      "anUnknownLibraryFunction", "function himmelbau\nmethod newton",
      """
      bad.txt:1:10: error: the library has no function 'himmelbau'; did you mean 'himmelblau'?
        function himmelbau
                 ^
      """),
    Mistake(
      "aFunctionWithoutFormula", "function mine\nmethod newton",
      """
      bad.txt:1:10: error: the library has no function 'mine'; 'runexp list functions' lists it, and one of \
      your own is written: function mine(x, y) = x^2 + y^2
        function mine
                 ^
      """),
    Mistake(
      "aFixedFunctionInNDimensions", "function himmelblau[3]\nmethod newton",
      """
      bad.txt:1:20: error: 'himmelblau' has a fixed number of variables; leave out the brackets
        function himmelblau[3]
                           ^
      """),
    Mistake(
      "aFamilyInAWrongDimension", "function wood[6]\nmethod newton",
      """
      bad.txt:1:15: error: 6 is out of range; wood exists for n = 4, 8, 12, …
        function wood[6]
                      ^
      """),
    Mistake(
      "aFamilyWithoutDimension", "function rosenbrock[]\nmethod newton",
      """
      bad.txt:1:20: error: the dimension is missing here; write for example: function rosenbrock[2]
        function rosenbrock[]
                           ^
      """),
    Mistake(
      "aLocalNameBelowALibraryFunction", "function himmelblau\n  where u = 1\nmethod newton",
      """
      bad.txt:2:3: error: 'himmelblau' is a function of the library, so nothing could use a local name
          where u = 1
          ^
      """),
    Mistake(
      "theSameLibraryFunctionTwice", "function himmelblau\nfunction himmelblau\nmethod newton",
      """
      bad.txt:2:10: error: the function 'himmelblau' is there already
        function himmelblau
                 ^
      """),
    Mistake(
      "aVectorOfNoComponents", "function f(w[0]) = 1\nmethod newton\nstart (1)",
      """
      bad.txt:1:14: error: 0 is out of range; a vector or matrix has whole sizes from 1 to 100000
        function f(w[0]) = 1
                     ^
      """),
    Mistake(
      "aTensor", "function f(w[2,2,2]) = 1\nmethod newton\nstart (1)",
      """
      bad.txt:1:13: error: unexpected '[2,2,2]'; write for example: w[10] or w[5, 2]
        function f(w[2,2,2]) = 1
                    ^
      """),
    Mistake(
      "tooManyVariables", "function f(w[200000]) = w[1]\nmethod newton\nstart (1)",
      """
      bad.txt:1:14: error: the function has 200000 variables, more than the limit of 100000; raise it \
      with --limit variables=NUMBER
        function f(w[200000]) = w[1]
                     ^
      """),
    Mistake(
      "aPointOfTooFewCoordinates", "function f(w[20]) = sum(w)\nmethod newton\nstart ([1, 2], 3)",
      """
      bad.txt:3:7: error: this point has 3 coordinates, but f has 20 variables: w[1], w[2], w[3], … and w[20]
        start ([1, 2], 3)
              ^
      """),
    Mistake(
      "aHessianTooLarge", "function rosenbrock[600]\nmethod newton",
      """
      bad.txt:2:8: error: 'newton' needs the Hessian, but rosenbrock-600 has 600 variables and at most 512 \
      can be calculated with; gradient does without it
        method newton
               ^
      """),
    Mistake(
      "aFigureOfManyVariablesWithoutAxes", "function rosenbrock[3]\nmethod newton\nplot contour",
      """
      bad.txt:3:6: error: no function can have the figure 'contour': it lies in two coordinates; name \
      them: axes=x[1],x[2]
        plot contour
             ^
      """),
    Mistake(
      "aFigureInOneCoordinate", "function rosenbrock[3]\nmethod newton\nplot contour axes=x[1]",
      """
      bad.txt:3:19: error: a figure lies in two different coordinates, but here is one
        plot contour axes=x[1]
                          ^
      """),
    Mistake(
      "anUnknownAxis", "function rosenbrock[3]\nmethod newton\nplot contour axes=x[1],x[4]",
      """
      bad.txt:3:24: error: there is no variable 'x[4]'; the function has x[1], x[2] and x[3]
        plot contour axes=x[1],x[4]
                               ^
      """),
    Mistake(
      "aPlaneThroughNoStart",
      "function rosenbrock[3]\nmethod newton\nplot contour axes=x[1],x[2] at=corner",
      """
      bad.txt:3:32: error: no start is called 'corner'; there are minimum and p1
        plot contour axes=x[1],x[2] at=corner
                                       ^
      """),
    Mistake(
      "aLineThatBeginsWithAnOperator", "function f(x) = x^2\n    + 1\nmethod newton\nstart (1)",
      """
      bad.txt:2:5: error: a line goes on where the one above ended with an operator; put the '+' there
            + 1
            ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }

  @Test func derivativesThatNeedTooMuchAreRefused() {
    var limits = Limits()
    limits[.operations] = 700
    let spec =
      "function f(x[30]) = prod(i in 1..30: sin(x[i]))\nmethod newton\nstart ([i in 1..30: 1])"
    #expect(
      printed(spec, limits: limits).hasPrefix(
        "bad.txt:1:10: error: the Hessian of f needs too many operations, more than the limit of 700; "
          + "raise it with --limit operations=NUMBER"))
  }
}
