import Diagnostics
import Foundation
import Methods
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
    #expect(method.rates.first?.number == 0.1)
    #expect(method.rates.last?.number == 0.4)
  }

  /// Every option of every directive.
  private var tables: [[OptionDefinition]] {
    [StopRules.options, TraceRules.options] + Direction.all.map(\.options)
      + PlotKind.allCases.map(\.options)
  }

  @Test func defaultsAreWhatTheContractNames() throws {
    let stop = StopRules()
    #expect(stop.iterations == 1000)
    #expect(stop.gradient == 1e-8)
    #expect(stop.step == nil)
    #expect(stop.decrease == nil)
    #expect(stop.radius == 1e10)
    #expect(stop.evaluations == nil)
    let trace = TraceRules()
    #expect(trace.every == 1)
    #expect(!trace.allStarts)
    #expect(trace.isOn)
  }

  @Test func everyDefaultAndEveryExampleCanBeTyped() {
    for table in tables {
      for option in table {
        let standard = option.defaultText.map { "\(option.name)=\($0)" }
        for text in (standard.map { [$0] } ?? []) + option.example.components(separatedBy: " or ") {
          var findings = Findings()
          let other = option.onlyWith.map { "\($0.name)=\($0.values[0]) " } ?? ""
          _ = findings.options(SourceText(other + text).words, of: "it", table)
          #expect(findings.all.isEmpty, "\(text)")
        }
      }
    }
  }

  @Test func excludedOptionsAreOptions() {
    for table in tables {
      #expect(table.flatMap(\.excluded).allSatisfy { name in table.contains { $0.name == name } })
    }
  }

  @Test(arguments: [
    Mistake(
      "tracesOfEveryFifthRowAndOfTheEnds",
      base + "trace every=5 ends",
      """
      bad.txt:4:15: error: 'ends' makes no sense beside 'every'; keep one of them
        trace every=5 ends
                      ^
      """),
    Mistake(
      "noTracesAndEveryFifthRow",
      base + "trace off every=5 starts=all",
      """
      bad.txt:4:11: error: 'every' makes no sense beside 'off'; keep one of them
        trace off every=5 starts=all
                  ^
      bad.txt:4:19: error: 'starts' makes no sense beside 'off'; keep one of them
        trace off every=5 starts=all
                          ^
      """),
    Mistake(
      "anEmptyTrace",
      base + "trace",
      """
      bad.txt:4:6: error: an option is missing here; write for example: trace every=10
        trace
             ^
      """),
    Mistake(
      "anEmptyStop",
      base + "stop",
      """
      bad.txt:4:5: error: an option is missing here; write for example: stop iterations=500
        stop
            ^
      """),
    Mistake(
      "aMisspeltWordOfAChoice",
      base + "trace starts=al",
      """
      bad.txt:4:14: error: 'al' is no value of 'starts'; did you mean 'all'?
        trace starts=al
                     ^
      """),
    Mistake(
      "aMisspeltOff",
      base + "stop radius=of evaluations=none",
      """
      bad.txt:4:13: error: 'of' is no value of 'radius'; it takes a number of 0 or more, or off
        stop radius=of evaluations=none
                    ^
      bad.txt:4:28: error: 'none' is no value of 'evaluations'; it takes a whole number from 0 to 1e15, or off
        stop radius=of evaluations=none
                                   ^
      """),
    Mistake(
      "equalRates",
      """
      function f(x) = x
      method gradient rate=[0.1, 1/10]
      method gradient as=other
        rates 1 .. 2 linear 2, 2 .. 3 linear 2
      start (1)
      """,
      """
      bad.txt:2:28: error: the list has 0.1 already; leave one of them out
        method gradient rate=[0.1, 1/10]
                                   ^
      bad.txt:4:26: error: the list has 2 already; leave one of them out
          rates 1 .. 2 linear 2, 2 .. 3 linear 2
                                 ^
      """),
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
      bad.txt:2:15: error: 'newton' has no option 'beta'; it takes rate, scale, refresh, derivatives, \
      epsilon and as
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
      bad.txt:4:13: error: 0.5 is not a whole number; every takes a whole number from 1 to 1e9
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
      bad.txt:4:13: error: 0 is out of range; every takes a whole number from 1 to 1e9
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
    Mistake(
      "aListWithABlankBehindItsComma",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method gradient rate=0.1, 0.2
      """,
      """
      bad.txt:4:25: error: the value of 'rate' ends with a comma; write lists without blanks, for example rate=0.1 or rate=[0.1, 0.5]
        method gradient rate=0.1, 0.2
                                ^
      """),
    Mistake(
      "aListOfLabelsWithABlank",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      plot contour paths=newton, gradient
      """,
      """
      bad.txt:4:26: error: the value of 'paths' ends with a comma; write lists without blanks, for example paths=gradient,newton
        plot contour paths=newton, gradient
                                 ^
      """),
    Mistake(
      "aListThatIsNeverClosed",
      """
      function f(x, y) = x^2 + y^2
      method newton
      start (1, 1)
      method gradient rate=[0.1, 0.2
      """,
      """
      bad.txt:4:22: error: this '[' is never closed
        method gradient rate=[0.1, 0.2
                             ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
