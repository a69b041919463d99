import Foundation
import Testing

@testable import Running

/// Every method on problems whose outcome is known: by theory, by the literature, or by the formula itself
/// done again here.
@Suite struct MethodRunsTests {
  private func outcome(
    _ function: String, _ method: String, from start: String = "", stop: String = ""
  )
    async throws -> Outcome
  {
    try await onlyRun(
      "function \(function)\nmethod \(method)\n\(start.isEmpty ? "" : "start (\(start))\n")"
        + (stop.isEmpty ? "stop iterations=3000" : "stop \(stop)"))
  }

  private static let quadratic = "q(x, y) = x^2 - x*y/2 + (y/3)^2"

  @Test(arguments: [
    "newton", "newton refresh=3", "saddle-free-newton", "halley", "chebyshev", "newton rate=wolfe",
  ])
  func aQuadraticTakesOneNewtonStep(method: String) async throws {
    let found = try await outcome(MethodRunsTests.quadratic, method, from: "-3, -3")
    #expect(found.ending == .converged)
    #expect(found.iterations == 1)
    #expect(found.point == .minimum)
  }

  @Test(arguments: ["pr+", "fr", "hz"])
  func conjugateGradientsNeedFewStepsOnAQuadratic(beta: String) async throws {
    let found = try await outcome(
      "q(x[5]) = sum(i in 1..5: i*x[i]^2)", "conjugate-gradient beta=\(beta)",
      from: "[i in 1..5: 1]")
    #expect(found.ending == .converged)
    #expect(found.iterations <= 10)
  }

  @Test(arguments: [
    "gradient rate=polyak", "conjugate-gradient", "conjugate-gradient beta=fr",
    "conjugate-gradient beta=hz", "newton", "regularized-newton damping=0.5", "gauss-newton",
    "levenberg-marquardt", "trust-region", "trust-region radius=0.1", "cubic-newton",
    "saddle-free-newton", "chebyshev", "bfgs", "lbfgs", "lbfgs memory=2", "adam rate=0.1",
    "momentum rate=1e-3", "nesterov rate=1e-3",
  ])
  func rosenbrocksValleyLeadsToItsMinimum(method: String) async throws {
    let found = try await outcome("rosenbrock", method, stop: "iterations=20000")
    #expect(found.ending == .converged)
    #expect(found.point == .minimum)
    for coordinate in found.position { #expect(abs(coordinate - 1) < 1e-6) }
  }

  /// What leaves a saddle and what goes to it: the sine valley from (3.1, 1.3).
  @Test(arguments: [
    ("newton", PointKind.saddle), ("halley", .saddle), ("saddle-free-newton", .minimum),
    ("trust-region", .minimum), ("cubic-newton", .minimum), ("bfgs", .minimum),
    ("gradient rate=armijo", .minimum),
  ])
  func onlyMethodsThatLookAtTheSignOfCurvatureLeaveASaddle(method: String, point: PointKind)
    async throws
  {
    let found = try await outcome(
      "f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)", method, from: "3.1, 1.3")
    #expect(found.ending == .converged)
    #expect(found.point == point)
  }

  @Test(arguments: [("bard", 8.21487e-3), ("jennrich-sampson", 124.362), ("osborne-1", 5.46489e-5)])
  func leastSquaresReachThePublishedMinima(problem: String, depth: Double) async throws {
    let found = try await outcome(problem, "levenberg-marquardt")
    #expect(found.ending == .converged)
    #expect(abs(found.value - depth) <= 1e-5 * depth)
  }

  /// Far from the minimum the Jacobian is so badly scaled that the damped system still counts as singular.
  @Test func aSingularSystemAsksForMoreDamping() async throws {
    let found = try await outcome("powell-badly-scaled", "levenberg-marquardt")
    #expect(found.ending == .converged)
    #expect(found.value < 1e-12)
  }

  /// Steps of Newton's kind begin with rate 1 at every iterate: where all are taken whole, each costs one f.
  @Test(arguments: ["armijo", "wolfe"])
  func wholeStepsCostOneTrialEach(rule: String) async throws {
    let found = try await outcome(
      "f(x, y) = exp(x) - x + exp(2*y) - 2*y", "newton rate=\(rule)", from: "1, 1")
    #expect(found.ending == .converged)
    #expect(found.iterations > 3)
    #expect(found.evaluations.value == found.iterations + 1)
  }

  /// Beside 1e6 f changes by its rounding from ‖g‖ = 1e-5 on; the gradient is exact to the end.
  @Test(arguments: [
    "bfgs", "lbfgs", "conjugate-gradient", "conjugate-gradient beta=hz", "newton rate=wolfe",
    "gradient rate=wolfe",
  ])
  func slopesLeadOnWhereFNoLongerTellsPointsApart(method: String) async throws {
    let found = try await outcome(
      "f(x, y) = 1e6 + exp(x) - x + 3*(y - x)^2 + y^4", method, from: "1, -1")
    #expect(found.ending == .converged)
    #expect(found.point == .minimum)
  }

  /// From a distance d one step of order p leads to a distance of the order of dᵖ.
  @Test func thirdDerivativesGiveOrderThree() async throws {
    func length(_ method: String, _ distance: Double) async throws -> Double {
      try await outcome(
        "f(x, y) = exp(x) - x + exp(2*y) - 2*y + x^2*y", method, from: "\(distance), -\(distance)",
        stop: "iterations=1 gradient=off"
      ).gradientNorm
    }
    for (method, order) in [("newton", 2.0), ("halley", 3), ("chebyshev", 3)] {
      let ratio = try await length(method, 0.04) / length(method, 0.02)
      #expect(abs(ratio / exp2(order) - 1) < 0.25, "\(method): \(ratio)")
    }
  }

  /// The formulas of the first-order methods, as published, done again.
  @Test(arguments: ["momentum", "nesterov", "adagrad", "rmsprop", "adam"])
  func firstOrderMethodsAreAsPublished(method: String) async throws {
    let rate = 0.05
    var x = [-3.0, -3.0]
    var m = [0.0, 0.0]
    var v = [0.0, 0.0]
    for t in 1...40 {
      let g = [2 * x[0] - x[1] / 2, -x[0] / 2 + 2 * x[1] / 9]
      for i in 0..<2 {
        switch method {
        case "momentum":
          m[i] = 0.9 * m[i] - rate * g[i]
          x[i] += m[i]
        case "nesterov":
          m[i] = 0.9 * m[i] - rate * g[i]
          x[i] += 0.9 * m[i] - rate * g[i]
        case "adagrad":
          v[i] += g[i] * g[i]
          x[i] -= rate * g[i] / (v[i].squareRoot() + 1e-8)
        case "rmsprop":
          v[i] = 0.9 * v[i] + 0.1 * g[i] * g[i]
          x[i] -= rate * g[i] / (v[i].squareRoot() + 1e-8)
        default:
          m[i] = 0.9 * m[i] + 0.1 * g[i]
          v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
          let (a, b) = (
            (0..<t).reduce(1.0) { p, _ in p * 0.9 }, (0..<t).reduce(1.0) { p, _ in p * 0.999 }
          )
          x[i] -= rate * (m[i] / (1 - a)) / ((v[i] / (1 - b)).squareRoot() + 1e-8)
        }
      }
    }
    let found = try await outcome(
      MethodRunsTests.quadratic, "\(method) rate=\(rate)", from: "-3, -3", stop: "iterations=40")
    for (value, truth) in zip(found.position, x) { #expect(abs(value - truth) <= 1e-12) }
  }

  /// The rates of rules at the first step: ‖x₁ − x₀‖ over ‖g‖.
  @Test(arguments: [
    ("cauchy", 0.47167581844720934), ("exact", 0.47167581844720934),
    ("curvature", 1 / 2.1309755417047676),
    ("determinant", 2.2677868380553634),
    ("lipschitz", 1 / 2.1309755417047676), ("decay(0.2, 10)", 0.2), ("exponential(0.2, 0.5)", 0.2),
    ("cosine(0.2, 100)", 0.2), ("step(0.2, 0.5, 3)", 0.2), ("polyak", 5.5 / 20.944444444444443),
  ])
  func rulesGiveTheirRates(rule: String, rate: Double) async throws {
    let found = try await outcome(
      MethodRunsTests.quadratic + "\n  minimum (0, 0)", "gradient rate=\(rule)", from: "-3, -3",
      stop: "iterations=1")
    let moved = [found.position[0] + 3, found.position[1] + 3]
    let length = (moved[0] * moved[0] + moved[1] * moved[1]).squareRoot()
    #expect(
      abs(length / 4.576510072581994 - rate) <= 1e-12,
      "\(length / 4.576510072581994)")
  }

  @Test func schedulesFall() async throws {
    let found = try await results(
      "function \(MethodRunsTests.quadratic)\nmethod gradient rate=step(0.2, 0.5, 3)\nstart (-3, -3)\n"
        + "stop iterations=7")
    let run = try #require(found.runs.first)
    let trace = try #require(run.trace)
    let width = trace.values.count / trace.iterations.count
    let place = 2 + (try #require(found.columns.firstIndex(of: "step_rate")))
    let rates = (0..<7).map { trace.values[$0 * width + place] }
    #expect(rates == [0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.05])
  }

  @Test(arguments: ["trust-region", "cubic-newton", "levenberg-marquardt"])
  func methodsWithoutARateShowNone(method: String) async throws {
    let found = try await results("function rosenbrock\nmethod \(method)\nstart (-1, 1)")
    let trace = try #require(found.runs.first?.trace)
    let width = trace.values.count / trace.iterations.count
    let rate = 2 + (try #require(found.columns.firstIndex(of: "step_rate")))
    let length = 2 + (try #require(found.columns.firstIndex(of: "step_norm")))
    for row in trace.iterations.indices.dropLast() {
      #expect(RunTrace.isEmpty(trace.values[row * width + rate]))
      #expect(trace.values[row * width + length] > 0)
    }
  }

  /// Every failure of a rule has its ending and its reason.
  @Test(arguments: [
    (
      "x^2 - y^2", "gradient rate=cauchy", "0, 1", Ending.blocked,
      "the curvature along the gradient is not positive"
    ),
    ("x + y", "gradient rate=curvature", "0, 1", .singular, "H is 0"),
    ("x^2 + y", "gradient rate=determinant", "1, 1", .singular, "det H is 0"),
    ("-x^2 - y^2", "newton rate=armijo", "1, 1", .blocked, "the direction does not go down"),
    ("-x^2 - y^2", "newton rate=wolfe", "1, 1", .blocked, "the direction does not go down"),
    (
      "x^2 - 4*y^2", "newton rate=exact", "1, 1", .blocked,
      "the curvature along the direction is not positive"
    ),
    ("x + y", "saddle-free-newton", "0, 1", .singular, "the Newton system has no solution"),
  ])
  func aRateThatDoesNotExistEndsTheRun(
    formula: String, method: String, start: String, ending: Ending, reason: String
  ) async throws {
    let found = try await outcome("f(x, y) = \(formula)", method, from: start)
    #expect(found.ending == ending)
    #expect(found.reason == reason)
    #expect(found.iterations == 0)
  }

  @Test func trialsAreCountedAndATrialThatIsNotFiniteIsNoIterate() async throws {
    // From 0.5 the first trial of −g lands where log is undefined.
    let found = try await outcome("f(x) = x - log(x)", "gradient rate=armijo", from: "0.1")
    #expect(found.ending == .converged)
    #expect(found.evaluations.value > found.iterations)
    #expect(found.evaluations.gradient == found.iterations + 1)
    let wolfe = try await outcome("f(x) = x - log(x)", "bfgs", from: "0.1")
    #expect(wolfe.ending == .converged)
    #expect(wolfe.evaluations.value == wolfe.evaluations.gradient)
    #expect(wolfe.evaluations.hessian == 0)
  }

  @Test func aKeptHessianIsAskedForRarely() async throws {
    let found = try await outcome("beale", "newton refresh=4", from: "3.1, 0.6")
    #expect(found.ending == .converged)
    #expect(found.evaluations.hessian == (found.iterations + 3) / 4)
  }

  @Test func momentumGoesOnWhileItsVelocityDoes() async throws {
    // At the top of x³ − x the gradient is 0 but for rounding; the ball must roll on.
    let found = try await outcome(
      "f(x) = x^2", "momentum rate=0.1", from: "1", stop: "gradient=off iterations=200")
    #expect(found.iterations == 200)
  }

  @Test func aRateThatFadesStallsAfterTenStillSteps() async throws {
    let found = try await outcome(
      "f(x) = x^2", "gradient rate=cosine(0.1, 5)", from: "1", stop: "iterations=100")
    #expect(found.ending == .stalled)
    #expect(found.iterations == 14)
  }
}
