import Testing

@testable import Specs

@Suite struct OptionsTests {
  @Test func valuesAreConstantExpressions() throws {
    let spec = base + "stop iterations=2^5 gradient=1/3 radius=off step=2*pi evaluations=1e3\n"
    let stop = try experiment(spec).stop
    #expect(stop.iterations == 32)
    #expect(stop.gradient == 1.0 / 3)
    #expect(stop.radius == nil)
    #expect(stop.step == 2 * .pi)
    #expect(stop.decrease == nil)
    #expect(stop.evaluations == 1000)
  }

  @Test func valuesEndAtTheNextBlankOutsideBrackets() throws {
    let spec = "function f(x) = x\nmethod gradient rate=[0.1, 0.2 .. 0.4 linear 3] as=g\nstart (1)"
    let method = try experiment(spec).methods[0]
    #expect(method.label == "g")
    #expect(method.rates.count == 4)
    #expect(method.rates.first == 0.1)
    #expect(method.rates.last == 0.4)
  }

  @Test(arguments: [
    Mistake(
      "aListOfTooManyNumbers",
      """
      function f(x) = x
      method gradient
        rates 1 .. 2 linear 1e6, 2 .. 3 linear 2
      start (1)
      """,
      """
      bad.txt:3:28: error: with this range the list has more than 1000000 numbers
          rates 1 .. 2 linear 1e6, 2 .. 3 linear 2
                                   ^
      """),
    Mistake(
      "anUnknownOptionFarFromAll",
      """
      function f(x) = x
      method newton beta=2
      start (1)
      """,
      """
      bad.txt:2:15: error: 'newton' has no option 'beta'; it takes rate and as
        method newton beta=2
                      ^
      """),
    Mistake(
      "aRangeAsARateWithoutBrackets",
      """
      function f(x) = x
      method gradient rate=0 .. 1 linear 5
      start (1)
      """,
      """
      bad.txt:2:24: error: '..' is not an option; write NAME=VALUE with blanks inside brackets only, for example rate=0.1 or rate=[0.1, 0.5]
        method gradient rate=0 .. 1 linear 5
                               ^
      """),
    Mistake(
      "aFlagWithAValue",
      """
      function f(x) = x
      method newton
      start (1)
      trace ends=yes
      """,
      """
      bad.txt:4:7: error: unexpected '='; write for example: ends
        trace ends=yes
              ^
      """),
    Mistake(
      "aTraceOfEveryHalfRow",
      """
      function f(x) = x
      method newton
      start (1)
      trace every=1/2
      """,
      """
      bad.txt:4:13: error: 1/2 is not a whole number; write for example every=10
        trace every=1/2
                    ^
      """),
    Mistake(
      "aTraceOfEveryZerothRow",
      """
      function f(x) = x
      method newton
      start (1)
      trace every=0
      """,
      """
      bad.txt:4:13: error: 0 is out of range; every lies between 1 and 1000000000
        trace every=0
                    ^
      """),
    Mistake(
      "aBadLabel",
      """
      function f(x) = x
      method newton as=2nd
      start (1)
      """,
      """
      bad.txt:2:18: error: '2nd' is not a name; names are a letter, then letters, digits and _ (labels also -)
        method newton as=2nd
                         ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
