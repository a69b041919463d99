import Diagnostics

/// What keeps two results from being compared.
public enum ComparisonProblem: Problem, Equatable {
  case missing(String)
  case unreadable(String, reason: String)
  case folderBesideFile(folder: String, file: String)
  case unclosedQuote(String, line: Int)
  case rowTooLong(String, line: Int, bytes: Int)
  case noSuchColumn(String, path: String, suggestion: String)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .missing(let path): "there is no file or folder '\(path)'"
    case .unreadable(let path, let reason): "'\(path)' cannot be read: \(reason)"
    case .folderBesideFile(let folder, let file):
      "'\(folder)' is a folder and '\(file)' is a file; name two files or two folders"
    case .unclosedQuote(let path, let line):
      "\(path):\(line): a quote that opens in this row is never closed"
    case .rowTooLong(let path, let line, let bytes):
      "\(path):\(line): this row has more than \(bytes) bytes; is a quote not closed?"
    case .noSuchColumn(let column, let path, let suggestion):
      "there is no column '\(column)' in \(path)\(suggestion)"
    }
  }
}
