import Diagnostics
import Evaluation
import Expressions
import Testing

@testable import Methods

@Suite struct QuantityTests {
  /// The quantities of a formula at a point, for a gradient step of rate 0.5.
  private func values(_ formula: String, at point: [Double]) throws -> [String: Double] {
    let graph = Graph()
    let inputs = point.indices.map { Input(.coordinate, $0) }
    let position = inputs.map { graph.input($0) }
    let names = Dictionary(uniqueKeysWithValues: zip(["x", "y", "z"], position))
    let value = try Formula(parsing: SourceText(formula)).elaborate(in: graph, names: names).result
    let model = LocalModel(value: value, position: position)
    let proposal = Proposal(.gradient, rate: .number(0.5), at: model)
    let program = Program(
      computing: Quantity.all.map { $0.scalar(of: model, proposal) },
      from: inputs + [Input(.rate)])
    let results = Evaluator(program).evaluate((point + [0.5]).map { [$0] }).map { $0[0] }
    return Dictionary(uniqueKeysWithValues: zip(Quantity.all.map(\.name), results))
  }

  @Test func squishedParaboloidHasTheArticlesFigures() throws {
    let found = try values("x^2 - x*y/2 + (y/3)^2", at: [-3, -3])
    #expect(found["f"] == 5.5)
    #expect(abs(try #require(found["gradient_norm"]) - 4.576510072581994) < 1e-15)
    #expect(abs(try #require(found["determinant"]) - 0.194444444444444444) < 1e-16)
    #expect(abs(try #require(found["min_eigenvalue"]) - 0.09124668051745448) < 1e-16)
    #expect(abs(try #require(found["max_eigenvalue"]) - 2.1309755417047676) < 1e-15)
    #expect(abs(try #require(found["step_norm"]) - 2.288255036290997) < 1e-15)
    #expect(found["step_rate"] == 0.5)
  }

  @Test func criticalRateIsUnboundedWhereTheModelBendsDown() throws {
    #expect(try values("-x^2 - y^2", at: [1, 2])["critical_rate"] == .infinity)
    #expect(try values("x + y", at: [1, 2])["critical_rate"] == .infinity)
    #expect(try #require(try values("x^2 + y^2", at: [0, 0])["critical_rate"]).isNaN)
    #expect(try values("x^2 + y^2", at: [1, 2])["critical_rate"] == 1)
  }

  @Test func angleIsZeroForASphereAndRightInTheDegreesOfAValley() throws {
    #expect(try values("x^2 + y^2", at: [1, 2])["angle"] == 0)
    #expect(try values("-x^2 - y^2", at: [1, 2])["angle"] == 180)
    // -g = (-2, -200), Newton step (-1, -1).
    let angle = try #require(try values("x^2 + 100*y^2", at: [1, 1])["angle"])
    #expect(abs(angle - 44.42706130231651) < 1e-12)
    #expect(try #require(try values("x^2 + y^2", at: [0, 0])["angle"]).isNaN)
  }

  @Test func quantitiesExistInThreeDimensions() throws {
    let found = try values("x^2 + 2*y^2 + 3*z^2", at: [1, 1, 1])
    #expect(found["determinant"] == 48)
    #expect(found["min_eigenvalue"] == 2)
    #expect(found["max_eigenvalue"] == 6)
  }
}
