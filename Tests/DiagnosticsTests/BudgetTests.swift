import Diagnostics
import Testing

@Suite struct BudgetTests {
  @Test func onceItIsPassedNothingIsLeft() throws {
    var limits = Limits()
    limits[.work] = 10
    let budget = Budget(limits)
    try budget.spend(4)
    try budget.spend(6)
    let problem = #expect(throws: LimitProblem.self) { try budget.spend(1) }
    #expect(
      problem?.sentence == "reading the spec takes too many steps, more than the limit of 10; "
        + "raise it with --limit work=NUMBER")
    #expect(throws: LimitProblem.self) { try budget.spend(0) }
  }

  @Test func whatNoLimitBoundsMayTakeAnything() throws {
    let budget = Budget(.none)
    for _ in 0..<10 { try budget.spend(1 << 59) }
  }
}
