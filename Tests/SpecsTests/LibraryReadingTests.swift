import Diagnostics
import Evaluation
import Expressions
import TestSupport
import Testing

@testable import Specs

/// The derivatives of the library as people read them mean what the graph evaluates.
@Suite struct LibraryReadingTests {
  private static let points = 40

  @Test(arguments: Library.names)
  func derivativesReadBackToTheirValues(name: String) throws {
    let entry = try #require(Library.entry(name))
    guard entry.family?.first ?? 2 <= 2 else { return }
    let function = try #require(
      entry.function(name, dimension: entry.family == nil ? nil : 2), "\(name)"
    ).function
    guard function.dimension == 2 else { return }
    let model = try function.model().model
    let inputs = function.variables.indices.map { Input(.coordinate, $0) }
    var random = RandomNumbers(seed: 7)
    let points = function.domain.map { range in
      (0..<LibraryReadingTests.points).map { _ in Double.random(in: range, using: &random) }
    }
    for (number, node) in (model.gradient + model.hessian.upper).enumerated() {
      guard case .text(let text) = ReadableFormula(node, names: function.variables) else {
        Issue.record("\(name) \(number) has no text")
        continue
      }
      let read = try Formula(parsing: SourceText(text)).elaborate(
        in: model.graph, values: model.names
      ).result
      let values = Evaluator(Program(computing: [node, read], from: inputs)).evaluate(points)
      let scale = values[0].filter(\.isFinite).reduce(0) { max($0, abs($1)) }
      for (wanted, found) in zip(values[0], values[1]) where wanted.isFinite {
        #expect(abs(found - wanted) <= 1e-12 * scale, "\(name) \(number): \(text)")
      }
    }
  }
}
