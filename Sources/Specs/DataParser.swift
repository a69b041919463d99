import Diagnostics
import Expressions

/// Reads the table of a `data` line, given its name in formulas and the path as it stands in the spec.
public typealias TableSource = (_ name: String, _ path: String) throws -> DataTable

extension SpecParser {
  /// `data NAME from "FILE.csv"`.
  mutating func readData(_ line: SpecLine, _ table: TableSource) {
    let example = "data points from \"points.csv\""
    let words = line.rest.words
    guard let name = words.first else {
      findings.report(
        SpecProblem.missing("the name of the table", example: example), at: line.rest.end)
      return
    }
    lostTables.insert(name.string)
    if let problem = problem(withTable: name) { findings.report(problem, at: name.place(at: 0)) }
    guard words.count > 1, words[1].string == "from" else {
      let place = words.count > 1 ? words[1].place(at: 0) : line.rest.end
      findings.report(SpecProblem.missing("'from'", example: example), at: place)
      return
    }
    guard words.count > 2, let path = words[2].quoted else {
      let place = words.count > 2 ? words[2].place(at: 0) : line.rest.end
      findings.report(SpecProblem.missing("a file in double quotes", example: example), at: place)
      return
    }
    if words.count > 3 {
      findings.report(
        SpecProblem.unexpected(words[3].string, example: example), at: words[3].place(at: 0))
    }
    let found = findings.collect {
      do {
        return try table(name.string, path)
      } catch let problem as any Problem {
        throw Diagnostic(problem, at: words[2].place(at: 0))
      }
    }
    guard let found else { return }
    experiment.tables.append(found)
    lostTables.remove(name.string)
  }

  private mutating func problem(withTable item: SourceText) -> SpecProblem? {
    let name = item.string
    if !item.isName() { return .badName(name) }
    if let meaning = SpecParser.meaning(of: name) { return .reservedName(name, meaning: meaning) }
    return tableNames.insert(name).inserted ? nil : .duplicateName(name, kind: "table")
  }
}

extension SourceText {
  /// The text between double quotes; nil where they are not around it, or nothing is between them.
  fileprivate var quoted: String? {
    guard count > 2, scalars[0] == "\"", scalars[1..<count].firstIndex(of: "\"") == count - 1
    else { return nil }
    return string(1..<count - 1)
  }
}
