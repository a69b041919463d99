import Diagnostics
import Methods
import Specs
import Testing

@testable import Running

/// What pictures show, against formulas worked out by hand.
@Suite struct FieldTests {
  /// The values of a map of `quantity` in the plane of the function's only figure.
  private func values(
    of function: String, _ quantity: String, plot: String = "", x: [Double], y: [Double]
  ) throws -> [Double] {
    let spec = """
      function \(function)
      method newton
      plot map quantity="\(quantity)" \(plot)
      """
    let found = try #require(try Experiment.parse(spec).experiment.functions.first)
    let plot = try #require(found.plots.first)
    let formula = try #require(plot.formula)
    let plane = try #require(try Plane(of: plot, found))
    return try Field(.formula(formula), of: found, in: plane).sample(x, y)[0]
  }

  private let cubic = "f(x, y) = x^3 + x*y^2\n  start (1, 1)"
  private let x = [1.0, -2, 0.5]
  private let y = [2.0, 1, -3]

  @Test func aQuantityIsThatOfThePoint() throws {
    // g = (3x² + y², 2xy), H = ((6x, 2y), (2y, 2x)).
    #expect(try values(of: cubic, "determinant", x: x, y: y) == [-4, 44, -33])
    #expect(try values(of: cubic, "f", x: x, y: y) == [5, -10, 4.625])
    #expect(try values(of: cubic, "gradient_norm", x: [0, 1], y: [3, 0]) == [9, 3])
  }

  @Test func aFormulaMayNameQuantitiesVariablesAndMatrices() throws {
    #expect(try values(of: cubic, "trace(hessian) + x", x: x, y: y) == [9, -18, 4.5])
    #expect(
      try values(of: cubic, "determinant / trace(hessian)^2", x: [1, -2], y: [2, 1])
        == [-4.0 / 64, 44.0 / 256])
    #expect(try values(of: cubic, "gradient[2] - hessian[1, 2]", x: x, y: y) == [0, -6, 3])
  }

  @Test func theOtherCoordinatesAreHeld() throws {
    let function = "f(u, v, w) = u^2*v + v*w^2\n  start (1, 1, 1), there = (5, 2, 7)"
    // Along u and w at v = 2: f = 2u² + 2w², ∂f/∂v = u² + w².
    #expect(
      try values(of: function, "f + gradient[2]", plot: "axes=u,w at=there", x: [1, 2], y: [3, 0])
        == [30, 12])
  }

  @Test func whereTheFunctionIsUndefinedSoAreItsDerivatives() throws {
    let found = try values(
      of: "f(x, y) = log(x) + y^2\n  start (1, 1)", "gradient[1]", x: [2, -2, 0], y: [0, 0, 0])
    #expect(found[0] == 0.5)
    #expect(found[1].isNaN)
    #expect(found[2] == .infinity)
  }

  @Test func theNegativeGradientHasThePartsInThePlane() throws {
    let spec = """
      function f(u, v, w) = u^2*v + v*w^2
        start (1, 2, 1)
      method newton
      plot gradient-field axes=w,u
      """
    let function = try #require(try Experiment.parse(spec).experiment.functions.first)
    let plot = try #require(function.plots.first)
    let plane = try #require(try Plane(of: plot, function))
    let field = try Field(.negativeGradient, of: function, in: plane)
    #expect(field.sample([3, 1], [5, -1]) == [[-12, -4], [-20, 4]])
  }

  @Test func manyPointsHaveTheSameBitsForAnyNumberOfWorkers() throws {
    let spec = """
      function f(x, y) = sum(i in 1..60: sin(i*x)*exp(-y^2/i))
        start (1, 2)
      method newton
      plot contour
      """
    let function = try #require(try Experiment.parse(spec).experiment.functions.first)
    let plot = try #require(function.plots.first)
    let plane = try #require(try Plane(of: plot, function))
    let x = (0..<500_001).map { Double($0) / 1e5 }
    let found = try [1, 2, 7].map {
      try Field(.value, of: function, in: plane, workers: $0).sample(x, x.reversed())[0]
    }
    #expect(found[0].count == x.count)
    #expect(found[0] == found[1] && found[0] == found[2])
    let field = try Field(.value, of: function, in: plane, workers: 2)
    // More than the 180 products, sines, … of the sum, at most a few for each of its terms.
    #expect(field.cost >= 180 && field.cost < 600)
  }

  @Test func anEigenvalueThatRoundingHidesIsZero() throws {
    let spec = """
      function f(x, y) = (x/3 + y/7)^2 + 0*x*y + if(x > 5, x*y, 0)
        start (1, 2)
      method newton
      plot definiteness
      """
    let function = try #require(try Experiment.parse(spec).experiment.functions.first)
    let plot = try #require(function.plots.first)
    let plane = try #require(try Plane(of: plot, function))
    let found = try Field(.extremeEigenvalues, of: function, in: plane).sample([1, 6], [2, 2])
    #expect(found[0][0] == 0)
    #expect(abs(found[1][0] - 2 * (1.0 / 9 + 1.0 / 49)) < 1e-15)
    #expect(found[0][1] < 0 && found[1][1] > 0)
  }
}
