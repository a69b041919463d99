import Expressions
import Testing

@testable import Running

/// Every ending and every kind of point, decided as the rules say.
@Suite struct EndingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let spec: String
    let ending: Ending
    let point: PointKind
    var iterations: Int?
    var reason: String?
    var testDescription: String { spec }

    init(
      _ formula: String, _ method: String, from start: String, _ ending: Ending, _ point: PointKind,
      iterations: Int? = nil, reason: String? = nil, stop: String = "iterations=100"
    ) {
      let variables = formula.contains("y") ? "x, y" : "x"
      spec =
        "function f(\(variables)) = \(formula)\nmethod \(method)\nstart (\(start))\nstop \(stop)"
      self.ending = ending
      self.point = point
      self.iterations = iterations
      self.reason = reason
    }
  }

  @Test(arguments: [
    Case("x^2 + y^2", "newton", from: "-3, -3", .converged, .minimum, iterations: 1),
    Case("x^2 - y^2", "newton", from: "-3, -3", .converged, .saddle, iterations: 1),
    Case("-x^2 - y^2", "newton", from: "-3, -3", .converged, .maximum, iterations: 1),
    Case("x^2 + y^2", "gradient rate=0.5", from: "-3, -3", .converged, .minimum, iterations: 1),
    Case("x^2 + y^2", "newton", from: "0, 0", .converged, .minimum, iterations: 0),
    Case("x^2 - y^2", "gradient rate=0.1", from: "0, 0", .converged, .saddle, iterations: 0),
    Case("0*x + y^2", "newton", from: "1, 3", .converged, .degenerate, iterations: 1),
    Case("7 + 0*x*y", "newton", from: "1, 3", .converged, .degenerate, iterations: 0),
    Case("x^4", "gradient rate=0.1", from: "1", .crawling, .moving, iterations: 100),
    Case("x^4", "newton", from: "1", .converged, .degenerate),
    Case("x^3", "newton", from: "1", .converged, .degenerate),
    Case("x + 0*y", "newton", from: "1, 1", .singular, .moving, iterations: 0),
    Case("x^2 + y^2", "gradient rate=1e-3", from: "-3, -3", .crawling, .moving, iterations: 100),
    Case("x^2 + y^2", "gradient rate=1", from: "-3, -3", .oscillating, .moving, iterations: 100),
    Case("x^2 + y^2", "gradient rate=0.999", from: "-3, -3", .oscillating, .moving),
    Case(
      "x^2 + y^2", "gradient rate=1.01", from: "-3, -3", .diverged, .moving, iterations: 100,
      reason: "still growing at the limit; f rose first at iteration 1"),
    Case(
      "x^2 + y^2", "gradient rate=3", from: "-3, -3", .diverged, .moving,
      reason: "outside the radius 10000000000; f rose first at iteration 1"),
    Case(
      "x^2 + y^2", "gradient rate=3", from: "-3, -3", .diverged, .moving,
      reason: "f is infinite; f rose first at iteration 1",
      stop: "iterations=1000 radius=off"),
    Case(
      "x^2 + y^2", "gradient rate=1e300", from: "-3, -3", .diverged, .moving, iterations: 1,
      reason: "f is infinite"),
    Case(
      "x^2 + y^2", "gradient rate=0", from: "-3, -3", .stalled, .moving, iterations: 0,
      reason: "the step no longer changes x"),
    Case(
      "x^2 + y^2", "gradient rate=1e-300", from: "-3, -3", .stalled, .moving, iterations: 0,
      reason: "the step no longer changes x"),
    Case(
      "x^2 + y^2", "newton rate=0.5", from: "-3, -3", .stalled, .moving, iterations: 3,
      reason: "the step tolerance was met", stop: "step=0.6"),
    Case(
      "x^2 + y^2", "newton rate=0.5", from: "-3, -3", .stalled, .moving, iterations: 3,
      reason: "the decrease tolerance was met", stop: "decrease=1"),
    Case(
      "log(x)", "gradient rate=2", from: "1", .undefined, .moving, iterations: 1,
      reason: "log(x) is nan for x = -1"),
    Case(
      "sqrt(x) + x", "gradient rate=0.1", from: "0", .undefined, .moving, iterations: 0,
      reason: "sqrt(x) has no finite derivative at x = 0"),
    Case(
      "if(x > 0, log(x), 0) + sqrt(x)", "gradient rate=0.1", from: "-1", .undefined, .moving,
      iterations: 0, reason: "sqrt(x) is nan for x = -1"),
    Case(
      "sum(i in 1..2: sqrt(x - i))", "gradient rate=0.1", from: "2", .undefined, .moving,
      iterations: 0, reason: "sqrt(x - i) has no finite derivative at x - i = 0 and i = 2"),
    Case(
      "exp(x)^2", "newton", from: "354.5", .undefined, .moving, iterations: 0,
      reason: "exp(x)^2 has no finite second derivative at exp(x) = 9.065543260916564e153"),
    Case(
      "-x^2", "gradient rate=1", from: "1", .diverged, .moving,
      reason: "outside the radius 10000000000; f never rose"),
    Case(
      "x^2 + y^2", "gradient rate=1", from: "-3, -3", .oscillating, .moving,
      reason: "limit on iterations; f never rose"),
    // Down a slope by ones, over its foot, and back to the top.
    Case(
      "if(x < 5, -x, 10*(x - 5)^2 - 5)", "gradient rate=1", from: "0.5", .oscillating, .moving,
      reason: "limit on iterations; f rose first at iteration 5"),
    Case(
      "1/x", "gradient rate=0.1", from: "0", .diverged, .moving, iterations: 0,
      reason: "f is infinite"),
    Case(
      "x^2 + y^2", "gradient rate=1e-3", from: "-3, -3", .crawling, .moving, iterations: 9,
      reason: "limit on evaluations", stop: "evaluations=10"),
    Case(
      "x^2 + y^2", "newton rate=0.01", from: "-3, -3", .crawling, .moving, iterations: 5,
      reason: "limit on evaluations", stop: "evaluations=11"),
    Case(
      "x^2 + y^2", "newton", from: "-3, -3", .stalled, .minimum, iterations: 1,
      reason: "the step no longer changes x", stop: "gradient=off"),
  ])
  func endsAsTheRulesSay(_ run: Case) async throws {
    let outcome = try await onlyRun(run.spec)
    #expect(outcome.ending == run.ending)
    #expect(outcome.point == run.point)
    if let iterations = run.iterations { #expect(outcome.iterations == iterations) }
    if let reason = run.reason { #expect(outcome.reason == reason) }
  }

  @Test(arguments: [
    (2.5, "is nan for w = 2.5 and r.a = 3 in row 3"),
    (3.0, "has no finite derivative at w = 3 and r.a = 3 in row 3"),
  ])
  func whereRowsAreSummedTheReasonNamesTheRow(start: Double, reason: String) async throws {
    let table = DataTable(
      name: "t", columns: ["b", "a"], values: [[7, 7, 7, 7], [1, 2, 3, 3]])
    let outcome = try await onlyRun(
      """
      data t from "t.csv"
      function f(w) = mean(r in t: sqrt(w - r.a))
      method gradient rate=0.1
      start (\(start))
      """, tables: [table])
    #expect(outcome.ending == .undefined)
    #expect(outcome.reason == "mean(r in t: sqrt(w - r.a)) \(reason)")
  }

  @Test func stepsThatMoveNothingDoNotHideHowTheOthersGo() {
    let tail = Tail(points: [[0], [1], [1], [0], [1], [0]], values: [0, 1, 1, 0, 1, 0])
    #expect(tail.cosine == -1)
    #expect(!tail.isStill)
    #expect(Tail(points: [[2], [2], [2]], values: [4, 4, 4]).ending == .stalled)
  }

  @Test func aCycleOfTwoIsFoundAsOne() async throws {
    let outcome = try await onlyRun(
      "function f(x, y) = x^2 + y^2\nmethod gradient rate=1\nstart (-3, -3)")
    #expect(outcome.tail?.period == 2)
    #expect(abs(try #require(outcome.tail?.cosine) + 1) < 1e-15)
    #expect(outcome.tail?.growth == 1)
  }

  @Test func gradientDescentConvergesExactlyBelowTwoOverTheLargestEigenvalue() async throws {
    // The largest eigenvalue of the squished paraboloid is 2.13097554.
    for (rate, ending) in [
      (0.98 * 2 / 2.13097554, Ending.converged), (1.02 * 2 / 2.13097554, .diverged),
    ] {
      let outcome = try await onlyRun(
        """
        function f(x, y) = x^2 - x*y/2 + (y/3)^2
        method gradient rate=\(rate)
        start (-3, -3)
        stop iterations=2000
        """)
      #expect(outcome.ending == ending)
    }
  }

  @Test func newtonConvergesWithOrderTwoAndGradientDescentWithOrderOne() async throws {
    let head = "function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)\nstart (3.1, 2.1)\n"
    let newton = try await onlyRun(head + "method newton")
    let gradient = try await onlyRun(head + "method gradient rate=0.1")
    #expect(abs(try #require(newton.order) - 2) < 0.3)
    #expect(abs(try #require(gradient.order) - 1) < 0.001)
  }

  @Test func evaluationsCountWhatTheMethodAskedFor() async throws {
    let head = "function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)\nstart (3.1, 2.1)\n"
    let newton = try await onlyRun(head + "method newton")
    #expect(newton.evaluations.gradient == newton.iterations + 1)
    #expect(newton.evaluations.hessian == newton.iterations)
    let gradient = try await onlyRun(head + "method gradient rate=0.1")
    #expect(gradient.evaluations.gradient == gradient.iterations + 1)
    #expect(gradient.evaluations.hessian == 0)
  }

  @Test func threeVariablesReachTheMinimumInOneStep() async throws {
    let outcome = try await onlyRun(
      """
      function f(x, y, z) = x^2 + 2*y^2 + 3*z^2 + x*y - y*z + x
      method newton
      start (4, -2, 9)
      """)
    #expect(outcome.ending == .converged)
    #expect(outcome.point == .minimum)
    #expect(outcome.iterations == 1)
  }
}
