import Testing

@testable import Specs

@Suite struct RandomStartsTests {
  /// Starts in a box of three coordinates.
  private func starts(seed: UInt64, count: Int = 1_000_000) -> RandomStarts {
    RandomStarts(prefix: "r", sides: [count], seed: seed, box: [-5...5, 0...1, 0.1...0.3])
  }

  // Computed with Python's integers and floats from the formulas of the documentation.
  @Test(
    arguments: [
      (0, 0, [-3.612905898544457, 0.2582654469187293, 0.21496808971270875]),
      (0, 1, [0.8035923133148763, 0.6722736431646704, 0.29136795211152267]),
      (0, 999_999, [-3.8903469412496916, 0.4969680158480877, 0.19066866458327225]),
      (1, 0, [1.9351213901022923, 0.42321144819582723, 0.11662179170110101]),
      (1, 1, [3.323609501268624, 0.4743786567858288, 0.21655149480624333]),
      (42, 0, [-1.130257237599591, 0.7129353372857994, 0.2731661033421394]),
      (42, 2, [-4.745382132483461, 0.7939358000239116, 0.20710020374669375]),
      (1_000_000_000_000_000, 0, [1.481043278777241, 0.7266014697217225, 0.1029976750165944]),
      (
        1_000_000_000_000_000, 999_999,
        [1.655895410969988, 0.7073761892659489, 0.22241437103202208]
      ),
    ] as [(UInt64, Int, [Double])])
  func theNumbersAreThoseOfSplitmix64v1(seed: UInt64, number: Int, position: [Double]) {
    #expect(starts(seed: seed)[number].position == position)
  }

  @Test func aStartDependsOnNoOther() {
    let (few, many) = (starts(seed: 7, count: 3), starts(seed: 7))
    for number in 0..<3 { #expect(few[number] == many[number]) }
    let narrow = RandomStarts(prefix: "r", sides: [3], seed: 7, box: [-5...5])
    for number in 0..<3 { #expect(narrow[number].position[0] == few[number].position[0]) }
  }

  @Test func startsAreSpreadEvenlyAndDoNotLeaveTheBox() {
    let starts = starts(seed: 3)
    let values = (0..<100_000).map { starts[$0].position }
    for (axis, range) in starts.box.enumerated() {
      #expect(values.allSatisfy { range.contains($0[axis]) })
      let width = range.upperBound - range.lowerBound
      var tenths = [Int](repeating: 0, count: 10)
      for value in values {
        tenths[min(9, Int((value[axis] - range.lowerBound) / width * 10))] += 1
      }
      // Five standard deviations of a count of 10⁵ with p = 1/10.
      #expect(tenths.allSatisfy { abs($0 - 10_000) < 475 })
    }
  }
}
