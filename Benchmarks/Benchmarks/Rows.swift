import CPeers
import Evaluation
import Expressions
import Methods
import Specs

/// Loss and gradient of logistic regression on 10⁵ rows of 20 columns for 64 starts, on one core.
final class Rows: Workload {
  static let rows = 100_000
  static let starts = 64
  let name = "data"
  let peer = "hand-written C"
  let limit = 1.5
  let unit = Unit(name: "ns a row and start", count: Double(rows * starts))
  private let evaluator: Evaluator
  private let weights: [[Double]]
  private var found: [[Double]] = []
  private let columns: UnsafeMutablePointer<Double>
  private let labels: UnsafeMutablePointer<Double>
  private let lanes: UnsafeMutablePointer<Double>
  private var loss = [Double](repeating: 0, count: 64)
  private var gradient = [Double](repeating: 0, count: 64 * Int(PEER_WEIGHTS))

  init() throws {
    let width = Int(PEER_WEIGHTS)
    var state: UInt64 = 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-52 - 1
    }
    let table = DataTable(
      name: "d", columns: ["y"] + (1...width).map { "x\($0)" },
      values: (0...width).map { column in
        (0..<Rows.rows).map { _ in column == 0 ? (random() < 0 ? 0 : 1) : random() }
      })
    let sum = (1...width).map { "w[\($0)]*r.x\($0)" }.joined(separator: " + ")
    let function = try Experiment.parse(
      """
      data d from "d.csv"
      function loss(w[\(width)]) = sum(r in d: softplus(\(sum)) - r.y*(\(sum)))
        start \(Array(repeating: "0", count: width).joined(separator: ", ").parenthesized)
      method gradient rate=1
      """, table: { _, _ in table }
    ).experiment.functions[0]
    let model = try function.model().model
    let program = Program(
      computing: [model.value] + model.gradient,
      from: (0..<width).map { Input(.coordinate, $0) })
    if CommandLine.arguments.contains("--listing") { print(program.listing) }
    evaluator = Evaluator(program)
    weights = (0..<width).map { _ in (0..<Rows.starts).map { _ in random() } }
    columns = .allocate(capacity: Rows.rows * width)
    labels = .allocate(capacity: Rows.rows)
    lanes = .allocate(capacity: width * Rows.starts)
    for row in 0..<Rows.rows {
      labels.advanced(by: row).initialize(to: table.column(0)[row])
      for column in 0..<width {
        columns.advanced(by: row * width + column).initialize(to: table.column(column + 1)[row])
      }
    }
    for column in 0..<width {
      for start in 0..<Rows.starts {
        lanes.advanced(by: column * Rows.starts + start).initialize(to: weights[column][start])
      }
    }
  }

  deinit {
    columns.deallocate()
    labels.deallocate()
    lanes.deallocate()
  }

  func ours() { found = evaluator.evaluate(weights) }

  func theirs() {
    var rows = peer_rows(
      columns: columns, labels: labels, weights: lanes, first: 0, last: Rows.rows)
    logistic_rows(&rows, 1, &loss, &gradient)
  }

  func check() -> String? {
    let worst = (0..<Rows.starts).reduce(0) { max($0, abs(found[0][$1] / loss[$1] - 1)) }
    let last = Int(PEER_WEIGHTS)
    let slope = (0..<Rows.starts).reduce(0) {
      max($0, abs(found[last][$1] - gradient[(last - 1) * Rows.starts + $1]))
    }
    return worst < 1e-11 && slope < 1e-6 ? nil : "differs by \(worst) and \(slope)"
  }
}

extension String {
  fileprivate var parenthesized: String { "(" + self + ")" }
}
