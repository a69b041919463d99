import Diagnostics
import Foundation
import Running
import Specs

/// summary.csv and the printed table: one row per function × method × rate.
public struct Summary: Sendable {
  /// What is counted of the runs with one rate.
  public struct Row: Sendable {
    /// The function.
    public let function: String
    /// Its dimension.
    public let dimension: Int
    /// The method's label.
    public let method: String
    /// The values of the options that are columns.
    public let options: [String]
    /// The rate.
    public let rate: String
    /// The number of runs.
    public var runs = 0
    var endings: [Ending: Int] = [:]
    var points: [PointKind: Int] = [:]
    var iterations: [Int: Int] = [:]
    var evaluations: [Int: Int] = [:]
    var operations: [Int: Int] = [:]
    var bestValue: Double?

    fileprivate mutating func count(_ outcomes: Outcomes, _ run: Int) {
      runs += 1
      endings[outcomes.endings[run], default: 0] += 1
      points[outcomes.points[run], default: 0] += 1
      if outcomes.endings[run] == .converged {
        iterations[outcomes.iterations[run], default: 0] += 1
        evaluations[outcomes.evaluations[run].total, default: 0] += 1
        operations[Int(min(outcomes.operations[run], 0x1p62).rounded()), default: 0] += 1
      }
      let value = outcomes.values[run]
      if value.isFinite { bestValue = min(bestValue ?? .infinity, value) }
    }
  }

  /// The rows in the order of the plan.
  public private(set) var rows: [Row] = []
  private var firstRow: [[Int]] = []
  private let optionColumns: [String]

  /// Creates an empty summary of a plan.
  public init(_ plan: Plan) {
    optionColumns = plan.experiment.optionColumns
    for function in plan.functions {
      firstRow.append([])
      for method in function.methods {
        firstRow[firstRow.count - 1].append(rows.count)
        rows += method.rates.map {
          Row(
            function: function.function.name, dimension: function.function.variables.count,
            method: method.label, options: optionColumns.map { method.options[$0] ?? "" },
            rate: $0.text)
        }
      }
    }
  }

  /// Counts a chunk.
  public mutating func count(_ result: ChunkResult, _ plan: Plan) {
    let starts = plan.functions[result.chunk.function].function.starts.count
    let first = firstRow[result.chunk.function][result.chunk.method]
    for (number, run) in zip(result.chunk.runs, result.outcomes.indices) {
      rows[first + number / starts].count(result.outcomes, run)
    }
  }

  /// The columns, which `csv` follows; those of options stand behind the method.
  public static let columns =
    [
      Column("function", "name of the function"),
      Column("dimension", "number of its variables"),
      Column("method", "label of the method"),
      Column("rate", "learning rate"),
      Column("runs", "number of runs, one for each start"),
    ] + Ending.allCases.map { Column($0.rawValue, "how many ended so: \($0.summary)") }
    + PointKind.allCases.map { Column($0.rawValue, "how many ended at one: \($0.summary)") } + [
      Column("median_iterations", "lower median over the converged runs; empty if there are none"),
      Column("median_evaluations", "the same of evaluations of f, g and H together"),
      Column("median_operations", "the same of arithmetic operations"),
      Column("best_f", "smallest value that a run ended at"),
    ]

  /// The columns that hold words, which no axis can show.
  public static let words: Set<String> = ["function", "method"]

  /// The heads of the table.
  public static func heads(_ optionColumns: [String]) -> [String] {
    let names = columns.map(\.name)
    let method = names.firstIndex(of: "method") ?? 0
    return names[...method] + optionColumns + names[(method + 1)...]
  }

  /// The file.
  public var csv: CSVText {
    var text = CSVText()
    text.appendRow(Summary.heads(optionColumns))
    for row in rows {
      write(row, to: &text)
      text.endRow()
    }
    return text
  }

  /// The numbers of every row in a column, by its place; NaN where there is none.
  public func numbers(column: Int) -> [Double] {
    rows.map { row in
      var picker = CellPicker(column: column)
      write(row, to: &picker)
      return picker.value
    }
  }

  /// Writes the cells of a row, in the order of the columns.
  private func write<Sink: CellSink>(_ row: Row, to sink: inout Sink) {
    sink.append(row.function)
    sink.append(row.dimension)
    sink.append(row.method)
    for option in row.options { sink.append(option) }
    sink.append(row.rate)
    sink.append(row.runs)
    for ending in Ending.allCases { sink.append(row.endings[ending] ?? 0) }
    for point in PointKind.allCases { sink.append(row.points[point] ?? 0) }
    sink.append(lowerMedian(row.iterations))
    sink.append(lowerMedian(row.evaluations))
    sink.append(lowerMedian(row.operations))
    sink.append(row.bestValue)
  }

  /// The table for people: only the endings and points that occur.
  public var table: String {
    let endings = Ending.allCases.filter { ending in rows.contains { $0.endings[ending] != nil } }
    let points = PointKind.allCases.filter { point in rows.contains { $0.points[point] != nil } }
    var lines = [
      ["function", "method", "rate", "runs"] + endings.map(\.rawValue) + points.map(\.rawValue)
        + ["median iterations", "best f"]
    ]
    for row in rows {
      func cell(_ count: Int?) -> String { count.map(String.init) ?? "·" }
      let counts = endings.map { cell(row.endings[$0]) } + points.map { cell(row.points[$0]) }
      let best = row.bestValue.map { formatNumber(Summary.rounded($0)) } ?? ""
      lines.append(
        [row.function, row.method, row.rate, String(row.runs)] + counts
          + [lowerMedian(row.iterations).map(String.init) ?? "", best])
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      line.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return column < 2 ? cell + blanks : blanks + cell
      }.joined(separator: "  ").trimmingTrailingBlanks
    }.joined(separator: "\n")
  }

  /// Six significant digits, enough for a table that people read.
  private static func rounded(_ value: Double) -> Double {
    Double(String(format: "%.6g", value)) ?? value
  }
}

/// The lower median of counted values; nil if there are none.
private func lowerMedian(_ counts: [Int: Int]) -> Int? {
  let total = counts.values.reduce(0, +)
  guard total > 0 else { return nil }
  var seen = 0
  for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
    seen += count
    if 2 * seen >= total { return value }
  }
  return nil
}

extension String {
  /// The text without the blanks at its end.
  var trimmingTrailingBlanks: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
