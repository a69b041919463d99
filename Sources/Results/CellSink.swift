/// What takes the cells of a row one after the other: the text of a file, or whoever looks for one column.
protocol CellSink {
  /// Takes a cell of text.
  mutating func append(_ field: String)
  /// Takes a number; nil where the column does not apply.
  mutating func append(_ number: Double?)
  /// Takes a whole number; nil where the column does not apply.
  mutating func append(_ number: Int?)
}

/// Picks the number in one column of a row; NaN where there is none.
struct CellPicker: CellSink {
  private(set) var value = Double.nan
  private let column: Int
  private var next = 0

  /// A picker for the column at a place.
  init(column: Int) {
    self.column = column
  }

  mutating func append(_ field: String) {
    if next == column { value = Double(field) ?? .nan }
    next += 1
  }

  mutating func append(_ number: Double?) {
    if next == column { value = number ?? .nan }
    next += 1
  }

  mutating func append(_ number: Int?) { append(number.map(Double.init)) }
}
