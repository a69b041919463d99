import Diagnostics
import Testing

@testable import Specs

@Suite struct PlanTests {
  /// 2 rates and 1 method with 1, on 3 points and a grid of 4.
  private let spec = """
    function f(x, y) = x*y
    method gradient rate=[0.1, 0.2]
    method newton
    start (1, 1), (2, 2), (3, 3)
    grid 2
    stop iterations=100

    """

  private func plan(_ lines: String, _ name: Limits.Name, _ limit: Int) -> String {
    var limits = Limits()
    limits[name] = limit
    return printed(spec + lines, limits: limits)
  }

  @Test func runsAreMethodsTimesRatesTimesStarts() throws {
    let plan = try Plan(try experiment(spec))
    #expect(plan.runCount == 3 * 7)
    #expect(plan.functions[0].laneGroupCount == 3)
  }

  @Test func aPlanOfTooManyRunsIsRefused() {
    #expect(plan("", .runs, 21) == "")
    #expect(
      plan("", .runs, 20)
        == "bad.txt: error: the spec has 21 runs, more than the limit of 20; raise it with --limit runs=NUMBER"
    )
  }

  @Test func tooManyTraceRowsAreRefusedUnlessATraceLineAcceptsThem() {
    // 3 points and 3 pairs of a method and a rate, each with 101 rows.
    #expect(plan("", .traceRows, 909) == "")
    #expect(
      plan("", .traceRows, 908) == """
        bad.txt: error: the traces could have 909 rows, more than the limit of 908; add one of the \
        lines 'trace every=100', 'trace ends' or 'trace off', or any other trace line to accept it
        """)
    for line in ["trace every=1", "trace ends", "trace off", "trace starts=all"] {
      #expect(plan(line, .traceRows, 1) == "")
    }
  }

  @Test func onlyNamedStartsAreTracedUnlessAllAreAskedFor() throws {
    for (line, traced) in [("", 3), ("trace ends", 3), ("trace starts=all", 7), ("trace off", 0)] {
      let experiment = try experiment(spec + line)
      #expect(experiment.functions[0].starts.count { experiment.traces($0) } == traced)
    }
  }

  @Test func everyBoundIsNamedByItsError() {
    for (name, limit) in [(Limits.Name.formula, 2), (.operations, 1), (.nesting, 0), (.runs, 1)] {
      #expect(plan("", name, limit).contains("raise it with --limit \(name.rawValue)=NUMBER"))
    }
  }
}
