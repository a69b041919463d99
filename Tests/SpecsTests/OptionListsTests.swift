import Diagnostics
import Testing

@testable import Specs

@Suite struct OptionListsTests {
  /// The methods of lines, on a function of x.
  private func methods(_ lines: String...) throws -> [MethodSpec] {
    Array(try experiment(text(lines)).methods.dropFirst())
  }

  /// The columns that lists in lines make.
  private func columns(_ lines: String...) throws -> [String] {
    try experiment(text(lines)).optionColumns
  }

  private func text(_ lines: [String]) -> String {
    "function f(x) = x\nmethod gradient as=first\n"
      + "\(lines.map { "method \($0)\n" }.joined())rates 0.1\nstart (1)"
  }

  @Test func eachValueIsAMethodCalledAfterIt() throws {
    let found = try methods("momentum beta=[0.5, 0.9]")
    #expect(found.map(\.label) == ["momentum-beta-0.5", "momentum-beta-0.9"])
    #expect(found.map { $0.settings["beta"] } == [0.5, 0.9])
    #expect(found.map { $0.rates.map(\.number) } == [[0.1], [0.1]])
  }

  @Test func wordsAndWholeNumbersMakeListsToo() throws {
    let found = try methods(
      "conjugate-gradient beta=[pr+, fr]", "newton refresh=[1, 2, 5]", "gradient")
    #expect(
      found.map(\.label) == [
        "conjugate-gradient-beta-pr", "conjugate-gradient-beta-fr", "newton-refresh-1",
        "newton-refresh-2", "newton-refresh-5", "gradient",
      ])
    #expect(found.prefix(2).map { $0.settings.word("beta") } == ["pr+", "fr"])
    #expect(found.prefix(2).map { $0.options["beta"] } == ["pr+", "fr"])
  }

  @Test func rangesAreThoseOfRates() throws {
    let found = try methods(
      "momentum beta=[0.1 .. 0.9 linear 5, 1]", "newton refresh=[1 .. 7 by 2]",
      "regularized-newton damping=[1e-2 .. 1 log 3]")
    #expect(
      found.map { $0.options["beta"] ?? $0.options["refresh"] ?? $0.options["damping"] } == [
        "0.1", "0.30000000000000004", "0.5", "0.7000000000000001", "0.9", "1", "1", "3", "5", "7",
        "0.01", "0.10000000000000002", "1",
      ])
    #expect(found.map(\.label)[1] == "momentum-beta-0.3")
  }

  @Test func labelsHaveAsManyDigitsAsTheirValuesNeed() throws {
    #expect(
      try methods("momentum beta=[1/3, 2/3]").map(\.label)
        == ["momentum-beta-0.333333", "momentum-beta-0.666667"])
    #expect(
      try methods("momentum beta=[0.5, 0.5 + 1e-12]").map(\.label)
        == ["momentum-beta-0.5", "momentum-beta-0.500000000001"])
  }

  @Test func bracketsMayBeLeftOut() throws {
    #expect(
      try methods("newton refresh=1,3").map(\.label) == ["newton-refresh-1", "newton-refresh-3"])
  }

  @Test func twoListsMultiplyTheLastOneFastest() throws {
    let found = try methods("adam beta2=[0.9, 0.99] beta1=[0, 0.9] rate=[0.1, 0.2]")
    #expect(
      found.map(\.label) == [
        "adam-beta1-0-beta2-0.9", "adam-beta1-0.9-beta2-0.9", "adam-beta1-0-beta2-0.99",
        "adam-beta1-0.9-beta2-0.99",
      ])
    #expect(found.allSatisfy { $0.rates.count == 2 })
  }

  @Test func aNameOfItsOwnIsFollowedByTheListsAlone() throws {
    #expect(
      try methods("momentum beta=[0.5, 0.9] as=hb", "adam beta1=[0, 0.5] beta2=0.9 as=a")
        .map(\.label) == ["hb-beta-0.5", "hb-beta-0.9", "a-beta1-0", "a-beta1-0.5"])
  }

  @Test func aFactorOfRulesMultipliesTheMethodToo() throws {
    let found = try methods("gradient rate=cauchy scale=[0.5, 1]")
    #expect(found.map(\.label) == ["gradient-scale-0.5", "gradient-scale-1"])
    #expect(found.map { $0.rates.map(\.text) } == [["0.5*cauchy"], ["cauchy"]])
  }

  @Test func columnsAreInTheOrderOfTheirFirstLists() throws {
    #expect(try columns("newton", "momentum beta=0.5").isEmpty)
    #expect(try columns("momentum beta=[0.5]") == ["beta"])
    #expect(
      try columns("newton refresh=[1, 2]", "adam beta2=[0.5] beta1=[0.5]", "newton refresh=[7]")
        == ["refresh", "beta2", "beta1"])
  }

  @Test func everyMethodKnowsTheValuesOfItsOptions() throws {
    let found = try methods("momentum beta=[0.5]", "nesterov", "trust-region")
    #expect(found.map { $0.options["beta"] } == ["0.5", "0.9", nil])
  }

  @Test func figuresTakeTheLabels() throws {
    let spec = """
      function f(x, y) = x^2 + y^2
      method newton refresh=[1, 2]
      start (1, 1)
      plot contour paths=newton-refresh-2
      """
    #expect(printed(spec) == "")
    #expect(
      printed(spec.replacing("refresh-2", with: "refresh-3")) == """
        bad.txt:4:20: error: no method is called 'newton-refresh-3'; did you mean 'newton-refresh-1'?
          plot contour paths=newton-refresh-3
                             ^
        """)
  }

  private static func mistake(_ name: String, _ method: String, _ printed: String) -> Mistake {
    Mistake(name, "function f(x) = x\nmethod \(method)\nstart (1)\n", printed)
  }

  @Test(arguments: [
    mistake(
      "equalNumbers", "momentum rate=0.1 beta=[0.5, 1/2]",
      """
      bad.txt:2:37: error: the list has 0.5 already; leave one of them out
        method momentum rate=0.1 beta=[0.5, 1/2]
                                            ^
      """),
    mistake(
      "equalWords", "conjugate-gradient beta=[fr, fr]",
      """
      bad.txt:2:37: error: the list has fr already; leave one of them out
        method conjugate-gradient beta=[fr, fr]
                                            ^
      """),
    mistake(
      "anItemOutOfRange", "momentum rate=0.1 beta=[0.5, 1.5, 2]",
      """
      bad.txt:2:37: error: 1.5 is out of range; beta takes a number from 0 to 1
        method momentum rate=0.1 beta=[0.5, 1.5, 2]
                                            ^
      bad.txt:2:42: error: 2 is out of range; beta takes a number from 0 to 1
        method momentum rate=0.1 beta=[0.5, 1.5, 2]
                                                 ^
      """),
    mistake(
      "aRangeThatIsNotWhole", "newton refresh=[1, 2 .. 3 linear 3]",
      """
      bad.txt:2:27: error: 2.5 is not a whole number; refresh takes a whole number from 1 to 1e6
        method newton refresh=[1, 2 .. 3 linear 3]
                                  ^
      """),
    mistake(
      "aRangeWithoutCount", "momentum rate=0.1 beta=[0 .. 1]",
      """
      bad.txt:2:32: error: the range '0 .. 1' needs a count; write linear 9, log 9 or by 0.1 behind it
        method momentum rate=0.1 beta=[0 .. 1]
                                       ^
      """),
    mistake(
      "aMisspeltItem", "conjugate-gradient beta=[pr+, ft]",
      """
      bad.txt:2:38: error: 'ft' is no value of 'beta'; did you mean 'fr'?
        method conjugate-gradient beta=[pr+, ft]
                                             ^
      """),
    mistake(
      "anEmptyList", "newton refresh=[]",
      """
      bad.txt:2:24: error: a value is missing here; write for example: refresh=10
        method newton refresh=[]
                               ^
      """),
    mistake(
      "anEmptyItem", "newton refresh=[1,,2]",
      """
      bad.txt:2:26: error: a value is missing here; write for example: refresh=10
        method newton refresh=[1,,2]
                                 ^
      """),
    mistake(
      "anOpenBracket", "newton refresh=[1, 2",
      """
      bad.txt:2:23: error: this '[' is never closed
        method newton refresh=[1, 2
                              ^
      """),
    mistake(
      "aListOfLabels", "newton as=[a, b]",
      """
      bad.txt:2:18: error: '[a, b]' is not a name; names are a letter, then letters, digits and _ (labels also -)
        method newton as=[a, b]
                         ^
      """),
    mistake(
      "equalLabels",
      "momentum rate=0.1 beta=[0.5, 0.7]\nmethod momentum rate=0.2 beta=0.7 as=m\n"
        + "method momentum rate=0.1 beta=[0.6, 0.7]",
      """
      bad.txt:4:8: error: two methods are called 'momentum-beta-0.7-0.1' (case aside); name one of them with as=NAME
        method momentum rate=0.1 beta=[0.6, 0.7]
               ^
      """),
    mistake(
      "tooManyMethods", "adam rate=0.1 beta1=[0 .. 1 linear 200] beta2=[0 .. 1 linear 200]",
      """
      bad.txt:2:8: error: with this line there are 40000 methods, more than the limit of 10000; raise it with \
      --limit methods=NUMBER
        method adam rate=0.1 beta1=[0 .. 1 linear 200] beta2=[0 .. 1 linear 200]
               ^
      """),
    mistake(
      "aRangeOfTooManyMethods", "momentum rate=0.1 beta=[0 .. 1 linear 1e6]",
      """
      bad.txt:2:32: error: this range makes 1000000 methods, more than the limit of 10000; raise it with \
      --limit methods=NUMBER
        method momentum rate=0.1 beta=[0 .. 1 linear 1e6]
                                       ^
      """),
    mistake(
      "tooManyRatesOfTooManyMethods",
      "momentum beta=[0 .. 1 linear 1e3] rate=[0 .. 1 linear 1e5]",
      """
      bad.txt:2:8: error: with this line there are 10100000 runs from each start, more than the limit of \
      10000000; raise it with --limit runs=NUMBER
        method momentum beta=[0 .. 1 linear 1e3] rate=[0 .. 1 linear 1e5]
               ^
      """),
    mistake(
      "aLabelTooLongForAFile",
      "newton refresh=[1, 2] as=" + String(repeating: "n", count: 195),
      """
      bad.txt:2:8: error: a name that files are called by has at most 200 bytes, but this has 205
        method newton refresh=[1, 2] as=\(String(repeating: "n", count: 68))…
               ^
      """),
    Mistake(
      "aColumnCalledLikeAVariable",
      "function f(x, beta) = x^2 + beta^2\nmethod momentum rate=0.1 beta=[0.5, 0.9]\nstart (1, 1)\n",
      """
      bad.txt:2:31: error: a list makes 'beta' a column of the results, but f has a variable of that name; \
      rename the variable
        method momentum rate=0.1 beta=[0.5, 0.9]
                                      ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
