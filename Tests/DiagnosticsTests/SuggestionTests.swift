import Diagnostics
import Testing

@Suite struct SuggestionTests {
  private let words = ["sin", "sinh", "cos", "sqrt", "x", "determinant"]

  @Test(arguments: [
    ("sine", "sin"), ("Sin", "sin"), ("snih", "sinh"), ("sqr", "sqrt"), ("sqtr", "sqrt"),
    ("X", "x"), ("determinnat", "determinant"), ("deteminat", "determinant"), ("cso", "cos"),
  ])
  func aNearWordIsFound(typed: String, meant: String) {
    #expect(closestWord(to: typed, among: words) == meant)
  }

  @Test(arguments: ["frobnicate", "y", "tan", "", "deter"])
  func aFarWordIsNot(typed: String) {
    #expect(closestWord(to: typed, among: words) == nil)
  }

  @Test func ofEquallyNearWordsTheFirstWins() {
    #expect(closestWord(to: "sit", among: ["sin", "six"]) == "sin")
    #expect(closestWord(to: "sit", among: ["six", "sin"]) == "six")
  }

  @Test func theNearestWins() {
    #expect(closestWord(to: "sinh", among: ["sin", "sinh"]) == "sinh")
  }

  @Test func theSentenceGoesOn() {
    #expect(suggestion(for: "sine", among: words) == "; did you mean 'sin'?")
    #expect(suggestion(for: "frobnicate", among: words) == "")
    #expect(suggestion(for: "sine", among: [String]()) == "")
  }

  @Test func longWordsTakeNoTime() {
    let long = String(repeating: "ab", count: 100_000)
    #expect(closestWord(to: long, among: words) == nil)
    #expect(closestWord(to: "sine", among: [long, "sin"]) == "sin")
  }

  @Test func wordsOfHundredsOfCharactersAreNotCompared() {
    let (x, y) = (String(repeating: "x", count: 1000), String(repeating: "y", count: 1000))
    #expect(closestWord(to: x, among: [y]) == nil)
    #expect(closestWord(to: x, among: [x]) == nil)
  }

  @Test func onlyTheFirstThousandWordsAreCompared() {
    let many = (0..<1000).map { "word\($0)" }
    #expect(closestWord(to: "sine", among: many.dropLast() + ["sin"]) == "sin")
    #expect(closestWord(to: "sine", among: many + ["sin"]) == nil)
  }
}
