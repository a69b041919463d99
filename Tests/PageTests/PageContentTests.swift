import Figures
import Testing

@testable import Page

/// The page as bytes: what it holds, and that nothing in it can become markup.
@Suite struct PageContentTests {
  private let nasty = "<b>&\"'</script>"
  private let escaped = "&lt;b&gt;&amp;&quot;&#39;&lt;/script&gt;"

  private func page(_ word: String) -> PageContent {
    var page = PageContent(
      title: word, specName: word, spec: "# \(word)\ntitle \(word) # and `code`\n",
      summary: PageTable(
        caption: word,
        columns: [.init("method", isNumeric: false), .init(word, isNumeric: true)],
        rows: [[word, word], ["newton", "1.5e-7"]]))
    var function = PageFunction(name: "f", formula: RichText(word))
    var path = run([1, 0], [2, 0], method: word)
    path.ending = word
    function.viewer = bowlViewer([path], name: word)
    function.figures = [
      PageFigure(
        name: word, picture: ("f/a b#.png", 0, 0), caption: [word, word],
        captionFile: PageFile("", path: "f/a.txt"), files: [PageFile(word, path: word)])
    ]
    page.functions = [function]
    return page
  }

  @Test func noWordBecomesMarkup() {
    let html = page(nasty).html
    #expect(!html.contains(nasty))
    #expect(!html.contains("<b>&"))
    #expect(html.contains("<title>\(escaped)</title>"))
    #expect(html.contains("<h1>\(escaped)</h1>"))
    #expect(html.contains("<p class=\"formula\">\(escaped)</p>"))
    // The quote that is open makes the second # part of the text.
    #expect(html.contains("<i># \(escaped)</i>\ntitle \(escaped) # and `code`"))
    // The data of the viewer ends no script.
    #expect(html.contains("[\"\\u003cb>&\\\"'\\u003c/script>\",\"1\",\"p1\",0"))
    // Two scripts of its own and the data of one viewer.
    #expect(html.components(of: "</script>") == 2)
    #expect(html.contains("src=\"f/a%20b%23.png\""))
  }

  @Test func theSameContentGivesTheSameBytes() {
    #expect(page("a").html == page("a").html)
    #expect(page("a").html != page("b").html)
  }

  @Test func nothingIsAskedOfTheNetwork() {
    let html = page("a").html
    #expect(
      !html.contains("http:")
        || html.components(of: "http:") == html.components(of: "http://www.w3.org/2000/svg"))
    #expect(!html.contains("https:"))
    #expect(!html.contains("@import"))
  }

  @Test func theOpeningCommentStandsAtTheTop() {
    var page = page("a")
    page.spec = "# Why <this>\n# and `that`?\n#\n# More.\nfunction f(x) = x # no\n"
    #expect(
      page.html.contains(
        "<p class=\"lead\">Why &lt;this&gt; and <code>that</code>?</p>\n<p class=\"lead\">More.</p>\n<nav"
      ))
  }

  @Test func numbersHaveSixDigitsAndWordsStayThemselves() {
    let cases = [
      "0.1234567": "0.123457", "-3": "\u{2212}3", "1.5e-7": "1.5\u{2009}×\u{2009}10⁻⁷",
      "1e-12": "10⁻¹²",
      "-1e300": "\u{2212}10³⁰⁰", "451845000": "451845000", "inf": "∞", "-inf": "\u{2212}∞",
      "nan": "undefined", "": "", "newton": "newton", "0": "0", "0.0001": "0.0001",
      "9.9999996e9": "10¹⁰",
    ]
    for (field, text) in cases { #expect(ReadNumber.text(field) == text) }
    #expect(ReadNumber.json(.nan) == "null")
    #expect(ReadNumber.json(-.infinity) == "\"\u{2212}∞\"")
    #expect(ReadNumber.json(0.30000000000000004) == "0.3")
  }

  @Test func formulasAreSetWithSlantedRaisedAndRootedParts() {
    let text = RichText(runs: [
      .init(text: "x", isItalic: true), .init(text: "2", place: .raised),
      .init(text: "1", place: .lowered),
      .init(text: " + √"), .init(text: "y", isItalic: true, isOverlined: true), .init(text: "<"),
    ])
    #expect(
      text.html
        == "<i>x</i><sup>2</sup><sub>1</sub> + √<span class=\"root\"><i>y</i></span>&lt;")
  }

  @Test func aLongSpecIsCutAtALineAndThePageSaysSo() {
    var page = page("a")
    page.spec = String(repeating: "# line\n", count: 10_000) + "# the end\n"
    #expect(self.page("a").html.contains("<p class=\"note\">a</p>"))
    #expect(page.html.contains("<p class=\"note\">a, the beginning of a longer file"))
    #expect(!page.html.contains("the end"))
    #expect(page.html.utf8.count < 200_000)
  }

  @Test func aPageWithoutViewersHasNoneOfTheirScript() {
    var bare = page("a")
    bare.functions[0].viewer = nil
    #expect(page("a").html.contains("aria-live"))
    #expect(!bare.html.contains("aria-live"))
    #expect(!bare.html.contains("replaceState"))
    #expect(bare.html.contains("aria-sort"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count - 1
  }
}
