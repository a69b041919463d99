import CVectorMath
import Testing

@Suite("Zeros")
struct FindZerosTests {
  @Test("are found wherever they are, of either sign, and nothing else is", arguments: 0...40)
  func places(count: Int) {
    var random = SplitMix64(state: UInt64(count))
    let zeros = [0, -0.0]
    let others = [1, -1, .nan, .infinity, .leastNonzeroMagnitude]
    for share in [0.0, 0.05, 0.5, 1] {
      let values = (0..<count).map { place -> Double in
        let isZero = Double.random(in: 0..<1, using: &random) < share
        return isZero ? zeros[place % 2] : others[place % 5]
      }
      for tier in availableTiers {
        var places = [Int32](repeating: -1, count: count)
        let found = vm_lookup_zero_finder(tier)(values, count, &places)
        #expect(places[..<found].map { Int($0) } == values.indices.filter { values[$0] == 0 })
      }
    }
  }
}
