import Specs
import Testing

@testable import Running

@Suite struct RunnerTests {
  private let spec = """
    function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
    function log-hole(x, y) = log(x^2 + y^2) + x
    method gradient
      rates 0.1, 0.3, 0.5, 2
    method newton
    start (3.1, 1.3), (3.1, 1.8)
    grid 17 x 19
    stop iterations=150
    """

  private func bits(_ runs: [Seen]) -> [[UInt64]] {
    runs.map { ($0.trace?.values ?? []).map(\.bitPattern) }
  }

  @Test func resultsDoNotDependOnTheNumberOfWorkers() async throws {
    let one = try await results(spec, workers: 1)
    for workers in [2, 7] {
      let many = try await results(spec, workers: workers)
      #expect(one.runs.map(\.outcome) == many.runs.map(\.outcome))
      #expect(bits(one.runs) == bits(many.runs))
    }
  }

  @Test func resultsComeInTheOrderOfThePlan() async throws {
    let runs = try await results(spec, workers: 3).runs
    #expect(runs.count == 3250)
    #expect(runs.prefix(3).map(\.start) == ["p1", "p2", "g1-1"])
    #expect(runs[325].rate == 0.3)
  }

  @Test func aRunDoesNotDependOnItsNeighbours() async throws {
    let all = try await results(spec).runs
    let one = try await results(
      """
      function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      method gradient rate=0.5
      start (3.1, 1.8)
      stop iterations=150
      """
    ).runs
    let same = all.first { $0.rate == 0.5 && $0.start == "p2" }
    #expect(one.first?.outcome == same?.outcome)
  }

  @Test func aTraceDoesNotChangeTheRun() async throws {
    let traced = try await results(spec + "\ntrace starts=all").runs
    let bare = try await results(spec + "\ntrace off").runs
    #expect(traced.map(\.outcome) == bare.map(\.outcome))
    #expect(bare.allSatisfy { $0.trace == nil })
  }

  @Test func aThinnedTraceKeepsTheLastRow() async throws {
    let runs = try await results(
      """
      function f(x) = x^2
      method gradient rate=0.4
      start (1)
      trace every=5
      """
    ).runs
    let trace = try #require(runs.first?.trace)
    #expect(trace.iterations == [0, 5, 10, 12])
  }
}
