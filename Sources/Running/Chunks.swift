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

extension Plan {
  /// The runs of a chunk that are enough to fill the lanes for long, and so few that all workers share the end;
  /// the results do not depend on it.
  public func chunkSize(workers: Int) -> Int {
    max(64, min(2048, runCount / max(1, workers * 4)))
  }

  /// The same for shards, which all have to cut the plan alike, whatever machines they are made on.
  public func chunkSize(shards: Int) -> Int {
    max(64, min(8192, runCount / max(1, shards) / 32))
  }

  /// The most runs whose traces a chunk may hold in memory: 2¹⁵ rows, some 10 MB with their text, or twice as many
  /// where fewer than the eight lanes of a vector would run.
  private func affordable(_ function: FunctionPlan) -> Int {
    let rows = traceRowLimit(of: function) / Double(max(1, function.laneGroupCount))
    guard rows > 0x1p15 else { return .max }
    let runs = Double(function.function.starts.count) / rows
    return max(1, Int(max(0x1p15 * runs, min(8, 0x1p16 * runs))))
  }

  /// The chunks in the order of the plan: of so many runs, or fewer where these leave long traces.
  public func chunks(size: Int) -> [Chunk] {
    var chunks: [Chunk] = []
    for (f, function) in functions.enumerated() {
      let size = min(size, affordable(function))
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
}
