import Testing

@testable import Specs

@Suite struct CurveKindsTests {
  private let pair = """
    function f(x) = x^2
      start (1)
      minimum (0)
    function g(t) = t^4
      start (1)
    function h(x, y) = x^2 + y^2
      start (1, 2)
    method newton

    """

  @Test func aCurveLiesAlongTheOnlyVariableOrTheNamedOne() throws {
    let found = try experiment(
      pair + "plot curve with=g taylor=[3, 1] about=p1\nplot curve axes=y as=slice")
    let (f, h) = (found.functions[0], found.functions[2])
    let (curve, slice) = (f.plots[0], h.plots[1])
    #expect(curve.space == .line)
    #expect(curve.taylorOrders == [1, 3])
    #expect(curve.options.words("with") == ["g"])
    #expect(curve.options.word("about") == "p1")
    #expect(curve.axes(of: f) == [0])
    #expect(curve.axes(of: h) == nil)
    #expect(curve.coordinate(of: found.functions[1]) == 0)
    #expect(slice.axes(of: h) == [1])
    #expect(
      curve.obstacle(of: h, found.methods) == "it needs one variable, or the name of one")
  }

  @Test func thePointOfExpansionMayBeANumber() throws {
    let found = try experiment(pair + "plot curve taylor=2 about=pi/2")
    #expect(found.functions[0].plots[0].options.number("about") == .pi / 2)
    #expect(found.functions[0].plots[0].taylorOrders == [2])
  }

  @Test func aSurfaceLooksFromItsOwnSide() throws {
    let found = try experiment(base + "plot surface azimuth=30")
    let options = found.functions[0].plots[0].options
    #expect(options.number("azimuth") == 30)
    #expect(options.number("elevation") == 35)
    #expect(options.integer("count") == 30)
    #expect(options.word("scale") == "auto")
  }

  @Test(arguments: [
    Mistake(
      "aCurveOfTwoVariables",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot curve
      """,
      """
      bad.txt:4:6: error: no function can have the figure 'curve': it lies along one coordinate; name it: axes=x
        plot curve
             ^
      """),
    Mistake(
      "aCurveAlongTwoAxes",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot curve axes=x,y
      """,
      """
      bad.txt:4:17: error: this figure lies along one coordinate, but here are 2
        plot curve axes=x,y
                        ^
      """),
    Mistake(
      "aCurveAlongAnUnknownAxis",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot curve axes=z
      """,
      """
      bad.txt:4:17: error: there is no variable 'z'; the function has x and y
        plot curve axes=z
                        ^
      """),
    Mistake(
      "curvesThatAreNotThere",
      """
      function wave(x) = sin(x)
        plot curve with=wafe,wave,wave,bowl
      function bowl(x, y) = x^2 + y^2
      method newton
      start (1)
      """.replacing("method newton\nstart (1)", with: "  start (1, 2)\nmethod newton")
        .replacing("  plot", with: "  start (1)\n  plot"),
      """
      bad.txt:3:19: error: no function here is called 'wafe'; did you mean 'wave'?
          plot curve with=wafe,wave,wave,bowl
                          ^
      bad.txt:3:29: error: the function 'wave' is there already
          plot curve with=wafe,wave,wave,bowl
                                    ^
      bad.txt:3:34: error: 'bowl' has 2 variables, so it is no curve beside this one; a function beside it has one variable, or the one that axes= names
          plot curve with=wafe,wave,wave,bowl
                                         ^
      """),
    Mistake(
      "taylorPolynomialsOfTooHighAnOrder",
      """
      function f(x) = x
      method newton
      start (1)
      plot curve taylor=[1, 4]
      """,
      """
      bad.txt:4:23: error: 4 is out of range; taylor takes whole numbers from 1 to 3, such as [1, 3]
        plot curve taylor=[1, 4]
                              ^
      """),
    Mistake(
      "aPointOfNoExpansion",
      """
      function f(x) = x
      method newton
      start (1)
      plot curve about=1
      """,
      """
      bad.txt:4:6: error: 'about' counts only beside taylor=[1, 2]; write one of them too, or leave 'about' out
        plot curve about=1
             ^
      """),
    Mistake(
      "anExpansionAboutAnUnknownStart",
      """
      function f(x) = x
      method newton
      start (1), left = (2)
      plot curve taylor=1 about=lift
      """,
      """
      bad.txt:4:27: error: no start is called 'lift'; did you mean 'left'?
        plot curve taylor=1 about=lift
                                  ^
      """),
    Mistake(
      "aSurfaceFromStraightAbove",
      """
      function f(x, y) = x
      method newton
      start (1, 2)
      plot surface elevation=90
      """,
      """
      bad.txt:4:24: error: 90 is out of range; elevation takes a number from 5 to 80
        plot surface elevation=90
                               ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
