import Evaluation
import Expressions
import Methods
import Specs

/// Newton's method from many places at once, to whatever critical points it reaches.
///
/// Steps are cut to a part of the window, so that a place leads to a point nearby if it can, and are
/// plain Newton steps near the end. A point counts as reached once the step there is no longer than
/// 1e-9 of the window, and is followed until rounding stops it; where H is too nearly singular for a step,
/// if ‖g‖ ≤ 8ε‖H‖·max(1, ‖x‖).
struct NewtonSearch {
  private static let longestStep = 1.0 / 16
  private static let accuracy = 1e-9
  private static let mostSteps = 200

  /// The operations of a step at one place, as far as they can be told.
  let cost: Int
  private let dimension: Int
  private let window: Box
  private let steps: Evaluator
  private let details: Evaluator

  init(_ function: FunctionSpec, in window: Box) throws {
    self.window = window
    dimension = function.dimension
    let model = try function.model().model
    let (step, status) = model.newtonStep
    let inputs = (0..<dimension).map { Input(.coordinate, $0) }
    steps = Evaluator(Program(computing: step + [status], from: inputs))
    let hessian = model.hessian
    details = Evaluator(
      Program(
        computing: [model.value, norm(model.gradient), hessian.determinant] + hessian.eigenvalues
          + step, from: inputs))
    let rows = function.tables.reduce(1) { max($0, $1.rowCount) }
    cost = model.graph.count * rows + 8 * dimension * dimension * dimension
  }

  /// What is reached inside the window, without labels.
  ///
  /// - Returns: for each place a point, or nil.
  func points(from places: [[Double]]) -> [CriticalPoint?] {
    let ends = ends(from: places)
    let positions = ends.map(\.position)
    let here = details.evaluate(columns(positions))
    let first = 3 + dimension
    let there = details.evaluate(
      (0..<dimension).map { i in positions.indices.map { positions[$0][i] + here[first + i][$0] } })
    var points = [CriticalPoint?](repeating: nil, count: places.count)
    for (number, end) in ends.enumerated() where window.contains(end.position, beside: 1e-9) {
      let eigenvalues = (3..<first).map { here[$0][number] }
      let greatest = eigenvalues.reduce(0) { max($0, abs($1)) }
      let gradientNorm = here[1][number]
      let floor = 8 * 0x1p-52 * greatest * max(1, euclideanNorm(end.position))
      guard here[0][number].isFinite, greatest.isFinite, !eigenvalues.contains(where: \.isNaN),
        end.isReached || gradientNorm <= floor
      else { continue }
      // Where numbers underflow, they say nothing of the signs.
      let kind =
        greatest < 0x1p-960
        ? .degenerate : Classification.kind(eigenvalues, (3..<first).map { there[$0][number] })
      points[end.number] = CriticalPoint(
        kind: kind, position: end.position, value: here[0][number], gradientNorm: gradientNorm,
        determinant: here[2][number], leastEigenvalue: eigenvalues[0],
        greatestEigenvalue: eigenvalues[dimension - 1])
    }
    return points
  }

  /// Where the iterations end that do not leave the window.
  private func ends(from places: [[Double]]) -> [(number: Int, position: [Double], isReached: Bool)]
  {
    var ends: [(number: Int, position: [Double], isReached: Bool)] = []
    var active = places.enumerated().map { (number: $0, position: $1, length: Double.infinity) }
    for _ in 0..<NewtonSearch.mostSteps where !active.isEmpty {
      let found = steps.evaluate(columns(active.map(\.position)))
      var kept = 0
      for lane in active.indices {
        let (number, position, before) = active[lane]
        let status = found[dimension][lane]
        if status == Double(Failure.singular.rawValue) { ends.append((number, position, false)) }
        guard status == 0 else { continue }
        let step = (0..<dimension).map { found[$0][lane] }
        let length = zip(step, window.halves).reduce(0) { max($0, abs($1.0 / $1.1) / 2) }
        let isAccurate = length <= NewtonSearch.accuracy
        if length <= 1e-14 || (isAccurate && length > 0.9 * before) {
          ends.append((number, position, true))
          continue
        }
        let part = min(1, NewtonSearch.longestStep / length)
        let next = zip(position, step).map { $0 + part * $1 }
        guard window.contains(next, beside: NewtonSearch.longestStep) else { continue }
        active[kept] = (number, next, length)
        kept += 1
      }
      active.removeLast(active.count - kept)
    }
    return ends
  }

  private func columns(_ positions: [[Double]]) -> [[Double]] {
    (0..<dimension).map { i in positions.map { $0[i] } }
  }
}
