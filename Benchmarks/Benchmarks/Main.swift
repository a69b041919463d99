import CMapPeer
import CVectorMath
import Diagnostics
import Evaluation
import Expressions
import Foundation
import Methods

/// Prints what the evaluator costs beside hand-fused C over the same points, in turn, in one run.
@main
enum Benchmarks {
  static func main() throws {
    try map()
  }

  /// f, det H and the Newton step over a raster.
  ///
  /// Not on the main actor, whose checks would be measured.
  nonisolated static func map() throws {
    let side = 1024
    let x = (0..<side * side).map { -4 + 12 * Double($0 % side) / Double(side - 1) }
    let y = (0..<side * side).map { -4 + 14 * Double($0 / side) / Double(side - 1) }
    let formula = try Formula(parsing: SourceText("sin(x)^2 + sin(10 + x*y/2)*cos(x)"))
    let graph = Graph()
    let position = [graph.input(Input(.coordinate, 0)), graph.input(Input(.coordinate, 1))]
    let value = try formula.elaborate(
      in: graph, names: ["x": position[0], "y": position[1]]
    ).result
    let model = LocalModel(value: value, position: position)
    let program = Program(
      computing: [value, model.hessian.determinant] + model.newtonStep.step,
      from: [Input(.coordinate, 0), Input(.coordinate, 1)])
    let evaluator = Evaluator(program)
    if CommandLine.arguments.contains("--listing") { print(program.listing) }

    // Both write to arrays on the boundaries of vectors: x, y, then four results of each.
    let columns = (0..<10).map { _ in
      UnsafeMutableRawPointer.allocate(byteCount: 8 * x.count, alignment: 64)
        .bindMemory(to: Double.self, capacity: x.count)
    }
    columns[0].initialize(from: x, count: x.count)
    columns[1].initialize(from: y, count: y.count)
    for column in columns[2...] { column.initialize(repeating: 0, count: x.count) }
    defer { for column in columns { column.deallocate() } }
    func ours() -> Double {
      seconds {
        evaluator.evaluate(
          columns[..<2].map { UnsafePointer($0) }, count: side * side, into: Array(columns[6...]))
      }
    }
    func theirs() -> Double {
      seconds {
        sine_valley_map(
          columns[0], columns[1], x.count, columns[2], columns[3], columns[4], columns[5])
      }
    }
    _ = (ours(), theirs())
    let pairs = (0..<15).map { _ in (ours(), theirs()) }
    let points = Double(side * side)
    let mine = median(pairs.map(\.0)) / points * 1e9
    let c = median(pairs.map(\.1)) / points * 1e9
    let ratio = median(pairs.map { $0.0 / $0.1 })
    let worst = x.indices.reduce(0) { max($0, abs(columns[6][$1] - columns[2][$1])) }
    print("f, det H and the Newton step of the sine valley, \(side) x \(side) points, one core")
    print(
      "instructions \(program.instructionCount), registers \(program.registerCount), ",
      terminator: "")
    print("lanes \(evaluator.width), \(String(cString: vm_tier_name(vm_best_tier())))")
    print(String(format: "evaluator        %6.2f ns a point", mine))
    print(String(format: "hand-fused C     %6.2f ns a point", c))
    print(String(format: "ratio            %6.2f (at most 1.6)", ratio))
    print("largest difference of f: \(worst)")
  }

  nonisolated static func seconds(_ body: () -> Void) -> Double {
    let begin = ContinuousClock.now
    body()
    let time = (ContinuousClock.now - begin).components
    return Double(time.seconds) + Double(time.attoseconds) * 1e-18
  }

  nonisolated static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
