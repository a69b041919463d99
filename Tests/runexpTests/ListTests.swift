import Foundation
import Testing

@testable import Results

/// `runexp list` and the page that it prints.
@Suite struct ListTests {
  private func list(_ arguments: String...) throws -> [[String]] {
    let run = try Workshop().run(["list"] + arguments)
    #expect(run.status == 0)
    #expect(run.errors == "")
    return run.output.split(separator: "\n").map { line in
      line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }

  @Test func withoutATopicItListsTheTopics() throws {
    let topics = try list().map { $0[0] }
    #expect(
      topics == [
        "directives", "options", "functions", "formulas", "methods", "rates", "quantities", "plots",
        "columns",
      ])
    for topic in topics { #expect(try !list(topic).isEmpty) }
  }

  @Test func aMethodIsALineWithItsRateAndItsOptions() throws {
    #expect(
      Array(try list("methods").prefix(1)) == [
        [
          "gradient", "none: it must be told", "x - rate*gradient: steepest descent",
          "rate=RATES scale=1 derivatives=exact epsilon=NUMBER as=NAME",
        ]
      ])
    #expect(
      try list("methods").contains([
        "newton", "1", "x - rate*inverse(hessian)*gradient: to the model's stationary point",
        "rate=1 scale=1 refresh=1 derivatives=exact epsilon=NUMBER as=NAME",
      ]))
  }

  @Test func aFigureIsALineWithTheDefaultsOfItsOptions() throws {
    #expect(
      try list("plots").map { [$0[0], $0[2]] } == [
        [
          "contour", "paths=LABELS levels=12 scale=auto fill=yes axes=NAMES at=NAME as=NAME",
        ],
        ["determinant", "axes=NAMES at=NAME as=NAME"],
        ["newton-field", "count=25 scale=unit stream=no axes=NAMES at=NAME as=NAME"],
        ["gradient-field", "count=25 scale=unit stream=no axes=NAMES at=NAME as=NAME"],
        ["definiteness", "axes=NAMES at=NAME as=NAME"],
        [
          "critical-rate",
          "method=LABEL lowest=NUMBER highest=NUMBER count=100 levels=NUMBER axes=NAMES at=NAME as=NAME",
        ],
        ["basins", "method=LABEL rate=NUMBER count=400 axes=NAMES at=NAME as=NAME"],
        ["map", "quantity=FORMULA levels=NUMBER scale=auto axes=NAMES at=NAME as=NAME"],
        [
          "surface",
          "paths=LABELS azimuth=-60 elevation=35 count=30 scale=auto axes=NAMES at=NAME as=NAME",
        ],
        [
          "curve",
          "with=LABELS taylor=NUMBERS about=PLACE paths=LABELS axes=NAMES at=NAME as=NAME",
        ],
        ["convergence", "of=f starts=all xscale=linear methods=LABELS as=NAME"],
        ["sweep", "methods=LABELS as=NAME"],
        [
          "lines",
          "x=COLUMN y=COLUMN from=runs by=rate xscale=auto yscale=auto methods=LABELS as=NAME",
        ],
        ["bound", "methods=LABELS as=NAME"],
        ["profile", "by=evaluations methods=LABELS as=NAME"],
      ])
  }

  @Test func aFunctionOfTheLibraryIsALineWithItsDimensionAndItsSource() throws {
    let functions = try list("functions")
    #expect(
      functions.contains([
        "himmelblau", "2", "four minima of equal depth",
        "Himmelblau, Applied Nonlinear Programming, 1972",
      ]))
    #expect(functions.contains { $0.prefix(2) == ["wood[n]", "n = 4, 8, 12, …"] })
  }

  @Test func anElementaryFunctionIsALineWithItsDomain() throws {
    let formulas = try list("formulas")
    #expect(
      formulas.contains(["atan2(y, x)", "angle of the point (x, y), -pi to pi", "everywhere"]))
    #expect(formulas.contains(["log(x)", "natural logarithm", "x > 0"]))
  }

  @Test func columnsAreThoseOfTheFiles() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x, y) = x^2 + y^2\nmethod newton\nstart (1, 2)\ncritical-points", to: "a.txt")
    #expect(try shop.run("a.txt").status == 0)
    let columns = try list("columns")
    for (file, path) in [
      ("summary.csv", "summary.csv"), ("runs.csv", "f/runs.csv"),
      ("traces", "f/traces/newton.csv"), ("critical-points.csv", "f/critical-points.csv"),
    ] {
      let text = String(decoding: shop.files("output/a")[path] ?? Data(), as: UTF8.self)
      let named = columns.filter { $0[1] == file && $0[2] != "with columns=" }.flatMap { row in
        row[0].contains("*") ? ["x", "y"].map { row[0].replacing("*", with: $0) } : [row[0]]
      }
      #expect(text.prefix { $0 != "\n" } == named.joined(separator: ","))
    }
  }

  @Test func anUnknownTopicIsWrongUsage() throws {
    let near = try Workshop().run("list", "method")
    #expect(near.status == 64)
    #expect(near.output == "")
    #expect(near.errors.hasPrefix("Error: There is no topic 'method'; did you mean 'methods'?\n"))
    let far = try Workshop().run("list", "zebras")
    #expect(
      far.errors.hasPrefix(
        "Error: There is no topic 'zebras'; there are directives, options, functions, formulas, methods, "
          + "rates, quantities, plots, columns, all.\n"))
  }

  @Test func theReferenceIsWhatTheProgramPrints() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../docs/reference.md").standardized
    let page = try Workshop().run("list", "all", "--format", "markdown").output
    #expect(try String(contentsOf: file, encoding: .utf8) == page, "type: make reference")
  }
}
