import Foundation
import Testing

/// Data files as a user meets them.
@Suite struct DataTests {
  private let body = "function f(x) = x^2\nmethod newton\nstart (1)\n"

  private func shop(_ spec: String, _ files: [String: String] = [:]) throws -> Workshop {
    let shop = try Workshop()
    try FileManager.default.createDirectory(
      at: shop.folder.appendingPathComponent("specs/data"), withIntermediateDirectories: true)
    try shop.write(body + spec, to: "specs/a.txt")
    for (name, text) in files { try shop.write(text, to: name) }
    return shop
  }

  private func refused(
    _ shop: Workshop, status: Int32, saying errors: String,
    _ file: SourceLocation = #_sourceLocation
  ) throws {
    let run = try shop.run("specs/a.txt")
    #expect(run.status == status, sourceLocation: file)
    #expect(run.errors == errors, sourceLocation: file)
    #expect(shop.files("output").isEmpty, sourceLocation: file)
  }

  @Test func pathsBeginAtTheFolderOfTheSpec() throws {
    let shop = try shop(
      "data d from \"data/d.csv\"\ndata k from \"../e.csv\"",
      ["specs/data/d.csv": "\u{FEFF}x,y\r\n1,2\r\n", "e.csv": "x\n1"])
    #expect(try shop.run("specs/a.txt", "--no-plots").status == 0)
    let path = shop.folder.appendingPathComponent("e.csv").path
    try shop.write(body + "data d from \"\(path)\"", to: "b.txt")
    #expect(try shop.run("b.txt", "--dry-run").errors == "")
    try shop.write(body + "data d from \"e.csv\"", to: "c.txt")
    #expect(try shop.run("c.txt", "--dry-run").status == 0)
    #expect(try shop.run("./c.txt", "--dry-run").status == 0)
  }

  @Test func formulasSumOverATableThatStandsBelowThem() throws {
    let shop = try Workshop()
    try shop.write("x,y\n0,1\n1,3\n2,5\n", to: "d.csv")
    try shop.write(
      """
      function f(a, b) = sum(r in d: (r.y - a - b*r.x)^2)
      data d from "d.csv"
      method newton
      start (0, 0)
      """, to: "line.txt")
    #expect(try shop.run("line.txt").status == 0)
    let runs = shop.files("output/line")["f/runs.csv"] ?? Data()
    let row = String(decoding: runs, as: UTF8.self).split(separator: "\n").last ?? ""
    #expect(row.hasPrefix("newton,1,p1,0,0,converged,minimum,,,1,1,2,0,"))
  }

  @Test func aMissingFileIsSaidAtTheSpec() throws {
    try refused(
      try shop("data d from \"data/lin.csv\"", ["specs/data/line.csv": "x\n1"]), status: 66,
      saying: """
        specs/a.txt:4:13: error: there is no file 'specs/data/lin.csv'; paths begin at the folder of \
        the spec; did you mean 'line.csv'?
          data d from "data/lin.csv"
                      ^

        """)
    try refused(
      try shop("data d from \"none/d.csv\""), status: 66,
      saying: """
        specs/a.txt:4:13: error: there is no file 'specs/none/d.csv'; paths begin at the folder of the spec
          data d from "none/d.csv"
                      ^

        """)
  }

  @Test func aFolderIsNoTable() throws {
    try refused(
      try shop("data d from \"data\""), status: 66,
      saying: """
        specs/a.txt:4:13: error: 'specs/data' is a folder; name a CSV file in it
          data d from "data"
                      ^

        """)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem")))
  func aFileThatFailsWhileItIsReadIsSaid() throws {
    try refused(
      try shop("data d from \"/proc/self/mem\""), status: 74,
      saying: """
        specs/a.txt:4:13: error: '/proc/self/mem' cannot be read: Input/output error
          data d from "/proc/self/mem"
                      ^

        """)
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything"))
  func aFileThatCannotBeReadIsSaid() throws {
    let shop = try shop("data d from \"data/d.csv\"", ["specs/data/d.csv": "x\n1"])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0],
      ofItemAtPath: shop.folder.appendingPathComponent("specs/data/d.csv").path)
    try refused(
      shop, status: 74,
      saying: """
        specs/a.txt:4:13: error: 'specs/data/d.csv' cannot be read: Permission denied
          data d from "data/d.csv"
                      ^

        """)
  }

  @Test func mistakesOfSpecAndDataComeInOneGo() throws {
    try refused(
      try shop(
        "data d from \"data/d.csv\"\ndata k from \"data/e.csv\"\nmethod newtn",
        ["specs/data/d.csv": "x,y\n1,2\n1,b\n", "specs/data/e.csv": "x,y\n1\n"]),
      status: 65,
      saying: """
        specs/a.txt:6:8: error: unknown method 'newtn'; did you mean 'newton'?
          method newtn
                 ^
        specs/data/d.csv:3:3: error: 'b' in column 'y' is not a number; write for example 0.5 or 1e-3
          1,b
            ^
        specs/data/e.csv:2:2: error: this row has 1 cell, but there are 2 columns; give it a number for 'y'
          1
           ^

        """)
  }

  @Test func theBoundOnNumbersIsForAllFilesOfASpec() throws {
    let shop = try shop(
      "data d from \"data/d.csv\"\ndata k from \"data/d.csv\"",
      ["specs/data/d.csv": "x,y\n1,2\n3,4\n"])
    #expect(try shop.run("specs/a.txt", "-n", "--limit", "data-cells=8").status == 0)
    let run = try shop.run("specs/a.txt", "-n", "--limit", "data-cells=7")
    #expect(run.status == 65)
    #expect(
      run.errors == """
        specs/data/d.csv:3:1: error: with this row the data files hold 8 numbers, more than the limit \
        of 7; raise it with --limit data-cells=NUMBER
          3,4
          ^

        """)
  }

  @Test func aFileOfSeveralPiecesIsReadWhole() throws {
    let rows = (0..<60_000).map { "\($0),\(Double($0) / 7)" }.joined(separator: "\n")
    let shop = try shop(
      "data d from \"data/d.csv\"", ["specs/data/d.csv": "x,y\n\(rows)\nlast,1\n"])
    try refused(
      shop, status: 65,
      saying: """
        specs/data/d.csv:60002:1: error: 'last' in column 'x' is not a number; write for example 0.5 or 1e-3
          last,1
          ^

        """)
  }

  @Test func theShippedTablesAreGood() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../experiments/data").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix(".csv") }
    #expect(names.count >= 4)
    let lines = names.enumerated().map { "data d\($0) from \"\(root.path)/\($1)\"" }
    let shop = try shop(lines.joined(separator: "\n"))
    let run = try shop.run("specs/a.txt", "--dry-run")
    #expect(run.status == 0)
    #expect(run.errors == "")
  }
}
