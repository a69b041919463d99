import Testing

@testable import Figures

@Suite("Ticks") struct TicksTests {
  @Test(
    "are the round numbers that one would choose",
    arguments: [
      (-4.0, 4.0, 5, ["−4", "−2", "0", "2", "4"]),
      (0.0, 1.0, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (2.0, 4.3, 4, ["2.0", "2.5", "3.0", "3.5", "4.0"]),
      (-6.0, 10.0, 7, ["−6", "−4", "−2", "0", "2", "4", "6", "8", "10"]),
      (0.0, 0.1, 5, ["0.00", "0.02", "0.04", "0.06", "0.08", "0.10"]),
      (97.0, 103.0, 4, ["98", "100", "102"]),
    ])
  func round(low: Double, high: Double, count: Int, labels: [String]) {
    #expect(Ticks(low...high, count: count).labels == labels)
  }

  @Test("are the doubles nearest to their decimals")
  func exact() {
    #expect(Ticks(0...1, count: 11).values == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
    #expect(Ticks(0...1e-7, count: 6).values == [0, 2e-8, 4e-8, 6e-8, 8e-8, 1e-7])
  }

  @Test("of large and small numbers share a power of ten")
  func exponent() {
    let large = Ticks(1e6...5e6, count: 5)
    #expect(large.exponent == 6)
    #expect(large.labels == ["1", "2", "3", "4", "5"])
    let small = Ticks(-2e-6...3e-6, count: 6)
    #expect(small.exponent == -6)
    #expect(small.labels == ["−2", "−1", "0", "1", "2", "3"])
  }

  @Test("stay inside their range and increase", arguments: [3, 5, 8, 12])
  func inside(count: Int) {
    for (low, high) in [(0.1, 0.7), (-1e-3, 17), (1e300, 3e300), (-0.3, -0.1), (5, 5.0001)] {
      let values = Ticks(low...high, count: count).values
      #expect(values.count >= 2)
      #expect(values.allSatisfy { $0 >= low - 1e-8 * (high - low) })
      #expect(values.allSatisfy { $0 <= high + 1e-8 * (high - low) })
      #expect(zip(values, values.dropFirst()).allSatisfy(<))
    }
  }
}
