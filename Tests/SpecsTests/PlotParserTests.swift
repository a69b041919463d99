import Testing

@testable import Specs

@Suite struct PlotParserTests {
  private func plots(_ lines: String) throws -> [PlotSpec] {
    try experiment(base + lines).functions[0].plots
  }

  @Test func kindsWithoutOptionsShareALine() throws {
    let found = try plots("plot contour, determinant , newton-field\n  window x = 0 .. 1")
    #expect(found.map(\.kind) == [.contour, .determinant, .newtonField])
    #expect(found.allSatisfy { $0.window == ["x": 0...1] })
  }

  @Test func optionsArrive() throws {
    let found = try plots(
      "plot contour paths=newton levels=7\nplot newton-field count=9 scale=log as=steps")
    #expect(found.map(\.name) == ["contour", "steps"])
    #expect(found[0].options.words("paths") == ["newton"])
    #expect(found[0].options.integer("levels") == 7)
    #expect(found[0].options.word("fill") == "yes")
    #expect(found[1].options.integer("count") == 9)
    #expect(found[1].options.word("scale") == "log")
  }

  @Test func oneLevelIsAListNotACount() throws {
    let found = try plots(
      """
      plot contour levels=12
      plot contour levels=[0.5] as=one
      plot contour levels=0.5,1 as=two
      plot contour levels=[0 .. 1 linear 3] as=three
      plot contour as=default
      """)
    #expect(found.map { $0.options.integer("levels") } == [12, nil, nil, nil, 12])
    #expect(
      found.map { $0.options.numbers("levels") } == [nil, [0.5], [0.5, 1], [0, 0.5, 1], nil])
  }

  @Test func aWindowBelongsToTheFigureAboveIt() throws {
    let functions = try experiment(
      """
      function f(x, y) = x
        plot contour
        window x = 0 .. 1
        window y = 2 .. 3
        plot determinant
      method newton
      start (1, 1)
      """
    ).functions
    #expect(functions[0].plots.map(\.window) == [["x": 0...1, "y": 2...3], [:]])
  }

  @Test func ownFiguresComeBeforeSharedOnes() throws {
    let functions = try experiment(
      """
      plot contour
      function f(x, y) = x
        plot determinant
      function g(x, y) = y
      method newton
      start (1, 1)
      """
    ).functions
    #expect(functions.map { $0.plots.map(\.name) } == [["determinant", "contour"], ["contour"]])
  }

  @Test(arguments: [
    Mistake(
      "aWindowWithoutVariable",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour
        window 0 .. 1
      """,
      """
      bad.txt:5:10: error: a variable with its range is missing here; write for example: window x = 2 .. 4, y = 0 .. 4
          window 0 .. 1
                 ^
      """),
    Mistake(
      "aVariableTwiceInItsWindows",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour, determinant
        window x = 0 .. 1, y = 0 .. 1
        window x = 2 .. 3
      """,
      """
      bad.txt:6:10: error: the range of 'x' is there already
          window x = 2 .. 3
                 ^
      """),
    Mistake(
      "aLevelThatIsNoCount",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour levels=0.5
      """,
      """
      bad.txt:4:21: error: 0.5 is not a whole number; levels takes a whole number from 1 to 200, or a list of so many, such as [0.5, 1]
        plot contour levels=0.5
                            ^
      """),
    Mistake(
      "tooManyLevels",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour levels=[0 .. 1 linear 201]
      """,
      """
      bad.txt:4:21: error: a list of 201 is out of range; levels takes a whole number from 1 to 200, or a list of so many, such as [0.5, 1]
        plot contour levels=[0 .. 1 linear 201]
                            ^
      """),
    Mistake(
      "equalLevels",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour levels=[1, 2, 1]
      """,
      """
      bad.txt:4:28: error: the list has 1 already; leave one of them out
        plot contour levels=[1, 2, 1]
                                   ^
      """),
    Mistake(
      "anEmptyPlot",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot
      """,
      """
      bad.txt:4:5: error: a figure is missing here; write for example: plot contour, determinant
        plot
            ^
      """),
    Mistake(
      "aFigureOfAFunctionThatCannotHaveIt",
      """
      function f(x) = x
        plot contour
      method newton
      start (1)
      """,
      """
      bad.txt:2:8: error: no function can have the figure 'contour': it needs two variables
          plot contour
               ^
      """),
    Mistake(
      "severalFiguresWithOptions",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour, determinant as=d
      """,
      """
      bad.txt:4:13: error: figures share a line only without options; write each with options on a line of its own
        plot contour, determinant as=d
                    ^
      """),
    Mistake(
      "twoFiguresWithoutComma",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour determinant
      """,
      """
      bad.txt:4:14: error: unexpected 'determinant'; write for example: plot contour, determinant
        plot contour determinant
                     ^
      """),
    Mistake(
      "aCommaWithoutAFigure",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour,
      """,
      """
      bad.txt:4:14: error: a figure is missing here; write for example: plot contour, determinant
        plot contour,
                     ^
      """),
    Mistake(
      "aPathTwice",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour paths=newton,newton
      """,
      """
      bad.txt:4:27: error: the path of 'newton' is there already
        plot contour paths=newton,newton
                                  ^
      """),
    Mistake(
      "anUnknownPathFarFromAll",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour paths=gradient
      """,
      """
      bad.txt:4:20: error: no method is called 'gradient'; there is only newton
        plot contour paths=gradient
                           ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
