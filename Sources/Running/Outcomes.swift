/// How many runs ended, column by column: no run takes memory of its own.
///
/// Read as a collection it gives an `Outcome` for each run, made on demand; where millions are looked
/// through, the columns are the faster way.
public struct Outcomes: RandomAccessCollection, Sendable {
  /// How each run ended.
  public internal(set) var endings: [Ending]
  /// What each run ended at.
  public internal(set) var points: [PointKind]
  /// The number of committed steps of each run.
  public internal(set) var iterations: [Int]
  /// f where each run ended.
  public internal(set) var values: [Double]
  /// How often each run asked for f, g and H; none where nobody counts.
  public internal(set) var evaluations: [Evaluations] = []
  /// The arithmetic operations of each run; none where nobody counts.
  public internal(set) var operations: [Double] = []

  let dimension: Int
  /// The last iterates, run by run.
  var positions: [Double]
  var gradientNorms: [Double]
  /// The extreme eigenvalues of H, run by run; none where a Hessian was not affordable.
  var eigenvalues: [(least: Double, greatest: Double)] = []
  var reasons: [String]
  /// The iteration at which f rose first, 0 if it never did; `unwatched` where nobody looked.
  var rises: [Int32]
  /// The orders of convergence: NaN where there is none, and nothing at all where nobody asked.
  var orders: [Double] = []
  /// The places of the runs' evidence among the tails; −1 for none.
  var tailPlaces: [Int32]
  var tails: [Tail] = []

  static let unwatched: Int32 = -1

  /// Room for runs that have not ended yet.
  init(count: Int, dimension: Int, positions: [Double]? = nil) {
    self.dimension = dimension
    endings = [Ending](repeating: .crawling, count: count)
    points = [PointKind](repeating: .moving, count: count)
    iterations = [Int](repeating: 0, count: count)
    values = [Double](repeating: .nan, count: count)
    gradientNorms = values
    self.positions = positions ?? [Double](repeating: .nan, count: count * dimension)
    reasons = [String](repeating: "", count: count)
    rises = [Int32](repeating: Outcomes.unwatched, count: count)
    tailPlaces = [Int32](repeating: -1, count: count)
  }

  /// What the loop knows of runs that ended.
  init(_ ended: LaneLoop.Ended) {
    self.init(count: ended.runs.count, dimension: ended.dimension, positions: ended.positions)
    endings = ended.runs.map(\.ending)
    iterations = ended.runs.map(\.iterations)
    reasons = ended.reasons
    tails.reserveCapacity(ended.tails.count)
    for (run, tail) in ended.tails {
      tailPlaces[run] = Int32(tails.count)
      tails.append(tail)
    }
  }

  /// Notes f and ‖g‖ of neighbouring runs.
  mutating func note(
    _ first: Int, count: Int, values: UnsafePointer<Double>, gradientNorms: UnsafePointer<Double>
  ) {
    for place in 0..<count {
      self.values[first + place] = values[place]
      self.gradientNorms[first + place] = gradientNorms[place]
    }
  }

  /// Notes what neighbouring runs ended at, by codes, and the extreme eigenvalues there.
  mutating func note(
    _ first: Int, count: Int, kinds: UnsafePointer<Double>, least: UnsafePointer<Double>,
    greatest: UnsafePointer<Double>
  ) {
    for place in 0..<count {
      points[first + place] = PointKind(code: kinds[place])
      eigenvalues.append((least[place], greatest[place]))
    }
  }

  /// Notes that nothing is known of the points at which runs ended within a tolerance.
  mutating func noteUnknown(_ first: Int, count: Int, within tolerance: Double?) {
    guard let tolerance else { return }
    for run in first..<first + count where gradientNorms[run] <= tolerance {
      points[run] = .unknown
    }
  }

  /// 0.
  public var startIndex: Int { 0 }

  /// The number of runs.
  public var endIndex: Int { endings.count }

  /// All that is kept of a run.
  public subscript(run: Int) -> Outcome {
    var outcome = Outcome(
      ending: endings[run], iterations: iterations[run], position: position(run))
    outcome.reason = reason(run)
    outcome.point = points[run]
    outcome.value = values[run]
    outcome.gradientNorm = gradientNorms[run]
    if !eigenvalues.isEmpty { outcome.eigenvalues = eigenvalues[run] }
    if !evaluations.isEmpty { outcome.evaluations = evaluations[run] }
    if !operations.isEmpty { outcome.operations = operations[run] }
    outcome.tail = tail(run)
    if !orders.isEmpty, !orders[run].isNaN { outcome.order = orders[run] }
    return outcome
  }

  /// Where a run ended.
  public func position(_ run: Int) -> [Double] {
    Array(positions[run * dimension..<(run + 1) * dimension])
  }

  /// The evidence of the last steps of a run that met a limit.
  public func tail(_ run: Int) -> Tail? {
    tailPlaces[run] < 0 ? nil : tails[Int(tailPlaces[run])]
  }

  /// Whether a run ended where the gradient vanishes.
  func isAtPoint(_ run: Int) -> Bool {
    switch points[run] {
    case .minimum, .saddle, .maximum, .degenerate: true
    case .moving, .unknown: false
    }
  }

  /// Whether a run ended within a box.
  func isInside(_ run: Int, _ box: Box) -> Bool {
    (0..<dimension).allSatisfy { box.sides[$0].contains(positions[run * dimension + $0]) }
  }

  private func reason(_ run: Int) -> String {
    switch rises[run] {
    case Outcomes.unwatched: reasons[run]
    case 0: reasons[run] + "; f never rose"
    case let iteration: reasons[run] + "; f rose first at iteration \(iteration)"
    }
  }
}
