import Testing

@testable import Diagnostics

@Suite struct NumberWriterTests {
  /// What is written, and how many bytes were touched.
  private func written(
    _ write: (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
  ) throws -> (text: String, touched: Int) {
    let mark = UInt8(ascii: "?")
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 1)
    defer { room.deallocate() }
    room.initializeMemory(as: UInt8.self, repeating: mark)
    // Not where words begin.
    let start = try #require(room.baseAddress) + 3
    let end = write(start)
    #expect(room[..<3].allSatisfy { $0 == mark })
    let touched = try #require(room.lastIndex { $0 != mark }) - 2
    return (String(decoding: room[3..<3 + (end - start)], as: UTF8.self), touched)
  }

  @Test func theLongestNumberHasThatManyBytes() throws {
    let (text, touched) = try written {
      NumberWriter.shared.write(-2.2250738585072014e-308, to: $0)
    }
    #expect(text == "-2.2250738585072014e-308")
    #expect(text.utf8.count == NumberWriter.longest)
    #expect(touched <= NumberWriter.room)
  }

  @Test func nothingIsTouchedBehindTheRoom() throws {
    for exponent in -320...308 {
      for digits in ["1", "1.2", "3.3333333333333335", "-1.2345678901234567", "9.999999999999999"] {
        let value = try #require(Double("\(digits)e\(exponent)"))
        let (text, touched) = try written { NumberWriter.shared.write(value, to: $0) }
        #expect(text == formatNumber(value))
        #expect(text.utf8.count <= NumberWriter.longest)
        #expect(touched <= NumberWriter.room)
      }
    }
  }

  @Test(arguments: [0, 1, 9, 10, -10, 12_345, 1_000_000_007, .max, .min])
  func wholeNumbers(number: Int) throws {
    let (text, touched) = try written { NumberWriter.shared.write(number, to: $0) }
    #expect(text == String(number))
    #expect(touched <= NumberWriter.longest)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (.nan, "nan"), (-.infinity, "-inf"), (.infinity, "inf"),
  ])
  func words(value: Double, text: String) throws {
    #expect(try written { NumberWriter.shared.write(value, to: $0) }.text == text)
  }
}
