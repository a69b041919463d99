import Foundation
import Testing

/// Runs that are interrupted, and run again.
@Suite(.serialized) struct InterruptionTests {
  private static let spec = """
    function f(x, y) = sin(x)^2 + sin(10 + x*y/2)*cos(x)
      domain x = 0 .. 6, y = -1 .. 5
    method gradient rate=[0.05, 0.1, armijo]
    method newton
    start (3.1, 1.3)
    grid 13 x 15
    stop iterations=40
    trace starts=all every=20

    """

  /// The finished chunks of a run that was not finished.
  private static let log = "output/valley/.unfinished.chunks"

  private func exists(_ shop: Workshop, _ path: String) -> Bool {
    FileManager.default.fileExists(atPath: shop.folder.appendingPathComponent(path).path)
  }

  /// Every file of the results, hidden ones too.
  private func names(_ shop: Workshop, _ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(
      atPath: shop.folder.appendingPathComponent(folder).path
    ).sorted()
  }

  /// A run that takes long enough to be interrupted once it keeps what is done, and what it leaves.
  private func interrupted(_ signal: Int32, _ spec: String, _ words: [String], log: String) throws
    -> Workshop
  {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    // The system's own calls: what stands above them may notice too late that there is something to interrupt.
    let child = try Child(in: shop.folder, words + ["valley.txt"], ["RUNEXP_KEEP_AFTER=0"])
    let path = shop.folder.appendingPathComponent(log).path
    var state = stat()
    for _ in 0..<30_000 where !(stat(path, &state) == 0 && state.st_size > 3000) { usleep(2_000) }
    kill(child.identifier, signal)
    #expect(child.wait() == signal)
    #expect(exists(shop, log))
    return shop
  }

  /// Checks the line that says how much was there already.
  private func isResumed(_ run: Finished, of count: Int) -> Bool {
    let words = run.errors.split(separator: " ")
    guard words.count == 11, words[0] == "valley.txt:", let taken = Int(words[1]) else {
      return false
    }
    return (1..<count).contains(taken)
      && run.errors
        == "valley.txt: \(taken) of \(count) chunks are taken from the interrupted run\n"
  }

  /// Chunks that take some time even where the compiler did its best.
  private static let long =
    spec.replacing("iterations=40", with: "iterations=600 gradient=off") + "plot profile\n"

  @Test(arguments: [SIGKILL, SIGINT])
  func aRunGoesOnWhereItWasInterrupted(signal: Int32) throws {
    let shop = try interrupted(signal, Self.long, ["--jobs", "1"], log: Self.log)
    let again = try shop.run("valley.txt", "--jobs", "2")
    #expect(again.status == 0)
    // One worker takes a quarter of all runs at a time: both numbers, Armijo's rule, newton.
    #expect(isResumed(again, of: 4), "\(again.errors)")
    #expect(try shop.run("valley.txt", "-o", "one").output == again.output)
    #expect(shop.files("output/valley") == shop.files("one/valley"))
    #expect(try names(shop, "output/valley") == names(shop, "one/valley"))
    #expect(try shop.run("valley.txt").output == "valley.txt: up to date\n")
  }

  @Test func aShardGoesOnWhereItWasInterrupted() throws {
    let shard = ["run", "--shard", "1/2"]
    let shop = try interrupted(
      SIGKILL, Self.long, shard + ["--jobs", "1"], log: "output/valley/shards/1-of-2.chunks")
    let again = try shop.run(shard + ["valley.txt", "--jobs", "7"])
    #expect(again.status == 0)
    #expect(isResumed(again, of: 8), "\(again.errors)")
    #expect(try shop.run("run", "--shard", "2/2", "valley.txt").status == 0)
    #expect(try shop.run("merge", "valley.txt").status == 0)
    #expect(try shop.run("valley.txt", "-o", "one").status == 0)
    #expect(shop.files("output/valley") == shop.files("one/valley"))
    #expect(try names(shop, "output/valley") == names(shop, "one/valley"))
  }
}

extension InterruptionTests {
  /// A folder with what a run leaves that is killed when some of its chunks are done.
  ///
  /// Made from the only shard of one, which has no plan of its own: so that it is the same on every machine.
  private func left(_ spec: String = spec) throws -> (shop: Workshop, log: Data) {
    let shop = try Workshop()
    try shop.write(spec, to: "valley.txt")
    #expect(try shop.run("run", "-q", "--shard", "1/1", "valley.txt").status == 0)
    let place = shop.folder.appendingPathComponent("output/valley/shards")
    var log = try Data(contentsOf: place.appendingPathComponent("1-of-1.chunks"))
    try FileManager.default.removeItem(at: place)
    log.removeSubrange(try #require(log.range(of: Data("shard 1/1\n".utf8))))
    try put(log, shop)
    return (shop, log)
  }

  private func put(_ log: Data, _ shop: Workshop) throws {
    try log.write(to: shop.folder.appendingPathComponent(Self.log))
  }

  /// Runs the spec, and compares all files with those of a run in another folder.
  private func resumed(_ shop: Workshop, _ words: String...) throws -> Finished {
    let run = try shop.run(["valley.txt", "--no-plots"] + words)
    #expect(run.status == 0)
    let one = "one-\(UUID())"
    #expect(try shop.run("valley.txt", "--no-plots", "-o", one).output == run.output)
    #expect(shop.files("output/valley") == shop.files("\(one)/valley"))
    #expect(try names(shop, "output/valley") == names(shop, "\(one)/valley"))
    return run
  }

  private static func taken(_ count: Int) -> String {
    "valley.txt: \(count) of 15 chunks are taken from the interrupted run\n"
  }

  @Test func everythingThatIsWholeIsUsed() throws {
    let (shop, log) = try left()
    #expect(try resumed(shop).errors == Self.taken(15))
    for rest in [1, log.count / 3] {
      try put(log.dropLast(rest), shop)
      let run = try resumed(shop, "--jobs", "7")
      if rest == 1 { #expect(run.errors == Self.taken(14)) }
    }
  }

  @Test func whatIsDamagedIsMadeAnew() throws {
    let (shop, log) = try left()
    for place in [log.count - 1, log.count / 2] {
      var damaged = log
      damaged[place] ^= 4
      try put(damaged, shop)
      let run = try resumed(shop, "--jobs", "2")
      #expect(run.errors != Self.taken(15))
    }
  }

  @Test func titlesFiguresAndExpectationsMayChange() throws {
    let (shop, _) = try left()
    try shop.write(
      "# A plot.\ntitle Valley\n" + Self.spec + "plot profile\nexpect method=newton : x=0±1e9\n",
      to: "valley.txt")
    #expect(try resumed(shop).errors == Self.taken(15))
  }

  @Test func anotherPlanOrProgramUsesNothing() throws {
    let (shop, log) = try left()
    try shop.write(Self.spec.replacing("iterations=40", with: "iterations=41"), to: "valley.txt")
    #expect(try resumed(shop).errors == "")
    try shop.write(Self.spec, to: "valley.txt")
    for part in ["\nrunexp ", "\nsleef ", "\nbuild "] {
      var other = log
      let place = try #require(other.range(of: Data(part.utf8))).upperBound
      other[place] = other[place] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
      try put(other, shop)
      #expect(try resumed(shop).errors == "", "\(part)")
    }
    // --force makes everything anew.
    try put(log, shop)
    #expect(try resumed(shop, "--force").errors == "")
  }

  @Test func otherDataUseNothing() throws {
    let shop = try Workshop()
    let spec =
      "data points from \"p.csv\"\nfunction f(a) = sum(r in points: (a - r.u)^2)\nmethod newton\ngrid 200\n"
    try shop.write("u\n1\n2\n", to: "p.csv")
    try shop.write(spec, to: "valley.txt")
    #expect(try shop.run("run", "-q", "--shard", "1/1", "valley.txt").status == 0)
    let file = "output/valley/shards/1-of-1.chunks"
    let before = shop.files("output")
    try shop.write("u\n1\n3\n", to: "p.csv")
    let run = try shop.run("run", "--shard", "1/1", "valley.txt")
    #expect(run.errors == "")
    #expect(
      shop.files("output")["valley/shards/1-of-1.chunks"] != before["valley/shards/1-of-1.chunks"])
    #expect(exists(shop, file))
  }

  @Test func aPartOfTheRunsHasALogOfItsOwn() throws {
    let (shop, log) = try left()
    try FileManager.default.createDirectory(
      atPath: shop.folder.path + "/part/valley", withIntermediateDirectories: true)
    try log.write(to: shop.folder.appendingPathComponent("part/valley/.unfinished.chunks"))
    let part = try shop.run("valley.txt", "--only", "method=newton", "-o", "part")
    #expect(part.status == 0)
    #expect(part.errors == "")
    #expect(!exists(shop, "part/valley/.unfinished.chunks"))
  }

  @Test func aShortRunLeavesNothingAndAnInterruptedOneNoTables() throws {
    let (shop, _) = try left()
    #expect(try names(shop, "output/valley") == [".unfinished.chunks"])
    #expect(try resumed(shop).status == 0)
    #expect(!exists(shop, Self.log))
  }
}

/// A process of the program, without anything between it and us.
private struct Child {
  let identifier: pid_t

  struct NotStarted: Error {}

  /// Starts the program in a folder, with further variables in its environment.
  init(in folder: URL, _ arguments: [String], _ environment: [String]) throws {
    let script = "cd \"$0\" && exec \"$@\" >.stdout 2>.stderr"
    let words =
      ["/bin/sh", "-c", script, folder.path, try Workshop.program().path] + arguments
    let variables =
      ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" } + environment
    var texts = words.map { strdup($0) } + [nil]
    var values = variables.map { strdup($0) } + [nil]
    defer { for text in texts + values { free(text) } }
    var identifier = pid_t()
    guard posix_spawn(&identifier, "/bin/sh", nil, nil, &texts, &values) == 0 else {
      throw NotStarted()
    }
    self.identifier = identifier
  }

  /// The signal that it was ended by; 0 if it ended by itself.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F
  }
}
