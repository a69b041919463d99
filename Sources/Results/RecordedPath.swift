import Diagnostics
import Foundation

/// The rows that a trace keeps of one run.
public struct RecordedPath: Sendable, Equatable {
  /// The rate, as it stands in the file.
  public let rate: String
  /// The label of the start.
  public let start: String
  /// The iterations of the rows, increasing.
  public private(set) var iterations: [Int] = []
  /// The numbers of each wanted column; NaN where a field is empty.
  public private(set) var columns: [[Double]]
  /// Whether rows were left out because they were too many: all but the first ones and the last.
  public private(set) var isCut = false

  /// More rows of a run than this are not kept.
  public static let mostRows = 20_000

  private init(rate: String, start: String, columnCount: Int) {
    self.rate = rate
    self.start = start
    columns = Array(repeating: [], count: columnCount)
  }

  private mutating func add(_ iteration: Int, _ numbers: [Double]) {
    if iterations.count == RecordedPath.mostRows {
      isCut = true
      iterations.removeLast()
      for column in columns.indices { columns[column].removeLast() }
    }
    iterations.append(iteration)
    for column in columns.indices { columns[column].append(numbers[column]) }
  }

  /// Reads the runs from some starts, in the order of the file, and no further than the last of them.
  ///
  /// - Parameters:
  ///   - file: a trace.
  ///   - starts: the labels of the starts.
  ///   - heads: the columns that are wanted.
  ///   - limit: the most runs.
  /// - Returns: nothing where the file lacks one of the columns.
  public static func read(
    _ file: CSVFile, starts: Set<String>, columns heads: [String],
    atMost limit: Int = .max
  ) -> [RecordedPath] {
    let places = heads.compactMap { file.heads.firstIndex(of: $0) }
    guard places.count == heads.count, let rate = file.heads.firstIndex(of: "rate"),
      let start = file.heads.firstIndex(of: "start"),
      let iteration = file.heads.firstIndex(of: "iteration")
    else { return [] }
    var paths: [RecordedPath] = []
    file.forEachRow { row in
      let label = row.text(start)
      guard starts.contains(label), let number = row.number(iteration) else {
        return paths.count < limit
      }
      let text = row.text(rate)
      if paths.last?.start != label || paths.last?.rate != text {
        guard paths.count < limit else { return false }
        paths.append(RecordedPath(rate: text, start: label, columnCount: heads.count))
      }
      paths[paths.count - 1].add(Int(number), places.map { row.number($0) ?? .nan })
      return true
    }
    return paths
  }
}
