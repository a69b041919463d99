import Testing

@testable import Running

/// Which part of a run a shard is.
@Suite struct ShardTests {
  @Test(arguments: [
    ("1/1", Shard(1, of: 1)), ("1/3", Shard(1, of: 3)), ("3/3", Shard(3, of: 3)),
    ("07/12", Shard(7, of: 12)), ("100000/100000", Shard(100_000, of: 100_000)),
  ])
  func aShardIsTyped(text: String, shard: Shard) throws {
    #expect(try Shard(text, environment: [:]) == shard)
  }

  private static let example =
    "--shard is I/N, as 2/3 for the second of three, or auto inside Slurm, not"

  @Test(arguments: [
    ("0/3", "--shard 0/3 is none: of 3 shards, the first is 1/3 and the last 3/3"),
    ("4/3", "--shard 4/3 is none: of 3 shards, the first is 1/3 and the last 3/3"),
    ("2/1", "--shard 2/1 is none: of 1 shard, the first is 1/1 and the last 1/1"),
    ("1/0", "--shard 1/0 is none: there are 1 to 100000 shards, as in --shard 1/3"),
    ("1/100001", "--shard 1/100001 is none: there are 1 to 100000 shards, as in --shard 1/3"),
    ("x", "\(example) 'x'"), ("", "\(example) ''"), ("3", "\(example) '3'"),
    ("1/2/3", "\(example) '1/2/3'"), ("-1/3", "\(example) '-1/3'"), ("1/", "\(example) '1/'"),
    ("+1/3", "\(example) '+1/3'"), ("Auto", "\(example) 'Auto'"),
    ("1/99999999999999999999", "\(example) '1/99999999999999999999'"),
  ])
  func whatIsNoShardIsRefused(text: String, sentence: String) {
    #expect(throws: ShardProblem.self) { try Shard(text, environment: [:]) }
    do {
      _ = try Shard(text, environment: [:])
    } catch {
      #expect(error.sentence == sentence)
    }
  }

  /// The variables that `sbatch --array` sets, as its manual has them.
  private static func array(
    _ task: Int, _ first: Int, _ last: Int, _ count: Int, step: Int = 1
  ) -> [String: String] {
    [
      "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": "\(first)",
      "SLURM_ARRAY_TASK_MAX": "\(last)", "SLURM_ARRAY_TASK_COUNT": "\(count)",
      "SLURM_ARRAY_TASK_STEP": "\(step)", "SLURM_PROCID": "0", "SLURM_NTASKS": "1",
    ]
  }

  @Test(arguments: [
    (array(1, 1, 10, 10), Shard(1, of: 10)), (array(10, 1, 10, 10), Shard(10, of: 10)),
    (array(0, 0, 2, 3), Shard(1, of: 3)), (array(2, 0, 2, 3), Shard(3, of: 3)),
    (array(20, 10, 20, 3, step: 5), Shard(3, of: 3)), (array(4, 4, 4, 1), Shard(1, of: 1)),
    (
      ["SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_COUNT": "3"],
      Shard(2, of: 3)
    ),
    (["SLURM_PROCID": "0", "SLURM_NTASKS": "4"], Shard(1, of: 4)),
    (["SLURM_PROCID": "3", "SLURM_NTASKS": "4"], Shard(4, of: 4)),
  ])
  func slurmSaysWhichOneItIs(environment: [String: String], shard: Shard) throws {
    #expect(try Shard("auto", environment: environment) == shard)
  }

  private static let irregular =
    "--shard auto needs all tasks of an array, evenly spaced, as of --array=1-10; where some are made again, say "
    + "which of how many, as --shard 3/10"

  @Test(arguments: [
    (
      [:],
      "--shard auto needs the variables of a Slurm job array, SLURM_ARRAY_TASK_ID, _MIN and _COUNT, or of a task "
        + "of srun, SLURM_PROCID and SLURM_NTASKS; elsewhere say which shard it is, as --shard 2/3"
    ),
    (
      ["SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_MIN": "1"],
      "--shard auto: SLURM_ARRAY_TASK_ID is set, but SLURM_ARRAY_TASK_COUNT is not; say which shard it is, as "
        + "--shard 2/3"
    ),
    (
      ["SLURM_PROCID": "2"],
      "--shard auto: SLURM_PROCID is set, but SLURM_NTASKS is not; say which shard it is, as --shard 2/3"
    ),
    (
      ["SLURM_PROCID": "4", "SLURM_NTASKS": "4"],
      "--shard auto: SLURM_PROCID is '4', which is no task; say which shard it is, as --shard 2/3"
    ),
    (
      ["SLURM_PROCID": "one", "SLURM_NTASKS": "4"],
      "--shard auto: SLURM_PROCID is 'one', which is no task; say which shard it is, as --shard 2/3"
    ),
    // --array=1,3,7
    (array(7, 1, 7, 3), irregular), (array(3, 1, 7, 3), irregular),
    (array(11, 10, 20, 3, step: 5), irregular), (array(1, 1, 0, 0), irregular),
  ])
  func whatIsNoTaskIsRefused(environment: [String: String], sentence: String) {
    do {
      _ = try Shard("auto", environment: environment)
      Issue.record("it is a shard")
    } catch {
      #expect(error.sentence == sentence)
    }
  }

  @Test func shardsHaveEveryChunkOnce() {
    for (count, chunks) in [(1, 5), (3, 10), (4, 3), (2, 0)] {
      let shards = (1...count).map { Shard($0, of: count).chunks(among: chunks) }
      #expect(shards.flatMap { $0 }.sorted() == Array(0..<chunks))
      #expect((shards.map(\.count).max() ?? 0) - (shards.map(\.count).min() ?? 0) <= 1)
    }
  }
}
