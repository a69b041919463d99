import Specs

/// A stretch of a function's runs, all of one method, in the order of the plan.
public struct Chunk: Sendable {
  /// The function's place in the plan.
  public let function: Int
  /// The method's place in the plan.
  public let method: Int
  /// The runs, counted from the method's first: rates, then starts.
  public let runs: Range<Int>
}

/// How large chunks may be; the number of a chunk means nothing without it.
public struct ChunkSize: Sendable, Equatable {
  /// The most runs of a chunk.
  public let runs: Int
  /// The most rows of traces that its runs may have, unless it is one run.
  public let rows: Int

  /// Creates a size.
  public init(runs: Int, rows: Int) {
    self.runs = runs
    self.rows = rows
  }
}

extension Plan {
  /// Chunks large enough to fill the lanes for long, and so small that all workers share the end and that memory
  /// affords their traces; the results do not depend on it.
  public func chunkSize(workers: Int) -> ChunkSize {
    let workers = max(1, workers)
    return ChunkSize(
      runs: max(64, min(8192, runCount / (workers * 4))),
      rows: max(1 << 12, min(1 << 17, (1 << 20) / workers)))
  }

  /// The same for shards, which all have to cut the plan alike, whatever machines they are made on.
  public func chunkSize(shards: Int) -> ChunkSize {
    ChunkSize(runs: max(64, min(8192, runCount / max(1, shards) / 32)), rows: 1 << 15)
  }

  /// The chunks in the order of the plan.
  public func chunks(_ most: ChunkSize) -> [Chunk] {
    var chunks: [Chunk] = []
    for (f, function) in functions.enumerated() {
      let size = max(1, min(most.runs, affordable(function, rows: most.rows)))
      for (m, method) in function.methods.enumerated() {
        // A chunk has one program: rules are not mixed, numbers are.
        let starts = function.function.starts.count
        var first = 0
        for (place, rate) in method.rates.enumerated() {
          let isNumber = if case .number = rate { true } else { false }
          let next = place + 1 < method.rates.count ? method.rates[place + 1] : .own
          let goesOn = if isNumber, case .number = next { true } else { false }
          if goesOn { continue }
          let end = (place + 1) * starts
          for start in stride(from: first, to: end, by: size) {
            chunks.append(Chunk(function: f, method: m, runs: start..<min(end, start + size)))
          }
          first = end
        }
      }
    }
    return chunks
  }

  /// The most runs whose traces have no more rows than that.
  private func affordable(_ function: FunctionPlan, rows limit: Int) -> Int {
    let starts = function.function.starts.count
    let rows = traceRowLimit(of: function) / Double(max(1, function.laneGroupCount))
    return rows <= Double(limit) ? .max : Int(Double(limit) / rows * Double(starts))
  }
}
