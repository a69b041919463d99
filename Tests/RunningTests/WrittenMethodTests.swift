import Testing

@testable import Running

/// Methods that a spec writes down, beside those that come along: the same bits.
@Suite struct WrittenMethodTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    let known: String
    let written: String
    var testDescription: String { known }
  }

  private static let pairs = [
    Pair(known: "gradient rate=0.1", written: "own rate=0.1\n  step -rate*gradient"),
    Pair(known: "gradient rate=0.1", written: "own rate=0.1\n  direction -gradient"),
    Pair(known: "gradient rate=armijo", written: "own rate=armijo\n  direction -gradient"),
    Pair(known: "gradient rate=wolfe", written: "own rate=wolfe\n  direction -gradient"),
    Pair(
      known: "gradient rate=barzilai-borwein",
      written: "own\n  rates barzilai-borwein\n  direction -gradient"),
    Pair(
      known: "gradient rate=decay(0.1, 3)",
      written: "own\n  rate 0.1/(1 + iteration/3)\n  step -rate*gradient"),
    Pair(
      known: "gradient rate=decay(0.1, 3)",
      written: "own\n  rate 0.1/(1 + iteration/3)\n  direction -gradient"),
    Pair(
      known: "momentum rate=0.01",
      written: "own rate=0.01\n  state v = 0, then 0.9*v - rate*gradient\n  step v'"),
    Pair(
      known: "momentum rate=0.01 beta=0.5",
      written:
        "own rate=0.01 beta=0.5\n  step -rate*gradient + beta*last\n  state last = 0, then step"),
    Pair(
      known: "nesterov rate=0.01",
      written:
        "own rate=0.01\n  state v = 0, then 0.9*v - rate*gradient\n  step 0.9*v' - rate*gradient"),
    Pair(
      known: "adagrad rate=0.1",
      written:
        "own rate=0.1\n  state s = 0, then s + gradient^2\n  step -rate*gradient/(sqrt(s') + 1e-8)"),
    Pair(
      known: "adam rate=0.1",
      written: """
        own rate=0.1 beta1=0.9 beta2=0.999
          where root = sqrt(s'/(1 - q'))
          state m = 0, then beta1*m + (1 - beta1)*gradient
          state s = 0, then beta2*s + (1 - beta2)*gradient^2
          state p = 1, then beta1*p
          state q = 1, then beta2*q
          step -rate*(m'/(1 - p'))/(root + 1e-8)
        """),
    Pair(known: "newton", written: "own rate=1\n  direction newton_step"),
    Pair(known: "newton rate=0.5", written: "own rate=0.5\n  step -rate*solve(hessian, gradient)"),
    Pair(known: "newton rate=armijo", written: "own rate=armijo\n  direction newton_step"),
    Pair(
      known: "newton refresh=3",
      written: """
        own rate=1
          where now = if(age == 0, hessian, kept)
          state age = 0, then if(age >= 2, 0, age + 1)
          state kept = 0*hessian, then now
          direction -solve(now, gradient)
        """),
    Pair(
      known: "saddle-free-newton",
      written: "own rate=1\n  direction -solve(absolute(hessian), gradient)"),
    Pair(
      known: "regularized-newton damping=2",
      written: "own rate=1 mu=2\n  direction -solve(hessian + mu*identity, gradient)"),
    Pair(
      known: "diagonal-newton",
      written: "own rate=1\n  direction -gradient/abs(diagonal(hessian))"),
  ]

  /// Functions of one to four variables, with saddles, singular Hessians, flat ground and undefined places.
  private static let functions = [
    "f(x) = x^4 - 3*x^2 + x\n  start (0.3), (2), (-1.5)",
    "f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)\n  start (3.1, 1.3), (3.1, 1.8), (2, 0.5)",
    "f(x, y) = (1 - x)^2 + 100*(y - x^2)^2\n  start (-1.2, 1), (0.5, 0.5)",
    "f(x, y, z) = x^2 + y^4 + log(z) + x*z\n  start (1, 1, 0.5), (0.1, -1, 2)",
    "f(w[4]) = sum(i in 1..3: (w[i+1] - w[i]^2)^2 + (1 - w[i])^2/10)\n  start (-1.2, 1, 0.3, 2)",
  ]

  @Test(arguments: pairs) func writtenMethodsHaveTheBitsOfTheKnown(_ pair: Pair) async throws {
    for function in WrittenMethodTests.functions {
      func runs(_ method: String) async throws -> (runs: [Seen], columns: [String]) {
        try await results(
          "function \(function)\nmethod \(method)\nstop iterations=60\ntrace columns=+step")
      }
      let known = try await runs(pair.known)
      let written = try await runs(pair.written)
      #expect(known.columns == written.columns)
      for (left, right) in zip(known.runs, written.runs) {
        // A diagonal entry that is 0 has another reason, but the same ending.
        #expect(left.outcome.ending == right.outcome.ending)
        #expect(left.outcome.iterations == right.outcome.iterations)
        #expect(left.outcome.position.map(\.bitPattern) == right.outcome.position.map(\.bitPattern))
        #expect(left.outcome.point == right.outcome.point)
        let values = (left.trace?.values ?? []).map { $0.isNaN ? 0x7ff8 : $0.bitPattern }
        #expect(values == (right.trace?.values ?? []).map { $0.isNaN ? 0x7ff8 : $0.bitPattern })
        #expect(values.count > 10)
      }
    }
  }

  @Test func unsolvableSystemsEndAsTheyDoForTheKnown() async throws {
    let flat = "function f(x, y) = x + y^2\nstart (1, 2)\nmethod "
    let singular = try await onlyRun(flat + "own\n  step -solve(hessian, gradient)")
    #expect(singular.ending == .singular)
    #expect(singular.reason == "the Newton system has no solution")
    // What is not taken does not matter.
    let careful = try await onlyRun(
      flat + "own\n  step if(determinant == 0, -0.1*gradient, newton_step)\nstop iterations=5")
    #expect(careful.ending == .crawling)
    let nowhere = try await onlyRun(flat + "own\n  step -sqrt(-f)*gradient")
    #expect(nowhere.ending == .undefined)
    #expect(nowhere.reason == "the step is not a number")
    #expect(nowhere.iterations == 0)
  }

  @Test func statesUpdateTogetherFromTheOldValues() async throws {
    // Fibonacci: a = 1, 1, 2, 3, 5; the step is a.
    let run = try await onlyRun(
      """
      function f(x) = x
      start (0)
      method own
        state a = 1, then a + b
        state b = 0, then a
        step a
      stop iterations=5
      """)
    #expect(run.position == [1 + 1 + 2 + 3 + 5])
  }

  @Test func statesBeginAsFormulasOfTheStart() async throws {
    // Back to where the run began: the first step of 1, then −1.
    let run = try await onlyRun(
      """
      function f(x, y) = x
      start (3, 4)
      method own
        state home = position, then home
        step if(iteration == 0, [1, 2], home - position)
      stop iterations=2
      """)
    #expect(run.position == [3, 4])
  }

  @Test func aMethodWithoutARateShowsNone() async throws {
    let found = try await results(
      "function f(x, y) = x^2 + y^2\nstart (3, 4)\nmethod own\n  step -0.1*gradient\nstop iterations=2"
    )
    let width = found.columns.count + 2
    let rate = try #require(found.columns.firstIndex(of: "step_rate"))
    let values = try #require(found.runs[0].trace?.values)
    for row in 0..<3 { #expect(RunTrace.isEmpty(values[row * width + 2 + rate])) }
  }

  @Test func aHessianOfTheStartAloneIsAskedForOnce() async throws {
    let chord = try await onlyRun(
      """
      function f(x, y) = x^4 + y^4 + x*y
      start (3, 4)
      method own
        state kept = hessian, then kept
        step -solve(kept, gradient)
      stop iterations=10
      """)
    let known = try await onlyRun(
      "function f(x, y) = x^4 + y^4 + x*y\nstart (3, 4)\nmethod newton refresh=100\nstop iterations=10"
    )
    #expect(chord.position == known.position)
    #expect(chord.evaluations == known.evaluations)
    #expect(chord.evaluations.hessian == 1)
  }

  @Test func aNumberThatOnlyAVectorCanStandForIsOne() async throws {
    let restart = "state v = 0, then if(dot(gradient, v) > 0, 0, 0.9*v) - 0.01*gradient"
    for lines in [
      restart,
      "state a = 0, then b\n  state b = 0, then c\n  \(restart)\n  state c = 0, then v + 0*a",
    ] {
      let run = try await onlyRun(
        "function f(x, y) = x^2 + 9*y^2\nstart (3, 4)\nmethod own\n  \(lines)\n  step v'\nstop iterations=3"
      )
      // By hand: v = -0.06, -0.1128, -0.158064, and never a restart.
      #expect(abs(run.position[0] - 2.669136) < 1e-12)
    }
  }

  @Test func evaluationsAreWhatTheFormulasName() async throws {
    func evaluations(_ lines: String) async throws -> Evaluations {
      try await onlyRun(
        "function f(x, y) = x^2 + y^2\nstart (3, 4)\nmethod own\n  \(lines)\nstop iterations=4"
      ).evaluations
    }
    #expect(
      try await evaluations("step -0.1*gradient") == Evaluations(value: 0, gradient: 5, hessian: 0))
    #expect(
      try await evaluations("step -0.1*gradient/(1 + f)")
        == Evaluations(value: 5, gradient: 5, hessian: 0))
    #expect(
      try await evaluations("step 0.1*newton_step")
        == Evaluations(value: 0, gradient: 5, hessian: 4))
  }
}
