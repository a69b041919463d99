import CVectorMath
import Foundation
import Testing

@Suite("The last steps of runs")
struct TailTests {
  /// What is found of one run, written down as it is defined.
  struct Evidence {
    var ratio = Double.nan
    var cosine = Double.nan
    var period = 0.0
    var isStill = 0.0
    var isGrowing = 0.0

    init(_ points: [[Double]]) {
      let steps = zip(points.dropFirst(), points).map { zip($0, $1).map { $0 - $1 } }
      let lengths = steps.map(norm)
      if lengths.count > 1 { ratio = lengths[lengths.count - 1] / lengths[0] }
      let directions = zip(steps, lengths).map { step, length in step.map { $0 / length } }
      let cosines = zip(directions.dropFirst(), directions).map { later, earlier in
        zip(earlier, later).reduce(0) { $0 + $1.0 * $1.1 }
      }.filter { !$0.isNaN }.sorted()
      if !cosines.isEmpty {
        let middle = cosines.count / 2
        cosine =
          cosines.count % 2 == 1 ? cosines[middle] : cosines[middle - 1] / 2 + cosines[middle] / 2
      }
      func repeats(_ p: Int) -> Bool {
        (0..<max(0, points.count - p)).allSatisfy { k in
          norm(zip(points[k + p], points[k]).map { $0 - $1 }) <= 1e-9 * max(1, norm(points[k]))
        }
      }
      if points.count > 4, !repeats(1) {
        period = Double((2...32).first { 2 * $0 < points.count && repeats($0) } ?? 0)
      }
      isStill = !lengths.isEmpty && lengths.allSatisfy { $0 == 0 } ? 1 : 0
      isGrowing =
        lengths.count > 2 && (2..<lengths.count).allSatisfy { lengths[$0] > lengths[$0 - 2] }
        ? 1 : 0
    }

    var numbers: [Double] { [ratio, cosine, period, isStill, isGrowing] }
  }

  /// Runs of every sort: still, in a cycle or near one, growing, shrinking, zigzagging, halting, without a plan.
  private func points(_ sort: Int, count: Int, dimension: Int, _ random: inout SplitMix64)
    -> [[Double]]
  {
    let period = Int.random(in: 2...33, using: &random)
    let cycle = (0..<period).map { _ in
      (0..<dimension).map { _ in Double.random(in: -5...5, using: &random) }
    }
    let size = [1, 1e6, 1e200][sort / 8 % 3]
    return (0..<count).map { k in
      switch sort % 8 {
      case 0: cycle[0].map { $0 * size }
      case 1: cycle[k % period].map { $0 * size }
      case 2: cycle[k % period].map { $0 + Double(k) * 3e-11 }
      case 3: cycle[0].map { $0 * size * pow(-1.1, Double(k)) }
      case 4: cycle[0].map { $0 * size * pow(0.8, Double(k)) }
      case 5: cycle[k / 2 % 2].map { $0 * size }
      case 6: cycle[0].map { $0 + Double(k) * 1e-11 }
      default: cycle[0].map { _ in Double.random(in: -size...size, using: &random) }
      }
    }
  }

  @Test(
    "are judged as they are defined, in every lane and on every tier", arguments: [1, 2, 3, 7],
    [0, 1, 2, 3, 4, 5, 8, 25, 63, 64])
  func evidence(dimension: Int, steps: Int) {
    var random = SplitMix64(state: UInt64(1000 * dimension + steps))
    let lanes = Int(VM_LANES)
    for first in stride(from: 0, to: 48, by: lanes) {
      let runs = (0..<lanes).map {
        points(first + $0, count: steps + 1, dimension: dimension, &random)
      }
      let expected = runs.map { Evidence($0).numbers }
      for tier in availableTiers {
        let found = judge(runs, dimension, tier)
        for lane in 0..<lanes {
          let own = found.indices.filter { $0 % lanes == lane }.map { found[$0] }
          #expect(
            own.map(\.bitPattern) == expected[lane].map(\.bitPattern)
              || zip(own, expected[lane]).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN },
            "\(String(cString: vm_tier_name(tier))), run \(first + lane)")
        }
      }
    }
  }

  private func judge(_ runs: [[[Double]]], _ dimension: Int, _ tier: vm_tier) -> [Double] {
    let lanes = Int(VM_LANES)
    let count = runs[0].count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: count * dimension * lanes)
    defer { memory.deallocate() }
    for (lane, points) in runs.enumerated() {
      for (place, number) in points.joined().enumerated() { memory[place * lanes + lane] = number }
    }
    let rows = (0..<count).map { Optional(UnsafePointer(memory + $0 * dimension * lanes)) }
    // What was there before says nothing.
    var scratch = [Double](repeating: .nan, count: lanes * (2 * count + dimension))
    var evidence = [Double](repeating: .nan, count: 5 * lanes)
    vm_lookup_tail_judge(tier)(rows, count - 1, dimension, lanes, &scratch, &evidence)
    return evidence
  }

  @Test func risesAreNotedOnceAtTheirTick() {
    var random = SplitMix64(state: 7)
    for tier in availableTiers {
      var (before, rises) = (
        [Double](repeating: .nan, count: 16), [Double](repeating: 0, count: 16)
      )
      var expected = rises
      var last = before
      for tick in 1...20 {
        let values = (0..<16).map { lane in
          lane == 3
            ? Double.nan : lane == 4 ? -Double(tick) : Double.random(in: 0..<1, using: &random)
        }
        vm_lookup_rise_watch(tier)(values, &before, &rises, Double(tick), 16)
        for lane in 0..<16 where values[lane] > last[lane] && expected[lane] == 0 {
          expected[lane] = Double(tick)
        }
        last = values
        #expect(rises == expected)
      }
      #expect(rises[3] == 0 && rises[4] == 0 && rises[5] > 1)
    }
  }
}

/// ‖u‖ without overflow on the way.
private func norm(_ u: [Double]) -> Double {
  let largest = u.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  return largest * u.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
