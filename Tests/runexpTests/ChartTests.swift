import Foundation
import Testing

/// Charts as a user gets them.
@Suite struct ChartTests {
  private let spec = """
    title Bowl
    function f(x, y) = x^2 + 4*y^2 + 1
      minimum (0, 0)
      lipschitz 8
    function g(x) = x^4 - x^2
      start (2)
    method gradient
      rates 0.01, 0.1, 0.3
    method newton
    start (1, 1)
    random 40 seed=1
    stop iterations=60
    plot convergence
    plot convergence of=distance as=distance
    plot convergence of=gradient as=gradient
    plot sweep, bound, profile
    plot lines x=rate y=iterations
    plot lines x=iteration y=step_norm from=traces as=steps
    plot lines x=rate y=converged from=summary as=summary
    """.replacing("start (1, 1)\nrandom 40 seed=1\n", with: "").replacing(
      "  lipschitz 8", with: "  lipschitz 8\n  start (1, 1)\n  random 40 seed=1")

  private func caption(_ files: [String: Data], _ name: String) -> [String] {
    files[name].map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n").map(String.init)
      ?? []
  }

  @Test func aRunWritesChartsOfFunctionsAndOfAll() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "bowl.txt")
    let run = try shop.run("bowl.txt")
    #expect(run.status == 0, "\(run.errors)")
    let files = shop.files("output/bowl")
    let charts = ["convergence", "distance", "gradient", "sweep", "bound", "lines", "steps"]
    for name in charts.map({ "f/\($0)" }) + ["profile", "summary"] {
      #expect(files[name + ".png"] != nil && files[name + ".txt"] != nil, "\(name)")
    }
    #expect(
      caption(files, "f/convergence.txt") == [
        "Bowl, f: convergence", "f(x, y) = x^2 + 4*y^2 + 1", "f* = 1, the known minimum, (0, 0)",
        "iteration: 0 .. 60, linear",
        caption(files, "f/convergence.txt")[4],
        "drawn: every run thinly, and the lower median of each group",
        "a median or band takes a run that has ended at its last value, and one that diverged or became "
          + "undefined as above all others", "gradient 0.01: 41 runs: 41 crawling",
        "gradient 0.1: 41 runs: 1 converged, 40 crawling", "gradient 0.3: 41 runs: 41 diverged",
        "newton: 41 runs: 41 converged", caption(files, "f/convergence.txt")[11],
        caption(files, "f/convergence.txt")[12],
      ])
    #expect(
      caption(files, "f/sweep.txt").contains(
        "dashed: 2/lambda_max = 0.25, from which on gradient descent leaves the known minimum, (0, 0)"
      ))
    let bound = caption(files, "f/bound.txt")
    #expect(bound.contains("L = 8, as given"))
    #expect(bound.contains("the bound holds in all 82 runs drawn"))
    #expect(bound.contains("gradient 0.01: its bound is 6.51/t, as its rate is below 1/L"))
    #expect(!bound.contains { $0.hasPrefix("gradient 0.3") })
    #expect(
      caption(files, "profile.txt").contains(
        "problems: 42, each start of 2 functions; a problem is solved by a run that converges to a minimum"
      ))
  }

  @Test func chartsDoNotDependOnJobsNorOnWhatTracesKeep() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "bowl.txt")
    try shop.write(spec + "\ntrace off", to: "bare.txt")
    #expect(try shop.run("bowl.txt", "--jobs", "1", "-o", "one").status == 0)
    #expect(try shop.run("bowl.txt", "--jobs", "5", "-o", "five").status == 0)
    #expect(try shop.run("bare.txt").status == 0)
    #expect(shop.files("one") == shop.files("five"))
    let (full, bare) = (shop.files("one/bowl"), shop.files("output/bare"))
    let charts = full.keys.filter { $0.hasSuffix(".png") }
    #expect(charts.count > 12)
    for name in charts { #expect(full[name] == bare[name], "\(name)") }
  }

  @Test func theBestThatIsKnownIsNamed() throws {
    let shop = try Workshop()
    let function = "function f(x) = (x - 1)^2\nmethod newton\nstart (3)\nplot convergence"
    try shop.write(function, to: "seen.txt")
    try shop.write(function + "\ncritical-points", to: "listed.txt")
    #expect(try shop.run("seen.txt", "listed.txt").status == 0)
    #expect(
      caption(shop.files("output/seen"), "f/convergence.txt").contains(
        "f* = 0, the best that a run ended at, (1)"))
    #expect(
      caption(shop.files("output/listed"), "f/convergence.txt").contains(
        "f* = 0, the best critical point listed, m1 = (1)"))
  }

  @Test func anEstimatedBoundIsCalledSo() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x) = x^2\nmethod gradient rate=lipschitz\nstart (3)\nplot bound", to: "a.txt")
    #expect(try shop.run("a.txt").status == 0)
    #expect(
      caption(shop.files("output/a"), "f/bound.txt").contains(
        "L = 2, an estimate: the largest eigenvalue seen in the domain"))
  }

  @Test func aBoundThatNoRateKeepsIsANote() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x) = x^2\nmethod gradient rate=0.9\nstart (3)\nplot bound", to: "a.txt")
    let run = try shop.run("a.txt")
    #expect(run.status == 0)
    #expect(
      run.errors
        == "note: f has no figure 'bound': no fixed rate of gradient descent is at most 1/L = 0.5\n"
    )
  }

  @Test func columnsThatAreNotThereAreErrors() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x) = x^2
      method newton
      start (3)
      plot lines x=rate y=iteration
      plot lines x=ending y=f as=words
      plot lines x=iteration y=step_morn from=traces as=steps
      plot lines x=rate y=best from=summary as=best
      """, to: "a.txt")
    let run = try shop.run("a.txt")
    #expect(run.status == 65)
    #expect(
      run.errors == """
        a.txt:4:21: error: runs has no column 'iteration'; did you mean 'iterations'?
          plot lines x=rate y=iteration
                              ^
        a.txt:5:14: error: the column 'ending' holds words, which have no place on an axis; colours tell by=rate, by=method or by=start apart
          plot lines x=ending y=f as=words
                       ^
        a.txt:6:26: error: traces has no column 'step_morn'; did you mean 'step_norm'?
          plot lines x=iteration y=step_morn from=traces as=steps
                                   ^
        a.txt:7:21: error: summary has no column 'best'; did you mean 'best_f'?
          plot lines x=rate y=best from=summary as=best
                              ^

        """)
    #expect(shop.files("output").isEmpty)
  }
}
