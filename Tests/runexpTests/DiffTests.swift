import Foundation
import Testing

/// `runexp diff` as a user and git meet it.
@Suite struct DiffTests {
  private let table = "label,kind,f\nm1,minimum,1\ns1,saddle,2\n"

  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(table, to: "a.csv")
    try shop.write(table.replacing("saddle,2", with: "saddle,2.0000000000000004"), to: "b.csv")
    return shop
  }

  @Test func theStatusSaysWhetherTablesAreTheSame() throws {
    let shop = try shop()
    let same = try shop.run("diff", "a.csv", "a.csv")
    #expect(same.status == 0)
    #expect(same.output == "the same (1 file)\n")
    let different = try shop.run("diff", "a.csv", "b.csv")
    #expect(different.status == 1)
    #expect(different.errors == "")
    #expect(
      different.output == """
        b.csv: 1 of 2 points departs; the largest relative departure is 2.2e-16, in f

        b.csv
          label=s1 departs (line 3):
            f  2 -> 2.0000000000000004  (absolute 4.4e-16, relative 2.2e-16, 1 ulp)

        """)
    for tolerance in [
      ["--ulp", "1"], ["--rtol", "3e-16"], ["--atol", "f=1e-15"], ["--ulp", "0", "--ulp", "f=1"],
    ] {
      #expect(try shop.run(["diff", "a.csv", "b.csv"] + tolerance).status == 0)
    }
    for tolerance in [["--ulp", "0"], ["--rtol", "2e-16"], ["--atol", "kind=1"]] {
      #expect(try shop.run(["diff", "a.csv", "b.csv"] + tolerance).status == 1)
    }
  }

  @Test func wrongUsageAndMissingFilesHaveTheirOwnStatus() throws {
    let shop = try shop()
    try shop.write("a\n\"1\n", to: "open.csv")
    let files = FileManager.default
    try files.createDirectory(
      at: shop.folder.appendingPathComponent("folder"), withIntermediateDirectories: true)
    let cases: [(arguments: [String], status: Int32, error: String)] = [
      (["a.csv"], 64, "Error: Name two files or two folders.\n"),
      (["a.csv", "b.csv", "a.csv"], 64, "Error: Name two files or two folders.\n"),
      (["--textconv", "a.csv", "b.csv"], 64, "Error: --textconv takes one file.\n"),
      (["--show=-1", "a.csv", "b.csv"], 64, "Error: --show needs a number of 0 or more.\n"),
      (
        ["--rtol", "f=x", "a.csv", "b.csv"], 64,
        "Error: --rtol is NUMBER or COLUMN=NUMBER, as 1e-9 or f=1e-9.\n"
      ),
      (
        ["--ulp=-1", "a.csv", "b.csv"], 64,
        "Error: --ulp is NUMBER or COLUMN=NUMBER, as 1e-9 or f=1e-9.\n"
      ),
      (
        ["--rtol", "knd=1", "a.csv", "b.csv"], 64,
        "error: there is no column 'knd' in b.csv; did you mean 'kind'?\n"
      ),
      (
        ["--key", "lable", "a.csv", "b.csv"], 64,
        "error: there is no column 'lable' in a.csv; did you mean 'label'?\n"
      ),
      (
        ["a.csv", "folder"], 64,
        "error: 'folder' is a folder and 'a.csv' is a file; name two files or two folders\n"
      ),
      (["a.csv", "c.csv"], 66, "error: there is no file or folder 'c.csv'\n"),
      (["--textconv", "c.csv"], 66, "error: there is no file or folder 'c.csv'\n"),
      (
        ["a.csv", "open.csv"], 65,
        "error: open.csv:2: a quote that opens in this row is never closed\n"
      ),
    ]
    for (arguments, status, error) in cases {
      let run = try shop.run(["diff"] + arguments)
      #expect(run.status == status, "\(arguments)")
      #expect(run.errors.hasPrefix(error), "\(arguments)")
    }
  }

  @Test func whatMayNotBeReadIsNoInput() throws {
    let shop = try shop()
    let file = shop.folder.appendingPathComponent("b.csv").path
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    guard !FileManager.default.isReadableFile(atPath: file) else { return }  // root reads all
    let run = try shop.run("diff", "a.csv", "b.csv")
    #expect(run.status == 66)
    #expect(run.errors == "error: 'b.csv' cannot be read: Permission denied\n")
  }

  @Test func gitMayCallItAsAnExternalDiffWhoseStatusIsZero() throws {
    let shop = try shop()
    let git = ["diff", "out/critical-points.csv", "a.csv", "aa", "100644", "b.csv", "bb", "100644"]
    let run = try shop.run(git)
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "runexp diff out/critical-points.csv\nout/critical-points.csv: 1 of 2 points departs"))
    let new = try shop.run([
      "diff", "out/new.csv", "/dev/null", ".", ".", "b.csv", "bb", "100644",
    ])
    #expect(new.status == 0)
    #expect(new.output.contains("2 points only in B"))
    let renamed = git + ["out/points.csv", "similarity index 90%\n"]
    #expect(try shop.run(renamed).status == 0)
  }

  @Test func textconvPrintsAnAlignedTable() throws {
    let run = try shop().run("diff", "--textconv", "b.csv")
    #expect(run.status == 0)
    #expect(
      run.output == """
        label     kind      f
        m1        minimum   1
        s1        saddle    2.0000000000000004

        """)
  }

  @Test func aPipeIsReadToo() throws {
    let shop = try shop()
    let pipe = shop.folder.appendingPathComponent("pipe.csv").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = Data(table.utf8)
    let writer = Thread {
      let file = open(pipe, O_WRONLY)
      _ = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      close(file)
    }
    writer.start()
    #expect(try shop.run("diff", "a.csv", "pipe.csv").status == 0)
  }

  @Test func aRunDiffersFromOneWithOneMoreStartByItsRowsAlone() throws {
    let shop = try Workshop()
    let spec = """
      function f(x, y) = x^2 - x*y/2 + (y/3)^2
      method gradient rate=[0.5, 0.9]
      method newton
      start (-3, -3), (1, 2)
      grid 3
      stop iterations=50
      """
    try shop.write(spec, to: "a.txt")
    try shop.write(spec.replacing("-3), (1", with: "-3), (7, 7), (1"), to: "b.txt")
    #expect(try shop.run("a.txt").status == 0)
    #expect(try shop.run("b.txt").status == 0)
    let run = try shop.run("diff", "--format", "csv", "output/a/f", "output/b/f")
    #expect(run.status == 1)
    let rows = run.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let kinds = Dictionary(grouping: rows, by: { $0[1] }).mapValues(\.count)
    // Three runs in runs.csv, two and one in the traces; the start behind the new one is called p3.
    #expect(kinds == ["only-in-b": 6, "renamed": 6])
  }
}
