import Expressions
import Foundation
import Specs
import Testing

@testable import Running

/// What is said of a point, against numbers that were worked out by hand or with 40 digits.
@Suite struct InspectionTests {
  private func inspection(_ spec: String, at point: [Double]) throws -> Inspection {
    let experiment = try Experiment.parse(spec + "\nmethod newton\nstart (1, 1)").experiment
    return try Inspection(experiment.functions[0], at: point, stop: experiment.stop)
  }

  private func isNear(_ found: [Double], _ wanted: [Double], _ tolerance: Double = 1e-14) -> Bool {
    found.count == wanted.count
      && zip(found, wanted).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func aParaboloidIsItsOwnModel() throws {
    let found = try inspection(
      "function f(x, y) = x^2 - x*y/2 + (y/3)^2\n  minimum (0, 0)\n  lipschitz 2.5", at: [-3, -3])
    #expect(found.value == 5.5)
    let gradient: [Double] = [-4.5, 5.0 / 6]
    #expect(isNear(found.gradient, gradient))
    let curvature = try #require(found.curvature)
    let hessian: [Double] = [2, -0.5, -0.5, 2.0 / 9]
    #expect(isNear(curvature.rows.flatMap(\.self), hessian))
    #expect(isNear([curvature.determinant], [7.0 / 36]))
    let inverse: [Double] = [8.0 / 7, 18.0 / 7, 18.0 / 7, 72.0 / 7]
    #expect(isNear(try #require(curvature.inverse).flatMap(\.self), inverse))
    // λ = (20 ± √337)/18.
    let root = 337.0.squareRoot()
    let eigenvalues: [Double] = [(20 - root) / 18, (20 + root) / 18]
    #expect(isNear(curvature.eigenvalues, eigenvalues))
    #expect(isNear([curvature.condition], [eigenvalues[1] / eigenvalues[0]], 1e-13))
    for (value, vector) in zip(curvature.eigenvalues, curvature.eigenvectors) {
      let product: [Double] = curvature.rows.map { $0[0] * vector[0] + $0[1] * vector[1] }
      #expect(isNear(product, vector.map { value * $0 }))
      let square: Double = vector[0] * vector[0] + vector[1] * vector[1]
      #expect(isNear([square], [1]))
      #expect(max(vector[0], vector[1]) >= 0.7)
    }
    let newton = try #require(curvature.newton)
    #expect(isNear(newton.step, [3, 3]))
    #expect(isNear(newton.next, [0, 0]))
    #expect(isNear([newton.predicted, newton.value], [0, 0]))
    // cos = −gᵀ(3, 3)/(‖g‖·3√2) with g = (−4.5, 5/6).
    let square: Double = 20.25 + 25.0 / 36
    let cosine: Double = 11 / (square.squareRoot() * 3 * 2.0.squareRoot())
    let angle: Double = acos(cosine) * 180 / .pi
    #expect(isNear([newton.angle], [angle], 1e-13))
    let rates = Dictionary(
      uniqueKeysWithValues: found.rates.map { ($0.name, $0.value ?? .nan) })
    // gᵀHg = 2·4.5² + 4.5·5/6 + (2/9)(5/6)².
    let bent: Double = 40.5 + 3.75 + 50.0 / 324
    let wanted: [String: Double] = [
      "cauchy": square / bent, "critical_rate": 2 * square / bent,
      "curvature": 1 / eigenvalues[1], "2/max_eigenvalue": 2 / eigenvalues[1],
      "determinant": (36.0 / 7).squareRoot(), "lipschitz": 0.4, "polyak": 5.5 / square,
    ]
    for (name, value) in wanted { #expect(isNear([rates[name] ?? .nan], [value]), "\(name)") }
    #expect(Set(rates.keys) == Set(wanted.keys).union(["armijo", "wolfe"]))
  }

  /// mpmath, 40 digits: f, g, H, det, λ, the Newton step, f after it.
  @Test func theSineValleyIsIndefiniteAtItsFirstStart() throws {
    let found = try inspection(
      "function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)", at: [3.1, 1.3])
    let curvature = try #require(found.curvature)
    let newton = try #require(curvature.newton)
    #expect(isNear([found.value], [0.52513111540507653039]))
    #expect(isNear(found.gradient, [-0.61450306757049511488, -1.3191594820277621011]))
    #expect(
      isNear(
        [curvature.rows[0][0], curvature.rows[0][1], curvature.rows[1][1]],
        [1.2025002895143111485, -1.0077620014361252455, -1.2574736988098364461]))
    #expect(isNear([curvature.determinant], [-2.5276967384140049261]))
    #expect(isNear(curvature.eigenvalues, [-1.6175974735397912091, 1.5626240642442659115]))
    #expect(isNear(newton.step, [-0.2202310688833518327, -0.87255819371009131598], 1e-13))
    #expect(
      isNear(
        [newton.value, newton.predicted], [0.96397626243900088556, 1.1683191565334927718], 1e-13))
    let cauchy = found.rates.first { $0.name == "cauchy" }
    #expect(cauchy?.value == nil)
    #expect(cauchy?.note == "the curvature along the gradient is not positive")
    #expect(found.rates.first { $0.name == "critical_rate" }?.value == .infinity)
  }

  @Test func aSingularHessianHasNoInverseAndMayHaveNoStep() throws {
    let flat = try inspection("function f(x, y) = y^2 + 0*x", at: [1, 2])
    #expect(flat.curvature?.inverse == nil)
    #expect(flat.curvature?.newton?.step == [0, -2])
    #expect(flat.curvature?.condition == .infinity)
    let tilted = try inspection("function f(x, y) = y^2 + x", at: [1, 2])
    #expect(tilted.curvature?.newton == nil)
  }

  @Test func formulasAreThoseOfTheDerivatives() throws {
    let found = try inspection("function f(x, y) = 100*(y - x^2)^2 + (1 - x)^2", at: [1, 1])
    #expect(
      found.gradientFormulas == [.text("400*x*(x^2 - y) + 2*x - 2"), .text("-200*(x^2 - y)")])
    #expect(
      found.hessianFormulas == [
        .text("1200*x^2 - 400*y + 2"), .text("-400*x"), .text("200"),
      ])
  }

  @Test func manyVariablesAreNumbersOnly() throws {
    let experiment = try Experiment.parse(
      "function rosenbrock[20]\nfunction rosenbrock[600] as=wide\nmethod lbfgs"
    ).experiment
    let ones = [Double](repeating: 0, count: 20)
    let found = try Inspection(experiment.functions[0], at: ones, stop: experiment.stop)
    #expect(found.gradientFormulas.isEmpty)
    #expect(found.curvature?.eigenvalues.count == 20)
    #expect(found.curvature?.eigenvectors.isEmpty == true)
    let wide = try Inspection(
      experiment.functions[1], at: [Double](repeating: 0, count: 600), stop: experiment.stop)
    #expect(wide.curvature == nil)
    #expect(wide.rates.map(\.name) == ["armijo", "wolfe", "polyak"])
  }
}
