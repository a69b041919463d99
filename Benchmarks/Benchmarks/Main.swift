import CMemory
import CVectorMath
import Foundation

/// Prints what our work costs beside that of a peer, in turn, in one run.
///
/// `benchmarks NAME…` measures those alone. Commands are those of the `runexp` beside this program.
@main
enum Benchmarks {
  static func main() async throws {
    // As the program does.
    keep_freed_memory()
    let wanted = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("-") }
    let cores = ProcessInfo.processInfo.activeProcessorCount
    show("\(cores) cores, \(String(cString: vm_tier_name(vm_best_tier())))")
    show(row("workload", "ours", "peer", "ratio", "at most", ""))
    for (name, rounds, make) in workloads(cores) where wanted.isEmpty || wanted.contains(name) {
      let workload = try make()
      let found = try await Measurement(workload, rounds: rounds)
      func cost(_ seconds: Double) -> String {
        String(format: "%.2f", seconds * 1e9 / workload.unit.count) + " " + workload.unit.name
      }
      show(
        row(
          workload.name, cost(found.ours), cost(found.theirs), String(format: "%.2f", found.ratio),
          String(format: "%.2f", workload.limit),
          [workload.peer, workload.detail, workload.check() ?? ""].filter { !$0.isEmpty }
            .joined(separator: "; ")))
    }
    try commands(wanted)
  }

  /// Times of whole commands, in seconds.
  private static func commands(_ wanted: [String]) throws {
    let commands = try Commands()
    defer { commands.clean() }
    func show(
      _ name: String, limit: String, _ note: String, _ body: () throws -> (Double, Double?)
    ) throws {
      guard wanted.isEmpty || wanted.contains(name) else { return }
      let (ours, peer) = try body()
      Benchmarks.show(
        row(
          name, String(format: "%.3f s", ours), peer.map { String(format: "%.3f s", $0) } ?? "",
          peer.map { String(format: "%.2f", ours / $0) } ?? "", limit, note))
    }
    let missing = "; needs python3 with polars and matplotlib"
    try show("traces", limit: "1.00", "polars write_csv of the same 10⁶ rows" + missing) {
      try commands.traces()
    }
    try show("figure", limit: "0.10", "matplotlib, warm" + missing) { try commands.figure() }
    try show("squished", limit: "0.1 s", "the whole command, cold") {
      (try commands.squished(), nil)
    }
    try show("compile", limit: "1 s", "10⁵ nodes with gradient") { (try commands.compile(), nil) }
  }

  /// At once, also into a pipe.
  private static func show(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  private static func workloads(_ cores: Int) -> [(
    name: String, rounds: Int, make: () throws -> any Workload
  )] {
    [
      ("map", 15, { try Map() }),
      ("sweep", 3, { try Runs("sweep", sweep, limit: 1.4, workers: cores) }),
      ("newton", 9, { try Runs("newton", newton, limit: 1.4, workers: cores) }),
      ("basins", 3, { try Pixels(workers: cores) }),
      (
        "sweep-cores", 3,
        {
          try Scaling("sweep-cores", cores: cores) {
            try Runs("sweep", sweep, limit: 1.4, workers: $0)
          }
        }
      ),
      (
        "newton-cores", 9,
        {
          try Scaling("newton-cores", cores: cores) {
            try Runs("newton", newton, limit: 1.4, workers: $0)
          }
        }
      ),
      (
        "basins-cores", 3,
        { try Scaling("basins-cores", cores: cores) { try Pixels(workers: $0) } }
      ),
      ("data", 3, { try Rows() }),
      ("latency", 5, { try Lone() }),
      ("lbfgs", 3, { try Memory() }),
    ]
  }

  private static let sweep = """
    function f(x, y) = \(sineValley)
      domain x = -2 .. 8, y = -1 .. 9
      grid 100 x 100
    method gradient
      rates 0.02 .. 0.4 linear 20
    stop iterations=1000
    trace off
    """

  private static let newton = """
    function f(x, y) = \(sineValley)
      domain x = -2 .. 8, y = -1 .. 9
      grid 200 x 200
    method newton
    stop iterations=100
    trace off
    """

  private static func row(_ cells: String...) -> String {
    zip(cells, [14, 18, 18, 8, 8, 0]).map { cell, width in
      cell.padding(toLength: max(cell.count, width), withPad: " ", startingAt: 0)
    }.joined()
  }
}
