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
    let count = ended.outcomes.count
    let positions = ended.outcomes.positions
    var values = [Double](repeating: .nan, count: count)
    var norms = values
    var fit = ended.gradientPlaces.isEmpty ? nil : OrderFit()
    // Of the runs of a block: whether the gradient is rounding, and the eigenvalues, run by run.
    let hasHessian = program.outputCount > 2
    let room = hasHessian ? evaluator.width : 0
    let floors = UnsafeMutableBufferPointer<Double>.allocate(capacity: room)
    let eigenvalues = UnsafeMutableBufferPointer<Double>.allocate(capacity: room * dimension)
    let beyond = UnsafeMutableBufferPointer<Double>.allocate(capacity: dimension)
    defer {
      floors.deallocate()
      eigenvalues.deallocate()
      beyond.deallocate()
    }
    if hasHessian { ended.outcomes.eigenvalues.reserveCapacity(count) }
    for first in stride(from: 0, to: count, by: evaluator.width) {
      let lanes = min(evaluator.width, count - first)
      for i in 0..<dimension {
        let input = evaluator.input(i)
        for lane in 0..<lanes { input[lane] = positions[(first + lane) * dimension + i] }
      }
      evaluator.run(lanes: lanes)
      for lane in 0..<lanes {
        values[first + lane] = evaluator.output(0, lane: lane)
        norms[first + lane] = evaluator.output(1, lane: lane)
      }
      guard hasHessian else {
        for run in first..<first + lanes where isWithinTolerance(norms[run], stop) {
          ended.outcomes.points[run] = .unknown
        }
        continue
      }
      for lane in 0..<lanes {
        floors[lane] = evaluator.output(2, lane: lane)
        for i in 0..<dimension {
          eigenvalues[lane * dimension + i] = evaluator.output(3 + i, lane: lane)
        }
      }
      // To where the quadratic model has its stationary point.
      for i in 0..<dimension {
        let input = evaluator.input(i)
        for lane in 0..<lanes { input[lane] += evaluator.output(3 + dimension + i, lane: lane) }
      }
      evaluator.run(lanes: lanes)
      for lane in 0..<lanes {
        let run = first + lane
        let own = UnsafeMutableBufferPointer(
          rebasing: eigenvalues[lane * dimension..<(lane + 1) * dimension])
        for i in 0..<dimension { beyond[i] = evaluator.output(3 + i, lane: lane) }
        ended.outcomes.eigenvalues.append((own[0], own[dimension - 1]))
        ended.outcomes.points[run] = kind(
          value: values[run], gradientNorm: norms[run], isAtFloor: floors[lane] != 0, own, beyond,
          stop)
        if fit == nil { continue }
        let norm = own.reduce(0) { max($0, abs($1)) }
        let size = euclideanNorm(dimension) { positions[run * dimension + $0] }
        fit?.add(
          run, ended.gradientSquares, from: Int(ended.gradientPlaces[run]),
          iterations: ended.outcomes.iterations[run], floor: 8 * 0x1p-52 * norm * max(1, size))
      }
    }
    ended.outcomes.values = values
    ended.outcomes.gradientNorms = norms
    guard let fit, hasHessian else { return }
    ended.outcomes.orders = [Double](repeating: .nan, count: count)
    for (run, order) in fit.orders() { ended.outcomes.orders[run] = order }
  }

  private func isWithinTolerance(_ gradientNorm: Double, _ stop: StopRules) -> Bool {
    stop.gradient.map { gradientNorm <= $0 } ?? false
  }

  private func kind(
    value: Double, gradientNorm: Double, isAtFloor: Bool,
    _ eigenvalues: UnsafeMutableBufferPointer<Double>,
    _ beyond: UnsafeMutableBufferPointer<Double>, _ stop: StopRules
  ) -> PointKind {
    let isFinite = eigenvalues.allSatisfy(\.isFinite)
    guard value.isFinite, gradientNorm.isFinite,
      isWithinTolerance(gradientNorm, stop) || isFinite && isAtFloor
    else { return .moving }
    return isFinite ? Classification.kind(eigenvalues, beyond) : .unknown
  }

  /// By the signs of the eigenvalues; degenerate where one cannot be told from zero, or changes its sign or
  /// more than 40 % of itself on the way to where the quadratic model has its stationary point.
  static func kind<Numbers: RandomAccessCollection<Double>>(
    _ eigenvalues: Numbers, _ beyond: Numbers
  ) -> PointKind where Numbers.Index == Int {
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
