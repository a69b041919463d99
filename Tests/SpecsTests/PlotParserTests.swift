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

  @Test func curvesHaveNoScaleOfArrows() throws {
    #expect(try plots("plot newton-field stream=yes count=40")[0].options.word("stream") == "yes")
    #expect(try plots("plot gradient-field scale=log stream=no").count == 1)
    #expect(
      printed(base + "plot gradient-field stream=yes scale=log") == """
        bad.txt:4:6: error: 'scale' makes no sense beside 'stream=yes'; keep one of them
          plot gradient-field stream=yes scale=log
               ^
        """)
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

  @Test func aMapIsCalledAfterItsQuantity() throws {
    let found = try plots(
      """
      plot map quantity=angle
      plot map quantity="dot(gradient, newton_step)" scale=signed-log levels=[1, 2]
      plot map quantity=f-gradient_norm as=difference  # a comment
      plot map quantity=if(x < 0, f, determinant) as=both
      """)
    #expect(found.map(\.name) == ["map-angle", "map", "difference", "both"])
    #expect(found.map(\.needsHessian) == [true, true, false, true])
    #expect(
      found.map { $0.formula?.formula.text.string } == [
        "angle", "dot(gradient, newton_step)", "f-gradient_norm", "if(x < 0, f, determinant)",
      ])
    #expect(found[1].options.word("scale") == "signed-log")
    #expect(found[1].options.numbers("levels") == [1, 2])
    #expect(found[0].options.integer("levels") == nil)
  }

  @Test func mapsWithMistakesAreAllReported() {
    let spec = """
      function f(x, y) = x^2 - y
      function g(a, b) = a*b
        plot map quantity=a+x as=own
      method newton
      start (1, 2)
      plot map
      plot map quantity=
      plot map quantity=gradient
      plot map quantity="hessian + rate"
      plot map quantity=iteration+angel
      plot map quantity=det H
      plot map quantity="f
      plot map quantity="angle # 2"
      plot map quantity="" as=g
      plot map quantity=x as=h
      plot map quantity=angle
      plot map quantity=angle
      plot map, contour
      plot map quantity=f scale=cubic
      plot map quantity=determinant / 2 as=i
      """
    #expect(
      printed(spec) == """
        bad.txt:3:23: error: unknown name 'x'
            plot map quantity=a+x as=own
                                ^
        bad.txt:6:9: error: what the map shows is missing here; write for example: plot map quantity=angle
          plot map
                  ^
        bad.txt:7:10: error: the option 'quantity' needs a value without blanks around =, for example quantity=angle or quantity="dot(gradient, newton_step)"
          plot map quantity=
                   ^
        bad.txt:8:19: error: a map shows a number, but this is a vector of 2; take its norm(…), or one component, as gradient[1]
          plot map quantity=gradient
                            ^
        bad.txt:9:30: error: 'rate' belongs to a step, which is not known here
          plot map quantity="hessian + rate"
                                       ^
        bad.txt:10:6: error: two figures are called 'map' (case aside); name one of them with as=NAME
          plot map quantity=iteration+angel
               ^
        bad.txt:10:19: error: 'iteration' belongs to a step, which is not known here
          plot map quantity=iteration+angel
                            ^
        bad.txt:11:6: error: two figures are called 'map' (case aside); name one of them with as=NAME
          plot map quantity=det H
               ^
        bad.txt:11:19: error: 'det' is a function; write det(A)
          plot map quantity=det H
                            ^
        bad.txt:11:23: error: 'map' has no option 'H'; it takes quantity, levels, scale, axes, at and as
          plot map quantity=det H
                                ^
        bad.txt:12:19: error: this '"' is never closed
          plot map quantity="f
                            ^
        bad.txt:13:26: error: the character '#' has no meaning in a formula
          plot map quantity="angle # 2"
                                   ^
        bad.txt:14:20: error: a formula is missing here
          plot map quantity="" as=g
                             ^
        bad.txt:15:19: error: unknown name 'x'
          plot map quantity=x as=h
                            ^
        bad.txt:17:6: error: two figures are called 'map-angle' (case aside); name one of them with as=NAME
          plot map quantity=angle
               ^
        bad.txt:18:9: error: what the map shows is missing here; write for example: plot map quantity=angle
          plot map, contour
                  ^
        bad.txt:19:27: error: 'cubic' is no value of 'scale'; it takes auto, linear, log or signed-log
          plot map quantity=f scale=cubic
                                    ^
        bad.txt:20:31: error: '/' is not an option; write NAME=VALUE with blanks inside brackets only, for example quantity=angle or quantity="dot(gradient, newton_step)"
          plot map quantity=determinant / 2 as=i
                                        ^
        """)
  }

  @Test func aMapNeedsTheHessianOnlyWhereItsFormulaDoes() throws {
    let spec = """
      function f(x[600]) = sum(i in 1..600: x[i]^2)
        start ([i in 1..600: 1])
      method gradient rate=0.1
      plot map axes=x[1],x[2] quantity=
      """
    #expect(printed(spec + "gradient_norm") == "")
    #expect(
      printed(spec + "angle") == """
        bad.txt:4:6: error: no function can have the figure 'map': it needs the Hessian of at most 512 variables
          plot map axes=x[1],x[2] quantity=angle
               ^
        """)
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
