/// Comparisons of the columns of runs.csv, all of which must hold: `method=newton start=p1,p2 iterations<=10`.
///
/// `column OP value` with `= != < <= > >=`. Blanks mean and; values with commas between mean or, of `!=`
/// that none of them is equal. A comma before another `column OP` begins the next comparison, as a blank
/// does. `*` in a word stands for any text; numbers are constant expressions, compare as numbers, and
/// `x=pi±1e-4`, or `+-`, is within a distance. A run without the column, or with an empty cell, meets no
/// comparison with a number but `!=`.
public struct Filter: Sendable {
  /// How a cell is compared.
  public enum Comparison: String, CaseIterable, Sendable {
    case unequal = "!="
    case notAbove = "<="
    case notBelow = ">="
    case equal = "="
    case below = "<"
    case above = ">"
  }

  /// What a cell is compared with.
  public enum Value: Sendable, Equatable {
    /// A number, or those within a distance of it.
    case number(Double, distance: Double)
    /// A text, in which `*` stands for any text.
    case text(String)
  }

  /// A cell of a row.
  public enum Cell: Sendable {
    case number(Double)
    /// A text; a number's text counts as the number.
    case text(String)
  }

  /// A comparison.
  public struct Condition: Sendable {
    /// The head of the column.
    public let column: String
    /// How it is compared.
    public let comparison: Comparison
    /// With what; one of them is enough, but for `!=`.
    public let values: [Value]
    /// As it was typed, without blanks.
    public let text: String

    /// Whether it holds for a cell of its column.
    public func holds(for cell: Cell) -> Bool {
      switch comparison {
      case .unequal: !values.contains { isEqual(cell, $0) }
      case .equal: values.contains { isEqual(cell, $0) }
      case .below: values.contains { isOrdered(cell, $0, <) }
      case .notAbove: values.contains { isOrdered(cell, $0, <=) }
      case .above: values.contains { isOrdered(cell, $0, >) }
      case .notBelow: values.contains { isOrdered(cell, $0, >=) }
      }
    }

    private func isEqual(_ cell: Cell, _ value: Value) -> Bool {
      switch (cell, value) {
      case (_, .number(let wanted, let distance)):
        guard let number = cell.number else { return false }
        return number == wanted || abs(number - wanted) <= distance
      case (.text(let text), .text(let pattern)):
        return matches(Array(text.unicodeScalars), Array(pattern.unicodeScalars))
      case (.number(let number), .text(let word)): return word == "nan" && number.isNaN
      }
    }

    private func isOrdered(
      _ cell: Cell, _ value: Value, _ isBefore: (Double, Double) -> Bool
    ) -> Bool {
      guard case .number(let wanted, _) = value, let number = cell.number else { return false }
      return isBefore(number, wanted)
    }
  }

  /// The comparisons, in the order in which they are typed.
  public let conditions: [Condition]

  /// Whether all comparisons hold.
  ///
  /// - Parameter cell: gives the cell of a column; nil where the row has none, which meets no comparison.
  public func holds(_ cell: (String) -> Cell?) -> Bool {
    conditions.allSatisfy { condition in
      cell(condition.column).map(condition.holds) ?? false
    }
  }
}

extension Filter.Cell {
  /// Its number; nil where it holds none.
  fileprivate var number: Double? {
    switch self {
    case .number(let number): number
    case .text(let text): Double(text)
    }
  }
}

/// Whether a text is a pattern's, in which `*` stands for any text.
///
/// Goes back to the last `*` alone, so that it takes at most as many steps as the product of the lengths.
private func matches(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
  var (place, next) = (0, 0)
  var star: (place: Int, next: Int)?
  while place < text.count {
    if next < pattern.count, pattern[next] == "*" {
      star = (place, next)
      next += 1
    } else if next < pattern.count, pattern[next] == text[place] {
      place += 1
      next += 1
    } else if let last = star {
      star = (last.place + 1, last.next)
      (place, next) = (last.place + 1, last.next + 1)
    } else {
      return false
    }
  }
  return pattern[next...].allSatisfy { $0 == "*" }
}
