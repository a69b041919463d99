import Testing

@testable import Results

@Suite struct CSVTextTests {
  private func text(_ fill: (inout CSVText) -> Void) -> String {
    var text = CSVText()
    fill(&text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  @Test func fieldsAreQuotedOnlyWhereTheyMustBe() {
    #expect(
      text { $0.appendRow(["a", "b c", "d,e", "f\"g", "h\ni"]) }
        == "a,b c,\"d,e\",\"f\"\"g\",\"h\ni\"\n")
  }

  @Test func whatDoesNotApplyIsEmptyAndWhatIsUndefinedIsNan() {
    let row = text {
      $0.append(Double?.none)
      $0.append(Double.nan)
      $0.append(-Double.infinity)
      $0.append(Int?.none)
      $0.append(7)
      $0.endRow()
    }
    #expect(row == ",nan,-inf,,7\n")
  }
}
