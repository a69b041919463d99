import Foundation
import Testing

/// Whatever is fed to it, the program says what is wrong, ends with the right status and writes nothing.
@Suite struct BadInputTests {
  private func refused(
    _ text: String, status: Int32 = 65, saying errors: String,
    file: SourceLocation = #_sourceLocation
  ) throws {
    let shop = try Workshop()
    try shop.write(text, to: "bad.txt")
    let run = try shop.run("bad.txt")
    #expect(run.status == status, sourceLocation: file)
    #expect(run.errors == errors, sourceLocation: file)
    #expect(shop.files("output").isEmpty, sourceLocation: file)
  }

  @Test func anEmptyFileSaysHowToBegin() throws {
    try refused(
      "",
      saying: "bad.txt: error: the spec is empty; begin with: function f(x, y) = x^2 + y^2\n")
  }

  @Test func aBinaryFileIsNoText() throws {
    let shop = try Workshop()
    try Data([0x66, 0xFF, 0x00, 0x12]).write(to: shop.folder.appendingPathComponent("bad.txt"))
    let run = try shop.run("bad.txt")
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("bad.txt: error: this is not a text file (byte "))
  }

  @Test func aFolderAndAMissingFileAreNoInput() throws {
    let shop = try Workshop()
    let folder = try shop.run(".")
    #expect(folder.status == 66)
    #expect(folder.errors == ".: error: this is a folder; name a spec file in it\n")
    let missing = try shop.run("none.txt")
    #expect(missing.status == 66)
    #expect(missing.errors == "none.txt: error: there is no such file\n")
  }

  @Test func aHundredThousandBracketsAreTooMany() throws {
    let shop = try Workshop()
    let open = String(repeating: "(", count: 100_000)
    let close = String(repeating: ")", count: 100_000)
    try shop.write("function f(x) = \(open)x\(close)\nmethod newton\nstart (1)", to: "bad.txt")
    let run = try shop.run("bad.txt")
    #expect(run.status == 65)
    #expect(
      run.errors.hasPrefix(
        "bad.txt:1:1017: error: the formula is nested deeper than 1000 levels, more than the limit "
          + "of 1000; raise it with --limit nesting=NUMBER\n"))
  }

  @Test func aFileOfTenMegabytesIsTooLong() throws {
    try refused(
      "function f(x) = " + String(repeating: "x+", count: 5_000_000) + "x",
      saying: "bad.txt: error: the file is too long, more than the limit of 4000000; "
        + "raise it with --limit file-bytes=NUMBER\n")
  }

  @Test func startsThatAreNotNumbersAreRefused() throws {
    try refused(
      "function f(x, y) = x^2 + y^2\nmethod newton\nstart (0/0, 1)",
      saying: """
        bad.txt:3:8: error: a finite number is needed here, but this is nan
          start (0/0, 1)
                 ^

        """)
  }

  @Test func aWindowOfWidthZeroIsRefused() throws {
    try refused(
      "function f(x) = x^2\n  domain 1 .. 1\nmethod newton\nstart (1)",
      saying: """
        bad.txt:2:10: error: the range 1 .. 1 is empty; its end must be above its start
            domain 1 .. 1
                   ^

        """)
  }

  @Test func allMistakesOfAllFilesComeInOneGo() throws {
    let shop = try Workshop()
    try shop.write("function f(x) = sine(x)\nmethod newtn\nstart (1)", to: "a.txt")
    try shop.write("functon f(x) = x", to: "b.txt")
    let run = try shop.run("a.txt", "b.txt")
    #expect(run.status == 65)
    #expect(
      run.errors == """
        a.txt:1:17: error: unknown function 'sine'; did you mean 'sin'?
          function f(x) = sine(x)
                          ^
        a.txt:2:8: error: unknown method 'newtn'; did you mean 'newton'?
          method newtn
                 ^
        b.txt:1:1: error: unknown directive 'functon'; did you mean 'function'?
          functon f(x) = x
          ^

        """)
  }

  @Test func anOutputThatCannotBeCreatedIsSaid() throws {
    let shop = try Workshop()
    try shop.write("function f(x) = x^2\nmethod newton\nstart (1)", to: "good.txt")
    try shop.write("", to: "file")
    let run = try shop.run("good.txt", "--output", "file/inside")
    #expect(run.status == 73)
    #expect(run.errors == "error: cannot create file/inside/good: Not a directory\n")
  }

  @Test func wrongUsageIsSixtyFour() throws {
    let shop = try Workshop()
    #expect(try shop.run().status == 64)
    #expect(try shop.run("x.txt", "--bogus").status == 64)
    #expect(try shop.run("x.txt", "--jobs", "0").status == 64)
    #expect(try shop.run("x.txt", "--limit", "size=1").status == 64)
    #expect(try shop.run("--version").output == "0.1.0\n")
  }

  @Test func theFirstByteThatIsNotTextIsNamed() throws {
    let shop = try Workshop()
    let file = shop.folder.appendingPathComponent("bad.txt")
    for (bytes, place) in [([0x66, 0x00], 2), ([0xEF, 0xBB, 0xBF, 0x66, 0xFF], 5)]
      as [([UInt8], Int)]
    {
      try Data(bytes).write(to: file)
      let run = try shop.run("bad.txt")
      #expect(run.status == 65)
      #expect(
        run.errors
          == "bad.txt: error: this is not a text file (byte \(place) is not UTF-8 text)\n")
    }
  }

  @Test func aFormulaOfTenMegabytesIsRefusedWhereTheFileIsAllowed() throws {
    let shop = try Workshop()
    let formula = String(repeating: "x+", count: 5_000_000) + "x"
    try shop.write("function f(x) = \(formula)\nmethod newton\nstart (1)", to: "bad.txt")
    let run = try shop.run("bad.txt", "--limit", "file-bytes=20000000")
    #expect(run.status == 65)
    #expect(
      run.errors.hasPrefix(
        "bad.txt:1:17: error: the formula has 10000001 characters, more than the limit of 1000000; "
          + "raise it with --limit formula=NUMBER\n"))
    #expect(shop.files("output").isEmpty)
  }

  @Test func aWindowThatNoAxisCanShowIsRefused() throws {
    try refused(
      """
      function f(x, y) = x^2 + y^2
        domain x = 1 .. 1 + 2^-52, y = -8e307 .. 8e307
      method newton
      grid 3
      plot contour
        window y = 0 .. 1
      plot determinant
      """,
      saying: """
        bad.txt:5:6: error: a figure cannot show x = 1 .. 1.0000000000000002, which is too narrow or \
        too wide for an axis; change the domain, or give the figure a window
          plot contour
               ^
        bad.txt:7:6: error: a figure cannot show x = 1 .. 1.0000000000000002, which is too narrow or \
        too wide for an axis; change the domain, or give the figure a window
          plot determinant
               ^
        bad.txt:7:6: error: a figure cannot show y = -8e307 .. 8e307, which is too narrow or too wide \
        for an axis; change the domain, or give the figure a window
          plot determinant
               ^

        """)
  }

  @Test func hostileSizesAreRefusedBeforeTheyAreBuilt() throws {
    let variables = (0..<1000).map { "x\($0)" }.joined(separator: ", ")
    let shop = try Workshop()
    try shop.write("function f(\(variables)) = x1\nmethod newton\ngrid 1000000", to: "grid.txt")
    let lists = Array(repeating: "0 .. 1 linear 1000000", count: 1000).joined(separator: ", ")
    try shop.write(
      "function f(x) = x\nmethod gradient\n  rates \(lists)\nstart (1)", to: "rates.txt")
    let run = try shop.run("grid.txt", "rates.txt")
    #expect(run.status == 65)
    #expect(run.errors.contains("raise it with --limit runs=NUMBER"))
    #expect(run.errors.contains("rates.txt:3:32: error: with this range the list has more than"))
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything"))
  func aFileThatCannotBeReadIsSaid() throws {
    let shop = try Workshop()
    try shop.write("title x", to: "bad.txt")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: shop.folder.appendingPathComponent("bad.txt").path)
    let run = try shop.run("bad.txt")
    #expect(run.status == 74)
    #expect(run.errors == "bad.txt: error: cannot be read: Permission denied\n")
  }

  @Test func specsOfOneNameWouldShareAFolder() throws {
    let shop = try Workshop()
    let spec = "function f(x) = x^2\nmethod newton\nstart (1)"
    try shop.write(spec, to: "a.txt")
    try shop.write(spec, to: "A.spec")
    let run = try shop.run("a.txt", "A.spec")
    #expect(run.status == 64)
    #expect(run.errors.contains("Two specs are called 'a'; their results would share a folder."))
    #expect(shop.files("output").isEmpty)
  }

  @Test func aRaisedLimitIsTaken() throws {
    let shop = try Workshop()
    let spec = "function f(x, y) = x^2 + sin(y)\nmethod newton\nstart (1, 2)"
    try shop.write(spec, to: "good.txt")
    for limit in ["operations=1", "runs=0", "formula=2", "nesting=-1"] {
      #expect(try shop.run("good.txt", "--dry-run", "--limit", limit).status != 0, "\(limit)")
    }
    #expect(try shop.run("good.txt", "--dry-run", "--limit", "operations=100").status == 0)
  }
}
