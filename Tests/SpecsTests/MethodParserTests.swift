import Testing

@testable import Specs

@Suite struct MethodParserTests {
  /// The labels of methods, with rates for those that have none.
  private func labels(_ methods: String...) throws -> [String] {
    let lines = methods.map { "method \($0)\n" }.joined()
    return try experiment("function f(x) = x\n\(lines)start (1)").methods.map(\.label)
  }

  @Test func aLabelIsTheKindAlone() throws {
    #expect(try labels("newton") == ["newton"])
    #expect(try labels("newton rate=0.5") == ["newton"])
    #expect(try labels("gradient rate=[0.1, 0.5]", "newton") == ["gradient", "newton"])
  }

  @Test func theRateJoinsTheLabelOnlyWhereTwoLinesNeedIt() throws {
    #expect(try labels("newton", "newton rate=0.5") == ["newton", "newton-0.5"])
    #expect(
      try labels("gradient rate=1e-7", "gradient rate=1/4") == ["gradient-1e-7", "gradient-0.25"])
    #expect(try labels("newton", "newton rate=0.5 as=half") == ["newton", "half"])
  }

  @Test func labelsMayHoldHyphensAndGreekLetters() throws {
    #expect(try labels("newton as=half-newton_2") == ["half-newton_2"])
    #expect(try labels("newton as=αβ") == ["αβ"])
  }

  @Test func sharedRatesServeThoseWithoutTheirOwn() throws {
    let methods = try experiment(
      """
      function f(x) = x
      method gradient
      method gradient as=mine
        rates 3, 4
      method gradient rate=5 as=inline
      method newton
      rates 1, 2
      start (1)
      """
    ).methods
    #expect(methods.map { $0.rates.map(\.number) } == [[1, 2], [3, 4], [5], [1]])
  }

  @Test func aMisspeltMethodCausesNoErrorsElsewhere() {
    let spec = """
      function f(x, y) = x^2 + y^2
      method gradiant
      method newton
      rates 0.1
      start (1, 1)
      plot contour paths=gradient
      """
    #expect(
      printed(spec) == """
        bad.txt:2:8: error: unknown method 'gradiant'; did you mean 'gradient'?
          method gradiant
                 ^
        """)
  }

  @Test(arguments: [
    Mistake(
      "anUnknownMethodFarFromAll",
      """
      function f(x) = x
      method simplex
      start (1)
      """,
      """
      bad.txt:2:8: error: unknown method 'simplex'; there are gradient, momentum, nesterov, … and lbfgs; 'runexp list methods' \
      has them all
        method simplex
               ^
      """),
    Mistake(
      "emptyRates",
      """
      function f(x) = x
      method gradient
      rates
      start (1)
      """,
      """
      bad.txt:3:6: error: a rate is missing here; write for example: rates 0.05, 0.1, 0.5
        rates
             ^
      """),
    Mistake(
      "twoMethodsOnALine",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method gradient, newton
      """,
      """
      bad.txt:4:16: error: a line has one method; write the next on a line of its own
        method gradient, newton
                       ^
      """),
    Mistake(
      "anUnknownMethodWithOptionsOfItsOwn",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method swarm beta=0.9
      """,
      """
      bad.txt:4:8: error: unknown method 'swarm'; there are gradient, momentum, nesterov, … and lbfgs; \
      'runexp list methods' has them all
        method swarm beta=0.9
               ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}

/// What can be wrong with rules for rates, and with methods that do not fit a function.
@Suite struct RateParserTests {
  private func said(_ lines: String) -> String {
    printed("function f(x, y) = sin(x) + y^2\nstart (1, 1)\n\(lines)")
  }

  @Test func everyMistakeIsTold() {
    #expect(
      said("method momentum rate=armijo") == """
        bad.txt:3:8: error: 'momentum' has no single direction, which 'armijo' needs; give it a number or a \
        rule such as cauchy
          method momentum rate=armijo
                 ^
        """)
    #expect(
      said("method gradient rate=decay(1)") == """
        bad.txt:3:22: error: the rate 'decay' is written decay(a, k), but here it has 1 number
          method gradient rate=decay(1)
                               ^
        """)
    #expect(
      said("method gradient rate=decay(1, 0)") == """
        bad.txt:3:22: error: 0 cannot stand in decay(a, k); lengths are above 0
          method gradient rate=decay(1, 0)
                               ^
        """)
    #expect(
      said("method gradient rate=armijoo") == """
        bad.txt:3:22: error: unknown rate 'armijoo'; did you mean 'armijo'?
          method gradient rate=armijoo
                               ^
        """)
    #expect(
      said("method gradient rate=polyak") == """
        bad.txt:1:10: error: the rate 'polyak' needs the least value of f; write below the function: \
        minimum (a, b)
          function f(x, y) = sin(x) + y^2
                   ^
        """)
    #expect(
      said("method gauss-newton") == """
        bad.txt:3:8: error: 'gauss-newton' needs a sum of squares, and f is none as it is typed; write it \
        as u^2 + 3*v^2, or sum(r in NAME: (…)^2)/2
          method gauss-newton
                 ^
        """)
    #expect(
      said("method trust-region\n  rates 0.1") == """
        bad.txt:3:8: error: 'trust-region' finds the length of its steps itself and takes no rate
          method trust-region
                 ^
        """)
  }

  @Test func rulesAndNumbersStandInOneList() throws {
    let methods = try experiment(
      """
      function f(x, y) = x^2 + y^2
        lipschitz 2
      start (1, 1)
      method gradient rate=[0.1, armijo, 0.2 .. 0.4 linear 3, decay(1/2, 10)]
      method gradient rate=cauchy scale=0.5 as=half
      method newton refresh=3
      method conjugate-gradient beta=fr
      """
    ).methods
    #expect(
      methods[0].rates.map(\.text) == [
        "0.1", "armijo", "0.2", "0.30000000000000004", "0.4", "decay(0.5, 10)",
      ])
    #expect(methods[1].rates.map(\.text) == ["0.5*cauchy"])
    #expect(
      methods.map(\.label) == [
        "gradient", "half", "newton-refresh-3", "conjugate-gradient-beta-fr",
      ])
  }
}
