import Testing

@testable import Results

@Suite struct SummaryTests {
  private func summary(_ spec: String) async throws -> Summary {
    let plan = try parsed(spec)
    var summary = Summary(plan)
    for result in try await chunks(of: plan, { $0 }) { summary.count(result, plan) }
    return summary
  }

  private let spec = """
    function f(x) = x^2
    function g(x) = -x^2 + x^4/100
    method gradient rate=[0.25, 3]
    method newton
    start (1), (-2), (3), (0.5)
    stop iterations=100 gradient=1e-6
    """

  @Test func theHeaderIsTheContracts() async throws {
    #expect(
      try await summary(spec).csv.string.split(separator: "\n").first == """
        function,dimension,method,rate,runs,converged,stalled,crawling,oscillating,diverged,\
        undefined,singular,blocked,minimum,saddle,maximum,degenerate,moving,unknown,\
        median_iterations,median_evaluations,median_operations,best_f
        """)
  }

  @Test func everyFunctionMethodAndRateHasARow() async throws {
    let rows = try await summary(spec).csv.rows.dropFirst()
    #expect(
      rows.map { $0[0...4].joined(separator: " ") } == [
        "f 1 gradient 0.25 4", "f 1 gradient 3 4", "f 1 newton 1 4", "g 1 gradient 0.25 4",
        "g 1 gradient 3 4", "g 1 newton 1 4",
      ])
    for row in rows {
      #expect(row[5...12].compactMap { Int($0) }.reduce(0, +) == 4, "endings of \(row)")
      #expect(row[13...18].compactMap { Int($0) }.reduce(0, +) == 4, "points of \(row)")
    }
  }

  @Test func optionsGivenAsListsAreColumnsBehindTheMethod() async throws {
    let rows = try await summary(
      "function f(x) = x^2\nmethod newton refresh=[1, 2]\nmethod bfgs\nstart (3)"
    ).csv.rows
    #expect(
      rows.map { $0[0...5].joined(separator: ",") } == [
        "function,dimension,method,refresh,rate,runs", "f,1,newton-refresh-1,1,1,1",
        "f,1,newton-refresh-2,2,1,1", "f,1,bfgs,,wolfe,1",
      ])
    #expect(rows.allSatisfy { $0.count == rows[0].count })
  }

  @Test func mediansAreTheLowerOnesOfConvergedRuns() async throws {
    // From 1, −2, 3 and ½ halving takes 21, 22, 23 and 20 steps until 2|x| ≤ 1e-6.
    let rows = try await summary(spec).csv.rows
    #expect(rows[1][19] == "21")
    #expect(rows[2][19] == "", "none converged")
    #expect(rows[3][19] == "1")
    #expect(rows[3].last == "0")
  }

  @Test func theTableShowsOnlyWhatOccurs() async throws {
    let table = try await summary(
      "function f(x) = x^2\nmethod newton\nmethod gradient rate=3\nstart (1)"
    ).table
    let expected = """
      function  method    rate  runs  converged  diverged  minimum  moving  median iterations      best f
      f         newton       1     1          1         ·        1       ·                  1           0
      f         gradient     3     1          ·         1        ·       1                     9.31323e20
      """
    #expect(table == expected)
  }
}
