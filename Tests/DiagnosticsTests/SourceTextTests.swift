import Diagnostics
import Testing

@Suite struct SourceTextTests {
  @Test func scalarsKnowTheirPlaces() {
    var text = SourceText(startingAt: Place(line: 3, column: 5))
    #expect(text.place(at: 0) == Place(line: 3, column: 5))
    text.append("a", at: Place(line: 3, column: 5))
    text.append("b", at: Place(line: 4, column: 2))
    #expect(text.place(at: 1) == Place(line: 4, column: 2))
    #expect(text.place(at: 2) == Place(line: 4, column: 3))
    #expect(text.string == "ab")
  }

  @Test func partsKeepTheirPlaces() {
    let text = SourceText("  α + b ")
    #expect(text.trimmed.string == "α + b")
    #expect(text.trimmed.place(at: 0) == Place(line: 1, column: 3))
    #expect(text.trimmed.end == Place(line: 1, column: 8))
    #expect(text[4..<5].string == "+")
    #expect(text[4..<4].end == Place(line: 1, column: 5))
    #expect(SourceText("   ").trimmed.count == 0)
  }

  @Test func placesAreOrderedAsTheyAreRead() {
    #expect(Place(line: 1, column: 9) < Place(line: 2, column: 1))
    #expect(Place(line: 2, column: 1) < Place(line: 2, column: 2))
  }
}
