import Diagnostics
import Testing

@testable import Specs

/// The whole printed text of every mistake that a spec can have.
@Suite struct SpecProblemTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let spec: String
    let printed: String

    init(_ name: String, _ spec: String, _ printed: String) {
      testDescription = name
      self.spec = spec
      self.printed = printed
    }
  }

  @Test(arguments: [
    Mistake(
      "anUnknownDirective",
      """
      functon g(x) = x
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:1: error: unknown directive 'functon'; did you mean 'function'?
        functon g(x) = x
        ^
      """),
    Mistake(
      "anIndentedFirstLine",
      """
        domain 0 .. 1
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:3: error: 'domain' is indented, but no directive stands above it; remove the blanks before it
          domain 0 .. 1
          ^
      """),
    Mistake(
      "aSubdirectiveOfAnotherDirective",
      """
      function f(x, y) = x^2 + y^2
      method newton
        domain 0 .. 1
      start (1, 2)
      """,
      """
      bad.txt:3:3: error: 'domain' cannot stand below 'method', which takes rates, state, where, rate, step and direction
          domain 0 .. 1
          ^
      """),
    Mistake(
      "aSubdirectiveWithoutItsBlanks",
      """
      function f(x, y) = x^2 + y^2
      domain 0 .. 1
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:1: error: 'domain' belongs to the function above it; put blanks before it
        domain 0 .. 1
        ^
      """),
    Mistake(
      "aDirectiveThatTakesNoIndentedLines",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
        rates 1
      """,
      """
      bad.txt:4:3: error: 'start' takes no indented lines; to begin a directive, remove the blanks before it
          rates 1
          ^
      """),
    Mistake(
      "aFunctionWithoutFormula",
      """
      function f(x, y)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:10: error: the name with its variables, or the formula, is missing here; write for example: function f(x, y) = x^2 + y^2
        function f(x, y)
                 ^
      """),
    Mistake(
      "aFunctionWithAnEmptyFormula",
      """
      function f(x, y) =
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:19: error: a formula is missing here
        function f(x, y) =
                          ^
      """),
    Mistake(
      "aBadVariable",
      """
      function f(x, 2y) = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:15: error: '2y' is not a name; names are a letter, then letters, digits and _ (labels also -)
        function f(x, 2y) = x
                      ^
      """),
    Mistake(
      "aVariableTwice",
      """
      function f(x, x) = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:15: error: the variable 'x' is there already
        function f(x, x) = x
                      ^
      """),
    Mistake(
      "aReservedVariable",
      """
      function f(x, pi) = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:15: error: 'pi' is already a constant; choose another name
        function f(x, pi) = x
                      ^
      """),
    Mistake(
      "aVariableCalledLikeAColumn",
      """
      function f(x, rate) = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:1:15: error: 'rate' is already a word of the tool (a column or a quantity); choose another name
        function f(x, rate) = x
                      ^
      """),
    Mistake(
      "twoFunctionsOfOneName",
      """
      function f(x, y) = x^2 + y^2
      function F(x, y) = x
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:10: error: the function 'F' is there already
        function F(x, y) = x
                 ^
      """),
    Mistake(
      "aWhereWithoutFormula",
      """
      function f(x, y) = x^2 + y^2
        where u
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:9: error: the name with its formula is missing here; write for example: where u = x - 1
          where u
                ^
      """),
    Mistake(
      "aWhereThatIsAVariable",
      """
      function f(x, y) = x^2 + y^2
        where x = 2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:9: error: the name 'x' is there already
          where x = 2
                ^
      """),
    Mistake(
      "anUnknownVariableOfADomain",
      """
      function f(x, y) = x^2 + y^2
        domain z = 0 .. 1
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:10: error: there is no variable 'z'; the function has x and y
          domain z = 0 .. 1
                 ^
      """),
    Mistake(
      "aReversedDomain",
      """
      function f(x, y) = x^2 + y^2
        domain x = 1 .. -1
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:14: error: the range 1 .. -1 is empty; its end must be above its start
          domain x = 1 .. -1
                     ^
      """),
    Mistake(
      "aDomainWithACount",
      """
      function f(x, y) = x^2 + y^2
        domain x = 0 .. 1 linear 3
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:21: error: unexpected 'linear'; write for example: -5 .. 5
          domain x = 0 .. 1 linear 3
                            ^
      """),
    Mistake(
      "aMinimumOfAnotherDimension",
      """
      function f(x, y) = x^2 + y^2
        minimum (0)
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:11: error: this point has 1 coordinate, but f has 2 variables: x and y
          minimum (0)
                  ^
      """),
    Mistake(
      "anUnknownMethod",
      """
      function f(x, y) = x^2 + y^2
      method newtn
      start (1, 2)
      """,
      """
      bad.txt:2:8: error: unknown method 'newtn'; did you mean 'newton'?
        method newtn
               ^
      """),
    Mistake(
      "aMethodWithoutName",
      """
      function f(x, y) = x^2 + y^2
      method
      start (1, 2)
      """,
      """
      bad.txt:2:7: error: the method's name is missing here; write for example: method newton
        method
              ^
      """),
    Mistake(
      "aGradientMethodWithoutRate",
      """
      function f(x, y) = x^2 + y^2
      method gradient
      start (1, 2)
      """,
      """
      bad.txt:2:8: error: the method 'gradient' needs a rate; write rate=0.1 behind it, or a line: rates 0.05, 0.1, 0.5
        method gradient
               ^
      """),
    Mistake(
      "ratesThatServeNobody",
      """
      function f(x, y) = x^2 + y^2
      method newton
      rates 0.1
      start (1, 2)
      """,
      """
      bad.txt:3:1: error: no method is without a rate of its own, so these rates serve none
        rates 0.1
        ^
      """),
    Mistake(
      "ratesTwice",
      """
      function f(x, y) = x^2 + y^2
      method gradient rate=0.1
        rates 0.2
      start (1, 2)
      """,
      """
      bad.txt:3:3: error: the method 'gradient' has its rates already
          rates 0.2
          ^
      """),
    Mistake(
      "aRateThatIsNoNumber",
      """
      function f(x, y) = x^2 + y^2
      method gradient rate=fast
      start (1, 2)
      """,
      """
      bad.txt:2:22: error: unknown rate 'fast'; there are determinant, cauchy, exact, … and step; 'runexp list rates' has \
      them all
        method gradient rate=fast
                             ^
      """),
    Mistake(
      "anUnknownOption",
      """
      function f(x, y) = x^2 + y^2
      method gradient rat=0.1
      start (1, 2)
      """,
      """
      bad.txt:2:17: error: 'gradient' has no option 'rat'; did you mean 'rate'?
        method gradient rat=0.1
                        ^
      """),
    Mistake(
      "anOptionTwice",
      """
      function f(x, y) = x^2 + y^2
      method gradient rate=0.1 rate=0.2
      start (1, 2)
      """,
      """
      bad.txt:2:26: error: the option 'rate' is given twice
        method gradient rate=0.1 rate=0.2
                                 ^
      """),
    Mistake(
      "anOptionWithBlanks",
      """
      function f(x, y) = x^2 + y^2
      method gradient rate = 0.1
      start (1, 2)
      """,
      """
      bad.txt:2:17: error: the option 'rate' needs a value without blanks around =, for example rate=0.1 or rate=[0.1, 0.5]
        method gradient rate = 0.1
                        ^
      """),
    Mistake(
      "equalLabels",
      """
      function f(x, y) = x^2 + y^2
      method newton
      method newton as=NEWTON
      start (1, 2)
      """,
      """
      bad.txt:3:8: error: two methods are called 'NEWTON' (case aside); name one of them with as=NAME
        method newton as=NEWTON
               ^
      """),
    Mistake(
      "aRangeWithoutCount",
      """
      function f(x, y) = x^2 + y^2
      method gradient
        rates 0.1 .. 1
      start (1, 2)
      """,
      """
      bad.txt:3:9: error: the range '0.1 .. 1' needs a count; write linear 9, log 9 or by 0.1 behind it
          rates 0.1 .. 1
                ^
      """),
    Mistake(
      "aLogarithmicRangeFromZero",
      """
      function f(x, y) = x^2 + y^2
      method gradient
        rates 0 .. 1 log 3
      start (1, 2)
      """,
      """
      bad.txt:3:20: error: a range with 'log' needs both ends above 0
          rates 0 .. 1 log 3
                           ^
      """),
    Mistake(
      "aRangeOfTooManyPoints",
      """
      function f(x, y) = x^2 + y^2
      method gradient
        rates 0 .. 1 by 1e-9
      start (1, 2)
      """,
      """
      bad.txt:3:19: error: the range would have 1000000000 points; at most 1000000 are allowed
          rates 0 .. 1 by 1e-9
                          ^
      """),
    Mistake(
      "aStartThatIsNoPoint",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start 1, 2
      """,
      """
      bad.txt:3:7: error: '1' is not a point; write (-3, -3), or name = (-3, -3)
        start 1, 2
              ^
      bad.txt:3:10: error: '2' is not a point; write (-3, -3), or name = (-3, -3)
        start 1, 2
                 ^
      """),
    Mistake(
      "aNamedStartWithoutAnEqualsSign",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start west (-2, 3)
      start far east (2, 3)
      """,
      """
      bad.txt:3:7: error: 'west (-2, 3)' is not a point; write west = (-2, 3)
        start west (-2, 3)
              ^
      bad.txt:4:7: error: 'far east (2, 3)' is not a point; write (-3, -3), or name = (-3, -3)
        start far east (2, 3)
              ^
      """),
    Mistake(
      "aStartOfAnotherDimension",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2, 3)
      """,
      """
      bad.txt:3:7: error: this point has 3 coordinates, but f has 2 variables: x and y
        start (1, 2, 3)
              ^
      """),
    Mistake(
      "twoStartsOfOneName",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start a = (1, 2), a = (2, 3)
      """,
      """
      bad.txt:3:19: error: the start 'a' is there already
        start a = (1, 2), a = (2, 3)
                          ^
      """),
    Mistake(
      "noStart",
      """
      function f(x, y) = x^2 + y^2
      method newton
      """,
      """
      bad.txt:1:10: error: the function 'f' has no start; write for example: start (1, 1), or grid 8 x 8
        function f(x, y) = x^2 + y^2
                 ^
      """),
    Mistake(
      "noMethod",
      """
      function f(x, y) = x^2 + y^2
      start (1, 2)
      """,
      """
      bad.txt: error: the spec has no method; write for example: method newton
      """),
    Mistake(
      "noFunction",
      """
      method newton
      start (1, 2)
      """,
      """
      bad.txt: error: the spec has no function; write for example: function f(x, y) = x^2 + y^2
      """),
    Mistake(
      "aGridWithoutSize",
      """
      function f(x, y) = x^2 + y^2
      method newton
      grid
      """,
      """
      bad.txt:3:5: error: the size of the grid is missing here; write for example: grid 8 x 8
        grid
            ^
      """),
    Mistake(
      "aGridOfAnotherDimension",
      """
      function f(x, y) = x^2 + y^2
      method newton
      grid 3 x 3 x 3
      """,
      """
      bad.txt:3:6: error: this grid has 3 sides, but f has 2 variables: x and y
        grid 3 x 3 x 3
             ^
      """),
    Mistake(
      "aGridOfHalfAPoint",
      """
      function f(x, y) = x^2 + y^2
      method newton
      grid 2.5
      """,
      """
      bad.txt:3:6: error: 2.5 is not a whole number; a grid has 1 point or more along each variable
        grid 2.5
             ^
      """),
    Mistake(
      "aGridWithoutOneOfItsVariables",
      """
      function f(x, y) = x^2 + y^2
      method newton
      grid x = 0 .. 1 linear 3
      """,
      """
      bad.txt:3:25: error: the range of y is missing here; write for example: y = -5 .. 5 linear 9, or y = 0 to hold it
        grid x = 0 .. 1 linear 3
                                ^
      """),
    Mistake(
      "aGridOfTooManyPoints",
      """
      function f(x, y) = x^2 + y^2
      method newton
      grid 100000 x 100000
      """,
      """
      bad.txt:3:1: error: the grid has 10000000000 points, more than the limit of 10000000; raise it with --limit runs=NUMBER
        grid 100000 x 100000
        ^
      """),
    Mistake(
      "stopWithoutAnyLimit",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      stop iterations=off
      """,
      """
      bad.txt:4:1: error: iterations=off needs a limit on evaluations, or a run might never end
        stop iterations=off
        ^
      """),
    Mistake(
      "aToleranceBelowZero",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      stop gradient=-1
      """,
      """
      bad.txt:4:15: error: -1 is out of range; gradient takes a number of 0 or more, or off
        stop gradient=-1
                      ^
      """),
    Mistake(
      "iterationsThatAreNotWhole",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      stop iterations=1.5
      """,
      """
      bad.txt:4:17: error: 1.5 is not a whole number; iterations takes a whole number from 0 to 1e15, or off
        stop iterations=1.5
                        ^
      """),
    Mistake(
      "stopTwice",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      stop iterations=5
      stop radius=1
      """,
      """
      bad.txt:5:1: error: 'stop' is there already; one line is enough
        stop radius=1
        ^
      """),
    Mistake(
      "anUnknownTrace",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      trace starts=some
      """,
      """
      bad.txt:4:14: error: 'some' is no value of 'starts'; it takes points or all
        trace starts=some
                     ^
      """),
    Mistake(
      "anUnknownFigure",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot countour
      """,
      """
      bad.txt:4:6: error: unknown figure 'countour'; did you mean 'contour'?
        plot countour
             ^
      """),
    Mistake(
      "anUnknownPath",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot contour paths=newtons
      """,
      """
      bad.txt:4:20: error: no method is called 'newtons'; did you mean 'newton'?
        plot contour paths=newtons
                           ^
      """),
    Mistake(
      "anUnknownFillOfAContour",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot contour fill=maybe
      """,
      """
      bad.txt:4:19: error: 'maybe' is no value of 'fill'; it takes yes or no
        plot contour fill=maybe
                          ^
      """),
    Mistake(
      "noLevels",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot contour levels=0
      """,
      """
      bad.txt:4:21: error: 0 is out of range; levels takes a whole number from 1 to 200, or a list of so many, such as [0.5, 1]
        plot contour levels=0
                            ^
      """),
    Mistake(
      "twoFiguresOfOneName",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot contour
      plot contour levels=5
      """,
      """
      bad.txt:5:6: error: two figures are called 'contour' (case aside); name one of them with as=NAME
        plot contour levels=5
             ^
      """),
    Mistake(
      "aFigureThatNoFunctionCanHave",
      """
      function f(x) = x^2
      method newton
      start (1)
      plot contour
      """,
      """
      bad.txt:4:6: error: no function can have the figure 'contour': it needs two variables
        plot contour
             ^
      """),
    Mistake(
      "aWindowOfAnUnknownVariable",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 2)
      plot contour
        window z = 0 .. 1
      """,
      """
      bad.txt:5:10: error: there is no variable 'z'; the function has x and y
          window z = 0 .. 1
                 ^
      """),
    Mistake(
      "tooManyTraceRows",
      """
      function f(x, y) = x^2 + y^2
      method newton
      method gradient rate=0.1
      start (1, 1), (2, 2)
      stop iterations=1e6
      """,
      """
      bad.txt: error: the traces could have 4000004 rows, more than the limit of 1000000; add one of the lines 'trace every=100', 'trace ends' or 'trace off', or any other trace line to accept it
      """),
    Mistake(
      "severalMistakesInOrder",
      """
      titel x
      function f(x, y) = sine(x) + cosine(y)
      method gradien rate=1
      start (1)
      """,
      """
      bad.txt:1:1: error: unknown directive 'titel'; did you mean 'title'?
        titel x
        ^
      bad.txt:2:20: error: unknown function 'sine'; did you mean 'sin'?
        function f(x, y) = sine(x) + cosine(y)
                           ^
      bad.txt:2:30: error: unknown function 'cosine'
        function f(x, y) = sine(x) + cosine(y)
                                     ^
      bad.txt:3:8: error: unknown method 'gradien'; did you mean 'gradient'?
        method gradien rate=1
               ^
      """),
    Mistake(
      "anUnknownDirectiveFarFromAll",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      include other.txt
      """,
      """
      bad.txt:4:1: error: unknown directive 'include'; there are title, data, function, method, rates, start, grid, random, stop, trace, critical-points, plot and expect
        include other.txt
        ^
      """),
    Mistake(
      "aStartWithoutName",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      start = (1, 2)
      """,
      """
      bad.txt:4:7: error: a name is missing here; names are a letter, then letters, digits and _ (labels also -)
        start = (1, 2)
              ^
      """),
    Mistake(
      "aMinimumWithoutPoint",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      function g(x, y) = x
        minimum
      """,
      """
      bad.txt:5:10: error: a point is missing here; write (-3, -3), or name = (-3, -3)
          minimum
                 ^
      """),
  ])
  func isSaidWithItsPlaceAndWhatToTypeInstead(_ mistake: Mistake) {
    do {
      _ = try Plan(try Experiment.parse(mistake.spec).experiment)
      Issue.record("the mistake was accepted")
    } catch let found as Diagnostics {
      #expect(found.rendered(path: "bad.txt", text: mistake.spec) == mistake.printed)
    } catch {
      Issue.record(error)
    }
  }
}
