import Foundation
import Testing

/// What is promised about bytes, and the modes that put it to the test.
@Suite struct ReproducibleTests {
  /// A shipped spec, without what only draws.
  private static func shipped(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("experiments/\(name).txt"), encoding: .utf8)
  }

  @Test(arguments: ["squished", "sine-valley"])
  func kernelsOfEveryInstructionSetGiveTheSameBytes(name: String) throws {
    let shop = try Workshop()
    try shop.write(try Self.shipped(name), to: "\(name).txt")
    var tables: [String: [String: Data]] = [:]
    for tier in ["scalar", "avx2", "avx512", "neon"] {
      let run = try shop.run(
        ["\(name).txt", "--no-plots", "-v", "-o", tier], environment: ["RUNEXP_KERNELS": tier])
      if run.status == 0 {
        #expect(run.errors.contains("kernels: \(tier)\n"))
        tables[tier] = shop.files(tier)
      } else {
        #expect(run.status == 64)
        #expect(run.errors.hasPrefix("error: RUNEXP_KERNELS is scalar"))
        #expect(run.errors.hasSuffix(" on this processor, not '\(tier)'\n"))
      }
    }
    #expect(tables.count >= 2)
    #expect(tables["scalar"]?["\(name)/f/runs.csv"] != nil)
    for (tier, files) in tables { #expect(files == tables["scalar"], "\(tier)") }
  }

  @Test func aNudgeIsOneUlpAndIsWrittenIntoTheManifest() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function e(x) = exp(x) + 0*x
      function p(x) = x^4 + sqrt(x)/3
      method gradient rate=0.1
      start (1)
      stop iterations=1
      """, to: "e.txt")
    #expect(try shop.run("e.txt").status == 0)
    let nudged = try shop.run(["e.txt", "-o", "nudged"], environment: ["RUNEXP_NUDGE": "1"])
    #expect(nudged.status == 0)
    let (plain, other) = (shop.files("output/e"), shop.files("nudged/e"))
    func row(_ files: [String: Data]) -> String {
      let text = String(decoding: files["e/traces/gradient.csv"] ?? Data(), as: UTF8.self)
      return String(text.split(separator: "\n").dropFirst().first ?? "")
    }
    // e is 2.718281828459045 as a double, and the next one is 4.4e-16 above.
    #expect(row(plain).hasPrefix("0.1,p1,0,1,2.718281828459045,"))
    #expect(row(other).hasPrefix("0.1,p1,0,1,2.7182818284590455,"))
    #expect(plain["p/runs.csv"] != nil && plain["p/runs.csv"] == other["p/runs.csv"])
    let manifest = String(decoding: other["manifest.txt"] ?? Data(), as: UTF8.self)
    #expect(manifest.contains("-nudged\n"))
    #expect(!String(decoding: plain["manifest.txt"] ?? Data(), as: UTF8.self).contains("nudged"))
  }

  @Test func theRunsThatANudgeSendsElsewhereAreNamed() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
        domain x = 0 .. 6, y = -1 .. 5
      method gradient rate=[0.05, 0.5]
      grid 12 x 12
      stop iterations=200
      trace off
      """, to: "chaos.txt")
    #expect(try shop.run("chaos.txt").status == 0)
    #expect(
      try shop.run(["chaos.txt", "-o", "nudged"], environment: ["RUNEXP_NUDGE": "1"]).status == 0)
    func endings(_ folder: String) -> [[String]] {
      let text = String(decoding: shop.files(folder)["chaos/f/runs.csv"] ?? Data(), as: UTF8.self)
      return text.split(separator: "\n").map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return [cells[0], cells[1], cells[2], cells[5], cells[6]]
      }
    }
    let moved = zip(endings("output"), endings("nudged")).filter { $0 != $1 }.map(\.0)
    #expect(moved.count > 3)
    #expect(moved.allSatisfy { $0[1] == "0.5" })
    let run = try shop.run("verify", "--nudge", "--show", "1000", "chaos.txt")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "chaos.txt: \(moved.count) runs end otherwise with every elementary function one ulp larger\n"
      ))
    let named = run.output.split(separator: "\n").filter { $0.contains(" departs (") }
    #expect(
      named.map { $0.prefix { $0 != "(" } }
        == moved.map { "  method=gradient rate=0.5 start=\($0[2]) departs " })

    try shop.write(
      "function f(x, y) = x^2 + exp(y) - y\nmethod newton\nstart (1, 2)", to: "calm.txt")
    #expect(try shop.run("calm.txt").status == 0)
    let calm = try shop.run("verify", "--nudge", "calm.txt")
    #expect(
      calm.output
        == "calm.txt: every run ends as before with every elementary function one ulp larger\n")
  }

  @Test func resultsOfAnotherLibraryPassWhereNothingIsChaotic() throws {
    let shop = try Workshop()
    try shop.write(
      """
      function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
        domain x = 0 .. 6, y = -1 .. 5
      method newton
      method gradient
        rates 0.01 .. 0.2 log 5
      start (3.1, 1.3), (3.1, 1.8)
      """, to: "valley.txt")
    #expect(try shop.run("valley.txt").status == 0)
    let run = try shop.run(["verify", "valley.txt"], environment: ["RUNEXP_NUDGE": "1"])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("the same, compared within 1e-9 and by endings (sleef 3"))
    #expect(try shop.run("diff", "output/valley/f", "output/valley/f").status == 0)
  }
}
