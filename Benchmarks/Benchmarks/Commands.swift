import Diagnostics
import Evaluation
import Expressions
import Foundation
import Methods
import Specs

/// Whole commands, and peers that are commands of their own: seconds, without a loop around them.
struct Commands {
  /// The program that is measured, beside this one.
  private let runexp = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("runexp").path
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("runexp-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")

  /// Writes what is measured.
  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try """
    function f(x, y) = \(sineValley)
      domain x = -2 .. 8, y = -1 .. 9
      grid 100 x 10
    method gradient rate=0.5
    stop iterations=1000 gradient=off
    trace starts=all
    """.write(to: file("traces.txt"), atomically: true, encoding: .utf8)
    for (name, figure) in [("bare", ""), ("contour", "plot contour levels=20")] {
      try """
      function f(x, y) = \(sineValley)
        domain x = -2 .. 8, y = -1 .. 9
        start (1, 1)
      method newton
      \(figure)
      """.write(to: file("\(name).txt"), atomically: true, encoding: .utf8)
    }
  }

  private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// The median time of a command, in the folder, of some rounds after one that does not count.
  ///
  /// - Parameter results: what is removed before every round.
  private func time(
    rounds: Int, _ command: String, _ arguments: [String], without results: String? = nil
  ) throws -> Double {
    var times: [Double] = []
    for _ in 0...rounds {
      if let results { try? FileManager.default.removeItem(at: file(results)) }
      let begin = now()
      _ = try output(command, arguments)
      times.append(now() - begin)
    }
    return median(Array(times.dropFirst()))
  }

  private func output(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(bytes: text, encoding: .utf8) ?? ""
  }

  private func peer(_ arguments: [String]) throws -> Double? {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("peers.py").path
    return Double(
      try output("python3", [script] + arguments).trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// 10⁶ rows of traces, the whole command, beside polars writing the same table.
  func traces() throws -> (ours: Double, peer: Double?) {
    let ours = try time(
      rounds: 3, runexp, ["-q", "-o", "out", "--force", "traces.txt"], without: "out")
    return (ours, try peer(["traces", file("out/traces/f/traces/gradient.csv").path]))
  }

  /// A contour plot, beside matplotlib's: what it adds to the command that runs once and draws nothing.
  func figure() throws -> (ours: Double, peer: Double?) {
    let bare = try time(rounds: 9, runexp, ["-q", "-o", "out", "--force", "bare.txt"])
    let whole = try time(rounds: 9, runexp, ["-q", "-o", "out", "--force", "contour.txt"])
    return (whole - bare, try peer(["figure"]))
  }

  /// The first experiment, cold: no results there.
  func squished() throws -> Double {
    let spec = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("experiments/squished.txt").path
    var times: [Double] = []
    for round in 0..<9 {
      let begin = now()
      _ = try output(runexp, ["-q", "-o", "cold\(round)", spec])
      times.append(now() - begin)
    }
    return median(times)
  }

  /// A formula of 10⁵ nodes with its gradient, from text to a program.
  func compile() throws -> Double {
    let formula = (0..<12_500).map { "sin(x + \($0))*y + exp(y/\($0 + 1))*x" }
      .joined(separator: " + ")
    var times: [Double] = []
    for _ in 0..<3 {
      let begin = now()
      let parsed = try Formula(parsing: SourceText(formula), limits: .none)
      let graph = Graph()
      let position = [graph.input(Input(.coordinate, 0)), graph.input(Input(.coordinate, 1))]
      let value = try parsed.elaborate(
        in: graph, names: ["x": position[0], "y": position[1]], limits: .none
      ).result
      let model = LocalModel(value: value, position: position)
      _ = Program(
        computing: [value] + model.gradient, from: [Input(.coordinate, 0), Input(.coordinate, 1)])
      times.append(now() - begin)
      precondition(graph.count > 100_000)
    }
    return median(times)
  }

  func clean() { try? FileManager.default.removeItem(at: folder) }
}
