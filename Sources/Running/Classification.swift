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

  /// Completes the outcomes of a batch.
  func classify(_ ended: inout LaneLoop.Ended, stop: StopRules) {
    let evaluator = Evaluator(program)
    let runs = ended.outcomes.indices
    let points = (0..<dimension).map { i in
      runs.map { ended.outcomes.positions[$0 * dimension + i] }
    }
    let here = evaluator.evaluate(points)
    ended.outcomes.values = here[0]
    ended.outcomes.gradientNorms = here[1]
    guard here.count > 2 else {
      for run in runs where isWithinTolerance(here[1][run], stop) {
        ended.outcomes.points[run] = .unknown
      }
      return
    }
    let there = evaluator.evaluate(
      zip(points, here[(3 + dimension)...]).map { zip($0, $1).map { $0 + $1 } })
    ended.outcomes.eigenvalues = Array(zip(here[3], here[2 + dimension]))
    let keepsGradients = !ended.gradientSquares.isEmpty
    var fit = OrderFit()
    var eigenvalues = [Double](repeating: 0, count: dimension)
    var beyond = eigenvalues
    for run in runs {
      var norm = 0.0
      for i in 0..<dimension {
        eigenvalues[i] = here[3 + i][run]
        beyond[i] = there[3 + i][run]
        norm = max(norm, abs(eigenvalues[i]))
      }
      ended.outcomes.points[run] = kind(
        value: here[0][run], gradientNorm: here[1][run], isAtFloor: here[2][run] != 0, eigenvalues,
        beyond, stop)
      guard keepsGradients else { continue }
      let size = euclideanNorm(dimension) { ended.outcomes.positions[run * dimension + $0] }
      fit.add(
        run, ended.gradientSquares, iterations: ended.outcomes.iterations[run],
        floor: 8 * 0x1p-52 * norm * max(1, size))
    }
    guard keepsGradients else { return }
    ended.outcomes.orders = [Double](repeating: .nan, count: runs.count)
    for (run, order) in fit.orders() { ended.outcomes.orders[run] = order }
  }

  private func isWithinTolerance(_ gradientNorm: Double, _ stop: StopRules) -> Bool {
    stop.gradient.map { gradientNorm <= $0 } ?? false
  }

  private func kind(
    value: Double, gradientNorm: Double, isAtFloor: Bool, _ eigenvalues: [Double],
    _ beyond: [Double], _ stop: StopRules
  ) -> PointKind {
    let isFinite = eigenvalues.allSatisfy(\.isFinite)
    guard value.isFinite, gradientNorm.isFinite,
      isWithinTolerance(gradientNorm, stop) || isFinite && isAtFloor
    else { return .moving }
    return isFinite ? Classification.kind(eigenvalues, beyond) : .unknown
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
}
