import Diagnostics
import Expressions
import Testing

@testable import Methods

@Suite struct DirectionTests {
  private func model() throws -> LocalModel {
    let graph = Graph()
    let position = (0..<2).map { graph.input(Input(.coordinate, $0)) }
    let value = try Formula(parsing: SourceText("x^4 + x*y^2")).elaborate(
      in: graph, names: ["x": position[0], "y": position[1]]
    ).result
    return LocalModel(value: value, position: position)
  }

  @Test func gradientDescentNeverComputesTheHessian() throws {
    #expect(!Proposal(.gradient, rate: .number(0.1), at: try model()).usesHessian)
    #expect(Proposal(.newton, rate: .number(1), at: try model()).usesHessian)
    for direction in Direction.all {
      let isSecondOrder = [
        "newton", "diagonal-newton", "saddle-free-newton", "regularized-newton", "halley",
        "chebyshev", "trust-region", "cubic-newton",
      ].contains(direction.name)
      #expect(direction.needsHessian == isSecondOrder, "\(direction.name)")
    }
  }

  @Test func everyDirectionAndRateIsFoundByItsName() {
    #expect(Set(Direction.all.map(\.name)).count == Direction.all.count)
    #expect(Set(Rate.all.map(\.name)).count == Rate.all.count)
    #expect(Direction.named["newton"]?.defaultRate == .number(1))
    #expect(Direction.named["gradient"]?.defaultRate == .mustBeTold)
    #expect(Direction.named["bfgs"]?.defaultRate == .rule("wolfe"))
    #expect(Direction.named["momentum"]?.takesSearches == false)
  }
}
