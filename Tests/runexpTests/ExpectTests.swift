import Foundation
import Testing

/// `expect` lines, and `run --only`.
@Suite struct ExpectTests {
  private let spec = """
    function f(x, y) = x^2 + y^2
    method gradient rate=[0.1, 0.5, 2]
    method newton
    start (1, 1), far = (3, 4)
    grid 4 x 4
    stop iterations=20
    plot contour paths=newton

    """

  private func run(_ expectations: String, _ arguments: String...) throws -> Finished {
    let shop = try Workshop()
    try shop.write(spec + expectations, to: "bowl.txt")
    return try shop.run(["run", "bowl.txt", "--no-plots", "-q"] + arguments)
  }

  @Test func whatHoldsIsCountedAndTheStatusIs0() throws {
    let shop = try Workshop()
    try shop.write(
      spec
        + "expect method=newton : ending=converged, iterations<=1\nexpect rate=2 : point=moving\n",
      to: "bowl.txt")
    let run = try shop.run("bowl.txt", "--no-plots")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.hasSuffix("\n2 expectations hold\n"))
    let check = try shop.run("check", "bowl.txt")
    #expect(check.output.contains(", 72 runs, 2 expectations, at most 1440 steps, "))
  }

  @Test func whatIsBrokenIsShownWithItsRuns() throws {
    let run = try run(
      "expect rate=0.5,2 start=p1,far : ending=converged, y=1e-9±1e-8\n"
        + "expect method=newton : iterations=1\n")
    #expect(run.status == 1)
    #expect(
      run.output == """
        bowl.txt:8: broken: expect rate=0.5,2 start=p1,far : ending=converged, y=1e-9±1e-8
          by 2 of 4 runs:
          function  method    rate  start  expected          but
          f         gradient  2     p1     ending=converged  ending diverged
          f         gradient  2     p1     y=1e-9±1e-8       y 3486784401
          f         gradient  2     far    ending=converged  ending diverged
          f         gradient  2     far    y=1e-9±1e-8       y 13947137604
        1 expectation holds

        """)
  }

  @Test func tenRunsAreShownAndTheRestIsCounted() throws {
    let run = try run("expect start=g* rate=2 : period=2")
    #expect(run.status == 1)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 14)
    #expect(lines[1] == "  by 16 of 16 runs:")
    #expect(lines[3] == "  f         gradient  2     g1-1   period=2  period is empty")
    #expect(lines[13] == "  … and 6 more runs")
  }

  @Test func anExpectationOfNoRunIsBroken() throws {
    let run = try run("expect method=newton rate=0.3 : ending=converged")
    #expect(run.status == 1)
    #expect(
      run.output == """
        bowl.txt:8: broken: expect method=newton rate=0.3 : ending=converged
          it matches no run

        """)
  }

  @Test func aRunThatBreaksOneIsCalledForAgain() throws {
    let shop = try Workshop()
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)\nexpect : x=1", to: "a.txt")
    #expect(try shop.run("a.txt").status == 1)
    #expect(try shop.run("check", "a.txt").output.contains("; would be redone: "))
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)\nexpect : x=0", to: "a.txt")
    #expect(try shop.run("a.txt").status == 0)
    #expect(try shop.run("check", "a.txt").output.hasSuffix("; up to date\n"))
  }

  @Test func theLimitOfARunMayBeExpected() throws {
    #expect(
      try run("critical-points\nexpect method=newton : limit=m1\nexpect : limit!=s1").status == 0)
    #expect(try run("critical-points\nexpect method=newton : limit=s1").status == 1)
  }

  @Test func allIsWrittenBeforeTheStatusIs1() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "bowl.txt")
    #expect(try shop.run("bowl.txt", "--no-plots", "-o", "good").status == 0)
    try shop.write(spec + "expect : ending=stalled", to: "bowl.txt")
    try shop.write(spec, to: "other.txt")
    #expect(try shop.run("bowl.txt", "other.txt", "--no-plots", "-o", "broken").status == 1)
    let (good, broken) = (shop.files("good"), shop.files("broken"))
    #expect(good.count == 5)
    for (path, data) in good {
      #expect(broken[path] == data, "\(path)")
      #expect(broken[path.replacing("bowl/", with: "other/")] == data, "\(path)")
    }
  }

  @Test func onlyTheChosenRunsAreMadeAndTheirRowsAreThoseOfAll() throws {
    let shop = try Workshop()
    try shop.write(
      spec + "expect method=newton : iterations=1\nexpect rate=2 : x=0", to: "bowl.txt")
    let whole = try shop.run("bowl.txt", "--no-plots", "-o", "all")
    #expect(whole.status == 1)
    let part = try shop.run("bowl.txt", "-o", "part", "--only", "start=far,g2-* rate!=2")
    #expect(part.status == 0)
    #expect(part.output.hasSuffix("\n1 expectation speaks of other runs\n1 expectation holds\n"))
    func rows(_ file: String) throws -> [Substring] {
      let text = try String(contentsOf: shop.folder.appendingPathComponent(file), encoding: .utf8)
      return text.split(separator: "\n")
    }
    let kept = try rows("all/bowl/f/runs.csv").filter {
      $0.contains(/^(method|[a-z]+,[0-9.]+,(far|g2-.)),/) && !$0.hasPrefix("gradient,2,")
    }
    #expect(kept.count == 16)
    #expect(try rows("part/bowl/f/runs.csv") == kept)
    #expect(
      try rows("part/bowl/f/traces/newton.csv")
        == rows("all/bowl/f/traces/newton.csv").filter { !$0.contains(",p1,") })
    #expect(shop.files("part").keys.sorted().contains { $0.hasSuffix(".png") } == false)
  }

  @Test func onlyIsRefusedWhereItWouldMixWithAFullResult() throws {
    for arguments in [[], ["-o", "output"], ["-o", "./output/"]] {
      let shop = try Workshop()
      try shop.write(spec, to: "bowl.txt")
      let run = try shop.run(["bowl.txt", "--only", "method=newton"] + arguments)
      #expect(run.status == 64)
      #expect(
        run.errors.hasPrefix(
          "Error: --only needs -o with a folder other than output, so that it never mixes with a full result."
        ))
      #expect(shop.files("output").isEmpty)
    }
  }

  @Test func mistakesInTheFilterAreShownWithACaret() throws {
    let run = try run("", "-o", "part", "--only", "start=p1 ending=converged")
    #expect(run.status == 64)
    #expect(
      run.errors == """
        --only:1:10: error: 'ending' is known only after the run, and here runs are chosen before; \
        use function, method, rate, start, start_x or start_y
          start=p1 ending=converged
                   ^

        """)
    let none = try self.run("", "-o", "part", "--only", "rate=7")
    #expect(none.status == 64)
    #expect(none.errors == "--only: error: no run of bowl.txt is so: rate=7\n")
  }
}
