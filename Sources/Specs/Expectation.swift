import Diagnostics

/// What a spec says that some of its runs must come to.
public struct Expectation: Sendable {
  /// The runs that it speaks of; without a comparison all of them.
  public let filter: Filter
  /// What must hold for each of them.
  public let conditions: [Filter.Condition]
  /// The line of the spec that it begins on.
  public let line: Int
  /// As it was typed.
  public let text: String
}

extension SpecParser {
  /// `expect FILTER : CONDITION, …`.
  mutating func finishExpectations() {
    guard !expectLines.isEmpty, !findings.isClosed else { return }
    let hasErrors = findings.all.contains { $0.severity == .error }
    let columns = FilterColumns(
      experiment.functions, experiment.methods, options: experiment.optionColumns,
      areFunctionsKnown: areFunctionsKnown && !hasErrors, areMethodsKnown: areMethodsKnown)
    for line in expectLines where !findings.isClosed {
      let parts = line.rest.split { $0 == ":" }
      guard parts.count > 1, parts[1].trimmed.count > 0 else {
        findings.report(FilterProblem.noExpectation, at: line.rest.end)
        continue
      }
      guard parts.count == 2 else {
        findings.report(
          SpecProblem.unexpected(":", example: "expect method=newton : ending=converged"),
          at: parts[1].end)
        continue
      }
      // Both are read before either is given up, so that the mistakes of both are told.
      let filter = findings.filter(parts[0].trimmed, columns)
      let expected = findings.filter(parts[1].trimmed, columns)
      guard let filter, let expected else { continue }
      experiment.expectations.append(
        Expectation(
          filter: filter, conditions: expected.conditions, line: line.place.line,
          text: line.rest.string))
    }
  }
}
