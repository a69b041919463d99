import Testing

@testable import Running

/// Counted by hand on f = x² + 3y²: f takes 4 operations (two squares, a product, a sum), g = (2x, 6y) takes 3
/// as 2·x, 2·y, 3·(2y).
@Suite struct OperationCostTests {
  private func operations(_ method: String, iterations: Int = 5) async throws -> Double {
    try await onlyRun(
      "function f(x, y) = x^2 + 3*y^2\nstart (1, 2)\nmethod \(method)\nstop iterations=\(iterations)"
    ).operations
  }

  @Test func aGradientStepIsAGradientTwoProductsAndTwoSums() async throws {
    #expect(try await operations("gradient rate=0.01", iterations: 0) == 3)
    #expect(try await operations("gradient rate=0.01", iterations: 1) == 3 + 4 + 3)
    #expect(try await operations("gradient rate=0.01", iterations: 5) == 5 * 7 + 3)
  }

  @Test func aMethodWrittenInTheSpecCountsAsTheKnown() async throws {
    let known = try await operations("gradient rate=0.01")
    #expect(try await operations("own rate=0.01\n  step -rate*gradient") == known)
  }

  @Test func aSystemCountsAsItsSizeSays() async throws {
    // g 3, the solve 8/3 + 8, two products with the rate, two sums; then g again. H is constant.
    #expect(abs(try await operations("newton") - (3 + 8 / 3.0 + 8 + 2 + 2 + 3)) < 1e-12)
  }

  @Test func trialsCountWhatTheyTake() async throws {
    // One trial at rate 1 fails, and so does the next, …: each takes at least f, a step and two sums.
    let run = try await onlyRun(
      "function f(x, y) = x^2 + 3*y^2\nstart (1, 2)\nmethod gradient rate=armijo\nstop iterations=1"
    )
    #expect(run.operations > 3 + Double(run.evaluations.value) * 8)
    #expect(run.operations < 10 + Double(run.evaluations.value + 1) * 16)
  }

  @Test func aKeptHessianIsPaidOnce() async throws {
    let cubic = "function f(x, y) = x^4*y + 3*y^4\nstart (1, 2)\nstop iterations=6\nmethod newton"
    let fresh = try await onlyRun(cubic).operations
    let kept = try await onlyRun(cubic + " refresh=3").operations
    let never = try await onlyRun(cubic + " refresh=100").operations
    #expect(kept < fresh + 6 * 6)
    #expect(never < kept)
    #expect(abs((fresh - never) - (fresh - kept) * 5 / 4) < 30)
  }

  @Test func sumsOverDataCountForEveryRow() async throws {
    let few = try await onlyRun(
      "function f(x) = sum(i in 1..10: (x - i)^2)\nstart (1)\nmethod gradient rate=0.01\nstop iterations=0"
    )
    #expect(few.operations > 20)
  }
}
