import Diagnostics

/// One of the parts of a run that different processes, or machines, make: every so manyth chunk.
public struct Shard: Sendable, Hashable {
  /// Which it is, from 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// More of them would be a slip of the finger.
  public static let most = 100_000

  /// Creates a shard.
  public init(_ number: Int, of count: Int) {
    self.number = number
    self.count = count
  }

  /// The numbers of its chunks among so many.
  public func chunks(among chunkCount: Int) -> [Int] {
    Array(stride(from: number - 1, to: chunkCount, by: count))
  }

  /// `I/N`, or `auto`: the task of a Slurm job array, or else of a Slurm job.
  ///
  /// Tasks of an array are counted in steps from its first one, whatever they are called.
  ///
  /// - Throws: `ShardProblem`.
  public init(_ text: String, environment: [String: String]) throws(ShardProblem) {
    self = text == "auto" ? try Shard(slurm: environment) : try Shard(typed: text)
  }

  private init(typed text: String) throws(ShardProblem) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
      let number = Int(parts[0]), let count = Int(parts[1])
    else { throw .notAShard(text) }
    guard (1...Shard.most).contains(count) else { throw .badCount(text) }
    guard (1...count).contains(number) else { throw .badNumber(text, count: count) }
    self.init(number, of: count)
  }

  private init(slurm environment: [String: String]) throws(ShardProblem) {
    func value(_ name: String) throws(ShardProblem) -> Int? {
      guard let text = environment[name] else { return nil }
      guard let value = Int32(text), value >= 0 else { throw .badVariable(name, text) }
      return Int(value)
    }
    if let task = try value("SLURM_ARRAY_TASK_ID") {
      guard let first = try value("SLURM_ARRAY_TASK_MIN") else {
        throw .missingVariable("SLURM_ARRAY_TASK_MIN", beside: "SLURM_ARRAY_TASK_ID")
      }
      guard let count = try value("SLURM_ARRAY_TASK_COUNT") else {
        throw .missingVariable("SLURM_ARRAY_TASK_COUNT", beside: "SLURM_ARRAY_TASK_ID")
      }
      let step = max(1, try value("SLURM_ARRAY_TASK_STEP") ?? 1)
      let last = first + (count - 1) * step
      // A list of tasks, as 1,3,7, has holes that nothing tells of.
      guard (1...Shard.most).contains(count), task >= first, task <= last,
        (task - first) % step == 0, try value("SLURM_ARRAY_TASK_MAX") ?? last == last
      else { throw .irregularArray }
      self.init((task - first) / step + 1, of: count)
    } else if let task = try value("SLURM_PROCID") {
      guard let count = try value("SLURM_NTASKS") else {
        throw .missingVariable("SLURM_NTASKS", beside: "SLURM_PROCID")
      }
      guard (1...Shard.most).contains(count), task < count else {
        throw .badVariable("SLURM_PROCID", String(task))
      }
      self.init(task + 1, of: count)
    } else {
      throw .notInSlurm
    }
  }
}

extension Shard: CustomStringConvertible {
  /// As it is typed: `2/3`.
  public var description: String { "\(number)/\(count)" }
}

/// What is wrong with the shard that was asked for.
public enum ShardProblem: Problem {
  case notAShard(String)
  case badCount(String)
  case badNumber(String, count: Int)
  case notInSlurm
  case missingVariable(String, beside: String)
  case badVariable(String, String)
  case irregularArray

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .notAShard(let text):
      "--shard is I/N, as 2/3 for the second of three, or auto inside Slurm, not '\(text)'"
    case .badCount(let text):
      "--shard \(text) is none: there are 1 to \(Shard.most) shards, as in --shard 1/3"
    case .badNumber(let text, let count):
      "--shard \(text) is none: of \(counted(count, "shard")), the first is 1/\(count) and the last "
        + "\(count)/\(count)"
    case .notInSlurm:
      "--shard auto needs the variables of a Slurm job array, SLURM_ARRAY_TASK_ID, _MIN and _COUNT, or of a "
        + "task of srun, SLURM_PROCID and SLURM_NTASKS; elsewhere say which shard it is, as --shard 2/3"
    case .missingVariable(let name, let other):
      "--shard auto: \(other) is set, but \(name) is not; say which shard it is, as --shard 2/3"
    case .badVariable(let name, let value):
      "--shard auto: \(name) is '\(value)', which is no task; say which shard it is, as --shard 2/3"
    case .irregularArray:
      "--shard auto needs all tasks of an array, evenly spaced, as of --array=1-10; where some are made again, "
        + "say which of how many, as --shard 3/10"
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
