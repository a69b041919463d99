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
    classifications = try plan.functions.map {
      try Classification($0.function, stop: plan.experiment.stop)
    }
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
    let first = chunk.runs.lowerBound
    let startCount = starts.count
    let rates = method.rates.map(\.number)
    let batch = LaneLoop.Batch(count: chunk.runs.count, dimension: function.dimension) {
      rates[(first + $0) / startCount]
    } start: {
      starts.write((first + $0) % startCount, to: $1)
    }
    let traced =
      plan.experiment.trace.isOn
      ? chunk.runs.map { plan.experiment.traces($0 % startCount, of: starts) }
      : [Bool](repeating: false, count: chunk.runs.count)
    var ended = LaneLoop.Ended(batch, isTraced: traced.contains(true))
    for isTraced in [false, true] where traced.contains(isTraced) {
      var loop = LaneLoop(
        program, stop: plan.experiment.stop, rules: plan.experiment.trace, isTraced: isTraced,
        keepsGradients: true, watchesRises: true)
      loop.run(batch, traced.indices.filter { traced[$0] == isTraced }, into: &ended)
    }
    var outcomes = classifications[chunk.function].classify(ended)
    (outcomes.evaluations, outcomes.operations) = program.costs(of: ended)
    outcomes.rises = ended.runs.map(\.toldRise)
    let unexplained = outcomes.indices.filter {
      outcomes.endings[$0] == .undefined && outcomes.reasons[$0].isEmpty
    }
    if !unexplained.isEmpty {
      var explanation = try Explanation(function)
      for run in unexplained {
        outcomes.reasons[run] = explanation.reason(at: outcomes.position(run))
      }
    }
    return ChunkResult(
      chunk: chunk, outcomes: outcomes,
      traces: ended.traces.enumerated().compactMap { place, trace in
        trace.map { (first + place, $0) }
      })
  }
}
