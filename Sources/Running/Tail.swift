import CVectorMath
import Expressions

/// The evidence of a run's last steps, by which a run that met a limit is judged.
public struct Tail: Sendable, Equatable {
  /// The length of a cycle, from 2 to 32; nil if there is none.
  public let period: Int?
  /// Whether there are steps and none of them moved.
  public let isStill: Bool
  /// Whether every step is longer than the one two before, and f rose.
  public let isGrowing: Bool
  /// The geometric mean of the ratios of neighbouring steps' lengths; nil with fewer than two steps.
  public let growth: Double?
  /// The median cosine between neighbouring steps that moved; nil if there are none.
  public let cosine: Double?

  init(period: Int?, isStill: Bool, isGrowing: Bool, growth: Double?, cosine: Double?) {
    self.period = period
    self.isStill = isStill
    self.isGrowing = isGrowing
    self.growth = growth
    self.cosine = cosine
  }

  /// The number of last steps that are looked at in a run of `iterations`.
  public static func length(iterations: Int) -> Int { min(64, iterations / 2) }

  /// The ending that the evidence speaks for.
  var ending: Ending {
    if isStill { return .stalled }
    if period != nil { return .oscillating }
    if isGrowing { return .diverged }
    return (cosine ?? 1) < 0 ? .oscillating : .crawling
  }
}

/// Judges the last steps of as many runs at a time as the kernels have lanes.
struct TailJudge {
  private let judge = vm_lookup_tail_judge(vm_best_tier())
  private let dimension: Int
  private var scratch: [Double] = []
  private var evidence = [Double](
    repeating: 0, count: Int(VM_TAIL_EVIDENCE_COUNT.rawValue) * Int(VM_LANES))

  init(dimension: Int) { self.dimension = dimension }

  /// The evidence of each lane.
  ///
  /// A period p needs ‖x_{i+p} − xᵢ‖ ≤ 1e-9·max(1, ‖x‖) throughout and at least two rounds; steps so
  /// short that p = 1 would do are no cycle but a crawl.
  ///
  /// - Parameters:
  ///   - rows: the last iterates, one more than steps: the coordinates, `spacing` numbers apart, of VM_LANES runs.
  ///   - hasRisen: for each lane that is asked for, whether f is above what it was at the first of them.
  mutating func judge(
    _ rows: [UnsafePointer<Double>], spacing: Int, hasRisen: [Bool]
  ) -> [Tail] {
    let lanes = Int(VM_LANES)
    let steps = rows.count - 1
    if scratch.isEmpty {
      scratch = [Double](
        repeating: 0, count: lanes * (2 * Tail.length(iterations: .max) + dimension))
    }
    let found = rows.map { Optional($0) }
    judge?(found, steps, dimension, spacing, &scratch, &evidence)
    func row(_ number: vm_tail_evidence) -> ArraySlice<Double> {
      let first = Int(number.rawValue) * lanes
      return evidence[first..<first + hasRisen.count]
    }
    let roots = evaluateLogarithms(Array(row(VM_TAIL_RATIO))).map { $0 / Double(steps - 1) }
    let growths = steps < 2 ? [] : evaluateExponentials(roots)
    return hasRisen.indices.map { lane in
      func evidence(_ number: vm_tail_evidence) -> Double {
        self.evidence[Int(number.rawValue) * lanes + lane]
      }
      let period = Int(evidence(VM_TAIL_PERIOD))
      let cosine = evidence(VM_TAIL_COSINE)
      return Tail(
        period: period == 0 ? nil : period, isStill: evidence(VM_TAIL_IS_STILL) != 0,
        isGrowing: evidence(VM_TAIL_IS_GROWING) != 0 && hasRisen[lane],
        growth: steps < 2 ? nil : growths[lane], cosine: cosine.isNaN ? nil : cosine)
    }
  }
}

/// ‖u‖ without overflow or underflow on the way.
func euclideanNorm(_ u: [Double]) -> Double {
  euclideanNorm(u.count) { u[$0] }
}

/// ‖u‖ for entries that need not stand in an array.
@inline(__always)
func euclideanNorm(_ count: Int, _ entry: (Int) -> Double) -> Double {
  var largest = 0.0
  for i in 0..<count { largest = max(largest, abs(entry(i))) }
  guard largest > 0, largest.isFinite else {
    return (0..<count).contains { entry($0).isNaN } ? .nan : largest
  }
  var sum = 0.0
  for i in 0..<count { sum += (entry(i) / largest) * (entry(i) / largest) }
  return largest * sum.squareRoot()
}
