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
}
