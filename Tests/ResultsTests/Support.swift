import Foundation
import Results
import Running
import Specs

/// A plan of a spec that is good.
func parsed(_ spec: String) throws -> Plan {
  try Plan(try Experiment.parse(spec).experiment)
}

extension CSVText {
  /// The text as a string.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The fields of each row, for texts without quotes.
  var rows: [[String]] {
    string.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

/// What a table makes of each chunk of a plan, in order.
func chunks<Value: Sendable>(
  of plan: Plan, _ make: @escaping @Sendable (ChunkResult) -> Value
) async throws -> [Value] {
  var values: [Value] = []
  try await Runner(plan).run(workers: 2, prepare: make) { values.append($0) }
  return values
}
