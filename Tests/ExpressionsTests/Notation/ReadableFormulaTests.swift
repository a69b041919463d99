import Expressions
import Foundation
import TestSupport
import Testing

/// Derivatives as people read them; `Tests/Reference/check_readable_formulas.py` has sympy's word on the table.
@Suite struct ReadableFormulaTests {
  /// The entries of the gradient and of the Hessian's upper triangle with their names.
  private func entries(_ function: TestFunction, _ names: [String]) -> [(
    name: String, node: Scalar
  )] {
    var pairs: [String] = []
    for i in names.indices { for j in i..<names.count { pairs.append("\(names[i])_\(names[j])") } }
    return zip(names + pairs, function.gradient + function.hessian).map { ($0, $1) }
  }

  @Test func derivativesAreWrittenAsInTheTable() throws {
    var found: [[String]] = []
    let rows = try ReferenceTable("readable-formulas").rows
    for formula in rows.map({ $0["formula"] ?? "" }) where found.last?[0] != formula {
      let variables = rows.first { $0["formula"] == formula }?["variables"] ?? ""
      let names = variables.split(separator: " ").map(String.init)
      for (name, node) in entries(try TestFunction(formula, of: variables), names) {
        let text = ReadableFormula(node, names: names)
        found.append([formula, variables, name, "\(text)"])
      }
    }
    let wanted = rows.map { row in
      ["formula", "variables", "entry"].map { row[$0] ?? "" } + ["text(\"\(row["text"] ?? "")\")"]
    }
    #expect(found == wanted)
    #expect(found.count > 80)
  }
}
