import Diagnostics
import Foundation
import Results
import Running

extension SpecRun {
  /// Makes the chunks of a shard that are not there, for `merge` to join; no table is written and no figure drawn.
  func make(_ shard: Shard) async throws {
    if isUpToDate() { return }
    let shards = ShardFolder(in: place)
    let size = file.plan.chunkSize(shards: shard.count)
    let (log, lock) = try shards.log(
      of: shard, file.runStamp.with(Versions.build), chunkSize: size, isAnew: isForced)
    defer { withExtendedLifetime(lock) {} }
    let chunks = file.plan.chunks(size: log.chunkSize)
    let mine = shard.chunks(among: chunks.count)
    let missing = mine.filter { !log.has($0) }
    if !missing.isEmpty { sayWhatIsTaken(from: log, of: mine.count) }
    let compiling = Stopwatch()
    let runner = try Runner(file.plan)
    options.report("compile", compiling)
    let running = Stopwatch()
    var bar = Progress(
      options.progressMode, total: missing.reduce(0) { $0 + chunks[$1].runs.count })
    var done = 0
    try await runner.run(workers: options.workers, only: missing, store: log) {
      $0.outcomes.count
    } receive: {
      done += $0
      bar.show(done)
    }
    bar.clear()
    options.report("run", running)
    if !options.quiet {
      print(
        "\(file.path): shard \(shard.number) of \(shard.count) is done: "
          + "\(runs(of: mine, among: chunks)), in \(shards.path(of: shard)); when all are done: "
          + command("merge"))
    }
  }

  /// How much a run of the spec, or of a shard of it, is.
  func size(of shard: Shard?) -> String {
    let plan = file.plan
    guard let shard else {
      return "\(counted(plan.runCount, "run")), at most \(formatNumber(plan.stepLimit)) steps"
    }
    let chunks = plan.chunks(size: plan.chunkSize(shards: shard.count))
    let mine = shard.chunks(among: chunks.count)
    let count = mine.reduce(0) { $0 + chunks[$1].runs.count }
    let steps = plan.stepLimit / Double(max(1, plan.runCount)) * Double(count)
    return "shard \(shard.number) of \(shard.count): \(runs(of: mine, among: chunks)), at most "
      + "\(formatNumber(steps)) steps"
  }

  /// What to type to do something with the spec.
  func command(_ words: String) -> String {
    let folder = options.isIntoDefault ? "" : " -o \(options.output)"
    return "runexp \(words) \(file.path)\(folder)"
  }

  private func runs(of numbers: [Int], among chunks: [Chunk]) -> String {
    let count = numbers.reduce(0) { $0 + chunks[$1].runs.count }
    return "\(count) of \(counted(file.plan.runCount, "run"))"
  }
}
