import Diagnostics
import Testing

@Suite struct TextBytesTests {
  @Test func theFirstByteThatIsNotTextIsCounted() {
    #expect(textPrefix(of: Array("größe\n".utf8)) == nil)
    #expect(textPrefix(of: [UInt8]()) == nil)
    #expect(textPrefix(of: [0x61, 0x00]) == 1)
    #expect(textPrefix(of: [0xC3, 0xB6, 0xF6, 0x61]) == 2)
    #expect(textPrefix(of: [0x61, 0xC3]) == 1)
  }
}
