import Foundation
import Testing

/// Runs that are divided among processes, and joined.
@Suite struct ShardTests {
  private static let base = """
    title Valley
    data points from "points.csv"
    function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 0 .. 6, y = -1 .. 5
      critical-points
    function fit(a, b) = sum(r in points: (a + b*r.u - r.v)^2)
    method gradient rate=[0.1, 0.5, 3, armijo]
    method newton
    start (3.1, 1.3), (3.1, 1.8)
    grid 9 x 11
    stop iterations=40
    expect method=newton : iterations<=40

    """
  private static let figures = """
    plot sweep
    plot profile
    plot lines x=iterations y=operations

    """

  private func shop(_ more: String) throws -> Workshop {
    let shop = try Workshop()
    try shop.write("u,v\n0,1\n1,3\n2,4\n", to: "points.csv")
    try shop.write(Self.base + more, to: "valley.txt")
    return shop
  }

  /// Every file of a folder, hidden ones too.
  private func names(_ shop: Workshop, _ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(
      atPath: shop.folder.appendingPathComponent(folder).path
    ).sorted()
  }

  @Test(arguments: [
    figures + "plot contour paths=newton\n",
    "trace starts=all every=3 columns=+condition\n" + figures, "trace off\n", "",
  ])
  func shardsOfAnyNumberGiveTheBytesOfOneRun(more: String) throws {
    let shop = try shop(more)
    let one = try shop.run("valley.txt", "-o", "one", "--jobs", "2")
    #expect(one.status == 0, "\(one.errors)")
    for (count, jobs) in [(1, ["2"]), (3, ["1", "2", "7"])] {
      let folder = "of\(count)"
      // The last one first, as machines finish when they like.
      for number in (1...count).reversed() {
        let shard = try shop.run(
          "run", "--shard", "\(number)/\(count)", "valley.txt", "-o", folder, "-j", jobs[number - 1]
        )
        #expect(shard.status == 0)
        #expect(shard.errors == "")
        #expect(
          shard.output.hasPrefix("valley.txt: shard \(number) of \(count) is done: "), "\(shard)")
        #expect(
          shard.output.hasSuffix(
            " of 1010 runs, in \(folder)/valley/shards/\(number)-of-\(count).chunks; when all are done: "
              + "runexp merge valley.txt -o \(folder)\n"))
      }
      #expect(
        try names(shop, "\(folder)/valley")
          == ["shards"] + (1...count).map { "shards/\($0)-of-\(count).chunks" })
      let merge = try shop.run("merge", "valley.txt", "-o", folder, "-j", "7")
      #expect(merge.status == 0)
      #expect(merge.output == one.output)
      #expect(merge.errors == one.errors)
      #expect(shop.files("\(folder)/valley") == shop.files("one/valley"))
      #expect(try names(shop, "\(folder)/valley") == names(shop, "one/valley"))
    }
  }

  @Test func mergedResultsAreUpToDate() throws {
    let shop = try shop("plot sweep\n")
    func shard(_ words: String...) throws -> Finished {
      try shop.run(["run", "--shard", "1/1"] + words + ["valley.txt"])
    }
    let first = try shard()
    #expect(first.output.hasSuffix("; when all are done: runexp merge valley.txt\n"))
    // Done is done: a task that is put into the queue again finds nothing to do.
    #expect(try shard().output == first.output)
    #expect(try shard("-q").output == "")
    #expect(try shop.run("merge", "valley.txt").status == 0)
    let upToDate = "valley.txt: up to date\n"
    #expect(try shop.run("valley.txt").output.hasPrefix(upToDate))
    #expect(try shard().output == upToDate)
    #expect(try shop.run("merge", "valley.txt").output == upToDate)
    #expect(try shop.run("check", "valley.txt").output.hasSuffix("; up to date\n"))
    // Figures and titles are drawn by who merges.
    #expect(try shard("--force").status == 0)
    try shop.write(Self.base.replacing("Valley", with: "Hill") + "plot profile\n", to: "valley.txt")
    #expect(try shop.run("merge", "valley.txt").output.hasPrefix("Hill\n"))
    #expect(shop.files("output/valley")["profile.png"] != nil)
    #expect(shop.files("output/valley")["f/sweep.png"] == nil)
  }

  @Test func aBrokenExpectationIsOne() throws {
    let shop = try shop("expect method=newton : iterations<=1\n")
    #expect(try shop.run("run", "--shard", "1/1", "valley.txt").status == 0)
    let merge = try shop.run("merge", "valley.txt", "--no-plots")
    #expect(merge.status == 1)
    #expect(try shop.run("valley.txt", "--no-plots").output == merge.output)
  }

  @Test func shardsOfOneSpecAreMadeAtTheSameTime() throws {
    let shop = try shop("trace off\n")
    let processes = try (1...4).map { number in
      let process = Process()
      process.executableURL = try Workshop.program()
      process.arguments = ["run", "-q", "--shard", "\(number)/4", "valley.txt"]
      process.currentDirectoryURL = shop.folder
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try shop.run("merge", "valley.txt").status == 0)
    #expect(try shop.run("valley.txt", "-o", "one").status == 0)
    #expect(shop.files("output/valley") == shop.files("one/valley"))
  }

  @Test func aShardIsWrittenByOneProcess() throws {
    let shop = try shop("")
    let folder = shop.folder.appendingPathComponent("output/valley/shards")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let lock = folder.appendingPathComponent(".2-of-3.chunks.lock").path
    try shop.write("4711", to: "output/valley/shards/.2-of-3.chunks.lock")
    let descriptor = open(lock, O_RDWR)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let second = try shop.run("run", "--shard", "2/3", "valley.txt")
    #expect(second.status == 73)
    #expect(
      second.errors
        == "error: output/valley/shards/2-of-3.chunks is being written by process 4711; wait for it, or choose "
        + "another --output\n")
    #expect(try shop.run("run", "--shard", "1/3", "valley.txt").status == 0)
    close(descriptor)
    #expect(try shop.run("run", "--shard", "2/3", "valley.txt").status == 0)
  }

  @Test func slurmMayChooseTheShard() throws {
    let shop = try shop("")
    let array = [
      "SLURM_ARRAY_TASK_ID": "4", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "4",
      "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_STEP": "2", "SLURM_CPUS_PER_TASK": "2",
    ]
    let words = ["run", "--shard", "auto", "valley.txt"]
    #expect(
      try shop.run(words, environment: array).output.hasPrefix("valley.txt: shard 3 of 3 is done"))
    let task = ["SLURM_PROCID": "0", "SLURM_NTASKS": "3"]
    #expect(
      try shop.run(words, environment: task).output.hasPrefix("valley.txt: shard 1 of 3 is done"))
  }

  @Test func aDryRunSaysHowMuchAShardIs() throws {
    let shop = try shop("")
    let sizes = try (1...3).map { number in
      let run = try shop.run("run", "-n", "--shard", "\(number)/3", "valley.txt")
      #expect(run.status == 0)
      return run.output
    }
    // By hand: each function has 303 runs with numbers for rates, 101 with Armijo's rule and 101 of newton, in chunks
    // of 64 64 64 64 47, 64 37 and 64 37; every third of these and those of the other function.
    let counts = [64 + 64 + 37, 64 + 47 + 64, 64 + 64 + 37].map { 2 * $0 }
    #expect(
      sizes
        == counts.enumerated().map {
          "valley.txt: shard \($0 + 1) of 3: \($1) of 1010 runs, at most \($1 * 40) steps\n"
        })
    #expect(try names(shop, "") == [".stderr", ".stdout", "points.csv", "valley.txt"])
  }
}

extension ShardTests {
  /// What is printed for wrong usage, the first line of it.
  private func usage(_ words: [String], environment: [String: String] = [:]) throws -> String {
    let shop = try shop("")
    let run = try shop.run(["run"] + words + ["valley.txt"], environment: environment)
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(!FileManager.default.fileExists(atPath: shop.folder.path + "/output"))
    let lines = run.errors.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[1].hasPrefix("Usage: runexp run "))
    return String(lines[0])
  }

  @Test func whatIsNoShardIsWrongUsage() throws {
    let none = "Error: --shard 0/3 is none: of 3 shards, the first is 1/3 and the last 3/3"
    #expect(try usage(["--shard", "0/3"]) == none)
    #expect(try usage(["--shard", "4/3"]) == none.replacing("0/3", with: "4/3"))
    #expect(
      try usage(["--shard", "x"])
        == "Error: --shard is I/N, as 2/3 for the second of three, or auto inside Slurm, not 'x'")
    #expect(
      try usage(["--shard", "auto"])
        == "Error: --shard auto needs the variables of a Slurm job array, SLURM_ARRAY_TASK_ID, _MIN and _COUNT, or "
        + "of a task of srun, SLURM_PROCID and SLURM_NTASKS; elsewhere say which shard it is, as --shard 2/3"
    )
    #expect(
      try usage(["--shard", "1/3", "--only", "method=newton", "-o", "part"])
        == "Error: --shard divides all runs of a spec; leave --only out.")
  }

  /// What merge says of shards that it cannot join, and that it leaves everything as it was.
  private func refusal(_ shop: Workshop, status: Int32, _ more: String...) throws -> String {
    let before = shop.files("output")
    let merge = try shop.run(["merge", "valley.txt"] + more)
    #expect(merge.status == status)
    #expect(merge.output == "")
    #expect(shop.files("output") == before)
    return merge.errors
  }

  private func make(_ shop: Workshop, _ shards: String...) throws {
    for shard in shards {
      #expect(try shop.run("run", "-q", "--shard", shard, "valley.txt").status == 0)
    }
  }

  @Test func whatIsMissingIsNamedWithWhatMakesIt() throws {
    let shop = try shop("")
    #expect(
      try refusal(shop, status: 66)
        == "valley.txt: error: there are no shards in output/valley/shards; the first of three is made by: "
        + "runexp run --shard 1/3 valley.txt\n")
    #expect(
      try refusal(shop, status: 66, "-o", "other")
        == "valley.txt: error: there are no shards in other/valley/shards; the first of three is made by: "
        + "runexp run --shard 1/3 valley.txt -o other\n")
    #expect(!FileManager.default.fileExists(atPath: shop.folder.path + "/other"))
    try make(shop, "2/4")
    #expect(
      try refusal(shop, status: 66)
        == "valley.txt: error: shards 1, 3 and 4 of 4 are missing; the first is made by: "
        + "runexp run --shard 1/4 valley.txt\n")
    try make(shop, "1/4", "4/4")
    #expect(
      try refusal(shop, status: 66)
        == "valley.txt: error: shard 3 of 4 is missing; it is made by: runexp run --shard 3/4 valley.txt\n"
    )
    try make(shop, "1/3")
    #expect(
      try refusal(shop, status: 65)
        == "valley.txt: error: there are shards of 3 and of 4 in output/valley/shards; remove those that are not "
        + "wanted, as: rm output/valley/shards/*-of-3.chunks\n")
  }

  @Test func shardsOfAnotherRunAreNamed() throws {
    let shop = try shop("")
    try make(shop, "1/3", "2/3", "3/3")
    let before = shop.files("output")
    func put(_ data: Data?, _ file: String) throws {
      try data?.write(to: shop.folder.appendingPathComponent("output/valley/shards/\(file)"))
    }
    func line(_ number: Int, _ reason: String) -> String {
      "valley.txt: error: shard \(number) of 3 is of another run: \(reason); it is made anew by: "
        + "runexp run --shard \(number)/3 valley.txt\n"
    }
    // Another spec.
    try shop.write(
      Self.base.replacing("iterations=40\n", with: "iterations=41\n"), to: "valley.txt")
    #expect(
      try refusal(shop, status: 65)
        == line(1, "the spec changed") + line(2, "the spec changed") + line(3, "the spec changed"))
    try make(shop, "2/3")
    #expect(
      try refusal(shop, status: 65) == line(1, "the spec changed") + line(3, "the spec changed"))
    // Other data; comments do not matter.
    try shop.write("# Yes.\n" + Self.base, to: "valley.txt")
    try put(before["valley/shards/2-of-3.chunks"], "2-of-3.chunks")
    try shop.write("u,v\n0,1\n1,3\n2,5\n", to: "points.csv")
    let other = "points.csv changed"
    #expect(try refusal(shop, status: 65) == line(1, other) + line(2, other) + line(3, other))
    try shop.write("u,v\n0,1\n1,3\n2,4\n", to: "points.csv")
    // Another version.
    let whole = try #require(before["valley/shards/3-of-3.chunks"])
    var old = whole
    let version = try #require(old.range(of: Data("\nrunexp ".utf8)))
    let end = try #require(old[version.upperBound...].firstIndex(of: UInt8(ascii: "\n")))
    let now = String(decoding: old[version.upperBound..<end], as: UTF8.self)
    old.replaceSubrange(version.upperBound..<end, with: Data("0.0.9".utf8))
    try put(old, "3-of-3.chunks")
    #expect(try refusal(shop, status: 65) == line(3, "runexp 0.0.9 → \(now)"))
    // Another file under the name.
    let foreign =
      "valley.txt: error: shard 3 of 3 is not what its name says; it is made anew by: "
      + "runexp run --shard 3/3 valley.txt\n"
    try put(before["valley/shards/1-of-3.chunks"], "3-of-3.chunks")
    #expect(try refusal(shop, status: 65) == foreign)
    try put(Data("chunks?".utf8), "3-of-3.chunks")
    #expect(try refusal(shop, status: 65) == foreign)
    // Cut short, and a bit that flipped.
    try put(whole.dropLast(1), "3-of-3.chunks")
    let torn =
      "valley.txt: error: shard 3 of 3 has 5 of 6 chunks; wait for it, or make the rest by: "
      + "runexp run --shard 3/3 valley.txt\n"
    #expect(try refusal(shop, status: 66) == torn)
    var flipped = whole
    flipped[flipped.count - 9] ^= 0x10
    try put(flipped, "3-of-3.chunks")
    #expect(try refusal(shop, status: 66) == torn)
    // The rest is made, and nothing else; files that are none of ours stay.
    let rest = try shop.run("run", "--shard", "3/3", "valley.txt")
    #expect(
      rest.errors == "valley.txt: 5 of 6 chunks are taken from the interrupted run\n")
    try put(Data("mine".utf8), "notes.md")
    let merge = try shop.run("merge", "valley.txt")
    #expect(merge.status == 0)
    #expect(try names(shop, "output/valley/shards") == ["notes.md"])
    try FileManager.default.removeItem(atPath: shop.folder.path + "/output/valley/shards")
    #expect(try shop.run("valley.txt", "-o", "one").output == merge.output)
    #expect(shop.files("output/valley") == shop.files("one/valley"))
  }
}
