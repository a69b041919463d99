import Foundation
import Testing

/// The program as a user meets it.
@Suite struct RunTests {
  private let spec = """
    title Valley
    function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 0 .. 6, y = -1 .. 5
    method gradient
      rates 0.1, 0.5, 3
    method newton
    start (3.1, 1.3), (3.1, 1.8)
    grid 12 x 11
    stop iterations=60
    plot contour paths=newton
    plot determinant, newton-field
    """

  @Test func aRunWritesTablesTracesPicturesAndCaptions() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    let run = try shop.run("valley.txt")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Valley\nfunction  method"))
    #expect(
      shop.files("output/valley").keys.sorted() == [
        "f/contour.png", "f/contour.txt", "f/determinant.png", "f/determinant.txt",
        "f/newton-field.png", "f/newton-field.txt", "f/runs.csv", "f/traces/gradient.csv",
        "f/traces/newton.csv", "index.html", "manifest.txt", "summary.csv",
      ])
  }

  @Test func aMapIsCalledAfterItsQuantityAndItsCaptionSaysWhatItShows() throws {
    let shop = try Workshop()
    try shop.write(
      """
      title Half
      function f(x, y) = log(x) + y^2
        domain x = -1 .. 3, y = -2 .. 2
        plot map quantity=critical_rate
        plot map quantity="determinant -
            1"
      method newton
      start (1, 1)
      """, to: "half.txt")
    #expect(try shop.run("half.txt").status == 0)
    let files = shop.files("output/half/f")
    #expect(files["map-critical_rate.png"] != nil)
    #expect(files["map.png"] != nil)
    func caption(_ name: String) -> [String] {
      String(decoding: files[name] ?? Data(), as: UTF8.self).split(separator: "\n").map(String.init)
    }
    let rates = caption("map-critical_rate.txt")
    #expect(rates.count == 9)
    #expect(
      Array(rates.prefix(4)) == [
        "Half: 2 g.g/g.Hg", "f(x, y) = log(x) + y^2", "window: x = -1 .. 3, y = -2 .. 2",
        "critical_rate: 2 g.g/g.Hg: above it the quadratic model rises",
      ])
    // g·Hg = 8y² − 1/x⁴ is not positive over 19.6 % of the window.
    #expect(
      Array(rates.suffix(2)) == [
        "undefined (hatched): 25 % of the window", "infinite (hatched): 20 % of the window",
      ])
    #expect(caption("map.txt").first == "Half: determinant - 1")
  }

  @Test func bytesDoNotDependOnTheNumberOfJobs() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    #expect(try shop.run("valley.txt", "--jobs", "1", "-o", "one").status == 0)
    #expect(try shop.run("valley.txt", "--jobs", "7", "-o", "seven").status == 0)
    #expect(shop.files("one").count == 12)
    #expect(shop.files("one") == shop.files("seven"))
  }

  @Test func tablesDoNotDependOnFiguresOrTraces() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    try shop.write(spec + "\ntrace off", to: "bare.txt")
    #expect(try shop.run("valley.txt").status == 0)
    #expect(try shop.run("bare.txt", "--no-plots").status == 0)
    let full = shop.files("output/valley")
    let bare = shop.files("output/bare")
    #expect(full["f/runs.csv"] == bare["f/runs.csv"])
    #expect(full["summary.csv"] == bare["summary.csv"])
    #expect(bare["f/traces/newton.csv"] == nil)
  }

  @Test func aSecondRunTouchesNoFile() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    #expect(try shop.run("valley.txt").status == 0)
    let file = shop.folder.appendingPathComponent("output/valley/f/runs.csv").path
    let before = try FileManager.default.attributesOfItem(atPath: file)
    #expect(try shop.run("valley.txt", "-v", "--force").errors.contains("0 of 12 files changed"))
    let after = try FileManager.default.attributesOfItem(atPath: file)
    #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
    #expect(before[.modificationDate] as? Date == after[.modificationDate] as? Date)
  }

  @Test func filesThatThePlanNoLongerMakesAreRemovedAndOthersKept() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    #expect(try shop.run("valley.txt").status == 0)
    try shop.write("mine", to: "output/valley/f/notes.md")
    try shop.write(
      spec.replacingOccurrences(of: "plot determinant, newton-field", with: ""), to: "valley.txt")
    #expect(try shop.run("valley.txt").status == 0)
    let files = shop.files("output/valley")
    #expect(files["f/determinant.png"] == nil)
    #expect(files["f/contour.png"] != nil)
    #expect(files["f/notes.md"] == Data("mine".utf8))
  }

  @Test func withoutPlotsTheManifestKeepsThePicturesOfThePlanThatAreThere() throws {
    let shop = try Workshop()
    let bowl = "function f(x, y) = x^2 + y^2\nmethod newton\nstart (1, 2)\nplot determinant\n"
    let more = "plot determinant as=second\n"
    func manifest() -> [String] {
      String(decoding: shop.files("output/bowl")["manifest.txt"] ?? Data(), as: UTF8.self)
        .split(separator: "\n").filter { $0.hasPrefix("file ") }.map { String($0.dropFirst(5)) }
    }
    let tables = ["f/runs.csv", "f/traces/newton.csv", "summary.csv"]
    try shop.write(bowl + more, to: "bowl.txt")
    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    #expect(manifest() == tables)
    #expect(try shop.run("bowl.txt").status == 0)
    try shop.write(bowl, to: "bowl.txt")
    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    let kept = (["f/determinant.png", "f/determinant.txt", "index.html"] + tables).sorted()
    #expect(manifest() == kept)
    #expect(shop.files("output/bowl").keys.sorted() == (kept + ["manifest.txt"]).sorted())
  }

  @Test func divergenceIsAResultNotAFailure() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x) = x^2\nmethod gradient rate=3\nstart (1)", to: "away.txt")
    let run = try shop.run("away.txt")
    #expect(run.status == 0)
    #expect(run.output.contains("diverged"))
  }

  @Test func anUndefinedValueNamesItsSubFormula() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x, y) = log(x - y) + x^2\nmethod gradient rate=3\nstart (2, 1)", to: "log.txt")
    #expect(try shop.run("log.txt").status == 0)
    let runs = shop.files("output/log")["f/runs.csv"].map { String(decoding: $0, as: UTF8.self) }
    #expect(runs?.contains(",undefined,moving,log(x - y) is nan for x - y = -17,") == true)
  }

  @Test func aFigureThatAFunctionCannotHaveIsANote() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x) = x^2
        start (1)
      function g(x, y) = x^2 + y^2
        start (1, 1)
      method newton
      plot determinant
      """, to: "two.txt")
    let run = try shop.run("two.txt")
    #expect(run.status == 0)
    #expect(
      run.errors
        == "note: f has no figure 'determinant': it needs two variables, or the names of two\n")
  }

  @Test func methodsOfAListHaveTracesAndPathsOfTheirOwn() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x, y) = x^2 + y^2
      method momentum beta=[0.1, 0.2]
      rates 0.1, 0.2
      start (1, 1)
      plot contour paths=momentum-beta-0.2
      """, to: "list.txt")
    #expect(try shop.run("check", "list.txt").output.contains("2 methods, 4 runs"))
    #expect(try shop.run("list.txt").status == 0)
    let files = shop.files("output/list")
    #expect(files["f/traces/momentum-beta-0.1.csv"] != nil)
    let caption = String(decoding: files["f/contour.txt"] ?? Data(), as: UTF8.self)
    let paths = caption.split(separator: "\n").filter { $0.hasPrefix("path") }.map {
      $0.prefix { $0 != ":" }
    }
    #expect(
      paths == ["path momentum-beta-0.2 0.1 from p1", "path momentum-beta-0.2 0.2 from p1"])
  }

  @Test func aDryRunWritesNothing() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    let run = try shop.run("valley.txt", "--dry-run")
    #expect(run.output == "valley.txt: 536 runs, at most 32160 steps\n")
    #expect(shop.files("output").isEmpty)
  }

  @Test func anyNumberOfJobsIsAccepted() throws {
    let shop = try Workshop()
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)", to: "one.txt")
    #expect(try shop.run("one.txt", "--jobs", "\(Int.max)").status == 0)
    #expect(try shop.run("one.txt", "--dry-run").output == "one.txt: 1 run, at most 1000 steps\n")
  }

  @Test func aRunThatOverflowsDiverges() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x) = exp(x^2)\nmethod gradient rate=1e300\nstart (1)\nstop radius=off",
      to: "far.txt")
    let run = try shop.run("far.txt")
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output.contains("diverged"))
  }

  @Test func aNameOutsideTheAlphabetIsAFolder() throws {
    let shop = try Workshop()
    try shop.write("\u{FEFF}function ψ-1(α) = α^2\r\nmethod newton\r\nstart (1)\r\n", to: "e.txt")
    #expect(try shop.run("e.txt", "--no-plots").status == 0)
    #expect(
      shop.files("output/e").keys.sorted() == [
        "manifest.txt", "summary.csv", "ψ-1/runs.csv", "ψ-1/traces/newton.csv",
      ])
  }

  @Test func randomStartsAreRunLastAndDoNotDependOnTheirNumber() throws {
    let shop = try Workshop()
    for count in [20, 500] {
      try shop.write(
        """
        function f(x, y) = x^4 + y^2
        method newton
        random \(count) seed=3 in x = 1 .. 2
        start (1, 1)
        grid 2
        """, to: "\(count).txt")
      #expect(try shop.run("\(count).txt", "-j", "\(count / 10)").status == 0)
    }
    func rows(_ count: Int) -> [String] {
      let text = shop.files("output/\(count)")["f/runs.csv"] ?? Data()
      return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    #expect(rows(20) == Array(rows(500).prefix(26)))
    #expect(rows(500).last?.hasPrefix("newton,1,r500,1.") == true)
    let trace = shop.files("output/20")["f/traces/newton.csv"] ?? Data()
    #expect(!String(decoding: trace, as: UTF8.self).contains("r1"))
  }
}
