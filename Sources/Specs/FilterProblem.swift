import Diagnostics

/// What can be wrong with a filter.
public enum FilterProblem: Problem {
  case noComparison(String)
  case unknownColumn(String, suggestion: String, allowed: [String])
  case resultColumn(String, allowed: [String])
  case noValue(column: String, example: String)
  case wordsAreNotOrdered(column: String)
  case distanceIsOrdered
  case distanceOfWords(column: String)
  case badDistance(String)
  case unclosed(String)
  case noExpectation
  case unknownRate(String, suggestion: String, allowed: [String])

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .noComparison(let text):
      "'\(text)' compares nothing; write COLUMN=VALUE, for example method=newton or iterations<=10"
    case .unknownColumn(let name, let suggestion, let allowed):
      "the runs have no column '\(name)'"
        + (suggestion.isEmpty
          ? "; there are \(shortList(allowed)); 'runexp list columns' has them all" : suggestion)
    case .resultColumn(let name, let allowed):
      "'\(name)' is known only after the run, and here runs are chosen before; use \(list(allowed, "or"))"
    case .noValue(let column, let example):
      "a value is missing here; write for example \(column)=\(example)"
    case .wordsAreNotOrdered(let column):
      "the column '\(column)' holds words, which are not ordered; compare them with = or !="
    case .distanceIsOrdered: "a distance needs = or !=; write for example x=3.1416±1e-4"
    case .distanceOfWords(let column):
      "the column '\(column)' holds words, which have no distance; leave it out"
    case .badDistance(let text): "\(text) is no distance; it is 0 or above"
    case .unclosed(let sign): "this \(sign) is not closed"
    case .noExpectation:
      "what is expected is missing here; write for example: "
        + "expect method=newton start=p1 : ending=converged, iterations<=1"
    case .unknownRate(let text, let suggestion, let allowed):
      "no run has the rate '\(text)'"
        + (suggestion.isEmpty ? "; there is \(shortList(allowed))" : suggestion)
    }
  }
}
