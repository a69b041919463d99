import Diagnostics
import Testing

@testable import Specs

/// `expect FILTER : CONDITION, …` in a spec.
@Suite struct ExpectationTests {
  @Test func aLineIsAFilterAndItsConditions() throws {
    let found = try experiment(
      base + "expect method=newton start=p1 : ending=converged, iterations<=1\nexpect : x=0,1"
    ).expectations
    #expect(found.map { $0.filter.conditions.map(\.text) } == [["method=newton", "start=p1"], []])
    #expect(
      found.map { $0.conditions.map(\.text) } == [
        ["ending=converged", "iterations<=1"], ["x=0,1"],
      ])
    #expect(found.map(\.line) == [4, 5])
  }

  @Test func aLineMayGoOnBelowAComma() throws {
    let found = try experiment(
      base + "expect method=newton : ending=converged,\n  iterations<=1 # one step"
    ).expectations
    #expect(found.map { $0.conditions.map(\.text) } == [["ending=converged", "iterations<=1"]])
  }

  @Test(arguments: [
    Mistake(
      "noColon", base + "expect method=newton ending=converged",
      """
      bad.txt:4:38: error: what is expected is missing here; write for example: \
      expect method=newton start=p1 : ending=converged, iterations<=1
        expect method=newton ending=converged
                                             ^
      """),
    Mistake(
      "nothingExpected", base + "expect method=newton :",
      """
      bad.txt:4:23: error: what is expected is missing here; write for example: \
      expect method=newton start=p1 : ending=converged, iterations<=1
        expect method=newton :
                              ^
      """),
    Mistake(
      "twoColons", base + "expect method=newton : x=1 : y=2",
      """
      bad.txt:4:28: error: unexpected ':'; write for example: expect method=newton : ending=converged
        expect method=newton : x=1 : y=2
                                   ^
      """),
    Mistake(
      "mistakesOnBothSidesAndOfSeveralLines",
      base + "expect method=newtun : ending=converged\nexpect start=p1 : iteration<=1",
      """
      bad.txt:4:15: error: no method is called 'newtun'; did you mean 'newton'?
        expect method=newtun : ending=converged
                      ^
      bad.txt:5:19: error: the runs have no column 'iteration'; did you mean 'iterations'?
        expect start=p1 : iteration<=1
                          ^
      """),
    Mistake(
      "everyMistakeOfALine",
      base + "expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1",
      """
      bad.txt:4:15: error: no method is called 'newtun'; did you mean 'newton'?
        expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1
                      ^
      bad.txt:4:29: error: no method is called 'gradent'; there is only newton
        expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1
                                    ^
      bad.txt:4:37: error: the runs have no column 'strt'; did you mean 'start'?
        expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1
                                            ^
      bad.txt:4:47: error: the runs have no column 'endng'; did you mean 'ending'?
        expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1
                                                      ^
      bad.txt:4:64: error: the runs have no column 'iteration'; did you mean 'iterations'?
        expect method=newtun,newton,gradent strt=p1 : endng=converged, iteration<=1
                                                                       ^
      """),
    Mistake(
      "aNameThatAnotherMistakeTookAway",
      """
      function f(x, y) = x^2 + yy^2
      method newtn
      start (1, 1)
      expect method=newton start=p1 y=1 : endin=converged
      """,
      """
      bad.txt:1:26: error: unknown name 'yy'; did you mean 'y'?
        function f(x, y) = x^2 + yy^2
                                 ^
      bad.txt:2:8: error: unknown method 'newtn'; did you mean 'newton'?
        method newtn
               ^
      """),
  ])
  func mistakesAreToldInFull(mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }
}
