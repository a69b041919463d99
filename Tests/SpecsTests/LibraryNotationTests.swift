import Expressions
import TestSupport
import Testing

@testable import Specs

@Suite("The library's formulas as they are set")
struct LibraryNotationTests {
  @Test("can be read back", arguments: Library.names)
  func reading(name: String) throws {
    let entry = try #require(Library.entry(name))
    let function = try #require(
      entry.function(name, dimension: entry.family?.first), "\(name)"
    ).function
    let formulas = [function.formula] + function.locals.map(\.formula)
    let spelling = Spelling(formulas, names: function.declarations.map(\.name))
    for formula in formulas {
      let set = Notation(formula, spelling)
      let meaning = try? NotationReader.read(set)
      #expect(try meaning == Meaning(formula, spelling), "\(set.marked)")
    }
  }
}
