import CPeers
import CVectorMath
import Diagnostics
import Evaluation
import Expressions
import Methods

/// f, det H and the Newton step of the sine valley over a raster, on one core.
final class Map: Workload {
  static let side = 1024
  let name = "map"
  let peer = "hand-fused C"
  let limit = 1.3
  let unit = Unit(name: "ns a point", count: Double(side * side))
  private let evaluator: Evaluator
  /// On the boundaries of vectors: x, y, then four results of each.
  private let columns: [UnsafeMutablePointer<Double>]

  init() throws {
    let count = Map.side * Map.side
    let formula = try Formula(parsing: SourceText(sineValley))
    let graph = Graph()
    let inputs = [Input(.coordinate, 0), Input(.coordinate, 1)]
    let position = inputs.map(graph.input)
    let value = try formula.elaborate(
      in: graph, names: ["x": position[0], "y": position[1]]
    ).result
    let model = LocalModel(value: value, position: position)
    let program = Program(
      computing: [value, model.hessian.determinant] + model.newtonStep.step, from: inputs)
    evaluator = Evaluator(program)
    if CommandLine.arguments.contains("--listing") { print(program.listing) }
    columns = (0..<10).map { _ in
      UnsafeMutableRawPointer.allocate(byteCount: 8 * count, alignment: 64)
        .bindMemory(to: Double.self, capacity: count)
    }
    for column in columns { column.initialize(repeating: 0, count: count) }
    for place in 0..<count {
      columns[0][place] = -4 + 12 * Double(place % Map.side) / Double(Map.side - 1)
      columns[1][place] = -4 + 14 * Double(place / Map.side) / Double(Map.side - 1)
    }
  }

  deinit { for column in columns { column.deallocate() } }

  var detail: String {
    "\(evaluator.program.instructionCount) instructions, "
      + "\(evaluator.program.registerCount) registers, \(evaluator.width) lanes"
  }

  func ours() {
    evaluator.evaluate(
      columns[..<2].map { UnsafePointer($0) }, count: Map.side * Map.side,
      into: Array(columns[6...]))
  }

  func theirs() {
    sine_valley_map(
      columns[0], columns[1], Map.side * Map.side, columns[2], columns[3], columns[4], columns[5])
  }

  /// How far the two are apart.
  func check() -> String? {
    let worst = (0..<Map.side * Map.side).reduce(0) {
      max($0, abs(columns[6][$1] - columns[2][$1]))
    }
    return worst < 1e-12 ? nil : "f differs by \(worst)"
  }
}
