import Specs
import Testing

@testable import Running

/// How a plan is cut.
@Suite struct ChunksTests {
  private func plan(_ trace: String) throws -> Plan {
    try Plan(
      Experiment.parse(
        """
        function f(x) = x^2
        function g(x, y) = x^2 + y^2
          grid 3 x 5
        method gradient rate=[0.1, 0.2, armijo, 0.3]
        method newton
        grid 50
        stop iterations=99
        trace \(trace)
        """
      ).experiment)
  }

  @Test(arguments: [1, 7, 64, 600, 5000], ["off", "starts=all"])
  func everyRunIsInOneChunkInTheOrderOfThePlan(size: Int, trace: String) throws {
    let plan = try plan(trace)
    let chunks = plan.chunks(size: size)
    var cut: [[Int]] = []
    for chunk in chunks { cut += chunk.runs.map { [chunk.function, chunk.method, $0] } }
    var whole: [[Int]] = []
    for (f, function) in plan.functions.enumerated() {
      for (m, method) in function.methods.enumerated() {
        whole += (0..<method.rates.count * function.function.starts.count).map { [f, m, $0] }
      }
    }
    #expect(cut == whole)
    // A run leaves at most 100 rows: those of more than 327 runs are too many.
    #expect(chunks.map(\.runs.count).max() ?? 0 == (trace == "off" ? size : min(size, 327)))
  }

  /// 32 768 rows, or 65 536 where that makes eight runs at most.
  @Test(arguments: [(999, 32), (3999, 8), (4999, 8), (9999, 6), (99_999, 1)])
  func longTracesAreCutShort(iterations: Int, runs: Int) throws {
    let plan = try Plan(
      Experiment.parse(
        """
        function f(x) = x^2
        method gradient rate=0.1
        grid 60
        stop iterations=\(iterations)
        trace starts=all
        """
      ).experiment)
    #expect(plan.chunks(size: 2048).map(\.runs.count).max() == runs)
  }

  @Test func aRuleHasChunksOfItsOwn() throws {
    let chunks = try plan("off").chunks(size: 5000)
    // 50 starts of f and 50 × 50 + 15 of g: two numbers, the rule, a number, newton.
    #expect(
      chunks.map(\.runs) == [
        0..<100, 100..<150, 150..<200, 0..<50,
        0..<5000, 5000..<5030, 5030..<7545, 7545..<10060, 0..<2515,
      ])
  }
}
