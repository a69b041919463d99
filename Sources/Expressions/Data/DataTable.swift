/// A table of numbers that formulas sum over: `sum(r in NAME: (r.y - a*r.x)^2)`.
///
/// Immutable, and shared by reference: a million rows are held once, whatever rests on them.
public final class DataTable: Sendable {
  /// The name that formulas know it by.
  public let name: String
  /// The names of the columns, in the order of the file.
  public let columns: [String]
  /// The number of rows, at least one.
  public let rowCount: Int
  /// Rows of a column rounded up to whole vectors; the last row is repeated there, so that what is
  /// computed beyond the end, and dropped, is nothing that was not in the table.
  private let stride: Int
  // Written once, before anybody else can see it, and never again.
  private nonisolated(unsafe) let storage: UnsafeMutablePointer<Double>

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - name: the name in formulas.
  ///   - columns: the names of the columns.
  ///   - values: for each column, its numbers.
  /// - Precondition: at least one column and one row; columns of equal length, as many as names.
  public convenience init(name: String, columns: [String], values: [[Double]]) {
    precondition(!columns.isEmpty && columns.count == values.count)
    self.init(name: name, columns: columns, rowCount: values[0].count) { values[$0] }
  }

  /// Creates a table from columns that are asked for in turn, so that none needs to be held twice for
  /// longer than it takes to copy it.
  ///
  /// - Precondition: at least one column and one row; every column has `rowCount` numbers.
  public init(name: String, columns: [String], rowCount: Int, values: (Int) -> [Double]) {
    precondition(!columns.isEmpty && rowCount > 0)
    self.rowCount = rowCount
    self.name = name
    self.columns = columns
    stride = (rowCount + 63) / 64 * 64
    // Vectors that lie across two lines of the cache take twice the time.
    let capacity = stride * columns.count
    storage = UnsafeMutableRawPointer.allocate(byteCount: capacity * 8, alignment: 64)
      .bindMemory(to: Double.self, capacity: capacity)
    for number in columns.indices {
      let column = values(number)
      precondition(column.count == rowCount)
      let start = storage + number * stride
      start.initialize(repeating: column[rowCount - 1], count: stride)
      _ = UnsafeMutableBufferPointer(start: start, count: rowCount).update(from: column)
    }
  }

  deinit {
    storage.deallocate()
  }

  /// The numbers of a column, in memory that lives as long as the table.
  public func column(_ number: Int) -> UnsafeBufferPointer<Double> {
    precondition(columns.indices.contains(number))
    return UnsafeBufferPointer(start: storage + number * stride, count: rowCount)
  }

  /// The place of a column by its name.
  public func index(of column: String) -> Int? { columns.firstIndex(of: column) }
}
