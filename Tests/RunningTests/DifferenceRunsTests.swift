import Testing

@testable import Running

/// Runs whose steps come from differences: they end by the exact gradient, and are charged for what they ask.
@Suite struct DifferenceRunsTests {
  private static let valley = "f(x, y) = x^2 - x*y/2 + (y/3)^2 + exp(x)"

  private func outcome(
    _ method: String, _ function: String = valley, from start: String = "1, 1", stop: String = ""
  )
    async throws -> Outcome
  {
    try await onlyRun(
      "function \(function)\nmethod \(method)\nstart (\(start))\n"
        + (stop.isEmpty ? "" : "stop \(stop)"))
  }

  @Test(arguments: [
    "gradient rate=0.4", "newton", "halley", "chebyshev", "bfgs", "lbfgs", "trust-region",
    "cubic-newton", "gradient rate=cauchy", "momentum rate=0.1",
    "newton rate=determinant", "conjugate-gradient", "diagonal-newton rate=0.5",
    "gradient rate=barzilai-borwein", "saddle-free-newton", "regularized-newton damping=0.1",
  ])
  func centralDifferencesEndBesideTheExactRun(method: String) async throws {
    let exact = try await outcome(method)
    let found = try await outcome("\(method) derivatives=central")
    #expect(exact.ending == .converged)
    #expect(found.ending == .converged)
    #expect(found.point == .minimum)
    for (here, there) in zip(found.position, exact.position) { #expect(abs(here - there) < 1e-7) }
    #expect(found.evaluations.gradient == 0)
    #expect(found.evaluations.hessian == 0)
  }

  @Test func aQuadraticTakesOneNewtonStepOfDifferences() async throws {
    let found = try await outcome(
      "newton derivatives=central epsilon=1", "q(x, y) = x^2 - x*y/2 + (y/3)^2", from: "-3, -3")
    #expect(found.ending == .converged)
    #expect(found.iterations == 1)
  }

  @Test func theExactGradientSaysWhetherARunConverged() async throws {
    // The forward difference of x² vanishes at −ε/2, where the gradient is −ε.
    let found = try await outcome(
      "gradient rate=0.5 derivatives=forward epsilon=0.25", "f(x) = x^2", from: "1")
    #expect(found.ending == .stalled)
    #expect(found.point == .moving)
    #expect(found.position == [-0.125])
    #expect(found.gradientNorm == 0.25)
  }

  @Test func columnsOfATraceAreExact() async throws {
    let (runs, columns) = try await results(
      """
      function f(x) = x^2
      method gradient rate=0.25 derivatives=forward epsilon=0.5
      start (1)
      stop iterations=3
      """)
    let trace = try #require(runs.first?.trace)
    let place = try #require(columns.firstIndex(of: "gradient_norm"))
    let width = 1 + columns.count
    // x ← x − (2x + ½)/4.
    #expect((0...3).map { trace.values[$0 * width] } == [1, 0.375, 0.0625, -0.09375])
    #expect((0...3).map { trace.values[$0 * width + 1 + place] } == [2, 0.75, 0.125, 0.1875])
  }

  /// f, g and H of runs of k steps that met the limit, on a function of 3 variables.
  @Test(arguments: [
    // g at each of the 6 points, the last included; H where a step began.
    ("gradient rate=1e-3", Evaluations(value: 0, gradient: 6)),
    ("gradient rate=1e-3 derivatives=forward", Evaluations(value: 4 * 6)),
    ("gradient rate=1e-3 derivatives=central", Evaluations(value: 6 * 6)),
    ("newton rate=1e-3", Evaluations(gradient: 6, hessian: 5)),
    ("newton rate=1e-3 derivatives=forward", Evaluations(value: 4 * 6 + 9 * 5)),
    ("newton rate=1e-3 derivatives=forward epsilon=1e-4", Evaluations(value: 4 * 6 + 6 * 5)),
    ("newton rate=1e-3 derivatives=central", Evaluations(value: 6 * 6 + 19 * 5)),
    ("newton rate=1e-3 refresh=3 derivatives=central", Evaluations(value: 6 * 6 + 19 * 2)),
    // f itself is shared with the forward difference, but not with the central one.
    ("gradient rate=polyak scale=1e-3 derivatives=forward", Evaluations(value: 4 * 6)),
    ("gradient rate=polyak scale=1e-3 derivatives=central", Evaluations(value: 7 * 6)),
  ])
  func whatIsAskedForIsCounted(method: String, evaluations: Evaluations) async throws {
    let found = try await outcome(
      method, "f(x[3]) = norm(x)^4 + x[1]*x[2]*x[3]/9\n  minimum (0, 0, 0)", from: "1, 2, 3",
      stop: "iterations=5")
    #expect(found.iterations == 5)
    #expect(found.evaluations == evaluations)
  }

  @Test func trialsAreChargedForTheirDifferences() async throws {
    let exact = try await outcome("bfgs", stop: "iterations=4")
    let trials = exact.evaluations.value - 1
    #expect(exact.evaluations == Evaluations(value: 1 + trials, gradient: 1 + trials))
    // Each trial takes f there and 2n points around.
    let central = try await outcome("bfgs derivatives=central", stop: "iterations=4")
    #expect(central.evaluations == Evaluations(value: 5 * (1 + trials)))
    let forward = try await outcome("bfgs derivatives=forward", stop: "iterations=4")
    #expect(forward.evaluations == Evaluations(value: 3 * (1 + trials)))
    // Of armijo's trials only f is asked; g at the five points is 2n more each.
    let plain = try await outcome("gradient rate=armijo", stop: "iterations=4")
    let armijo = try await outcome("gradient rate=armijo derivatives=central", stop: "iterations=4")
    #expect(armijo.evaluations == Evaluations(value: plain.evaluations.value + 4 * 5))
  }

  @Test func aLimitOnEvaluationsCountsDifferences() async throws {
    let found = try await outcome(
      "gradient rate=1e-3 derivatives=central", stop: "iterations=off evaluations=100")
    #expect(found.reason == "limit on evaluations")
    #expect(found.evaluations == Evaluations(value: 100))
    let searched = try await outcome(
      "gradient rate=wolfe derivatives=central", "rosenbrock[4]", from: "-1.2, 1, -1.2, 1",
      stop: "iterations=off evaluations=100")
    // A search that has begun is finished; each of its trials costs 9.
    #expect(searched.reason == "limit on evaluations; f never rose")
    #expect(searched.evaluations.value % 9 == 0)
    #expect((92...92 + 40 * 9).contains(searched.evaluations.value))
  }

  @Test func differencesThatSayNothingEndARun() async throws {
    let outside = try await outcome(
      "gradient rate=0.1 derivatives=central epsilon=0.5", "f(x) = log(x)^2", from: "0.25")
    #expect(outside.ending == .undefined)
    #expect(outside.reason == "a difference of f is not finite")
    let lost = try await outcome(
      "gradient rate=0.1 derivatives=forward", "f(x) = x^2", from: "1e9")
    #expect(lost.ending == .undefined)
    #expect(lost.reason == "epsilon is lost in the rounding of x")
  }
}
