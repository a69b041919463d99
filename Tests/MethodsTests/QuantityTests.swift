import Diagnostics
import Evaluation
import Expressions
import Testing

@testable import Methods

@Suite struct QuantityTests {
  /// The columns of quantities and formulas at a point, for a gradient step of rate 0.5 at iteration 7.
  private func values(
    _ function: String, at point: [Double],
    _ columns: [TraceColumn] = Quantity.all.map(TraceColumn.init)
  ) throws -> [String: Double] {
    let graph = Graph()
    let inputs = point.indices.map { Input(.coordinate, $0) }
    let position = inputs.map { graph.input($0) }
    let variables = Array(["x", "y", "z"].prefix(point.count))
    let names = Dictionary(uniqueKeysWithValues: zip(variables, position))
    let value = try Formula(parsing: SourceText(function)).elaborate(in: graph, names: names)
    let model = LocalModel(
      value: value.result, position: position, names: names.mapValues { .scalar($0) })
    let situation = Situation(model, Proposal(.gradient, rate: .number(0.5), at: model))
    let cells = try columns.flatMap { try $0.cells(in: situation, variables: variables) }
    let program = Program(
      computing: cells.map(\.node), from: inputs + [Input(.rate), Input(.iteration)])
    let results = Evaluator(program).evaluate((point + [0.5, 7]).map { [$0] }).map { $0[0] }
    return Dictionary(uniqueKeysWithValues: zip(cells.map(\.head), results))
  }

  /// A formula of quantities on x² − xy/2 + (y/3)² at (−3, −3), a component in square brackets.
  private func value(_ formula: String) throws -> [Double] {
    let column = TraceColumn(name: "c", try QuantityFormula(parsing: SourceText(formula)))
    return try values("x^2 - x*y/2 + (y/3)^2", at: [-3, -3], [column]).sorted { $0.key < $1.key }
      .map(\.value)
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
    #expect([found["position_x"], found["position_y"]] == [-3, -3])
    #expect([found["gradient_x"], found["gradient_y"]] == [-4.5, 5.0 / 6])
    #expect(
      [found["hessian_x_x"], found["hessian_x_y"], found["hessian_y_y"]] == [2, -0.5, 2.0 / 9])
    #expect(found["hessian_y_x"] == nil)
    #expect(found["eigenvalues_1"] == found["min_eigenvalue"])
    #expect(found["eigenvalues_2"] == found["max_eigenvalue"])
    #expect(abs(try #require(found["condition"]) - 23.354006190911631) < 1e-13)
    #expect(abs(try #require(found["newton_step_x"]) - 3) < 4e-15)
    #expect(abs(try #require(found["newton_step_y"]) - 3) < 4e-15)
    #expect([found["rate"], found["iteration"]] == [0.5, 7])
    #expect([found["step_x"], found["step_y"]] == [2.25, -2.5 / 6])
    #expect(try #require(found["step_angle"]) == 0)
    // gᵀg/gᵀHg with g = (−9/2, 5/6) is (377/18)/(14387/324) = 6786/14387; |det H|^(−1/2) = √(36/7).
    #expect(abs(try #require(found["cauchy_rate"]) - 6786 / 14387.0) < 1e-15)
    #expect(found["critical_rate"] == 2 * (try #require(found["cauchy_rate"])))
    #expect(abs(try #require(found["determinant_rate"]) - 2.2677868380553634) < 4e-15)
  }

  @Test func quantitiesOfASingularHessianSayWhatTheyAre() throws {
    let flat = try values("y^2", at: [1, 2])
    #expect(flat["determinant"] == 0)
    #expect(flat["condition"] == .infinity)
    #expect(flat["determinant_rate"] == .infinity)
    #expect([flat["newton_step_x"], flat["newton_step_y"]] == [0, -2])
    let plane = try values("x + y", at: [1, 2])
    #expect(try #require(plane["condition"]).isNaN)
    #expect(try #require(plane["newton_step_x"]).isNaN)
    #expect(try #require(plane["angle"]).isNaN)
    #expect(plane["cauchy_rate"] == .infinity)
    #expect(plane["step_angle"] == 0)
  }

  @Test func formulasKnowVectorsAndMatrices() throws {
    #expect(try value("dot(gradient, gradient)") == [20.25 + 25.0 / 36])
    #expect(try value("solve(hessian, gradient) + newton_step") == [0, 0])
    #expect(try value("hessian*newton_step")[0].rounded(toPlaces: 14) == 4.5)
    #expect(try value("trace(hessian) + det(hessian)") == [2 + 2.0 / 9 + 7.0 / 36])
    #expect(try value("hessian + 2*identity") == [4, -0.5, 2 + 2.0 / 9])
    #expect(try value("diagonal(hessian)") == [2, 2.0 / 9])
    #expect(try value("diagonal([3, 4])") == [3, 0, 4])
    #expect(try value("absolute(hessian) - hessian") == [0, 0, 0])
    #expect(try value("solve(absolute(-hessian), gradient) - solve(hessian, gradient)") == [0, 0])
    #expect(try value("x + 2*y") == [-9])
    #expect(try value("if(determinant > 0, newton_step, -gradient)")[0].rounded(toPlaces: 14) == 3)
    #expect(try value("[1, 2]*gradient") == [-4.5, 5.0 / 3])
    #expect(try value("iteration*step_rate") == [3.5])
  }

  @Test func columnsOfAStepAreThoseThatNameOne() throws {
    func column(_ formula: String) throws -> TraceColumn {
      TraceColumn(name: "c", try QuantityFormula(parsing: SourceText(formula)))
    }
    #expect(try column("dot(step, gradient)").isOfStep)
    #expect(try column("rate*f").isOfStep)
    #expect(!(try column("iteration*f").isOfStep))
    #expect(try column("norm(newton_step)").needsHessian)
    #expect(!(try column("norm(gradient)").needsHessian))
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

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let scale = (0..<places).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}
