import Diagnostics

extension FunctionSpec {
  /// Reads a point as it is typed on a command line: `x=-3, y=-3`, `(-3, -3)`, or the label of a start.
  ///
  /// - Throws: `Diagnostics`: what is wrong with it.
  public func point(parsing typed: String, limits: Limits = Limits()) throws -> [Double] {
    var findings = Findings(limits: limits)
    let text = SourceText(typed).trimmed
    let found: [Double]?
    if text.scalars.first == "(" {
      found = findings.point(text, name, variables)
    } else if text.firstIndex(of: "=") != nil {
      found = coordinates(text, &findings)
    } else if let start = starts.first(where: { $0.label == text.string }) {
      found = start.position
    } else {
      let labels = starts.points.map(\.label)
      findings.report(
        labels.isEmpty
          ? SpecProblem.missing("the point", example: "--at \(example)")
          : SpecProblem.unknownStart(
            text.string, suggestion: suggestion(for: text.string, among: labels), allowed: labels),
        at: text.place(at: 0))
      found = nil
    }
    guard let found, findings.all.isEmpty else { throw Diagnostics(findings.all) }
    return found
  }

  private var example: String { variables.map { "\($0)=1" }.joined(separator: ",") }

  private func coordinates(_ text: SourceText, _ findings: inout Findings) -> [Double]? {
    var values: [String: Double] = [:]
    for item in text.items {
      guard let equals = item.firstIndex(of: "=") else {
        findings.report(
          SpecProblem.missing("a coordinate with its number", example: "--at \(example)"),
          at: item.place(at: 0))
        return nil
      }
      let name = item.string(0..<equals).filter { !$0.isWhitespace }
      guard variables.contains(name) else {
        findings.report(
          SpecProblem.unknownVariable(name, variables: variables), at: item.place(at: 0))
        return nil
      }
      guard let value = findings.constant(item[equals + 1..<item.count]) else { return nil }
      guard values.updateValue(value, forKey: name) == nil else {
        findings.report(
          SpecProblem.duplicateName(name, kind: "coordinate"), at: item.place(at: 0))
        return nil
      }
    }
    if let missing = variables.first(where: { values[$0] == nil }) {
      findings.report(
        SpecProblem.missing("the coordinate \(missing)", example: "\(missing)=1"), at: text.end)
      return nil
    }
    return variables.compactMap { values[$0] }
  }
}
