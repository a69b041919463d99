import Foundation
import Testing

/// The list of critical points as a user meets it.
@Suite struct CriticalPointTests {
  private let spec = """
    function himmelblau
      domain -6 .. 6
    function f(x, y) = log(x - y) + x^2
    method newton
    method gradient rate=[0.01, 3]
    start (3, 2.5), (100, -100)
    grid 12 x 11
    critical-points
    trace off
    """

  private func text(_ files: [String: Data], _ name: String) -> String {
    String(decoding: files[name] ?? Data(), as: UTF8.self)
  }

  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func aRunWritesTheListItsCaptionAndTheLimits() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "list.txt")
    let run = try shop.run("list.txt")
    #expect(run.status == 0)
    #expect(run.errors == "")
    let files = shop.files("output/list")
    #expect(
      files.keys.sorted() == [
        "f/critical-points.csv", "f/critical-points.txt", "f/runs.csv",
        "himmelblau/critical-points.csv", "himmelblau/critical-points.txt",
        "himmelblau/runs.csv", "index.html", "manifest.txt", "summary.csv",
      ])
    let points = rows(text(files, "himmelblau/critical-points.csv"))
    #expect(
      points.dropFirst().map { $0[0] } == ["m1", "m2", "m3", "m4", "s1", "s2", "s3", "s4", "M1"])
    let runs = rows(text(files, "himmelblau/runs.csv")).dropFirst()
    #expect(runs.count == 3 * 134)
    var counts: [String: Int] = [:]
    for run in runs {
      let limit = run[run.count - 1]
      counts[limit, default: 0] += 1
      #expect((limit == "") == (run[5] != "converged"))
      guard let point = points.first(where: { $0[0] == limit }) else { continue }
      #expect(point[1] == run[6])
      for (a, b) in [(point[2], run[10]), (point[3], run[11])] {
        #expect(abs((Double(a) ?? .nan) - (Double(b) ?? .nan)) < 1e-5)
      }
    }
    for point in points.dropFirst() { #expect(point[10] == String(counts[point[0]] ?? 0)) }
    #expect(counts["m3"] ?? 0 > 20)
    #expect(
      text(files, "himmelblau/critical-points.txt").hasSuffix(
        "minima - saddles + maxima = 4 - 4 + 1 = 1, the winding number of the gradient along the frame\n"
      ))
  }

  @Test func nothingButTheLastColumnOfTheRunsChanges() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "with.txt")
    try shop.write(spec.replacing("critical-points\n", with: ""), to: "without.txt")
    #expect(try shop.run("with.txt").status == 0)
    #expect(try shop.run("without.txt").status == 0)
    let (with, without) = (shop.files("output/with"), shop.files("output/without"))
    #expect(with["summary.csv"] == without["summary.csv"])
    for name in ["f/runs.csv", "himmelblau/runs.csv"] {
      let limitless = text(with, name).replacing(/,[msMd][0-9]+\n/, with: ",\n")
      #expect(limitless == text(without, name))
    }
    #expect(without["f/critical-points.csv"] == nil)
  }

  @Test func bytesDoNotDependOnTheNumberOfJobs() throws {
    let shop = try Workshop()
    // A raster so coarse that most points are found from the ends of runs.
    try shop.write(spec.replacing("critical-points", with: "critical-points raster=4"), to: "a.txt")
    #expect(try shop.run("a.txt", "--jobs", "1", "-o", "one").status == 0)
    #expect(try shop.run("a.txt", "--jobs", "7", "-o", "seven").status == 0)
    #expect(shop.files("one").count == 9)
    #expect(shop.files("one") == shop.files("seven"))
  }

  @Test func tooManyVariablesAreANote() throws {
    let shop = try Workshop()
    try shop.write(
      "function sphere[65] as=f\nmethod newton\ncritical-points\ntrace off", to: "a.txt")
    let run = try shop.run("a.txt")
    #expect(run.status == 0)
    #expect(
      run.errors == "note: not searched: f has 65 variables, and at most 64 are searched\n")
    let files = shop.files("output/a")
    #expect(text(files, "f/critical-points.csv").split(separator: "\n").count == 1)
  }
}
