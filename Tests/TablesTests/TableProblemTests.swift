import Diagnostics
import Testing

@testable import Tables

/// The whole printed text of every mistake that a data file can have, however it is cut into pieces.
@Suite struct TableProblemTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let printed: String

    init(_ name: String, _ text: String, _ printed: String) {
      testDescription = name
      self.text = text
      self.printed = printed
    }
  }

  @Test(arguments: [
    Mistake(
      "anEmptyFile", "",
      """
      bad.csv: error: the file is empty; it needs a line with the names of the columns, like x,y, and rows below
      """),
    Mistake(
      "aFileOfBlankLines", "\n \n",
      """
      bad.csv: error: the file is empty; it needs a line with the names of the columns, like x,y, and rows below
      """),
    Mistake(
      "aHeaderAlone", "x,y\n",
      "bad.csv: error: there is no row below the names of the columns"),
    Mistake(
      "noHeader", "1,2\n3,4\n",
      """
      bad.csv:1:1: error: the first line must name the columns, but holds numbers only; put a line above it, like x,y
        1,2
        ^
      """),
    Mistake(
      "aColumnWithoutName", "x,,z\n1,2,3\n",
      """
      bad.csv:1:3: error: column 2 has no name; write one here
        x,,z
          ^
      """),
    Mistake(
      "twoColumnsOfOneName", "x,y,\"x\"\n1,2,3\n",
      """
      bad.csv:1:5: error: the column 'x' is there already; choose another name
        x,y,"x"
            ^
      """),
    Mistake(
      "semicolons", "x;y\n1,5;2\n",
      """
      bad.csv:1:1: error: the cells are separated by semicolons; separate them by commas, with points in the numbers
        x;y
        ^
      """),
    Mistake(
      "tabs", "x\ty\n1\t2\n",
      """
      bad.csv:1:1: error: the cells are separated by tabs; separate them by commas, with points in the numbers
        x\ty
        ^
      """),
    Mistake(
      "aBlankLineBetween", "x\n1\n\n\n2\n",
      """
      bad.csv:3:1: error: this line is empty, and rows follow; remove it
        
        ^
      """),
    Mistake(
      "aRowTooShort", "x,y,z\r\n1,2,3\r\n4,5\r\n6,7,8",
      """
      bad.csv:3:4: error: this row has 2 cells, but there are 3 columns; give it a number for 'z'
        4,5
           ^
      """),
    Mistake(
      "aRowTooLong", "x,y\r1,2\r4,5,6\r",
      """
      bad.csv:3:5: error: this row has 3 cells, but there are 2 columns
        4,5,6
            ^
      """),
    Mistake(
      "aRowOfOneCell", "x,y\n\"1\"",
      """
      bad.csv:2:4: error: this row has 1 cell, but there are 2 columns; give it a number for 'y'
        "1"
           ^
      """),
    Mistake(
      "anEmptyCell", "x,y\n1,\n",
      """
      bad.csv:2:3: error: the cell of column 'y' is empty; write a number, or leave the row out
        1,
          ^
      """),
    Mistake(
      "anEmptyQuotedCell", "x\n\"\"\n",
      """
      bad.csv:2:1: error: the cell of column 'x' is empty; write a number, or leave the row out
        ""
        ^
      """),
    Mistake(
      "aWord", "x,größe\n1,2\n3,übel\n",
      """
      bad.csv:3:3: error: 'übel' in column 'größe' is not a number; write for example 0.5 or 1e-3
        3,übel
          ^
      """),
    Mistake(
      "aWordBelowALineEndInQuotes", "\"x\ny\",z\n\"1\r\n2\",\"a\"\"b\"",
      """
      bad.csv:3:1: error: '1␍␊2' in column 'x␊y' is not a number; write for example 0.5 or 1e-3
        "1
        ^
      bad.csv:4:4: error: 'a"b' in column 'z' is not a number; write for example 0.5 or 1e-3
        2","a""b"
           ^
      """),
    Mistake(
      "aHexadecimalNumber", "x\n0x1p3\n",
      """
      bad.csv:2:1: error: '0x1p3' in column 'x' is not a number; write for example 0.5 or 1e-3
        0x1p3
        ^
      """),
    Mistake(
      "twoNumbers", "x\n1 2\n",
      """
      bad.csv:2:1: error: '1 2' in column 'x' is not a number; write for example 0.5 or 1e-3
        1 2
        ^
      """),
    Mistake(
      "aLongCell", "x\n0123456789012345678901234567890123456789012345.6.7\n",
      """
      bad.csv:2:1: error: '0123456789012345678901234567890123456789…' in column 'x' is not a number; write for example 0.5 or 1e-3
        0123456789012345678901234567890123456789012345.6.7
        ^
      """),
    Mistake(
      "numbersThatAreNotFinite", "x,y,z\nnan,-Inf,1e999\n",
      """
      bad.csv:2:1: error: 'nan' in column 'x' is not a finite number; leave the row out
        nan,-Inf,1e999
        ^
      bad.csv:2:5: error: '-Inf' in column 'y' is not a finite number; leave the row out
        nan,-Inf,1e999
            ^
      bad.csv:2:10: error: '1e999' in column 'z' is not a finite number; leave the row out
        nan,-Inf,1e999
                 ^
      """),
    Mistake(
      "aQuoteInsideACell", "x,y\n1,2\"3\n4,5\n",
      """
      bad.csv:2:4: error: a double quote stands inside a cell; put quotes around the cell, and double those inside it
        1,2"3
           ^
      """),
    Mistake(
      "textBehindAQuote", "x,y\n\"1\"2,3\n4,5\n",
      """
      bad.csv:2:4: error: behind the closing quote a comma or the end of the line is needed; double a quote inside a cell
        "1"2,3
           ^
      """),
    Mistake(
      "aQuoteThatIsNeverClosed", "x,y\n1,2\n3,\"4\n5,6\n",
      """
      bad.csv:3:3: error: the quote that opens here is never closed; close it, or remove it
        3,"4
          ^
      """),
    Mistake(
      "aZeroByte", "x,y\n1,\0\n",
      """
      bad.csv:2:3: error: from here on this is not UTF-8 text; save the table as CSV in UTF-8
        1,␀
          ^
      """),
    Mistake(
      "mistakesBeforeTheOneThatStopsTheReading", "x,y\n1,a\n2,\"\n",
      """
      bad.csv:2:3: error: 'a' in column 'y' is not a number; write for example 0.5 or 1e-3
        1,a
          ^
      bad.csv:3:3: error: the quote that opens here is never closed; close it, or remove it
        2,"
          ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    for piece in 1...max(1, mistake.text.utf8.count) {
      #expect(printed(mistake.text.utf8, piece: piece) == mistake.printed, "pieces of \(piece)")
    }
  }

  @Test func textThatIsNotUTF8IsSaidAtItsPlace() {
    let latin1 = Array("x,gr".utf8) + [0xF6, 0xDF] + Array("e\n1,2\n".utf8)
    #expect(
      printed(latin1) == """
        bad.csv:1:5: error: from here on this is not UTF-8 text; save the table as CSV in UTF-8
          x,gr\u{FFFD}\u{FFFD}e
              ^
        """)
    let utf16: [UInt8] = [0xFF, 0xFE, 0x78, 0, 0x0A, 0, 0x31, 0, 0x0A, 0]
    #expect(
      printed(utf16).hasPrefix(
        "bad.csv:1:1: error: from here on this is not UTF-8 text; save the table as CSV in UTF-8\n")
    )
  }

  @Test func tenMistakesAreShownAndTheOthersCounted() {
    func text(wrong: Int) -> String {
      "x,y\n" + (0..<wrong).map { $0 % 2 == 0 ? "\($0),a\n" : "\($0)\n" }.joined() + "1,2\n"
    }
    for (wrong, last) in [
      (10, ""), (11, "bad.csv:12:4: error: from here on, 1 more cell or row is wrong"),
      (13, "bad.csv:12:4: error: from here on, 3 more cells or rows are wrong"),
    ] {
      let lines = printed(text(wrong: wrong).utf8).split(separator: "\n").map(String.init)
      #expect(lines.count == 3 * min(wrong, 11))
      #expect(lines[27].hasPrefix("bad.csv:11:2: error: this row has 1 cell"))
      if wrong > 10 { #expect(lines[30...] == ["\(last)", "  10,a", "     ^"]) }
    }
  }

  @Test func aTableOfTooManyNumbersIsRefused() {
    var limits = Limits()
    limits[.dataCells] = 6
    let text = "x,y\n1,2\n3,4\n5,6\n"
    #expect(printed(text.utf8, limits: limits) == "")
    #expect(
      printed(text.utf8, limits: limits, cellsBefore: 1) == """
        bad.csv:4:1: error: with this row the data files hold 7 numbers, more than the limit of 6; \
        raise it with --limit data-cells=NUMBER
          5,6
          ^
        """)
  }

  @Test func aRowWithoutEndIsRefusedBeforeItFillsTheMemory() throws {
    var limits = Limits()
    limits[.fileBytes] = 12
    var reader = TableReader(path: "bad.csv", limits: limits)
    try reader.read("x\n\"23456789,1".utf8)
    #expect(throws: Diagnostics.self) { try reader.read("23".utf8) }
    for piece in 1...20 {
      #expect(printed("x\n00000000001\n".utf8, piece: piece, limits: limits) == "")
      #expect(
        printed("x\n\"23456789,12\"\n1\n".utf8, piece: piece, limits: limits) == """
          bad.csv:2:1: error: this row is too long (is a quote not closed?), more than the limit of 12; \
          raise it with --limit file-bytes=NUMBER
            "23456789,12"
            ^
          """)
    }
  }
}
