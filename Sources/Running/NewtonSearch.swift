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
  /// After so many steps only those go on that become shorter.
  private static let patience = 100

  /// The operations of a step at one place, as far as they can be told.
  let cost: Int
  private let dimension: Int
  private let window: Box
  private let steps: Evaluator
  private let details: Evaluator
  private let kinds: Evaluator

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
    let graph = Graph()
    let numbers = (0..<2 * dimension).map { Input(.coordinate, $0) }
    let eigenvalues = numbers.map(graph.input)
    kinds = Evaluator(
      Program(
        computing: [
          PointKind.formula(
            Array(eigenvalues[..<dimension]), beyond: Array(eigenvalues[dimension...]))
        ], from: numbers))
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
    let codes = kinds.evaluate(Array(here[3..<first]) + there[3..<first])[0]
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
        greatest < 0x1p-960 ? .degenerate : PointKind(code: codes[number])
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
    var numbers = Array(places.indices)
    var position = columns(places)
    var lengths = places.map { _ in Double.infinity }
    let scales = window.halves.map { 0.5 / $0 }
    let (low, high) = window.bounds(beside: NewtonSearch.longestStep)
    for count in 0..<NewtonSearch.mostSteps where !numbers.isEmpty {
      let found = steps.evaluate(position)
      var kept = 0
      for lane in numbers.indices {
        let status = found[dimension][lane]
        var length = 0.0
        for i in 0..<dimension { length = max(length, abs(found[i][lane]) * scales[i]) }
        let isNearer = length < 0.9 * lengths[lane]
        let isReached =
          status == 0 && (length <= 1e-14 || (length <= NewtonSearch.accuracy && !isNearer))
        if isReached || status == Double(Failure.singular.rawValue) {
          ends.append((numbers[lane], position.map { $0[lane] }, isReached))
          continue
        }
        guard status == 0, isNearer || count < NewtonSearch.patience else { continue }
        let part = min(1, NewtonSearch.longestStep / length)
        var isInside = true
        for i in 0..<dimension {
          let next = position[i][lane] + part * found[i][lane]
          isInside = isInside && low[i] <= next && next <= high[i]
          position[i][kept] = next
        }
        guard isInside else { continue }
        numbers[kept] = numbers[lane]
        lengths[kept] = length
        kept += 1
      }
      let gone = numbers.count - kept
      numbers.removeLast(gone)
      lengths.removeLast(gone)
      for i in 0..<dimension { position[i].removeLast(gone) }
    }
    return ends
  }

  private func columns(_ positions: [[Double]]) -> [[Double]] {
    (0..<dimension).map { i in positions.map { $0[i] } }
  }
}
