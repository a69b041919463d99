import Foundation
import Testing

/// A second run does what has to be done and nothing else, and says so.
@Suite struct UpToDateTests {
  private let spec = """
    # A valley.
    data points from "points.csv"
    function f(x, y) = sum(r in points: (x - r.u)^2) + 3*y^2
    method newton
    start (1, 2)
    plot determinant
    """

  private func shop() throws -> Workshop {
    let shop = try Workshop()
    try shop.write("u\n1\n2\n", to: "points.csv")
    try shop.write(spec, to: "valley.txt")
    let run = try shop.run("valley.txt")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("function  method"))
    return shop
  }

  /// When each file was written last.
  private func times(_ shop: Workshop) throws -> [String: Date] {
    try shop.files("output/valley").keys.reduce(into: [:]) { times, name in
      let path = shop.folder.appendingPathComponent("output/valley/\(name)").path
      times[name] =
        try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
  }

  private let upToDate = "valley.txt: up to date\n"

  @Test func whatIsUpToDateIsNotDoneAgain() throws {
    let shop = try shop()
    let before = try times(shop)
    let run = try shop.run("valley.txt", "-v")
    #expect(run.status == 0)
    #expect(run.output == upToDate)
    #expect(!run.errors.contains("run: "))
    #expect(try times(shop) == before)
    #expect(try shop.run("valley.txt", "-q").output == "")
    #expect(try shop.run("valley.txt", "--jobs", "1", "--no-plots").output == upToDate)
  }

  @Test func aChangedCommentChangesThePageAlone() throws {
    let shop = try shop()
    let (files, before) = (shop.files("output/valley"), try times(shop))
    try shop.write(spec.replacing("A valley.", with: "A steep valley."), to: "valley.txt")
    #expect(try shop.run("valley.txt", "--no-plots").output == upToDate)
    let run = try shop.run("valley.txt", "-v")
    #expect(
      run.output
        == "valley.txt: the page was made anew, as the comments changed; all else is up to date\n")
    #expect(!run.errors.contains("run: "))
    #expect(!run.errors.contains("draw"))
    let now = shop.files("output/valley")
    #expect(now.filter { files[$0.key] != $0.value }.keys.sorted() == ["index.html"])
    #expect(try times(shop).filter { before[$0.key] != $0.value }.keys.sorted() == ["index.html"])
    #expect(
      String(decoding: now["index.html"] ?? Data(), as: UTF8.self).contains("A steep valley."))
    #expect(try shop.run("valley.txt").output == upToDate)
    // The page is the one that a whole run makes.
    #expect(try shop.run("valley.txt", "--force").status == 0)
    #expect(shop.files("output/valley") == now)
  }

  @Test func anotherNumberOrOtherDataRedoEverything() throws {
    let shop = try shop()
    let first = shop.files("output/valley")
    try shop.write(spec.replacing("3*y^2", with: "4*y^2"), to: "valley.txt")
    #expect(try shop.run("valley.txt").output.hasPrefix("function  method"))
    let second = shop.files("output/valley")
    #expect(first["f/determinant.png"] != second["f/determinant.png"])
    #expect(first["f/runs.csv"] != second["f/runs.csv"])
    try shop.write("u\n1\n5\n", to: "points.csv")
    #expect(try shop.run("valley.txt").output.hasPrefix("function  method"))
    #expect(shop.files("output/valley")["f/runs.csv"] != second["f/runs.csv"])
    #expect(try shop.run("valley.txt").output == upToDate)
  }

  @Test func anOutputThatIsGoneOrWasEditedIsMadeAgain() throws {
    let shop = try shop()
    let files = shop.files("output/valley")
    #expect(files.count == 7)
    for name in files.keys {
      let place = shop.folder.appendingPathComponent("output/valley/\(name)")
      try FileManager.default.removeItem(at: place)
      #expect(try shop.run("valley.txt").status == 0)
      #expect(shop.files("output/valley") == files, "\(name) was gone")
      // As long as it was, with another byte.
      var bytes = files[name] ?? Data()
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: place)
      let run = try shop.run("valley.txt")
      #expect(run.output.contains("the page was made anew") == (name == "index.html"))
      #expect(shop.files("output/valley") == files, "\(name) was edited")
      #expect(try shop.run("valley.txt").output == upToDate)
    }
  }

  @Test func forceRedoesEverythingAndOtherFormatsToo() throws {
    let shop = try shop()
    let forced = try shop.run("valley.txt", "--force", "-v")
    #expect(forced.output.hasPrefix("function  method"))
    #expect(forced.errors.contains("0 of 7 files changed"))
    #expect(try shop.run("valley.txt", "--formats", "svg").output.hasPrefix("function  method"))
    #expect(shop.files("output/valley")["f/determinant.svg"] != nil)
    #expect(try shop.run("valley.txt", "--formats", "svg").output == upToDate)
    #expect(try shop.run("valley.txt", "--theme", "dark").output.hasPrefix("function  method"))
  }

  @Test func anotherBuildRedoesEverything() throws {
    let shop = try shop()
    let stamp = shop.folder.appendingPathComponent(".runexp/valley")
    let text = try String(contentsOf: stamp, encoding: .utf8)
    try shop.write(text.replacing(/build [0-9a-f]+/, with: "build 1"), to: ".runexp/valley")
    #expect(
      try shop.run("check", "valley.txt").output.hasSuffix(
        "; would be redone: runexp was built anew\n"))
    #expect(try shop.run("valley.txt").output.hasPrefix("function  method"))
  }

  @Test func otherFoldersAreAlwaysMade() throws {
    let shop = try shop()
    for _ in 1...2 {
      #expect(try shop.run("valley.txt", "-o", "other").output.hasPrefix("function  method"))
    }
    #expect(try shop.run("valley.txt").output == upToDate)
  }

  @Test func aRunThatWasStoppedLeavesNoStamp() throws {
    let shop = try shop()
    // A folder where a picture should be stops the run in its midst.
    let place = shop.folder.appendingPathComponent("output/valley/f/determinant.png")
    try FileManager.default.removeItem(at: place)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data().write(to: place.appendingPathComponent("mine"))
    #expect(try shop.run("valley.txt").status == 74)
    #expect(
      try shop.run("check", "valley.txt").output.hasSuffix(
        "; would be redone: no whole run is on record here\n"))
    try FileManager.default.removeItem(at: place)
    #expect(try shop.run("valley.txt").output.hasPrefix("function  method"))
  }
}
