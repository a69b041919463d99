import Foundation
import Testing

/// `runexp verify` as a reviewer meets it.
@Suite struct VerifyTests {
  private let spec = """
    function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 0 .. 6, y = -1 .. 5
    method gradient rate=[0.1, 0.5]
    method newton
    start (3.1, 1.3), (3.1, 1.8)
    stop iterations=60

    """

  /// A folder with a spec and its results, where temporary files go into the folder, too.
  private func shop(_ line: String = "", status: Int32 = 0) throws -> Workshop {
    let shop = try Workshop()
    try shop.write(spec + line, to: "valley.txt")
    #expect(try shop.run("valley.txt").status == status)
    return shop
  }

  private func verify(_ shop: Workshop, _ more: String...) throws -> Finished {
    try shop.run(
      ["verify", "valley.txt"] + more, environment: ["TMPDIR": shop.folder.path + "/"])
  }

  private func isClean(_ shop: Workshop) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: shop.folder.path)
      .allSatisfy { !$0.hasPrefix("runexp-verify") }
  }

  private func change(_ file: String, _ shop: Workshop, _ from: String, _ to: String) throws {
    let text = String(decoding: shop.files("output/valley")[file] ?? Data(), as: UTF8.self)
    let changed = text.replacing(from, with: to, maxReplacements: 1)
    #expect(changed != text, "\(file) has no \(from)")
    try shop.write(changed, to: "output/valley/\(file)")
  }

  @Test func whatASpecGivesIsTheSameByteForByteAndIsNotTouched() throws {
    let shop = try shop()
    let before = shop.files("output")
    let run = try verify(shop)
    #expect(run.status == 0)
    #expect(run.output == "valley.txt: the same, compared byte for byte: 6 files\n")
    #expect(run.errors == "")
    #expect(try isClean(shop))
    #expect(shop.files("output") == before)
    #expect(try verify(shop, "--jobs", "1", "--tables-only").output.hasSuffix(": 4 files\n"))
  }

  /// What breaks an expectation may be the same as before, or not: that is the question.
  @Test func aBrokenExpectationIsSaidAndTheFilesAreComparedAllTheSame() throws {
    let shop = try shop("expect method=newton : iterations<=0", status: 1)
    let run = try verify(shop)
    #expect(run.status == 1)
    #expect(run.output.contains(": broken: expect method=newton : iterations<=0\n"))
    #expect(run.output.hasSuffix("valley.txt: the same, compared byte for byte: 6 files\n"))
    let nudged = try verify(shop, "--nudge")
    #expect(nudged.status == 0)
    #expect(nudged.output.contains("with every elementary function one ulp larger\n"))
  }

  @Test func everyOtherByteIsFound() throws {
    for (file, from, to, line) in [
      ("f/runs.csv", "oscillating", "converged", "now oscillates instead of converged"),
      ("f/traces/newton.csv", "3.1,1.3", "3.10,1.3", "f/traces/newton.csv\n  differs"),
      ("f/traces/newton.csv", "\n", "\r\n", "f/traces/newton.csv\n  differs"),
      ("summary.csv", "gradient", "Gradient", "only in A: function=f method=Gradient rate=0.1"),
      ("manifest.txt", "file summary.csv", "file summary", "file summary -> file summary.csv"),
    ] {
      let shop = try shop()
      try change(file, shop, from, to)
      let run = try verify(shop)
      #expect(run.status == 1, "\(file)")
      #expect(run.output.hasPrefix("valley.txt: different, compared byte for byte: 6 files\n"))
      #expect(run.output.contains(line), "\(run.output)")
      #expect(try isClean(shop))
    }
  }

  @Test func picturesCaptionsAndFilesOfOneSideAreFound() throws {
    let shop = try shop("plot contour paths=newton")
    try change("f/contour.txt", shop, "window", "Window")
    try shop.write("no picture", to: "output/valley/f/contour.png")
    try shop.write("mine", to: "output/valley/f/notes.txt")
    try FileManager.default.removeItem(
      at: shop.folder.appendingPathComponent("output/valley/summary.csv"))
    let run = try verify(shop)
    #expect(run.status == 1)
    #expect(run.output.contains("f/contour.png\n  differs\n\nf/contour.txt\n  line 3: Window"))
    #expect(run.output.contains("f/notes.txt\n  only in A\n"))
    #expect(run.output.contains("summary.csv\n  only in B\n"))
  }

  @Test func numbersOfOtherVersionsMayDepartButEndingsMayNot() throws {
    let shop = try shop()
    try change("manifest.txt", shop, "sleef ", "sleef 1.")
    try change("f/traces/newton.csv", shop, "3.1,1.3", "3.1000000000001,1.3")
    let run = try verify(shop)
    #expect(run.status == 0, "\(run.output)")
    let versions = run.output.split(separator: "(").last?.prefix { $0 != ")" } ?? ""
    #expect(versions.hasPrefix("sleef 1.") && versions.hasSuffix(" here"))
    #expect(
      run.output == """
        valley.txt: the same, compared within 1e-9 and by endings (\(versions)): 4 files; \
        pictures skipped: \(versions)

        """)
    try change("f/traces/newton.csv", shop, "3.1000000000001,1.3", "3.10001,1.3")
    #expect(try verify(shop).status == 1)
    try change("f/traces/newton.csv", shop, "3.10001,1.3", "3.1,1.3")
    #expect(try verify(shop).status == 0)
    try change("f/runs.csv", shop, "oscillating", "crawling")
    #expect(try verify(shop).status == 1)
  }

  @Test func picturesOfAnotherFontAreSkippedAndTheRestIsComparedByBytes() throws {
    let shop = try shop("plot contour paths=newton")
    try change("manifest.txt", shop, "font ", "font Sans ")
    try shop.write("of another font", to: "output/valley/f/contour.png")
    let run = try verify(shop)
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "valley.txt: the same, compared byte for byte: 5 files; pictures skipped: font Sans "))
    try change("f/traces/newton.csv", shop, "3.1,1.3", "3.1000000000001,1.3")
    #expect(try verify(shop).status == 1)
  }

  @Test func whereThereIsNothingToCompareWithItSaysWhatMakesIt() throws {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    let run = try verify(shop)
    #expect(run.status == 66)
    #expect(
      run.errors
        == "valley.txt: error: there is no output/valley; runexp valley.txt makes it\n")
    #expect(
      try verify(shop, "-o", "kept").errors
        == "valley.txt: error: there is no kept/valley; runexp valley.txt -o kept makes it\n")
    try shop.write("function f(x) = y\nmethod newton\nstart (1)", to: "valley.txt")
    try FileManager.default.createDirectory(
      at: shop.folder.appendingPathComponent("kept/valley"), withIntermediateDirectories: true)
    #expect(try verify(shop, "-o", "kept").status == 65)
    #expect(try shop.run("verify", "none.txt").status == 66)
    #expect(try shop.run("verify").status == 64)
    #expect(try isClean(shop))
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func anInterruptedVerificationLeavesNothingBehind(signal: Int32, status: Int32) throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      method gradient rate=1e-5
      grid 1000 x 1000
      stop iterations=1000000
      trace off
      """, to: "long.txt")
    try FileManager.default.createDirectory(
      at: shop.folder.appendingPathComponent("output/long"), withIntermediateDirectories: true)
    let process = Process()
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": shop.folder.path + "/"]) { $1 }
    process.executableURL = try Workshop.program()
    process.arguments = ["verify", "--jobs", "1", "long.txt"]
    process.currentDirectoryURL = shop.folder
    try process.run()
    // A task that sleeps may wait for long until a thread is free for it, while the process takes a core.
    for _ in 0..<1000 where try isClean(shop) { usleep(10_000) }
    #expect(try !isClean(shop))
    kill(process.processIdentifier, signal)
    for _ in 0..<3000 where process.isRunning { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationStatus == status)
    #expect(try isClean(shop))
  }
}
