import Evaluation
import Methods
import Specs

/// Runs of one method on one function from as many starts as a picture has pixels, each with a rate of its
/// own: without traces, and without reasons in words.
///
/// How a run ends is what `Runner` says of it.
public struct Swarm: Sendable {
  /// The most runs of a piece of work.
  private static let chunk = 16384

  private let program: StepProgram
  private let classification: Classification
  private let stop: StopRules
  private let dimension: Int

  /// Compiles a method; all rates that are numbers share one program.
  ///
  /// - Throws: `Diagnostics` where the function lacks what the rate needs.
  public init(_ function: FunctionSpec, _ method: MethodSpec, rate: RateChoice, stop: StopRules)
    throws
  {
    var rules = TraceRules()
    rules.isOn = false
    program = try StepProgram(
      function, method, rate: try Facts(function).complete(rate), stop: stop, trace: rules)
    classification = try Classification(function, stop: stop)
    self.stop = stop
    dimension = function.dimension
  }

  /// Makes numbered runs.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - workers: how many cores work at them.
  ///   - rate: the rate of the run of a number; NaN where the method's rule finds one.
  ///   - start: writes down where it begins.
  ///   - receive: takes outcomes in the order of the numbers, many at a time.
  public func run(
    _ count: Int, workers: Int, rate: @escaping @Sendable (Int) -> Double,
    start: @escaping @Sendable (Int, UnsafeMutableBufferPointer<Double>) -> Void,
    receive: (_ first: Int, Outcomes) throws -> Void
  ) async throws {
    try await run(count, workers: workers, rate: rate, start: start) {
      $0
    } receive: {
      try receive($0, $1)
    }
  }

  /// The same, with work on the outcomes that many cores can share.
  ///
  /// - Parameters:
  ///   - prepare: makes of outcomes what `receive` takes, on any core and in any order.
  func run<Prepared: Sendable>(
    _ count: Int, workers: Int, rate: @escaping @Sendable (Int) -> Double,
    start: @escaping @Sendable (Int, UnsafeMutableBufferPointer<Double>) -> Void,
    prepare: @escaping @Sendable (Outcomes) -> Prepared,
    receive: (_ first: Int, Prepared) throws -> Void
  ) async throws {
    var first = 0
    let chunk = max(256, min(Swarm.chunk, count / (4 * workers)))
    try await inOrder((count + chunk - 1) / chunk, workers: workers) { piece in
      let numbers = piece * chunk..<min(count, (piece + 1) * chunk)
      let batch = LaneLoop.Batch(count: numbers.count, dimension: dimension) {
        rate(numbers.lowerBound + $0)
      } start: {
        start(numbers.lowerBound + $0, $1)
      }
      var ended = LaneLoop.Ended(batch)
      var loop = LaneLoop(program, stop: stop, rules: TraceRules(), isTraced: false)
      loop.run(batch, 0..<batch.count, into: &ended)
      return (numbers.count, prepare(classification.classify(ended)))
    } receive: { count, prepared in
      try receive(first, prepared)
      first += count
    }
  }
}
