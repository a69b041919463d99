import Diagnostics
import Testing

@testable import Specs

@Suite struct SpecLinesTests {
  private func lines(_ text: String) -> [String] {
    SpecLine.lines(of: text).map { "\($0.isIndented ? "  " : "")\($0.word)|\($0.rest.string)" }
  }

  @Test func commentsAreLeftOutButNotInsideQuotes() {
    #expect(lines("# all\nplot a # b\n#x") == ["plot|a"])
    #expect(lines("title \"a # b\" # c") == ["title|\"a # b\""])
    #expect(lines("title#x") == ["title|"])
  }

  @Test func blankAndCommentLinesEndNothing() {
    #expect(lines("function f\n\n# x\n   \n  domain 1") == ["function|f", "  domain|1"])
    #expect(lines("start (1,\n\n# x\n  2)") == ["start|(1,   2)"])
  }

  @Test(arguments: [
    "(1", "[1", "1,", "1 +", "1-", "1 *", "1/", "2^", "1 <", "=", "1 ..", "(1) and", "1 or", "not",
  ])
  func anIndentedLineGoesOnAfter(end: String) {
    #expect(lines("rates \(end)\n  2").count == 1)
    #expect(lines("rates \(end) # comment\n\t2").count == 1)
    #expect(lines("rates \(end)\n2").count == 2, "only indented lines go on")
  }

  @Test(arguments: ["1", "(1)", "[1]", "x", "nor", "brand"])
  func anIndentedLineIsItsOwnAfter(end: String) {
    #expect(lines("method \(end)\n  rates 2") == ["method|\(end)", "  rates|2"])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func everyLineEndIsAccepted(end: String) {
    let text = ["function f(x) =", "\tx^2 +", "\t  1", "\tdomain 0 .. 1", "method newton"]
    #expect(
      lines(text.joined(separator: end) + end) == [
        "function|f(x) =  \tx^2 +  \t  1".replacing("=  ", with: "= ").replacing("+  ", with: "+ "),
        "  domain|0 .. 1", "method|newton",
      ])
  }

  @Test func placesCountScalarsAcrossContinuedLines() throws {
    let line = try #require(SpecLine.lines(of: "\nfunction α(x) = x +\n\t e\u{301}").first)
    #expect(line.place == Place(line: 2, column: 1))
    #expect(line.rest.place(at: 0) == Place(line: 2, column: 10))
    #expect(line.rest.end == Place(line: 3, column: 5))
    #expect(line.rest.places.contains(Place(line: 3, column: 3)))
  }

  @Test func aHundredThousandContinuedLinesTakeLinearTime() {
    let text = "function f(x) =" + String(repeating: "\n x +", count: 100_000) + "\n x"
    let begin = ContinuousClock.now
    #expect(lines(text).count == 1)
    #expect(ContinuousClock.now - begin < .seconds(20))
  }

  @Test func theHashFollowsWhatIsSaidAndNothingElse() {
    let spec = "title a  b\nfunction f(x) = x + 1\n  domain 0 .. 1\nstop step=1"
    func hash(_ old: String, _ new: String) -> UInt64 {
      SpecLine.hash(of: spec.replacing(old, with: new))
    }
    let original = SpecLine.hash(of: spec)
    #expect(hash("title", "# x\n\ntitle  ") == original)
    #expect(hash("\n", " # y\r\n") == original)
    #expect(hash("  domain", "      domain") == original)
    for (old, new) in [("a  b", "a b"), ("1", "2"), ("  domain", "domain"), ("\nstop step=1", "")] {
      #expect(hash(old, new) != original)
    }
  }
}
