import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// Says what the runs ended at, from f, g and H at the last iterates: computed once a run, and never
/// counted as the method's.
struct Classification: Sendable {
  private let dimension: Int
  private let program: Program

  init(_ function: FunctionSpec) throws {
    // A Hessian that takes more operations than any function may is not affordable.
    var limits = Limits.none
    limits[.operations] = max(
      Limits()[.operations], 2 * (try function.model().model.graph.count))
    let model = try function.model(limits: limits).model
    dimension = model.dimension
    var outputs = [model.value, norm(model.gradient)]
    if dimension <= FunctionSpec.greatestHessian, case let hessian = model.hessian,
      !model.graph.isFull
    {
      outputs +=
        [Classification.isAtFloor(model)] + hessian.eigenvalues + model.newtonStep.step
    }
    program = Program(
      computing: outputs, from: (0..<dimension).map { Input(.coordinate, $0) })
  }

  /// Whether the gradient is what rounding the coordinates makes of 0: |gᵢ| ≤ 8ε·Σⱼ|Hᵢⱼ|·max(1, |xⱼ|) for
  /// every i.
  ///
  /// Each coordinate by itself: a steep one does not hide the slope of another.
  private static func isAtFloor(_ model: LocalModel) -> Scalar {
    let one = model.graph.constant(1)
    let sizes = model.position.map { ($0.absolute < one).select(one, $0.absolute) }
    let hessian = Matrix(model.hessian)
    return model.gradient.enumerated().reduce(one) { result, entry in
      let row = zip(hessian.row(entry.offset), sizes).map { $0.absolute * $1 }
      let floor = 8 * 0x1p-52 * row.dropFirst().reduce(row[0]) { $0 + $1 }
      return result.and(entry.element.absolute <= floor)
    }
  }

  /// Completes the outcomes of a chunk.
  func classify(_ ended: inout [LaneLoop.Ended], stop: StopRules) {
    let evaluator = Evaluator(program)
    let points = (0..<dimension).map { i in ended.map { $0.outcome.position[i] } }
    let here = evaluator.evaluate(points)
    guard here.count > 2 else {
      for run in ended.indices { complete(&ended[run], run, here, nil, stop) }
      return
    }
    let steps = here[(3 + dimension)...]
    let there = evaluator.evaluate(
      zip(points, steps).map { zip($0, $1).map { $0 + $1 } })
    for run in ended.indices { complete(&ended[run], run, here, there, stop) }
  }

  private func complete(
    _ ended: inout LaneLoop.Ended, _ run: Int, _ here: [[Double]], _ there: [[Double]]?,
    _ stop: StopRules
  ) {
    ended.outcome.value = here[0][run]
    ended.outcome.gradientNorm = here[1][run]
    let gradientNorm = here[1][run]
    let isWithinTolerance = stop.gradient.map { gradientNorm <= $0 } ?? false
    guard let there else {
      ended.outcome.point = isWithinTolerance ? .unknown : .moving
      return
    }
    let eigenvalues = (0..<dimension).map { here[3 + $0][run] }
    let isFinite = eigenvalues.allSatisfy(\.isFinite)
    let beyond = (0..<dimension).map { there[3 + $0][run] }
    ended.outcome.eigenvalues = (eigenvalues[0], eigenvalues[dimension - 1])
    let norm = eigenvalues.reduce(0) { max($0, abs($1)) }
    let floor = 8 * 0x1p-52 * norm * max(1, euclideanNorm(ended.outcome.position))
    ended.outcome.order = order(ended.gradientSquares, floor: floor)
    if !ended.outcome.value.isFinite || !gradientNorm.isFinite
      || !(isWithinTolerance || isFinite && here[2][run] != 0)
    {
      ended.outcome.point = .moving
    } else if !isFinite {
      ended.outcome.point = .unknown
    } else {
      ended.outcome.point = Classification.kind(eigenvalues, beyond)
    }
  }

  /// By the signs of the eigenvalues; degenerate where one cannot be told from zero, or changes its sign or
  /// more than 40 % of itself on the way to where the quadratic model has its stationary point.
  static func kind(_ eigenvalues: [Double], _ beyond: [Double]) -> PointKind {
    let greatest = eigenvalues.reduce(0) { max($0, abs($1)) }
    let least = eigenvalues.reduce(.infinity) { min($0, abs($1)) }
    if least <= 64 * Double(eigenvalues.count) * 0x1p-52 * greatest { return .degenerate }
    for (now, then) in zip(eigenvalues, beyond) where !(abs(then - now) <= 0.4 * abs(now)) {
      return .degenerate
    }
    if eigenvalues[0] > 0 { return .minimum }
    return eigenvalues[eigenvalues.count - 1] < 0 ? .maximum : .saddle
  }

  /// The order of convergence: the slope of log‖g_{k+1}‖ against log‖g_k‖ by least squares, over the last
  /// at most five iterations that converge and stay above rounding; nil with fewer than three.
  private func order(_ squares: [Double], floor: Double) -> Double? {
    let square = max(floor * floor, 0x1p-1000)
    var last = squares.count - 1
    while last > 0, !(squares[last] > square) { last -= 1 }
    var first = last
    while first > 0, last - first < 5, squares[first - 1] > squares[first] { first -= 1 }
    guard last - first >= 3 else { return nil }
    let logs = squares[first...last].map(evaluateLogarithm)
    let x = Array(logs.dropLast())
    let y = Array(logs.dropFirst())
    let count = Double(x.count)
    let meanX = x.reduce(0, +) / count
    let meanY = y.reduce(0, +) / count
    var covariance = 0.0
    var variance = 0.0
    for (u, v) in zip(x, y) {
      covariance += (u - meanX) * (v - meanY)
      variance += (u - meanX) * (u - meanX)
    }
    return variance > 0 ? covariance / variance : nil
  }
}
