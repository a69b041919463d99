import Diagnostics
import Expressions
import Testing

@testable import Specs

@Suite struct DataParserTests {
  private static func table(_ name: String) -> DataTable {
    DataTable(name: name, columns: ["x"], values: [[1]])
  }

  @Test func tablesAreReadInOrderWithTheirPathsAsTheyStand() throws {
    let spec =
      base + """
        data b from "b.csv"   # a comment
        data größe_2 from "../a folder/x #1 (old).csv"
        """
    var paths: [String] = []
    let (experiment, _) = try Experiment.parse(spec) { name, path in
      paths.append(path)
      return DataParserTests.table(name)
    }
    #expect(paths == ["b.csv", "../a folder/x #1 (old).csv"])
    #expect(experiment.tables.map(\.name) == ["b", "größe_2"])
  }

  @Test func tablesAreReadBeforeFunctionsWhereverTheyStand() {
    var parser = SpecParser(limits: Limits())
    parser.read(SpecLine.lines(of: "function f(x) = y\ndata d from \"d.csv\"")) { _, _ in
      throw SpecProblem.noTables
    }
    #expect(parser.findings.all.map(\.place?.line) == [2, 1])
  }

  @Test func whatTheSourceFindsIsSaidAtItsPlace() {
    let spec = """
      data a from "a.csv"
      data b from "b.csv"
      data c from "c.csv"
      function f(x) = y
      method newton
      start (1)
      """
    let found = printed(spec) { name, path in
      if name == "a" { throw SpecProblem.badName(path) }
      if name == "c" { return DataParserTests.table(name) }
      throw Diagnostics([
        Diagnostic(
          SpecProblem.noFunction, at: Place(line: 1, column: 13),
          in: Excerpt(path: "dir/b.csv", line: "x,y,z"))
      ])
    }
    #expect(
      found == """
        bad.txt:1:13: error: 'a.csv' is not a name; names are a letter, then letters, digits and _ (labels also -)
          data a from "a.csv"
                      ^
        bad.txt:4:17: error: unknown name 'y'
          function f(x) = y
                          ^
        dir/b.csv:1:13: error: the spec has no function; write for example: function f(x, y) = x^2 + y^2
          x,y,z
                      ^
        """)
  }

  @Test func aTableThatCouldNotBeReadIsNotMissedByFormulas() {
    let spec = """
      function f(a) = sum(r in d: r.x*a)
      function g(a) = sum(r in k: r.x*a)
      data d from d.csv
      method newton
      start (1)
      """
    #expect(
      printed(spec) == """
        bad.txt:2:26: error: there is no table 'k'; write 1..n for numbers, or add: data k from "FILE.csv"
          function g(a) = sum(r in k: r.x*a)
                                   ^
        bad.txt:3:13: error: a file in double quotes is missing here; write for example: data points from "points.csv"
          data d from d.csv
                      ^
        """)
  }

  @Test(arguments: [
    Mistake(
      "dataWithoutAFile", base + "data d from \"d.csv\"",
      """
      bad.txt:4:13: error: no data can be read here; save the spec to a file beside the data, and run that
        data d from "d.csv"
                    ^
      """),
    Mistake(
      "dataWithoutName", base + "data",
      """
      bad.txt:4:5: error: the name of the table is missing here; write for example: data points from "points.csv"
        data
            ^
      """),
    Mistake(
      "dataWithoutFrom", base + "data d",
      """
      bad.txt:4:7: error: 'from' is missing here; write for example: data points from "points.csv"
        data d
              ^
      """),
    Mistake(
      "dataWithAnEqualsSign", base + "data d = \"d.csv\"",
      """
      bad.txt:4:8: error: 'from' is missing here; write for example: data points from "points.csv"
        data d = "d.csv"
               ^
      """),
    Mistake(
      "dataFromNothing", base + "data d from",
      """
      bad.txt:4:12: error: a file in double quotes is missing here; write for example: data points from "points.csv"
        data d from
                   ^
      """),
    Mistake(
      "dataWithoutQuotes", base + "data d from d.csv",
      """
      bad.txt:4:13: error: a file in double quotes is missing here; write for example: data points from "points.csv"
        data d from d.csv
                    ^
      """),
    Mistake(
      "dataFromAnEmptyPath", base + "data d from \"\"",
      """
      bad.txt:4:13: error: a file in double quotes is missing here; write for example: data points from "points.csv"
        data d from ""
                    ^
      """),
    Mistake(
      "anOpenQuote", base + "data d from \"d.csv",
      """
      bad.txt:4:13: error: a file in double quotes is missing here; write for example: data points from "points.csv"
        data d from "d.csv
                    ^
      """),
    Mistake(
      "moreBehindTheFile", base + "data d from \"d.csv\" rows=3",
      """
      bad.txt:4:13: error: no data can be read here; save the spec to a file beside the data, and run that
        data d from "d.csv" rows=3
                    ^
      bad.txt:4:21: error: unexpected 'rows=3'; write for example: data points from "points.csv"
        data d from "d.csv" rows=3
                            ^
      """),
    Mistake(
      "dataBelowAFunction", "function f(x) = x\n  data d from \"d.csv\"\nmethod newton\nstart (1)",
      """
      bad.txt:2:3: error: 'data' cannot stand below 'function', which takes domain, where, minimum, lipschitz, start, grid, random, critical-points and plot
          data d from "d.csv"
          ^
      """),
  ])
  func isSaid(_ mistake: Mistake) {
    #expect(printed(mistake.spec) == mistake.printed)
  }

  @Test(arguments: [
    Mistake(
      "aBadName", base + "data my-data from \"d.csv\"",
      """
      bad.txt:4:6: error: 'my-data' is not a name; names are a letter, then letters, digits and _ (labels also -)
        data my-data from "d.csv"
             ^
      """),
    Mistake(
      "aConstant", base + "data pi from \"d.csv\"",
      """
      bad.txt:4:6: error: 'pi' is already a constant; choose another name
        data pi from "d.csv"
             ^
      """),
    Mistake(
      "aFunction", base + "data sin from \"d.csv\"",
      """
      bad.txt:4:6: error: 'sin' is already a function; choose another name
        data sin from "d.csv"
             ^
      """),
    Mistake(
      "aColumn", base + "data count from \"d.csv\"",
      """
      bad.txt:4:6: error: 'count' is already a word of the tool (a column or a quantity); choose another name
        data count from "d.csv"
             ^
      """),
    Mistake(
      "twoOfOneName", base + "data d from \"d.csv\"\ndata d from \"e.csv\"",
      """
      bad.txt:5:6: error: the table 'd' is there already
        data d from "e.csv"
             ^
      """),
  ])
  func isSaidOfTheName(_ mistake: Mistake) {
    #expect(
      printed(mistake.spec) { name, _ in DataParserTests.table(name) } == mistake.printed)
  }
}
