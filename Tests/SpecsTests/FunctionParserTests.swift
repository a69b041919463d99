import Testing

@testable import Specs

@Suite struct FunctionParserTests {
  @Test func theDomainIsMinusFiveToFiveUnlessGiven() throws {
    func domain(_ line: String) throws -> [ClosedRange<Double>] {
      try experiment("function f(x, y) = x\n\(line)\nmethod newton\nstart (1, 1)").functions[0]
        .domain
    }
    #expect(try domain("") == [-5...5, -5...5])
    #expect(try domain("  domain 0..1") == [0...1, 0...1])
    #expect(try domain("  domain y = -pi .. pi") == [-5...5, -(.pi)...(.pi)])
    #expect(try domain("  domain y=0 .. 1, x=2 .. 3") == [2...3, 0...1])
  }

  @Test func namesMayBeGreek() throws {
    let function = try experiment(
      "function ψ(α, β_1) = α^2 + β_1*u\n  where u = sin(α)\nmethod newton\nstart (1, 1)"
    ).functions[0]
    #expect(function.name == "ψ")
    #expect(function.variables == ["α", "β_1"])
  }

  @Test func severalMinimaMayStandOnOneLine() throws {
    let function = try experiment(
      "function f(x, y) = x\n  minimum (1, 2), (pi, -1)\n  minimum (0, 0)\nmethod newton\nstart (1, 1)"
    ).functions[0]
    #expect(function.minima == [[1, 2], [.pi, -1], [0, 0]])
  }

  @Test func whatIsWrongBelowAWrongFormulaIsSaidToo() {
    let spec = """
      function f(x, y) = x +* y
        domain x = 1 .. 0
        minimum (0)
      method newton
      start (1, 1)
      """
    #expect(
      printed(spec) == """
        bad.txt:1:23: error: expected a number, a name or '(' here, but found '*'
          function f(x, y) = x +* y
                                ^
        bad.txt:2:14: error: the range 1 .. 0 is empty; its end must be above its start
            domain x = 1 .. 0
                       ^
        bad.txt:3:11: error: this point has 1 coordinate, but f has 2 variables: x and y
            minimum (0)
                    ^
        """)
  }

  @Test(arguments: [
    Mistake(
      "aDomainTwice",
      """
      function f(x, y) = x
        domain 0 .. 1
        domain 0 .. 2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:3:3: error: 'domain' is there already; one line is enough
          domain 0 .. 2
          ^
      """),
    Mistake(
      "aRangeOfAVariableTwice",
      """
      function f(x, y) = x
        domain x = 0 .. 1, x = 0 .. 2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:22: error: the range of 'x' is there already
          domain x = 0 .. 1, x = 0 .. 2
                             ^
      """),
    Mistake(
      "aDomainWithoutRange",
      """
      function f(x, y) = x
        domain
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:9: error: a range A .. B is missing here; write for example: -5 .. 5
          domain
                ^
      """),
    Mistake(
      "aBadNameOfAFunction",
      """
      function 2f(x) = x
      method newton
      start (1)
      """,
      """
      bad.txt:1:10: error: '2f' is not a name; names are a letter, then letters, digits and _ (labels also -)
        function 2f(x) = x
                 ^
      """),
    Mistake(
      "textBetweenVariablesAndEqualsSign",
      """
      function f(x) : R = x
      method newton
      start (1)
      """,
      """
      bad.txt:1:15: error: unexpected ': R'; write for example: function f(x, y) = x^2 + y^2
        function f(x) : R = x
                      ^
      """),
    Mistake(
      "aMissingVariable",
      """
      function f(x, ) = x
      method newton
      start (1)
      """,
      """
      bad.txt:1:15: error: a variable is missing here; write for example: f(x, y)
        function f(x, ) = x
                      ^
      """),
    Mistake(
      "aVariableCalledF",
      """
      function f(f) = 1
      method newton
      start (1)
      """,
      """
      bad.txt:1:12: error: 'f' is already a word of the tool (a column or a quantity); choose another name
        function f(f) = 1
                   ^
      """),
    Mistake(
      "aReservedLocalName",
      """
      function f(x, y) = x
        where hessian = 2
      method newton
      start (1, 2)
      """,
      """
      bad.txt:2:9: error: 'hessian' is already a word of the tool (a column or a quantity); choose another name
          where hessian = 2
                ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
