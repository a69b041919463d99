import Foundation
import Testing

/// `runexp explain` as a user gets it: its numbers are those of the traces, digit by digit.
@Suite struct ExplainTests {
  private static let spec = """
    function f(x, y) = x^2 - x*y/2 + (y/3)^2
      start (-3, -3), (1, 0)
    function valley(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 2 .. 4.3, y = 0 .. 4
      start (3.1, 1.3), (3.1, 1.8)
    method newton
    method gradient rate=[0.5, 0.95, armijo]
    method momentum rate=0.05
    method bfgs
    method trust-region
    stop iterations=30

    """

  private func shop(_ trace: String = "") throws -> Workshop {
    let shop = try Workshop()
    try shop.write(ExplainTests.spec + trace, to: "a.txt")
    return shop
  }

  @Test func aNewtonStepIsShownInFull() throws {
    let run = try shop().run(
      "explain", "a.txt", "--run", "function=f method=newton start=p1", "--iteration", "0")
    #expect(run.status == 0)
    #expect(
      run.output == """
        function     f
        method       newton   x - rate*inverse(hessian)*gradient: to the model's stationary point
        start        p1
        iteration    0   of 1

        x            (-3, -3)   x and y
        f            5.5
        gradient     (-4.5, 0.8333333333333334)
        |gradient|   4.576510072581994
        Hessian      2     -0.5
                     -0.5  0.2222222222222222

        direction    (3, 3)   downhill
        rate         1   the same at every iteration

        step         (3, 3)
        |step|       4.242640687119285
        next x       (0, 0)
        next f       0
        change of f  -5.5

        taken        not converged: |gradient| = 4.576510072581994 > 1e-8
                     inside the radius: |x - start| = 0 <= 10000000000
                     below the limit: iteration 0 < 30
                     nothing is tried: this method takes every step that can be computed and changes x

        """)
  }

  @Test func trialsShowWhichTestFailedAndWhichHeld() throws {
    let run = try shop().run(
      "explain", "a.txt", "--run", "function=f method=gradient rate=armijo start=p2",
      "--iteration", "1")
    #expect(
      run.output.contains(
        """
        trials                    rate  f                      test
                                  1     0.007673182441700959   rejected: f changes by 0.0007287379972565153, above -1.871141975308642e-6
                                  0.5   0.0024487740054869684  accepted: f changes by -0.004495670438957476, not above -9.35570987654321e-7

        """))
    #expect(run.output.hasSuffix("trial 2 was accepted\n"))
  }

  @Test(arguments: [
    (
      "function=f method=newton start=p1", 1,
      """
      ended       converged
      because     |gradient| = 0 <= 1e-8, the gradient tolerance
      point       minimum   eigenvalues of H from 0.09124668051745448 to 2.1309755417047676

      """
    ),
    (
      "function=f method=gradient rate=0.95 start=p1", 30,
      """
      ended       diverged   still growing at the limit; f rose first at iteration 1
      """
    ),
    (
      "function=valley method=gradient rate=0.5 start=p1", 30,
      """
      ended       oscillating   limit on iterations; f rose first at iteration 3
      because     over the last 15 steps the median cosine between neighbours is 
      """
    ),
  ])
  func theLastIterateSaysWhyTheRunEnded(filter: String, iteration: Int, end: String) throws {
    let run = try shop().run("explain", "a.txt", "--run", filter, "--iteration", "\(iteration)")
    #expect(run.status == 0)
    #expect(run.output.contains(end), "\(run.output)")
  }

  /// Row by row beside the trace, which is kept in one folder and thinned in the spec that is explained.
  @Test(arguments: ["newton", "gradient", "momentum", "bfgs", "trust-region"])
  func numbersAreThoseOfTheTrace(method: String) throws {
    let shop = try shop()
    #expect(try shop.run("a.txt", "--only", "method=\(method)", "-o", "full").status == 0)
    try shop.write(ExplainTests.spec + "trace ends", to: "a.txt")
    for function in ["f", "valley"] {
      let text = try String(
        contentsOf: shop.folder.appendingPathComponent("full/a/\(function)/traces/\(method).csv"),
        encoding: .utf8)
      let rows = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      for row in rows.dropFirst().enumerated().filter({ $0.offset % 5 == 0 }).map(\.element) {
        let cells = Dictionary(uniqueKeysWithValues: zip(rows[0], row))
        let rate = row[0].isEmpty ? "" : "rate=\(row[0]) "
        let run = try shop.run(
          "explain", "a.txt", "--run",
          "function=\(function) method=\(method) \(rate)start=\(row[1])",
          "--iteration", row[2])
        #expect(run.status == 0, "\(run.errors)")
        // The text has the digits of the trace; JSON of Foundation loses the last bit.
        func shown(_ label: String) -> String {
          let line = run.output.split(separator: "\n").first { $0.hasPrefix(label + "  ") }
          let value = (line ?? "").dropFirst(label.count).drop { $0 == " " }
          return value.components(separatedBy: "   ")[0]
        }
        let x = "(\(cells["x"] ?? ""), \(cells["y"] ?? ""))"
        #expect(shown("x") == x)
        #expect(shown("f") == cells["f"])
        #expect(shown("|gradient|") == cells["gradient_norm"])
        #expect(shown("|step|") == cells["step_norm"])
        if !shown("rate").isEmpty { #expect(shown("rate") == cells["step_rate"]) }
      }
    }
  }

  @Test func severalRunsAreListedAndNoneIsAnError() throws {
    let shop = try shop()
    let several = try shop.run("explain", "a.txt", "--run", "rate!=1", "--iteration", "0")
    #expect(several.status == 64)
    let lines = several.errors.split(separator: "\n").map(String.init)
    #expect(
      lines[0] == "--run: error: 24 runs of a.txt are so; say which, for example with more of this:"
    )
    #expect(lines[1] == "  function=f method=gradient rate=0.5 start=p1")
    #expect(lines.count == 12)
    #expect(lines[11] == "  … and 14 more runs")
    // What is listed can be pasted.
    let one = try shop.run(
      "explain", "a.txt", "--run", lines[1].trimmingCharacters(in: .whitespaces), "--iteration",
      "0")
    #expect(one.status == 0)
    let none = try shop.run("explain", "a.txt", "--run", "rate=0.7", "--iteration", "0")
    #expect(none.status == 64)
    #expect(none.errors == "--run: error: no run of a.txt is so: rate=0.7\n")
    let beyond = try shop.run(
      "explain", "a.txt", "--run", "function=f method=newton start=p1", "--iteration", "2")
    #expect(beyond.status == 64)
    #expect(
      beyond.errors.hasPrefix("Error: The run has 1 iteration: --iteration is from 0 to 1.\n"))
  }
}
