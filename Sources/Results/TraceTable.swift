import Diagnostics
import Running
import Specs

/// FUNCTION/traces/LABEL.csv: row k is the state at xₖ and the step taken from there.
public struct TraceTable: Sendable {
  private let plan: FunctionPlan
  /// The names behind the iteration.
  private let columns: [String]

  /// Creates the tables of a function's methods.
  ///
  /// - Parameters:
  ///   - rules: say which coordinates the rows have.
  ///   - columns: the names behind iteration and coordinates.
  public init(_ plan: FunctionPlan, rules: TraceRules, columns: [String]) {
    self.plan = plan
    let coordinates = rules.coordinates(dimension: plan.function.dimension)
    self.columns = coordinates.map { plan.function.variables[$0] } + columns
  }

  /// The columns before coordinates and quantities.
  public static let columns = [
    Column("rate", "learning rate"),
    Column("start", "label of the start"),
    Column("iteration", "k, from 0"),
  ]
  /// The columns of the coordinates.
  public static let coordinates = Column("*", "coordinates of the iterate")

  /// The header.
  public var header: CSVText {
    var text = CSVText()
    text.appendRow(TraceTable.columns.map(\.name) + columns)
    return text
  }

  /// The rows of a chunk.
  public func rows(_ result: ChunkResult) -> CSVText {
    let method = plan.methods[result.chunk.method]
    let starts = plan.function.starts
    // The rows of a run begin alike.
    let heads = result.traces.map { number, _ in
      var head = CSVText()
      head.append(method.rates[number / starts.count].text)
      head.append(starts[number % starts.count].label)
      return head.bytes + [UInt8(ascii: ",")]
    }
    let cells = columns.count + 1
    let room = zip(heads, result.traces).reduce(NumberWriter.room) { room, run in
      room + run.1.trace.iterations.count * (run.0.count + cells * (NumberWriter.longest + 1))
    }
    return CSVText(room: room) { start in
      zip(heads, result.traces).reduce(start) { write($1.1.trace, head: $1.0, to: $0) }
    }
  }

  /// Writes the rows of a run.
  ///
  /// - Returns: where they end.
  private func write(
    _ trace: RunTrace, head: [UInt8], to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    let numbers = NumberWriter.shared
    let width = columns.count
    var place = start
    head.withUnsafeBytes { head in
      trace.values.withUnsafeBufferPointer { values in
        var next = 0
        for iteration in trace.iterations {
          UnsafeMutableRawBufferPointer(start: place, count: head.count).copyMemory(from: head)
          place = numbers.write(iteration, to: place + head.count)
          for value in values[next..<next + width] {
            place.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
            place += 1
            if !RunTrace.isEmpty(value) { place = numbers.write(value, to: place) }
          }
          next += width
          place.storeBytes(of: UInt8(ascii: "\n"), as: UInt8.self)
          place += 1
        }
      }
    }
    return place
  }
}
