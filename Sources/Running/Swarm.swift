import Evaluation
import Methods
import Specs

/// Runs of one method on one function from as many starts as a picture has pixels, each with a rate of its
/// own: without traces, and without reasons in words.
///
/// How a run ends is what `Runner` says of it.
public struct Swarm: Sendable {
  /// A run to be made.
  public struct Run: Sendable {
    /// Where it begins.
    public let start: [Double]
    /// Its rate; NaN where the method's rule finds one.
    public let rate: Double

    /// A run from a start.
    public init(start: [Double], rate: Double) {
      self.start = start
      self.rate = rate
    }
  }

  /// The most runs of a piece of work.
  private static let chunk = 4096

  private let program: StepProgram
  private let classification: Classification
  private let stop: StopRules

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
    classification = try Classification(function)
    self.stop = stop
  }

  /// Makes numbered runs.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - workers: how many cores work at them.
  ///   - make: says which run has a number.
  ///   - receive: takes outcomes in the order of the numbers, many at a time.
  public func run(
    _ count: Int, workers: Int, make: @escaping @Sendable (Int) -> Run,
    receive: (_ first: Int, [Outcome]) throws -> Void
  ) async throws {
    var first = 0
    let chunk = max(256, min(Swarm.chunk, count / (4 * workers)))
    try await inOrder((count + chunk - 1) / chunk, workers: workers) { piece in
      let numbers = piece * chunk..<min(count, (piece + 1) * chunk)
      var loop = LaneLoop(program, stop: stop, rules: TraceRules(), isTraced: false)
      var ended = loop.run(
        numbers.map { number in
          let run = make(number)
          return LaneLoop.Run(number: number, rate: run.rate, start: run.start)
        })
      classification.classify(&ended, stop: stop)
      return ended.map(\.outcome)
    } receive: { outcomes in
      try receive(first, outcomes)
      first += outcomes.count
    }
  }
}
