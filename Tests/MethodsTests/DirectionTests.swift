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
    let model = try model()
    let rate = model.graph.input(Input(.rate))
    #expect(!Proposal(.gradient, rate: rate, at: model).usesHessian)
    #expect(Proposal(.newton, rate: rate, at: model).usesHessian)
  }

  @Test func everyDirectionIsFoundByItsName() {
    #expect(Direction.all.map(\.name) == ["gradient", "newton"])
    #expect(Direction.named["newton"]?.defaultRate == 1)
    #expect(Direction.named["gradient"]?.defaultRate == nil)
  }
}
