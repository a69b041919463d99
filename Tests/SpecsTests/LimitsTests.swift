import Diagnostics
import Testing

@testable import Specs

/// Specs that would take hours or all memory: each ends at once, and its error names the bound.
@Suite struct LimitsTests {
  /// A spec, and one of its errors.
  struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    let spec: String
    let sentence: String

    var testDescription: String { name }

    init(_ name: String, _ spec: String, _ sentence: String) {
      self.name = name
      self.spec = spec
      self.sentence = sentence
    }
  }

  private static func many(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  private static let run = "method newton\nstart (1)\n"
  private static let pair = "function f(x, y) = x^2 + y^2\nmethod newton\nstart (1, 1)\n"
  private static let work =
    "reading the spec takes too many steps, more than the limit of 100000; "
    + "raise it with --limit work=NUMBER"
  private static let operations =
    "the formula needs too many operations, more than the limit of 20000; "
    + "raise it with --limit operations=NUMBER"

  private static let all = [
    Hostile("nested sums", "function f(x) = sum(i in 1..9999: sum(j in 1..9999: 0))\n" + run, work),
    Hostile(
      "lists of lists", "function f(w[1000]) = norm([i in 1..9999: w])\nmethod newton\ngrid 1\n",
      work),
    Hostile(
      "products of matrices", "function f(A[30, 30]) = (A*A)[1, 1]\nmethod newton\ngrid 1\n",
      operations),
    Hostile(
      "long points",
      "function f(x) = x\nmethod newton\nstart "
        + [String](repeating: "([i in 1..9999: 1])", count: 10_000).joined(separator: ", "), work),
    Hostile(
      "ranges of rates",
      "function f(x) = x\nstart (1)\n"
        + many(10_000) { "method gradient as=m\($0) rate=[0 .. 1 linear 1e4]" }, work),
    Hostile(
      "grids", "function f(x) = x\nmethod newton\n" + many(10_000) { _ in "grid 9e3" },
      "with this line there are 18000 starts, more than the limit of 10000; "
        + "raise it with --limit runs=NUMBER"),
    Hostile(
      "starts of many functions",
      many(1000) { "function f\($0)(x) = x" } + "method newton\n" + many(1000) { "start (\($0))" },
      work),
    Hostile(
      "figures of many functions",
      many(1000) { "function f\($0)(x, y) = x*y" } + "method newton\nstart (1, 1)\n"
        + many(1000) { "plot contour as=p\($0)" }, work),
    Hostile(
      "functions of the library",
      many(1000) { "function rosenbrock[500] as=r\($0)" } + "method gradient rate=1\n", work),
    Hostile(
      "a large function of the library",
      "function rosenbrock[5000]\nmethod gradient rate=1\n", operations),
    Hostile(
      "levels", pair + many(1000) { "plot contour as=p\($0) levels=[0 .. 1 linear 1e6]" },
      "a list of 1000000 is out of range; levels takes a whole number from 1 to 200, or a list of so "
        + "many, such as [0.5, 1]"),
  ]

  @Test(.timeLimit(.minutes(15)), arguments: all)
  func whatWouldNotEndIsRefused(hostile: Hostile) throws {
    var limits = Limits()
    limits[.work] = 100_000
    limits[.operations] = 20_000
    limits[.runs] = 10_000
    let error = #expect(throws: Diagnostics.self) {
      let (experiment, _) = try Experiment.parse(hostile.spec, limits: limits)
      _ = try Plan(experiment, limits: limits)
    }
    #expect(error?.all.contains { $0.problem.sentence == hostile.sentence } == true)
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      many(20_000) { _ in "nonsense" }, many(20_000) { _ in "title" },
      "function f(x) = x\n" + many(20_000) { _ in "  nonsense" },
      "function f(x) = x\nmethod newton\nstart "
        + [String](repeating: "a", count: 20_000).joined(separator: ","),
      "function f(\((0..<20_000).map { "1x\($0)" }.joined(separator: ","))) = x\n" + run,
      pair + "plot contour paths=" + (0..<20_000).map { "q\($0)" }.joined(separator: ","),
      "function f(x) = x\nstart (1)\nmethod newton "
        + many(20_000) { "q\($0)=1 " }
        .replacing("\n", with: ""),
    ])
  func aFileHasAtMostAThousandErrors(spec: String) throws {
    let error = #expect(throws: Diagnostics.self) { try Experiment.parse(spec) }
    #expect(error?.all.count ?? 0 <= 1001)
    #expect(
      error?.all.first?.problem.sentence
        == "the file was read until 1000 errors were found; there may be more")
  }

  @Test func warningsAreNoErrorsHoweverManyThereAre() throws {
    let points = [String](repeating: "(0)", count: 1500).joined(separator: ", ")
    let spec = "function f(x) = x^2\n  minimum (0)\nmethod newton\nstart \(points)\ntrace off"
    let (experiment, warnings) = try Experiment.parse(spec)
    #expect(experiment.functions[0].starts.count == 1500)
    #expect(warnings.all.count == 1000)
  }

  @Test(.timeLimit(.minutes(15))) func tenThousandNamesAreTakenInNoTime() throws {
    let names = (0..<10_000).map { "x\($0)" }
    let spec = """
      function f(\(names.joined(separator: ", "))) = x1^2 + sum(i in 1..9999: sum(j in 1..1: i))
        domain \(names.map { "\($0) = 0 .. 1" }.joined(separator: ", "))
      method gradient rate=1
      grid \(names.map { "\($0) = 0" }.joined(separator: ", "))
      """
    #expect(try experiment(spec).functions[0].dimension == 10_000)
  }

  @Test func namesOfFilesAreBounded() {
    let name = String(repeating: "a", count: 201)
    #expect(
      printed("function \(name)(x) = x\n" + LimitsTests.run).hasPrefix(
        "bad.txt:1:10: error: a name that files are called by has at most 200 bytes, but this has 201"
      ))
    #expect(
      printed("function f(x) = x\nmethod newton as=\(name)\nstart (1)").hasPrefix(
        "bad.txt:2:18: error: a name that files are called by has at most 200 bytes"))
    #expect(printed("function \(name.dropLast())(x) = x\n" + LimitsTests.run) == "")
  }

  @Test func aGridNearTheGreatestNumbersIsFinite() throws {
    let spec = "function f(x) = x\n  domain -4 .. 1e308\nmethod newton\ngrid 9"
    let starts = try experiment(spec).functions[0].starts.map { $0.position[0] }
    #expect(starts.allSatisfy { $0.isFinite })
    #expect(starts.first == -4 && starts.last == 1e308 && starts[4] == 5e307)
  }

  @Test func startsOfManyLinesAreFoundByTheirNumber() throws {
    let spec = """
      function f(x) = x
      method newton
      start (5), (6)
      grid 2
      random 3 seed=1
      grid 1
      random 1 seed=2
      """
    let starts = try experiment(spec).functions[0].starts
    #expect(
      starts.map(\.label) == ["p1", "p2", "g1-1", "g1-2", "g2-1", "r1-1", "r1-2", "r1-3", "r2-1"])
  }
}
