#if !LIBFUZZER
import Foundation

/// Feeds mutated specs, formulas and tables to the parsers: `fuzz [COUNT] [SEED] [KIND]`.
///
/// `fuzz FILE` takes one input from a file; `fuzz seeds FOLDER` writes some for libFuzzer to begin with.
/// The inputs depend on the seed alone. A crash or an input that takes too long leaves the input in
/// `fuzz-failure.bin`, which `fuzz fuzz-failure.bin` runs again.
@main
enum Main {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "seeds", let folder = arguments.dropFirst().first {
      try writeSeeds(to: URL(fileURLWithPath: folder))
      return
    }
    if let path = arguments.first, Int(path) == nil {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      Checks.run(bytes)
      print("passed")
      return
    }
    let numbers = arguments.prefix(2).compactMap { Int($0) }
    let count = numbers.first ?? 1_000_000
    let seed = numbers.count > 1 ? numbers[1] : 1
    let kind = arguments.dropFirst(2).first
    // A spec costs ten times as much as a formula.
    let turns: [Kind] =
      [.spec] + [Kind](repeating: .formula, count: 5)
      + [Kind](repeating: .table, count: 4)
    let kinds = turns.filter { kind == nil || $0.rawValue == kind }
    Watchdog.start()
    var generator = Generator(seed: UInt64(seed), corpus: try Corpus.shipped())
    var tally: [Kind: (inputs: Int, accepted: Int)] = [:]
    let start = ContinuousClock.now
    for number in 0..<count {
      let input = generator.input(of: kinds[number % kinds.count])
      Watchdog.watch(input.bytes)
      let isAccepted = Checks.run(input.bytes)
      if isAccepted { generator.keep(input) }
      tally[input.kind, default: (0, 0)].inputs += 1
      tally[input.kind, default: (0, 0)].accepted += isAccepted ? 1 : 0
      if (number + 1) % 100_000 == 0 { report(number + 1, since: start) }
    }
    report(count, since: start)
    for kind in Kind.allCases where tally[kind] != nil {
      let (inputs, accepted) = tally[kind] ?? (0, 0)
      print("\(kind.rawValue): \(inputs) inputs, \(accepted) without an error")
    }
  }

  private static func writeSeeds(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var generator = Generator(seed: 1, corpus: try Corpus.shipped())
    for number in 0..<600 {
      let input = generator.input(of: Kind.allCases[number % Kind.allCases.count])
      try Data(input.bytes).write(to: folder.appendingPathComponent("\(number)"))
    }
  }

  private static func report(_ count: Int, since start: ContinuousClock.Instant) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("\(count) inputs, \(Int(Double(count) / seconds)) a second")
    fflush(nil)
  }
}
#endif
