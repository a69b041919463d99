import Diagnostics
import TestSupport
import Testing

@testable import Expressions

@Suite struct NeighbourhoodTests {
  /// Formulas with every kind of node that can stand below another.
  private static let formulas = [
    "x + y", "x*y - 2", "exp(x)*sin(x + y^2)", "if(x < y, x^2, y^3)", "norm([x, y, 1])",
    "x*x*x + min(x, 3)", "softplus(x)/(1 + y^2)", "y",
  ]

  @Test(arguments: formulas)
  func aPointIsTheFormulaWithItsCoordinatesReplaced(formula: String) throws {
    let function = try TestFunction(formula)
    let graph = function.graph
    let around = Neighbourhood(of: function.f, function.variables)
    let moved = function.variables.map { $0 + 0.5 }
    let other = around.moved(to: function.variables.map { 2 * $0 })
    #expect(around.value() == function.f)
    for places in [[0], [1], [0, 1], []] {
      let moves = places.map { ($0, moved[$0]) }
      let pairs = places.map { (function.variables[$0], moved[$0]) }
      let expected = graph.substitute(Dictionary(uniqueKeysWithValues: pairs), in: function.f)
      #expect(around.value(moves) == expected)
      let there = function.variables.indices.map {
        places.contains($0) ? moved[$0] : 2 * function.variables[$0]
      }
      let elsewhere = graph.substitute(
        Dictionary(uniqueKeysWithValues: zip(function.variables, there)), in: function.f)
      #expect(other.value(moves) == elsewhere)
    }
  }

  @Test func sumsOverRowsMoveAsAWhole() throws {
    let table = DataTable(name: "d", columns: ["a"], values: [[1, 2, 3]])
    let graph = Graph()
    let x = graph.input(Input(.coordinate))
    let f = try Formula(parsing: SourceText("sum(r in d: (x - r.a)^2) + x")).elaborate(
      in: graph, values: ["x": .scalar(x), "d": .table(table)]
    ).result
    let value = Neighbourhood(of: f, [x]).value([(0, x + 0.5)])
    #expect(value == graph.substitute([x: x + 0.5], in: f))
    #expect(value != f)
  }

  @Test func onlyWhatRestsOnACoordinateIsBuiltAnew() throws {
    let function = try TestFunction("sin(x) + exp(cos(exp(y)))")
    let around = Neighbourhood(of: function.f, function.variables)
    let moved = function.variables[0] + 1
    let before = function.graph.count
    _ = around.value([(0, moved)])
    #expect(function.graph.count == before + 2, "a sine and a sum")
  }
}
