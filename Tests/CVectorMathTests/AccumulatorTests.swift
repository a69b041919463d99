import CVectorMath
import Testing

@Suite("Sums over rows")
struct AccumulatorTests {
  /// The j-th partial sum is over the rows j, j + 8, j + 16, …, one addition after the other, on every tier.
  @Test(
    "are eight partial ones, of numbers and of products, for any number of sums and rows",
    arguments: [1, 2, 3, 7, 8, 9, 17, 20], [0, 1, 7, 8, 9, 63, 200])
  func sums(count: Int, rows: Int) {
    var random = SplitMix64(state: UInt64(count * 1000 + rows))
    let left = (0..<count).map { _ in
      (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
    }
    // Every third sum is of numbers as they are, which also breaks groups of products.
    let right = (0..<count).map { number in
      number % 3 == 1
        ? nil : (0..<rows).map { _ in Double.random(in: -1e3...1e3, using: &random) }
    }
    let begin = (0..<8 * count).map { _ in Double.random(in: -1...1, using: &random) }
    var expected = begin
    for number in 0..<count {
      for row in 0..<rows {
        expected[8 * number + row % 8] += left[number][row] * (right[number]?[row] ?? 1)
      }
    }
    for tier in availableTiers {
      var partials = begin
      accumulate(left, right, rows: rows, into: &partials, tier)
      #expect(
        partials.map(\.bitPattern) == expected.map(\.bitPattern),
        "\(String(cString: vm_tier_name(tier)))")
    }
  }

  private func accumulate(
    _ left: [[Double]], _ right: [[Double]?], rows: Int, into partials: inout [Double],
    _ tier: vm_tier
  ) {
    let columns = left + right.map { $0 ?? [] }
    let memory = columns.map { column in
      let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, rows))
      memory.initialize(repeating: 0, count: max(1, rows))
      for (row, value) in column.enumerated() { memory[row] = value }
      return memory
    }
    defer { for column in memory { column.deallocate() } }
    let first = memory[..<left.count].map { UnsafePointer<Double>?($0) }
    let second = right.indices.map { number in
      right[number] == nil ? nil : UnsafePointer<Double>(memory[left.count + number])
    }
    vm_lookup_accumulator(tier)(first, second, left.count, rows, &partials)
  }
}
