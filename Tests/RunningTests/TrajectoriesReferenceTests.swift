import Foundation
import Testing

@testable import Running

/// The 153 iterates of trajectories.csv, made with 60 digits.
@Suite struct TrajectoriesReferenceTests {
  /// Where rounding grows on the way, and by how much it may: the run passes near det H = 0, where the
  /// Newton step is as sensitive as it is long.
  static let exceptions: [String: Double] = [
    "sine-valley newton 0.5 3.1;1.8": 100,
    "sine-valley newton 1.0 3.1;1.8": 10,
  ]

  @Test func everyIterateAgreesWithSixtyDigits() async throws {
    var groups: [(name: String, rows: [[String: String]])] = []
    for row in try reference("trajectories") {
      let name = ["function", "method", "rate", "start"].map { row[$0, default: ""] }
        .joined(separator: " ")
      if groups.last?.name == name {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append((name, [row]))
      }
    }
    #expect(groups.count == 13)
    #expect(groups.map(\.rows.count).reduce(0, +) == 153)
    for (name, rows) in groups { try await check(name, rows) }
  }

  private func check(_ name: String, _ rows: [[String: String]]) async throws {
    let first = rows[0]
    let variables = first["variables", default: ""].split(separator: " ").map(String.init)
    let start = first["start", default: ""].replacingOccurrences(of: ";", with: ", ")
    let (runs, columns) = try await results(
      """
      function f(\(variables.joined(separator: ", "))) = \(first["formula", default: ""])
      method \(first["method", default: ""]) rate=\(first["rate", default: ""])
      start (\(start))
      stop iterations=\(rows.count - 1) gradient=off
      """)
    let trace = try #require(runs.first?.trace)
    let names = variables + columns
    // A run that stands still at the minimum has stalled; what follows in the table is the same point.
    #expect(trace.iterations.count == rows.count || runs.first?.outcome.ending == .stalled)
    let slack = TrajectoriesReferenceTests.exceptions[name, default: 1]
    for (row, expected) in zip(trace.iterations.indices, rows) {
      func value(_ column: String) throws -> Double {
        let position = try #require(names.firstIndex(of: column))
        return trace.values[row * names.count + position]
      }
      func truth(_ column: String) -> Double { Double(expected[column, default: ""]) ?? .nan }
      let point = expected["point", default: ""].split(separator: ";").compactMap { Double($0) }
      let scale = max(1, euclideanNorm(point))
      let norm = max(abs(truth("min_eigenvalue")), abs(truth("max_eigenvalue")))
      let place = "\(name), iteration \(row)"
      for (variable, coordinate) in zip(variables, point) {
        #expect(
          abs(try value(variable) - coordinate) <= slack * 1e-14 * scale, "\(variable): \(place)")
      }
      let gradient = abs(try value("gradient_norm") - truth("gradient_norm"))
      #expect(gradient <= slack * 1e-14 * norm * scale, "gradient: \(place)")
      let power = Double(variables.count)
      let determinant = abs(try value("determinant") - truth("determinant"))
      #expect(determinant <= slack * 2e-14 * pow(norm, power), "determinant: \(place)")
      for column in ["min_eigenvalue", "max_eigenvalue"] {
        #expect(
          abs(try value(column) - truth(column)) <= slack * 2e-14 * norm, "\(column): \(place)")
      }
      if truth("gradient_norm") >= 1e-5 * norm {
        let critical = try value("critical_rate")
        let isEqual = critical == truth("critical_rate")
        #expect(
          isEqual || abs(critical / truth("critical_rate") - 1) <= slack * 3e-14,
          "critical rate: \(place)")
      }
    }
  }
}
