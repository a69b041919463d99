import Diagnostics
import Evaluation
import Expressions
import Testing

@testable import Methods

/// Differences against the derivatives that they stand for: the error is what theory says, truncation for a
/// large ε and rounding for a small one.
@Suite struct DifferencesTests {
  private static let names = ["x", "y", "z"]
  private static let unit = 0x1p-52

  /// What is asked of the exact model of a formula and of the one with differences, at a point.
  private func values(
    _ formula: String, at point: [Double], _ differences: Differences,
    _ ask: (LocalModel) -> [Scalar]
  ) throws -> (found: [Double], exact: [Double]) {
    let inputs = point.indices.map { Input(.coordinate, $0) }
    let (exact, model) = try models(formula, point.count, differences)
    let (found, truth) = (ask(model), ask(exact))
    let results = Evaluator(Program(computing: found + truth, from: inputs))
      .evaluate(point.map { [$0] }).map { $0[0] }
    return (Array(results.prefix(found.count)), Array(results.dropFirst(found.count)))
  }

  private func models(_ formula: String, _ count: Int, _ differences: Differences) throws
    -> (exact: LocalModel, model: LocalModel)
  {
    let graph = Graph()
    let position = (0..<count).map { graph.input(Input(.coordinate, $0)) }
    let names = Dictionary(uniqueKeysWithValues: zip(DifferencesTests.names, position))
    let value = try Formula(parsing: SourceText(formula)).elaborate(in: graph, names: names).result
    let exact = LocalModel(value: value, position: position)
    return (exact, LocalModel(exact, differences))
  }

  private func error(
    _ formula: String, at point: [Double], _ kind: Differences.Kind, _ epsilon: Double?,
    _ ask: (LocalModel) -> Scalar
  ) throws -> Double {
    let (found, exact) = try values(formula, at: point, Differences(kind, epsilon: epsilon)) {
      [ask($0)]
    }
    return found[0] - exact[0]
  }

  private static let e = 2.718281828459045

  @Test(arguments: [1e-1, 1e-2, 1e-3, 1e-4, 1e-5])
  func aForwardGradientIsWrongByHalfOfTheSecondDerivative(epsilon: Double) throws {
    let found = try error("exp(x)", at: [1], .forward, epsilon) { $0.gradient[0] }
    let theory = epsilon / 2 * DifferencesTests.e
    #expect(abs(found - theory) <= (0.4 * epsilon + 1e-5) * theory)
  }

  @Test(arguments: [1e-1, 1e-2, 1e-3])
  func aCentralGradientIsWrongByASixthOfTheThirdDerivative(epsilon: Double) throws {
    let found = try error("exp(x)", at: [1], .central, epsilon) { $0.gradient[0] }
    let theory = epsilon * epsilon / 6 * DifferencesTests.e
    #expect(abs(found - theory) <= (epsilon * epsilon + 1e-6) * theory)
  }

  @Test(arguments: [1e-9, 1e-10, 1e-11, 1e-12], Differences.Kind.allCases)
  func aSmallEpsilonLeavesTheRoundingOfF(epsilon: Double, kind: Differences.Kind) throws {
    // The mean over some points; each value of f is good to about half a unit.
    let errors = try (0..<32).map { i in
      abs(try error("exp(x)", at: [1 + 0.01 * Double(i)], kind, epsilon) { $0.gradient[0] })
    }
    let mean = errors.reduce(0, +) / 32
    let rounding = DifferencesTests.unit * DifferencesTests.e / epsilon
    let distance = kind == .forward ? 1.0 : 2
    #expect(mean < 4 * rounding / distance)
    #expect(mean > rounding / distance / 8)
  }

  @Test(arguments: [1e-1, 1e-2])
  func aHessianIsWrongByItsTruncation(epsilon: Double) throws {
    // f = exp(x)·sin(y) at (1, 1/2): its derivatives are ±e·sin ½ and ±e·cos ½.
    let (formula, point) = ("exp(x)*sin(y)", [1, 0.5])
    let (s, c) = (1.3032136897549, 2.3855167309591)
    func entry(_ kind: Differences.Kind, _ place: Int) throws -> Double {
      try error(formula, at: point, kind, epsilon) { $0.hessian.upper[place] }
    }
    let square = epsilon * epsilon
    // Forward: ε f‴ on the diagonal, ε/2 (f_xxy + f_xyy) off it.
    #expect(abs(try entry(.forward, 0) - epsilon * s) <= square * 2)
    #expect(abs(try entry(.forward, 1) - epsilon / 2 * (c - s)) <= square * 2)
    #expect(abs(try entry(.forward, 2) + epsilon * c) <= square * 2)
    // Central: ε²/12 f⁗ on the diagonal, ε²/6 (f_xxxy + f_xyyy) = 0 off it.
    let fourth = square * square + 1e-10
    #expect(abs(try entry(.central, 0) - square / 12 * s) <= fourth)
    #expect(abs(try entry(.central, 1)) <= fourth)
    #expect(abs(try entry(.central, 2) - square / 12 * s) <= fourth)
  }

  @Test(arguments: [[0.3, -0.7], [1000.1, 777.7], [-1e-3, 3.3e4]])
  func quadraticFunctionsAreExactToRounding(point: [Double]) throws {
    let formula = "3*x^2 - x*y/2 + y^2 + x - 7"
    let (size, epsilon) = (3 * point[0] * point[0] + point[1] * point[1] + 7, 0.01)
    for kind in Differences.Kind.allCases {
      let hessian = try values(formula, at: point, Differences(kind, epsilon: epsilon)) {
        $0.hessian.upper
      }
      for (found, exact) in zip(hessian.found, hessian.exact) {
        #expect(abs(found - exact) <= 8 * DifferencesTests.unit * size / (epsilon * epsilon))
      }
    }
    let gradient = try values(formula, at: point, Differences(.central, epsilon: epsilon)) {
      $0.gradient
    }
    for (found, exact) in zip(gradient.found, gradient.exact) {
      #expect(abs(found - exact) <= 4 * DifferencesTests.unit * size / epsilon)
    }
  }

  @Test func theDistanceIsThatOfThePointsAsTheyWereRounded() throws {
    // 1e6 + 1e-8 rounds by 10 %, which is not an error of a slope.
    let found = try error("3*x", at: [1e6], .forward, 1e-8) { $0.gradient[0] }
    #expect(abs(found) <= 1e-9 / 1e-8)
    let slope = try error("x", at: [1e6], .forward, 1e-8) { $0.gradient[0] }
    #expect(slope == 0)
  }

  @Test(arguments: Differences.Kind.allCases)
  func theDefaultIsNearTheBestThereIs(kind: Differences.Kind) throws {
    let asked: [(name: String, of: @Sendable (LocalModel) -> [Scalar])] = [
      ("g", { $0.gradient }), ("H", { $0.hessian.upper }),
      ("T[s]", { model in model.hessianDerivative(along: model.position).upper }),
      ("T[s]s", { model in model.thirdDerivative(along: model.position) }),
      ("gHg", { [$0.exact.gradientCurvature - $0.gradientCurvature] }),
    ]
    for (name, of) in asked {
      func worst(_ epsilon: Double?) throws -> Double {
        // Mean over points, as rounding is a matter of luck at each.
        try (0..<16).reduce(0.0) { sum, i in
          let point = [0.5 + 0.03 * Double(i), 1.2]
          let (found, exact) = try values(
            "exp(x)*sin(y) + x^3*y", at: point, Differences(kind, epsilon: epsilon), of)
          return sum + (zip(found, exact).map { abs($0 - $1) }.max() ?? 0)
        }
      }
      let best = try (4...40).map { try worst(1 / Double(1 << $0)) }.min() ?? 0
      let standard = try worst(nil)
      #expect(standard <= 16 * best, "\(kind) \(name): \(standard) for \(best)")
    }
  }

  @Test func defaultsAreTheRootsThatTheoryNames() {
    func roots(_ kind: Differences.Kind) -> [Double] {
      (1...3).map { Differences(kind).epsilon(order: $0) }
    }
    for (order, root) in roots(.forward).enumerated() {
      #expect(abs(power(root, order + 2) / DifferencesTests.unit - 1) < 1e-14)
    }
    for (order, root) in roots(.central).enumerated() {
      #expect(abs(power(root, order + 3) / DifferencesTests.unit - 1) < 1e-14)
    }
    #expect(
      (1...3).map { Differences(.forward, epsilon: 0.5).epsilon(order: $0) } == [0.5, 0.5, 0.5])
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  @Test func thirdDerivativesAlongNothingAreNothing() throws {
    let found = try values("exp(x)*y", at: [1, 2], Differences(.central)) { model in
      model.hessianDerivative(along: model.position.map { $0 - $0 }).upper
    }
    #expect(found.found == [0, 0, 0])
  }

  @Test(arguments: [
    // n + 1 and 2n for g; further for H what theory counts, with f(x) and the points of g shared where ε is.
    (Differences(.forward), false, 4, 9), (Differences(.forward, epsilon: 1e-4), false, 4, 6),
    (Differences(.central), false, 6, 19), (Differences(.central, epsilon: 1e-4), false, 6, 13),
    (Differences(.forward), true, 3, 9), (Differences(.central, epsilon: 1e-4), true, 6, 12),
  ])
  func pointsAreCountedOnce(differences: Differences, isKnown: Bool, gradient: Int, hessian: Int)
    throws
  {
    let (exact, model) = try models("x*y*z", 3, differences)
    _ = (model.gradient, model.hessian, model.gradientCurvature)
    let counts = try #require(model.differenceCounts(isValueKnown: isKnown))
    #expect(counts == (gradient, hessian))
    #expect(exact.differenceCounts(isValueKnown: isKnown) == nil)
    #expect(model.exact === exact)
    #expect(exact.exact === exact)
  }

  @Test func pointsOfOtherPlacesCountToo() throws {
    let (_, model) = try models("x^3", 1, Differences(.central))
    _ = model.hessianDerivative(along: model.position)
    // Three points around each of two.
    #expect(try #require(model.differenceCounts(isValueKnown: false)) == (0, 6))
  }

  @Test func methodsKnowTheOrderThatTheyNeed() {
    let orders = Dictionary(uniqueKeysWithValues: Direction.all.map { ($0.name, $0.order) })
    #expect(orders["gradient"] == 1)
    #expect(orders["bfgs"] == 1)
    #expect(orders["newton"] == 2)
    #expect(orders["trust-region"] == 2)
    #expect(orders["halley"] == 3)
    #expect(orders["chebyshev"] == 3)
  }
}
