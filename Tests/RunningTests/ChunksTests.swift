import Specs
import Testing

@testable import Running

/// How a plan is cut.
@Suite struct ChunksTests {
  private func plan() throws -> Plan {
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
        trace starts=all
        """
      ).experiment)
  }

  @Test(arguments: [
    (1, 1), (7, 1_000_000), (64, 1_000_000), (64, 1000), (1000, 700), (5000, 1 << 20),
  ])
  func everyRunIsInOneChunkInTheOrderOfThePlan(runs: Int, rows: Int) throws {
    let plan = try plan()
    let chunks = plan.chunks(ChunkSize(runs: runs, rows: rows))
    var cut: [[Int]] = []
    for chunk in chunks { cut += chunk.runs.map { [chunk.function, chunk.method, $0] } }
    var whole: [[Int]] = []
    for (f, function) in plan.functions.enumerated() {
      for (m, method) in function.methods.enumerated() {
        whole += (0..<method.rates.count * function.function.starts.count).map { [f, m, $0] }
      }
    }
    #expect(cut == whole)
    // A run leaves at most 100 rows.
    #expect(chunks.allSatisfy { $0.runs.count <= max(1, min(runs, rows / 100)) })
  }

  @Test func aRuleHasChunksOfItsOwn() throws {
    let chunks = try plan().chunks(ChunkSize(runs: 5000, rows: 1 << 20))
    // 50 starts of f and 50 × 50 + 15 of g: two numbers, the rule, a number, newton.
    #expect(
      chunks.map(\.runs) == [
        0..<100, 100..<150, 150..<200, 0..<50,
        0..<5000, 5000..<5030, 5030..<7545, 7545..<10060, 0..<2515,
      ])
  }
}
