import Foundation
import TestSupport
import Testing

@testable import Running

/// What the theory of optimisation promises of every run, expected from the theorems alone.
@Suite struct TheoryTests {
  /// A row of a trace by the names of its columns, coordinates among them.
  private typealias Row = [String: Double]

  /// The rows of the one run of a spec.
  private func rows(_ spec: String, _ variables: [String]) async throws -> [Row] {
    let (runs, columns) = try await results(spec)
    let trace = try #require(runs.first?.trace)
    let names = variables + columns
    return trace.iterations.indices.map { row in
      Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($1, trace.values[row * names.count + $0]) })
    }
  }

  // MARK: - Change of variables

  /// (x, y) = A(u, v) + b with small fractions, so that starts in both are the same point exactly.
  private static let change = "x = 2*u + v - 1\n  where y = -u/2 + 3*v/2 + 1"

  private static func changed(_ u: Double, _ v: Double) -> (x: Double, y: Double) {
    (2 * u + v - 1, -u / 2 + 3 * v / 2 + 1)
  }

  private static let functions = [
    ("100*(y - x^2)^2 + (1 - x)^2", 1, 0.25), ("sin(x)^2 + sin(10 + x*y/2)*cos(x)", 1.75, 0.75),
    ("exp(x + 2*y) + exp(x - y) + exp(-x)", 1, -0.5),
  ]

  /// The iterates of a method on f(x, y), and those on f(A(u, v) + b) seen as (x, y).
  private func bothWays(_ formula: String, _ u: Double, _ v: Double, _ method: String) async throws
    -> (there: [[Double]], here: [[Double]])
  {
    let end = "\nmethod \(method)\nstop iterations=25 gradient=1e-7"
    let start = TheoryTests.changed(u, v)
    let there = try await rows(
      "function f(x, y) = \(formula)\nstart (\(start.x), \(start.y))" + end, ["x", "y"])
    let here = try await rows(
      "function f(u, v) = \(formula)\n  where \(TheoryTests.change)\nstart (\(u), \(v))" + end,
      ["u", "v"])
    return (
      there.map { [$0["x", default: .nan], $0["y", default: .nan]] },
      here.map {
        let (x, y) = TheoryTests.changed($0["u", default: .nan], $0["v", default: .nan])
        return [x, y]
      }
    )
  }

  @Test(arguments: [
    "newton", "newton rate=0.5", "newton refresh=2", "newton rate=armijo", "newton rate=wolfe",
    "newton rate=exact", "halley", "chebyshev",
  ])
  func newtonsIteratesDoNotChangeWithTheVariables(method: String) async throws {
    for (formula, u, v) in TheoryTests.functions {
      let (there, here) = try await bothWays(formula, u, v, method)
      // Where the run ends, a last step more or less is a matter of the norm of g, which does change.
      for (k, (a, b)) in zip(there, here).enumerated() {
        #expect(
          euclideanNorm(zip(a, b).map { $0 - $1 }) <= 1e-9 * (1 + euclideanNorm(a)),
          "\(formula), iterate \(k): \(a), \(b)")
      }
    }
  }

  /// The other way round: what depends on the metric does change, so that the test above would see it.
  @Test(arguments: ["gradient rate=0.01", "bfgs", "saddle-free-newton", "trust-region radius=0.1"])
  func otherMethodsDoChange(method: String) async throws {
    let (formula, u, v) = TheoryTests.functions[1]
    let (there, here) = try await bothWays(formula, u, v, method)
    #expect(abs(there[2][0] - here[2][0]) > 1e-3)
  }

  // MARK: - The descent lemma

  /// A function with a bound L on its curvature, in a domain that its runs do not leave.
  struct Bounded: Sendable, CustomTestStringConvertible {
    let formula: String
    let variables: [String]
    let start: [Double]
    /// L: no eigenvalue of H is greater in absolute value.
    let bound: Double
    /// f is never below.
    let least: Double
    /// The minimiser of a convex function; nil where f is not convex or it is not known.
    let minimiser: [Double]?
    var testDescription: String { formula }

    static let all = [
      // H = [2, -1/2; -1/2, 2/9].
      Bounded(
        formula: "x^2 - x*y/2 + (y/3)^2", variables: ["x", "y"], start: [-3, -3],
        bound: 2.1309755417047677, least: 0, minimiser: [0, 0]),
      // H is diagonal with sech² x and 4 sech² 2y.
      Bounded(
        formula: "log(cosh(x)) + log(cosh(2*y))", variables: ["x", "y"], start: [4, -3], bound: 4,
        least: 0, minimiser: [0, 0]),
      // softplus″ ≤ 1/4: H ≤ Σ aaᵀ/4, whose trace is 4.5.
      Bounded(
        formula: "softplus(x + 2*y) + softplus(x - y) + softplus(-x) + softplus(-3*x - y)",
        variables: ["x", "y"], start: [4, 4], bound: 4.5, least: 0, minimiser: nil),
      // H is diagonal with 1/10 - sin x and 1/10 - 4 cos 2y; both waves are at least -1.
      Bounded(
        formula: "sin(x) + cos(2*y) + (x^2 + y^2)/20", variables: ["x", "y"], start: [1.6, 0.1],
        bound: 4.1, least: -2, minimiser: nil),
      // H has 2 on the diagonal and -1 beside it.
      Bounded(
        formula: "((z[1] - 6)^2 + sum(i in 2..6: (z[i] - z[i-1] + 2*i - 8)^2) + (z[6] - 6)^2)/2",
        variables: (1...6).map { "z[\($0)]" }, start: [Double](repeating: 0, count: 6), bound: 4,
        least: 0, minimiser: (1...6).map { Double($0 * (7 - $0)) }),
    ]
  }

  /// f(x⁺) ≤ f − η(1 − Lη/2)‖g‖² for x⁺ = x − ηg; summed up, min ‖g‖² ≤ (f₀ − f*)/(tη(1 − Lη/2)); and for
  /// convex f with η = 1/L, f − f* ≤ L‖x₀ − x*‖²/(2t) (Nesterov, *Lectures on Convex Optimization*, §1.2.3, §2.1.5).
  @Test(arguments: Bounded.all, [0.5, 1, 1.9])
  func gradientDescentFallsAsTheDescentLemmaSays(function: Bounded, scale: Double) async throws {
    let names = function.variables.count == 2 ? function.variables.joined(separator: ", ") : "z[6]"
    let spec = """
      function f(\(names)) = \(function.formula)
        domain -20 .. 20
        lipschitz \(function.bound)
      method gradient rate=lipschitz scale=\(scale)
      start (\(function.start.map { "\($0)" }.joined(separator: ", ")))
      stop iterations=200 gradient=1e-12
      """
    let rows = try await rows(spec, function.variables)
    let rate = scale / function.bound
    let share = rate * (1 - scale / 2)
    let first = try #require(rows.first?["f"])
    func rounding(_ f: Double) -> Double { 8 * 0x1p-52 * max(abs(f), 1) }
    var leastSquare = Double.infinity
    for (t, row) in rows.enumerated() {
      let f = try #require(row["f"])
      let square = try #require(row["gradient_norm"]) * (row["gradient_norm"] ?? .nan)
      for variable in function.variables { #expect(abs(row[variable, default: .nan]) <= 20) }
      if t > 0 {
        let count = Double(t)
        #expect(
          leastSquare <= (first - function.least + count * rounding(first)) / (count * share),
          "after \(t) steps")
        if scale == 1, let minimiser = function.minimiser {
          let away = zip(function.start, minimiser).map { $0 - $1 }
          let distance = euclideanNorm(away)
          #expect(
            f - function.least <= function.bound * distance * distance / (2 * count)
              + count * rounding(first), "after \(t) steps")
        }
      }
      leastSquare = min(leastSquare, square)
      if t + 1 < rows.count {
        let next = try #require(rows[t + 1]["f"])
        #expect(next <= f - share * square + rounding(f), "step \(t): \(f) to \(next)")
      }
    }
    #expect(rows.count > 10)
  }

  // MARK: - Quadratic functions

  /// A quadratic (x − c)ᵀA(x − c)/2 with whole numbers in A = MMᵀ + sI and eighths in c.
  private struct Quadratic {
    let size: Int
    let minimiser: [Double]
    let formula: String

    init(size n: Int, shift: Int, seed: UInt64) {
      var random = RandomNumbers(seed: seed)
      let m = (0..<n).map { _ in (0..<n).map { _ in Int.random(in: -2...2, using: &random) } }
      let c = (0..<n).map { _ in Double(Int.random(in: -16...16, using: &random)) / 8 }
      size = n
      minimiser = c
      func u(_ i: Int) -> String { "(x[\(i + 1)] - (\(c[i])))" }
      var terms: [String] = []
      for i in 0..<n {
        for j in i..<n {
          let entry = zip(m[i], m[j]).reduce(i == j ? shift : 0) { $0 + $1.0 * $1.1 }
          if entry != 0 { terms.append("(\(entry))*\(u(i))*\(u(j))\(i == j ? "/2" : "")") }
        }
      }
      formula = terms.joined(separator: " + ")
    }

    func outcome(_ method: String) async throws -> Outcome {
      try await onlyRun(
        "function q(x[\(size)]) = \(formula)\nmethod \(method)\nstart ([i in 1..\(size): 3])\n"
          + "stop iterations=100")
    }
  }

  @Test(arguments: [
    "newton", "newton rate=armijo", "newton rate=wolfe", "newton rate=exact", "halley", "chebyshev",
    "saddle-free-newton", "trust-region radius=1e6",
  ])
  func convexQuadraticsTakeOneNewtonStep(method: String) async throws {
    for n in 1...20 {
      let quadratic = Quadratic(size: n, shift: 1, seed: UInt64(n))
      let found = try await quadratic.outcome(method)
      #expect(found.ending == .converged, "n = \(n)")
      #expect(found.iterations == 1, "n = \(n): \(found.iterations)")
      for (x, truth) in zip(found.position, quadratic.minimiser) { #expect(abs(x - truth) < 1e-9) }
    }
  }

  /// Hestenes and Stiefel 1952: n steps, if every line search is exact; and all formulas for β are one.
  @Test(arguments: ["pr+", "fr", "hz"])
  func conjugateGradientsEndInAsManyStepsAsThereAreVariables(beta: String) async throws {
    for n in 1...20 {
      let found = try await Quadratic(size: n, shift: 4 * n, seed: UInt64(n))
        .outcome("conjugate-gradient beta=\(beta) rate=exact")
      #expect(found.ending == .converged, "n = \(n)")
      #expect(found.iterations <= n, "n = \(n): \(found.iterations)")
    }
  }

  /// As many steps as there are different eigenvalues; the same for bfgs, whose steps are then the same ones.
  @Test(arguments: ["conjugate-gradient", "conjugate-gradient beta=fr", "bfgs"])
  func threeEigenvaluesTakeThreeSteps(method: String) async throws {
    let found = try await onlyRun(
      "function q(x[12]) = sum(i in 1..4: x[i]^2 + 5*x[i+4]^2 + 20*x[i+8]^2)\n"
        + "method \(method) rate=exact\nstart ([i in 1..12: i])\nstop iterations=3")
    #expect(found.ending == .converged)
    #expect(found.iterations == 3)
  }

  // MARK: - Limits of fixed rates

  /// λmax of the quadratics of these tests.
  private static let quadratics = [
    ("q(x, y) = x^2 - x*y/2 + (y/3)^2", "-3, -3", 2.1309755417047677),
    ("q(x[5]) = sum(i in 1..5: i*x[i]^2)", "[i in 1..5: 1]", 10),
    ("q(x) = x^2/200", "7", 0.01),
  ]

  /// The greatest rate times λmax: 2 for gradients, 2(1 + β) for the heavy ball, 2(1 + β)/(1 + 2β) for Nesterov's
  /// (where the root −1 of its recursion along the steepest eigenvector is met).
  @Test(arguments: [
    ("gradient", 2.0), ("momentum", 3.8), ("momentum beta=0.5", 3), ("nesterov", 3.8 / 2.8),
    ("nesterov beta=0.5", 1.5),
  ])
  func fixedRatesEndAtTheirLimit(method: String, limit: Double) async throws {
    for (function, start, greatest) in TheoryTests.quadratics {
      func ending(_ factor: Double) async throws -> Ending {
        try await onlyRun(
          "function \(function)\nmethod \(method) rate=\(factor * limit / greatest)\nstart (\(start))\n"
            + "stop iterations=3000"
        ).ending
      }
      #expect(try await ending(0.98) == .converged, "\(function)")
      #expect(try await ending(1.02) == .diverged, "\(function)")
    }
  }

  /// Where f is flatter further out, what leaves the minimum ends in a cycle of two around it: x = ηf′(x)/2.
  @Test(arguments: [("gradient", 2.0), ("momentum beta=0.5", 3)])
  func beyondTheLimitAFunctionThatFlattensEndsInACycle(method: String, limit: Double) async throws {
    func outcome(_ factor: Double) async throws -> Outcome {
      try await onlyRun(
        "function f(x) = log(cosh(x))\nmethod \(method) rate=\(factor * limit)\nstart (1)\n"
          + "stop iterations=3000")
    }
    #expect(try await outcome(0.98).ending == .converged)
    let found = try await outcome(1.02)
    #expect(found.ending == .oscillating)
    #expect(found.tail?.period == 2)
    let x = abs(found.position[0])
    #expect(x > 0.1)
    // x⁺ = −x: of the heavy ball v⁺ = −2x = βv − ηf′ with v = 2x.
    let beta = limit / 2 - 1
    #expect(abs(2 * x * (1 + beta) - 1.02 * limit * tanh(x)) < 1e-9)
  }

  /// Of Newton's method the limit is 2 on every quadratic, convex or not: x⁺ = (1 − η)x.
  @Test func newtonsLimitIsTwo() async throws {
    for formula in ["x^2 - x*y/2 + (y/3)^2", "x^2 - 50*y^2", "1e-3*x^2 + 1e3*y^2"] {
      for (rate, ending) in [(1.96, Ending.converged), (2.04, .diverged)] {
        let found = try await onlyRun(
          "function q(x, y) = \(formula)\nmethod newton rate=\(rate)\nstart (1, 2)\n"
            + "stop iterations=3000")
        #expect(found.ending == ending, "\(formula)")
      }
    }
  }
}
