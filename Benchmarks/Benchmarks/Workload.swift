import Foundation

/// The function of most workloads.
let sineValley = "sin(x)^2 + sin(10 + x*y/2)*cos(x)"

/// What a time is divided by, so that it can be read.
struct Unit {
  let name: String
  let count: Double
}

/// Work that both we and a peer do.
protocol Workload: AnyObject {
  var name: String { get }
  /// What ours is measured against.
  var peer: String { get }
  /// The ratio of our time to the peer's that is asked for at most.
  var limit: Double { get }
  var unit: Unit { get }
  /// What the program looks like.
  var detail: String { get }
  func ours() async throws
  func theirs() async throws
  /// What is wrong with the results; nil where they agree.
  func check() -> String?
}

extension Workload {
  var detail: String { "" }
  func check() -> String? { nil }
}

/// Times of a workload, in turn with its peer, in one run.
struct Measurement {
  let ours: Double
  let theirs: Double
  /// The median of the ratios of neighbouring times.
  let ratio: Double

  /// - Parameter rounds: how often, after a first time that does not count.
  init(_ workload: any Workload, rounds: Int) async throws {
    var pairs: [(Double, Double)] = []
    for round in 0...rounds {
      let begin = now()
      try await workload.ours()
      let middle = now()
      try await workload.theirs()
      let end = now()
      if round > 0 { pairs.append((middle - begin, end - middle)) }
    }
    ours = median(pairs.map(\.0))
    theirs = median(pairs.map(\.1))
    ratio = median(pairs.map { $0.0 / $0.1 })
  }
}

/// The time in seconds; with `--cpu` the processor time of all threads, which tells more on a busy machine.
func now() -> Double {
  var time = timespec()
  clock_gettime(
    CommandLine.arguments.contains("--cpu") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
