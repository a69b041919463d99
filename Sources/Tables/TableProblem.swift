import Diagnostics

/// What can be wrong with a data file.
///
/// The first three are said at the `data` line of the spec, the others at their place in the data file.
public enum TableProblem: Problem {
  case missing(String, suggestion: String)
  case folder(String)
  case unreadable(String, reason: String)
  case notText
  case empty
  case noHeader
  case unnamedColumn(Int)
  case duplicateColumn(String)
  case otherSeparator(String)
  case noRows
  case blankLine
  case raggedRow(found: Int, columns: [String])
  case emptyCell(column: String)
  case notANumber(String, column: String)
  case notFinite(String, column: String)
  case further(Int)
  case quoteInsideCell
  case textBehindQuote
  case unclosedQuote

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .missing(let path, let suggestion):
      "there is no file '\(path)'; paths begin at the folder of the spec\(suggestion)"
    case .folder(let path): "'\(path)' is a folder; name a CSV file in it"
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .notText: "from here on this is not UTF-8 text; save the table as CSV in UTF-8"
    case .empty:
      "the file is empty; it needs a line with the names of the columns, like x,y, and rows below"
    case .noHeader:
      "the first line must name the columns, but holds numbers only; put a line above it, like x,y"
    case .unnamedColumn(let number): "column \(number) has no name; write one here"
    case .duplicateColumn(let name): "the column '\(name)' is there already; choose another name"
    case .otherSeparator(let separator):
      "the cells are separated by \(separator); separate them by commas, with points in the numbers"
    case .noRows: "there is no row below the names of the columns"
    case .blankLine: "this line is empty, and rows follow; remove it"
    case .raggedRow(let found, let columns):
      "this row has \(found) cell\(found == 1 ? "" : "s"), but there are \(columns.count) columns"
        + (found < columns.count ? "; give it a number for '\(columns[found])'" : "")
    case .emptyCell(let column):
      "the cell of column '\(column)' is empty; write a number, or leave the row out"
    case .notANumber(let text, let column):
      "'\(text)' in column '\(column)' is not a number; write for example 0.5 or 1e-3"
    case .notFinite(let text, let column):
      "'\(text)' in column '\(column)' is not a finite number; leave the row out"
    case .further(let count):
      "from here on, \(count) more cell\(count == 1 ? " or row is" : "s or rows are") wrong"
    case .quoteInsideCell:
      "a double quote stands inside a cell; put quotes around the cell, and double those inside it"
    case .textBehindQuote:
      "behind the closing quote a comma or the end of the line is needed; double a quote inside a cell"
    case .unclosedQuote: "the quote that opens here is never closed; close it, or remove it"
    }
  }
}
