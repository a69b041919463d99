import Diagnostics
import Testing

@testable import Tables

/// What a good file is read as.
@Suite struct TableReaderTests {
  @Test(arguments: [
    "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "x,y\r\n1,2\r\n3,4",
    "x,y\r1,2\r3,4\r", "x,y\r1,2\r3,4", "\u{FEFF}x,y\n1,2\n3,4\n", "x,y\n1,2\n3,4\n\n \n\r\n",
    "\"x\",\"y\"\n\"1\",\"2\"\r\n3,\"4\"", " x , y\n 1,2 \n\t3 , 4\t\n", "x,y\n\" 1\",2\n3,4.0",
  ])
  func lineEndsQuotesAndBlanksAreAccepted(text: String) throws {
    for piece in 1...text.utf8.count {
      let found = try table(text.utf8, piece: piece)
      #expect(found.columns == ["x", "y"])
      #expect(columns(found) == [[1, 3], [2, 4]])
    }
  }

  @Test func namesMayHoldCommasQuotesLineEndsAndAnyAlphabet() throws {
    let text = "\"a, \"\"b\"\"\",\"c\r\nd\",größe,\"\"\"\"\n1,2,3,4\n"
    for piece in 1...text.utf8.count {
      let found = try table(text.utf8, piece: piece)
      #expect(found.columns == ["a, \"b\"", "c\r\nd", "größe", "\""])
      #expect(found.index(of: "größe") == 2)
    }
  }

  @Test func aTableKnowsItsNameAndMayHaveOneColumn() throws {
    let found = try table("x\n7".utf8)
    #expect(found.name == "t")
    #expect(found.rowCount == 1)
    #expect(columns(found) == [[7]])
  }

  @Test func numbersAreRoundedCorrectly() throws {
    // Bits by Python's float.
    let numbers: [(text: String, bits: UInt64)] = [
      ("0", 0x0000000000000000),
      ("-0", 0x8000000000000000),
      ("1", 0x3ff0000000000000),
      ("+3", 0x4008000000000000),
      (".5", 0x3fe0000000000000),
      ("5.", 0x4014000000000000),
      ("1e-3", 0x3f50624dd2f1a9fc),
      ("1E5", 0x40f86a0000000000),
      ("0.1", 0x3fb999999999999a),
      ("1e23", 0x44b52d02c7e14af6),
      ("9007199254740993", 0x4340000000000000),
      ("9007199254740992.5", 0x4340000000000000),
      ("123456789012345678901234567890", 0x45f8ee90ff6c373e),
      ("1.7976931348623157e308", 0x7fefffffffffffff),
      ("1.7976931348623158e308", 0x7fefffffffffffff),
      ("5e-324", 0x0000000000000001),
      ("2.4703282292062328e-324", 0x0000000000000001),
      ("2.4703282292062327208e-324", 0x0000000000000000),
      ("2.2250738585072011e-308", 0x000fffffffffffff),
      ("1e-400", 0x0000000000000000),
      ("-128.8184753155463", 0xc0601a30f3251b59),
      ("0.500000000000000166533453693773481063544750213623046875", 0x3fe0000000000002),
      ("7205759403792793200001e-5", 0x4370000000000000),
      ("8.41e+21", 0x447c7e83209e90b2),
      ("17.0", 0x4031000000000000),
      ("00012.50", 0x4029000000000000),
    ]
    let found = try table(("x\n" + numbers.map(\.text).joined(separator: "\n")).utf8)
    for (number, value) in zip(numbers, found.column(0)) {
      #expect(value.bitPattern == number.bits, "\(number.text)")
    }
    #expect(found.rowCount == numbers.count)
  }

  @Test func rowsThatCrossPiecesAreWhole() throws {
    let rows = (0..<5000).map { "\($0),\"\(-$0)\",\(Double($0) / 7)" }
    let text = Array("a,b,c\r\n\(rows.joined(separator: "\r\n"))".utf8)
    for piece in [97, 4096, .max] {
      let found = columns(try table(text, piece: piece))
      #expect(found[0] == (0..<5000).map { Double($0) })
      #expect(found[1] == (0..<5000).map { -Double($0) })
      #expect(found[2] == (0..<5000).map { Double($0) / 7 })
    }
  }
}
