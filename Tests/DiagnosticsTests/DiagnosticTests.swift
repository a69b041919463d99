import Diagnostics
import Testing

private struct Sentence: Problem {
  let sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}

@Suite struct DiagnosticTests {
  private func rendered(_ line: String, column: Int) -> [String] {
    let diagnostic = Diagnostic(Sentence("no"), at: Place(line: 1, column: column))
    return diagnostic.rendered(path: "f.txt", lines: [Substring(line)])
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func theCaretStandsUnderThePlace() {
    #expect(rendered("abcdef", column: 1) == ["f.txt:1:1: error: no", "  abcdef", "  ^"])
    #expect(rendered("abcdef", column: 6) == ["f.txt:1:6: error: no", "  abcdef", "       ^"])
    #expect(rendered("abcdef", column: 7) == ["f.txt:1:7: error: no", "  abcdef", "        ^"])
    #expect(rendered("", column: 1) == ["f.txt:1:1: error: no", "  ", "  ^"])
  }

  @Test func tabsBeforeTheCaretAreKept() {
    #expect(rendered("\ta\tbc", column: 5) == ["f.txt:1:5: error: no", "  \ta\tbc", "  \t \t ^"])
    #expect(rendered("\ta", column: 1) == ["f.txt:1:1: error: no", "  \ta", "  ^"])
  }

  @Test func columnsCountUnicodeScalars() {
    #expect(rendered("αβ + γ", column: 6) == ["f.txt:1:6: error: no", "  αβ + γ", "       ^"])
    // e and a combining accent are two scalars, the flag too.
    #expect(rendered("e\u{301}x", column: 3)[0] == "f.txt:1:3: error: no")
    #expect(rendered("𝛼x", column: 2) == ["f.txt:1:2: error: no", "  𝛼x", "   ^"])
  }

  @Test func controlCharactersAreShownAsPictures() {
    #expect(rendered("a\u{1B}[2J\u{0}\u{7F}", column: 2)[1] == "  a␛[2J␀␡")
    #expect(rendered("a\u{9B}2J\u{202E}", column: 2)[1] == "  a\u{FFFD}2J\u{FFFD}")
  }

  @Test func controlCharactersOfTheSentenceAreShownAsPictures() {
    let diagnostic = Diagnostic(Sentence("'\u{1B}[2J' is wrong"), at: nil)
    #expect(diagnostic.rendered(path: "f.txt", lines: []) == "f.txt: error: '␛[2J' is wrong")
    let placed = Diagnostic(Sentence("'\u{7}' is wrong"), at: Place(line: 9, column: 1))
    #expect(placed.rendered(path: "f.txt", lines: []) == "f.txt:9:1: error: '␇' is wrong")
  }

  @Test func longQuotationsAndWordsOfTheSentenceAreCut() {
    func sentence(_ text: String) -> String {
      String(Diagnostic(Sentence(text), at: nil).rendered(path: "f", lines: []).dropFirst(10))
    }
    let long = String(repeating: "x", count: 1_000_000)
    let kept = String(repeating: "x", count: 60)
    #expect(sentence("'\(long)' is no name; write 'x'") == "'\(kept)…' is no name; write 'x'")
    #expect(sentence("the number \(long) is too large") == "the number \(kept)… is too large")
    #expect(sentence("'\(kept)' and \(kept) stay") == "'\(kept)' and \(kept) stay")
    let words = String(repeating: "ab ", count: 100)
    #expect(sentence("'\(words)' is no point") == "'\(words.prefix(60))…' is no point")
    #expect(sentence("this method's '\(long)'") == "this method's '\(kept)…'")
    #expect(sentence(String(repeating: "ab ", count: 1000)).count == 601)
  }

  @Test func longLinesAreCutAroundThePlace() {
    let line = String(repeating: "0123456789", count: 30)
    for column in [1, 40, 51, 52, 150, 250, 251, 299, 300, 301] {
      let parts = rendered(line, column: column)
      let (quoted, caret) = (Array(parts[1]), Array(parts[2]))
      #expect(quoted.count <= 2 + 100 + 2, "column \(column)")
      #expect(caret.last == "^")
      if column <= 300 {
        #expect(quoted[caret.count - 1] == Character("\((column - 1) % 10)"), "column \(column)")
      } else {
        #expect(caret.count == quoted.count + 1)
      }
    }
  }

  @Test func cutsAreMarked() {
    let line = String(repeating: "x", count: 300)
    let kept = String(repeating: "x", count: 100)
    #expect(rendered(line, column: 1)[1] == "  \(kept)…")
    #expect(rendered(line, column: 150)[1] == "  …\(kept)…")
    #expect(rendered(line, column: 300)[1] == "  …\(kept)")
    #expect(rendered(kept, column: 100)[1] == "  \(kept)")
  }

  @Test func withoutALineOrAPlaceTheSentenceStandsAlone() {
    let far = Diagnostic(Sentence("no"), at: Place(line: 9, column: 2))
    #expect(far.rendered(path: "f.txt", lines: ["a"]) == "f.txt:9:2: error: no")
    #expect(
      Diagnostic(Sentence("no"), at: nil).rendered(path: "f.txt", lines: ["a"])
        == "f.txt: error: no")
  }

  @Test func warningsSaySo() {
    let odd = Diagnostic(Sentence("odd"), at: Place(line: 1, column: 1), severity: .warning)
    #expect(odd.rendered(path: "f.txt", lines: ["a"]) == "f.txt:1:1: warning: odd\n  a\n  ^")
  }

  @Test func findingsAreInTheOrderOfTheirPlaces() {
    let places = [
      Place(line: 2, column: 1), nil, Place(line: 1, column: 2), Place(line: 1, column: 2),
    ]
    let all = zip(places, ["d", "a", "b", "c"]).map { Diagnostic(Sentence($1), at: $0) }
    #expect(
      Diagnostics(all).rendered(path: "f", text: "one\r\ntwo")
        == """
        f: error: a
        f:1:2: error: b
          one
           ^
        f:1:2: error: c
          one
           ^
        f:2:1: error: d
          two
          ^
        """)
  }

  @Test func whatLiesInOtherFilesComesLastAndQuotesThem() {
    let place = Place(line: 1, column: 2)
    let all = [
      Diagnostic(Sentence("c"), at: Place(line: 7, column: 2), in: Excerpt(path: "d", line: "xy")),
      Diagnostic(Sentence("d"), at: nil, in: Excerpt(path: "d", line: "")),
      Diagnostic(Sentence("e"), at: place, in: Excerpt(path: "d", line: "")),
      Diagnostic(Sentence("b"), at: place), Diagnostic(Sentence("a"), at: nil),
    ]
    #expect(
      Diagnostics(all).rendered(path: "f", text: "one")
        == """
        f: error: a
        f:1:2: error: b
          one
           ^
        d:7:2: error: c
          xy
           ^
        d: error: d
        d:1:2: error: e
        \("  ")
           ^
        """)
  }

  /// A line is taken apart once for all its errors: else these would take half an hour.
  @Test(.timeLimit(.minutes(15))) func tenThousandErrorsInOneLongLineTakeNoTime() {
    let text = String(repeating: "x", count: 2_000_000)
    let all = (1...10_000).map { Diagnostic(Sentence("no"), at: Place(line: 1, column: 100 * $0)) }
    let printed = Diagnostics(all).rendered(path: "f", text: text)
    #expect(printed.hasSuffix("^") && printed.utf8.count > 1_000_000)
  }
}
