import Foundation
import Testing

/// `runexp check`: errors as `run` prints them, the size of a plan, and whether it must be run.
@Suite struct CheckTests {
  private let spec = """
    # A bowl.
    function f(x, y) = x^2 + y^2
    method newton
    start (1, 2)
    """
  private let size =
    "bowl.txt: 1 function, 1 method, 1 run, at most 1000 steps, about 0.2 kB of runs, "
    + "at most about 224 kB of traces; "

  private func bowl() throws -> Workshop {
    let shop = try Workshop()
    try shop.write(spec, to: "bowl.txt")
    return shop
  }

  /// What is said behind the plan's size.
  private func state(_ shop: Workshop) throws -> String {
    let check = try shop.run("check", "bowl.txt")
    #expect(check.status == 0)
    #expect(check.errors == "")
    #expect(check.output.hasPrefix(size))
    return String(check.output.dropFirst(size.count))
  }

  @Test func aSpecThatWasNeverRunWouldBeMade() throws {
    let shop = try bowl()
    #expect(try state(shop) == "would be made: it was never run\n")
    #expect(shop.files("output").isEmpty)
  }

  @Test func afterARunAllIsUpToDate() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    #expect(try state(shop) == "up to date\n")
    try shop.write("\n# Another comment.\n" + spec.dropFirst(9) + "\n\n  # end", to: "bowl.txt")
    #expect(try state(shop) == "its page would be redone: the comments changed\n")
    #expect(try shop.run("--output", "output/", "bowl.txt").status == 0)
    #expect(try state(shop) == "up to date\n")
  }

  @Test func aChangedSpecWouldBeRedone() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    try shop.write(spec + "\ntitle Bowl", to: "bowl.txt")
    #expect(try state(shop) == "would be redone: the spec changed\n")
  }

  @Test func changedDataWouldBeRedone() throws {
    let shop = try Workshop()
    try shop.write("u\n1\n2\n", to: "points.csv")
    try shop.write(
      "data points from \"points.csv\"\nfunction f(x) = sum(r in points: (x - r.u)^2)\n"
        + "method newton\nstart (1)", to: "fit.txt")
    #expect(try shop.run("fit.txt").status == 0)
    #expect(try shop.run("check", "fit.txt").output.hasSuffix("; up to date\n"))
    try shop.write("u\n1\n3\n", to: "points.csv")
    #expect(
      try shop.run("check", "fit.txt").output
        .hasSuffix("; would be redone: points.csv changed\n"))
  }

  @Test func anotherVersionWouldRedo() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    let stamp = shop.folder.appendingPathComponent(".runexp/bowl")
    let text = try String(contentsOf: stamp, encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: " ")[0] }
    #expect(
      lines == ["spec", "text", "runexp", "sleef", "cairo", "libdeflate", "build"]
        + Array(repeating: "file", count: 5))
    try shop.write(text.replacing("runexp 0.1.0", with: "runexp 0.0.9"), to: ".runexp/bowl")
    #expect(try state(shop) == "would be redone: runexp 0.0.9 → 0.1.0\n")
  }

  @Test func aMissingFileWouldBeMadeAgain() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    for file in ["summary.csv", "manifest.txt"] {
      try FileManager.default.removeItem(
        at: shop.folder.appendingPathComponent("output/bowl/\(file)"))
      #expect(try state(shop) == "would be redone: output/bowl/\(file) is missing\n")
    }
  }

  @Test func anEditedFileWouldBeMadeAgain() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt").status == 0)
    try shop.write("mine", to: "output/bowl/index.html")
    #expect(
      try state(shop) == "its page would be redone: output/bowl/index.html was changed\n")
    try shop.write("mine", to: "output/bowl/f/runs.csv")
    #expect(try state(shop) == "would be redone: output/bowl/f/runs.csv was changed\n")
  }

  @Test func aRunThatMadeNotEverythingLeavesNoStamp() throws {
    let shop = try bowl()
    let spec = spec + "\nplot determinant"
    try shop.write(spec, to: "bowl.txt")
    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    #expect(try state(shop) == "would be redone: no whole run is on record here\n")
    #expect(try shop.run("bowl.txt").status == 0)
    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    #expect(try state(shop) == "up to date\n")
    // What another spec left in between is not taken for this one's.
    try shop.write(spec.replacing("2", with: "4"), to: "bowl.txt")
    #expect(try shop.run("bowl.txt", "--no-plots").status == 0)
    try shop.write(spec, to: "bowl.txt")
    #expect(try state(shop) == "would be redone: no whole run is on record here\n")
  }

  @Test func aRunIntoAnotherFolderLeavesNoStamp() throws {
    let shop = try bowl()
    #expect(try shop.run("bowl.txt", "--output", "other").status == 0)
    #expect(try state(shop) == "would be made: it was never run\n")
  }

  @Test func errorsAndStatusAreThoseOfARun() throws {
    let shop = try bowl()
    try shop.write("functon f(x) = x", to: "bad.txt")
    for files in [["bad.txt"], ["none.txt"], ["."]] {
      let run = try shop.run(files)
      let check = try shop.run(["check"] + files)
      #expect(check.status == run.status)
      #expect(check.errors == run.errors)
      #expect(check.output == "")
    }
    let both = try shop.run("check", "bad.txt", "bowl.txt")
    #expect(both.status == 65)
    #expect(both.output == size + "would be made: it was never run\n")
    #expect(try shop.run("check", "bowl.txt", "--limit", "runs=x").status == 64)
    #expect(try shop.run("check").status == 64)
  }

  @Test func sizesHaveTwoDigitsAndAUnit() throws {
    let shop = try Workshop()
    try shop.write(
      "function f(x, y) = x\nmethod newton\ngrid 1000\ntrace starts=all\nstop iterations=1e9",
      to: "large.txt")
    #expect(
      try shop.run("check", "large.txt").output
        == "large.txt: 1 function, 1 method, 1000000 runs, at most 1000000000000000 steps, "
        + "about 231 MB of runs, at most about 224000 TB of traces; would be made: it was never run\n"
    )
    try shop.write("function f(x) = x\nmethod newton\nstart (1)\ntrace off", to: "none.txt")
    #expect(
      try shop.run("check", "none.txt").output.contains("0.2 kB of runs, no traces; would be made"))
  }
}
