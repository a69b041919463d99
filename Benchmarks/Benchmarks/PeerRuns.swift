import CPeers

/// Runs on the sine valley in C, with what they begin with and end with.
final class PeerRuns {
  private var runs: peer_runs
  private let columns: [UnsafeMutablePointer<Double>]
  private let counts: UnsafeMutablePointer<Int32>

  /// - Parameter start: where the run of a number begins, and its rate.
  init(
    count: Int, iterations: Int, tolerance: Double,
    start: (Int) -> (x: Double, y: Double, rate: Double)
  ) {
    columns = (0..<6).map { _ in .allocate(capacity: count) }
    for column in columns { column.initialize(repeating: 0, count: count) }
    counts = .allocate(capacity: count)
    counts.initialize(repeating: 0, count: count)
    for run in 0..<count { (columns[0][run], columns[1][run], columns[2][run]) = start(run) }
    runs = peer_runs(
      x: columns[0], y: columns[1], rate: columns[2], count_of_runs: count,
      iterations: Int64(iterations), tolerance: tolerance, end_x: columns[3], end_y: columns[4],
      end_square: columns[5], count: counts)
  }

  deinit {
    for column in columns { column.deallocate() }
    counts.deallocate()
  }

  var count: Int { runs.count_of_runs }

  /// The steps of all runs, once they are made.
  var steps: Int { (0..<count).reduce(0) { $0 + Int(counts[$1]) } }

  func descend(workers: Int) { sine_valley_descent(&runs, Int32(workers)) }

  func makeNewtonRuns(workers: Int) { sine_valley_newton(&runs, Int32(workers)) }
}
