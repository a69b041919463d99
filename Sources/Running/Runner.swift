import Methods
import Specs

/// The results of a chunk.
public struct ChunkResult: Sendable {
  /// The chunk.
  public let chunk: Chunk
  /// How each of its runs ended.
  public let outcomes: Outcomes
  /// The kept rows of those that are traced, each with its place among the runs.
  public let traces: [(run: Int, trace: RunTrace)]
}

/// Runs a plan on all cores.
public struct Runner: Sendable {
  private let plan: Plan
  private let classifications: [Classification]
  /// For each function and method, one program for each rate; all numbers share one.
  private let programs: [[[StepProgram]]]
  /// The names of the trace's columns behind the coordinates, for each function.
  public let columns: [[String]]

  /// Differentiates and compiles every method on every function.
  ///
  /// - Throws: `Diagnostics`, never for an experiment that was parsed.
  public init(_ plan: Plan) throws {
    self.plan = plan
    classifications = try plan.functions.map { try Classification($0.function) }
    programs = try plan.functions.map { function in
      let facts = Facts(function.function)
      return try function.methods.map { method in
        var shared: StepProgram?
        return try method.rates.map { rate in
          if case .number = rate, let shared { return shared }
          let program = try StepProgram(
            function.function, method, rate: try facts.complete(rate), stop: plan.experiment.stop,
            trace: plan.experiment.trace)
          if case .number = rate { shared = program }
          return program
        }
      }
    }
    columns = programs.map { $0.first?.first?.columns.map(\.head) ?? [] }
  }

  /// Makes all runs, or those of some chunks.
  ///
  /// Memory does not grow with the number of runs.
  ///
  /// - Parameters:
  ///   - workers: how many chunks at a time.
  ///   - numbers: the chunks, in rising order; nil for all.
  ///   - store: gives what it keeps of a chunk in place of its runs, and keeps what is made.
  ///   - prepare: turns a chunk's results into what is wanted of them, on the worker that made them.
  ///   - receive: takes that, chunk by chunk in the order of the plan.
  /// - Throws: what `receive` and the store throw, and `CancellationError`.
  public func run<Prepared: Sendable>(
    workers: Int, only numbers: [Int]? = nil, store: (any ChunkStore)? = nil,
    prepare: @escaping @Sendable (ChunkResult) -> Prepared,
    receive: (Prepared) throws -> Void
  ) async throws {
    let chunks = plan.chunks(size: store?.chunkSize ?? plan.chunkSize(workers: workers))
    let numbers = numbers ?? Array(chunks.indices)
    try await inOrder(numbers.count, workers: workers) {
      prepare(try result(of: numbers[$0], chunks[numbers[$0]], store))
    } receive: {
      try receive($0)
    }
  }

  /// What is kept of a chunk, or else what its runs give.
  private func result(
    of number: Int, _ chunk: Chunk, _ store: (any ChunkStore)?
  ) throws -> ChunkResult {
    guard let store else { return try run(chunk) }
    let dimension = plan.functions[chunk.function].function.dimension
    let coordinates = plan.experiment.trace.coordinates(dimension: dimension)
    if let bytes = try store.bytes(of: number),
      let result = ChunkResult(
        decoding: bytes, chunk, dimension: dimension,
        traceWidth: coordinates.count + columns[chunk.function].count)
    {
      return result
    }
    let result = try run(chunk)
    try store.keep(number) { result.encoded() }
    return result
  }

  /// Makes the runs of a chunk.
  func run(_ chunk: Chunk) throws -> ChunkResult {
    let function = plan.functions[chunk.function].function
    let method = plan.functions[chunk.function].methods[chunk.method]
    let starts = function.starts
    let program = programs[chunk.function][chunk.method][
      chunk.runs.lowerBound / max(1, starts.count)]
    var batch = LaneLoop.Batch(
      dimension: function.dimension, capacity: chunk.runs.count)
    let startCount = starts.count
    let rates = method.rates.map(\.number)
    for number in chunk.runs {
      batch.append(rate: rates[number / startCount]) { starts.write(number % startCount, to: $0) }
    }
    let first = chunk.runs.lowerBound
    let traced =
      plan.experiment.trace.isOn
      ? chunk.runs.map { plan.experiment.traces($0 % startCount, of: starts) }
      : [Bool](repeating: false, count: chunk.runs.count)
    var ended = LaneLoop.Ended(
      batch, isTraced: traced.contains(true), keepsGradients: true, hasTrials: program.hasTrials)
    for isTraced in [false, true] where traced.contains(isTraced) {
      var loop = LaneLoop(
        program, stop: plan.experiment.stop, rules: plan.experiment.trace, isTraced: isTraced,
        keepsGradients: true)
      loop.run(batch, traced.indices.filter { traced[$0] == isTraced }, into: &ended)
    }
    program.addCosts(to: &ended)
    classifications[chunk.function].classify(&ended, stop: plan.experiment.stop)
    addRises(to: &ended.outcomes, batch, program)
    let unexplained = ended.outcomes.indices.filter {
      ended.outcomes.endings[$0] == .undefined && ended.outcomes.reasons[$0].isEmpty
    }
    if !unexplained.isEmpty {
      var explanation = try Explanation(function)
      for run in unexplained {
        ended.outcomes.reasons[run] = explanation.reason(at: ended.outcomes.position(run))
      }
    }
    return ChunkResult(
      chunk: chunk, outcomes: ended.outcomes,
      traces: ended.traces.enumerated().compactMap { place, trace in
        trace.map { (first + place, $0) }
      })
  }

  /// Adds to the reason of a run that diverged or oscillates when f rose first.
  ///
  /// Such runs are made again, up to that iteration: to watch f in all of them would slow those down that end
  /// well.
  private func addRises(
    to outcomes: inout Outcomes, _ batch: LaneLoop.Batch, _ program: StepProgram
  ) {
    let suspects = outcomes.indices.filter {
      (outcomes.endings[$0] == .diverged || outcomes.endings[$0] == .oscillating)
        && outcomes.iterations[$0] > 1
    }
    guard !suspects.isEmpty else { return }
    var loop = LaneLoop(
      program, stop: plan.experiment.stop, rules: plan.experiment.trace, isTraced: false,
      endsAtRise: true)
    var watched = LaneLoop.Ended(batch, keepsGradients: false)
    loop.run(batch, suspects, into: &watched)
    for run in suspects {
      outcomes.rises[run] =
        watched.hasRisen[run] ? Int32(clamping: watched.outcomes.iterations[run]) : 0
    }
  }
}
