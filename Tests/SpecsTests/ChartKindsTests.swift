import Testing

@testable import Specs

@Suite struct ChartKindsTests {
  private let rates = """
    function f(x, y) = x^2 + y^2
    method gradient rate=[0.1, 0.2]
    start (1, 1)

    """

  @Test func kindsSayWhatTheirAxesAre() {
    #expect(PlotKind.allCases.filter { $0.space == .plane }.map(\.rawValue).contains("contour"))
    #expect(PlotKind.sweep.space == .runs)
    #expect(PlotKind.profile.space == .experiment)
  }

  @Test func figuresOfAllFunctionsAreTheExperiments() throws {
    let found = try experiment(
      rates + "plot profile\nplot lines x=rate y=runs from=summary\nplot sweep, convergence")
    #expect(found.plots.map(\.name) == ["profile", "lines"])
    #expect(found.functions[0].plots.map(\.name) == ["sweep", "convergence"])
  }

  @Test func optionsHaveDefaults() throws {
    let plots = try experiment(rates + "plot convergence methods=gradient\nplot profile")
    let convergence = plots.functions[0].plots[0]
    #expect(convergence.options.word("of") == "f")
    #expect(convergence.methods(among: plots.methods).map(\.label) == ["gradient"])
    #expect(plots.plots[0].options.word("by") == "evaluations")
  }

  @Test func aChartNeedsNoPlane() throws {
    let found = try experiment(
      "function f(x) = x^2\nmethod newton\nstart (1)\nplot convergence")
    let (plot, function) = (found.functions[0].plots[0], found.functions[0])
    #expect(plot.axes(of: function) == nil)
    #expect(plot.obstacle(of: function, found.methods) == nil)
  }

  @Test func aSweepOfOneOfTwoFunctionsIsNoMistake() throws {
    let found = try experiment(
      """
      function f(x) = x^2
        lipschitz 2
      function g(w[600]) = dot(w, w)
        start ([i in 1..600: i])
      method gradient rate=0.1
      start (1)
      plot bound
      """.replacing("start (1)\nplot", with: "plot").replacing(
        "lipschitz 2", with: "lipschitz 2\n  start (1)"))
    let plot = found.functions[0].plots[0]
    #expect(plot.obstacle(of: found.functions[0], found.methods) == nil)
    #expect(plot.obstacle(of: found.functions[1], found.methods) != nil)
  }

  @Test(arguments: [
    Mistake(
      "aSweepWithoutRates",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot sweep
      """,
      """
      bad.txt:4:6: error: no function can have the figure 'sweep': it needs a method with several rates, such as: method gradient rate=[1e-3 .. 1 log 20]
        plot sweep
             ^
      """),
    Mistake(
      "aBoundWithoutDescent",
      """
      function f(x, y) = x
      method newton
      method gradient rate=armijo
      start (1, 2)
      plot bound
      """,
      """
      bad.txt:5:6: error: no function can have the figure 'bound': it needs gradient descent with a fixed rate, such as: method gradient rate=lipschitz
        plot bound
             ^
      """),
    Mistake(
      "linesWithoutColumns",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot lines x=rate
      """,
      """
      bad.txt:4:6: error: what is drawn over what is missing here; write for example: plot lines x=rate y=iterations
        plot lines x=rate
             ^
      """),
    Mistake(
      "linesOfTheSummaryWithoutColumns",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot lines from=summary
      """,
      """
      bad.txt:4:6: error: what is drawn over what is missing here; write for example: plot lines x=rate y=iterations
        plot lines from=summary
             ^
      """),
    Mistake(
      "aProfileOfOneFunction",
      """
      function f(x, y) = x
        plot profile
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:8: error: the figure 'profile' is over all functions; begin its line without blanks
          plot profile
               ^
      """),
    Mistake(
      "aWindowOfAChart",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot contour, convergence
        window x = 0 .. 1
      """,
      """
      bad.txt:5:3: error: the figure 'convergence' has no window: its axes are not the variables; leave this line out
          window x = 0 .. 1
          ^
      """),
    Mistake(
      "anUnknownMethodOfAChart",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot convergence methods=newtom,newton,newton
      """,
      """
      bad.txt:4:26: error: no method is called 'newtom'; did you mean 'newton'?
        plot convergence methods=newtom,newton,newton
                                 ^
      bad.txt:4:40: error: the method 'newton' is there already
        plot convergence methods=newtom,newton,newton
                                               ^
      """),
    Mistake(
      "anUnknownMeasure",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot convergence of=g
      """,
      """
      bad.txt:4:21: error: 'g' is no value of 'of'; it takes f, gradient or distance
        plot convergence of=g
                            ^
      """),
    Mistake(
      "aFigureCalledAsAFile",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot profile as=manifest
      plot contour as=critical-points
      """,
      """
      bad.txt:4:17: error: 'manifest' is already a file of the results; choose another name
        plot profile as=manifest
                        ^
      bad.txt:5:17: error: 'critical-points' is already a file of the results; choose another name
        plot contour as=critical-points
                        ^
      """),
    Mistake(
      "twoProfiles",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot profile
      plot profile by=operations
      """,
      """
      bad.txt:5:6: error: two figures are called 'profile' (case aside); name one of them with as=NAME
        plot profile by=operations
             ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
