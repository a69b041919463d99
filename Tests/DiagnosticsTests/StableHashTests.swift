import Diagnostics
import Testing

@Suite struct StableHashTests {
  /// From the authors' own list of test values.
  @Test func itIsFNV1aOfSixtyFourBits() {
    #expect(stableHash("".utf8) == 0xCBF2_9CE4_8422_2325)
    #expect(stableHash("a".utf8) == 0xAF63_DC4C_8601_EC8C)
    #expect(stableHash("foobar".utf8) == 0x8594_4171_F739_67E8)
    #expect(stableHash("bar".utf8, after: stableHash("foo".utf8)) == stableHash("foobar".utf8))
  }
}
