import Diagnostics
import Expressions
import Foundation
import Specs

@testable import Running

/// A run as the tests look at it.
struct Seen {
  let function: FunctionSpec
  let method: String
  let rate: Double
  let start: String
  let outcome: Outcome
  let trace: RunTrace?
}

/// Everything that a spec gives, in the order of the plan.
func results(_ spec: String, workers: Int = 1, tables: [DataTable] = []) async throws
  -> (runs: [Seen], columns: [String])
{
  let experiment = try Experiment.parse(spec) { name, path in
    guard let table = tables.first(where: { $0.name == name }) else { throw NoTable(path: path) }
    return table
  }.experiment
  let plan = try Plan(experiment)
  let runner = try Runner(plan)
  var runs: [Seen] = []
  try await runner.run(workers: workers) {
    $0
  } receive: { result in
    let function = plan.functions[result.chunk.function]
    let method = function.methods[result.chunk.method]
    let starts = function.function.starts
    let traces = Dictionary(uniqueKeysWithValues: result.traces.map { ($0.run, $0.trace) })
    for (number, outcome) in zip(result.chunk.runs, result.outcomes) {
      runs.append(
        Seen(
          function: function.function, method: method.label,
          rate: method.rates[number / starts.count].number,
          start: starts[number % starts.count].label, outcome: outcome, trace: traces[number]))
    }
  }
  return (runs, runner.columns.first ?? [])
}

/// The one run of a spec.
func onlyRun(_ spec: String, tables: [DataTable] = []) async throws -> Outcome {
  let runs = try await results(spec, tables: tables).runs
  guard let run = runs.first, runs.count == 1 else { throw NotOneRun(count: runs.count) }
  return run.outcome
}

struct NotOneRun: Error {
  let count: Int
}

struct NoTable: Error {
  let path: String
}

/// The rows of a table in Tests/Reference, by column name.
func reference(_ name: String) throws -> [[String: String]] {
  let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Reference/\(name).csv")
  let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
  let header = lines[0].split(separator: ",").map(String.init)
  return lines.dropFirst().map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(uniqueKeysWithValues: zip(header, cells))
  }
}

extension Tail {
  /// The evidence of one run: its last iterates, and f at each.
  init(points: [[Double]], values: [Double]) {
    var judge = TailJudge(dimension: points[0].count)
    let flat = points.flatMap { $0 } + [Double](repeating: 0, count: 8)
    self = flat.withUnsafeBufferPointer { flat in
      let rows = points.indices.compactMap { row in
        flat.baseAddress.map { $0 + row * points[0].count }
      }
      return judge.judge(rows, spacing: 1, hasRisen: [values[values.count - 1] > values[0]])[0]
    }
  }
}
