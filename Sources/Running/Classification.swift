import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// Says what the runs ended at, from f, g and H at the last iterates: computed once a run, and never
/// counted as the method's.
struct Classification: Sendable {
  private let dimension: Int
  private let stop: StopRules
  /// f, ‖g‖; and where a Hessian is affordable whether g is rounding, the eigenvalues, and where the quadratic
  /// model has its stationary point.
  private let here: Program
  private let hessian: Hessian?

  /// What follows from the eigenvalues.
  private struct Hessian {
    /// The eigenvalues alone.
    let eigenvalues: Program
    /// The kind of the point, and what rounding leaves of ‖g‖²; of what `here` gives, the eigenvalues beyond and
    /// the point.
    let kind: Program
  }

  init(_ function: FunctionSpec, stop: StopRules) throws {
    // A Hessian that takes more operations than any function may is not affordable.
    var limits = Limits.none
    limits[.operations] = max(
      Limits()[.operations], 2 * (try function.model().model.graph.count))
    let model = try function.model(limits: limits).model
    let inputs = (0..<model.dimension).map { Input(.coordinate, $0) }
    dimension = model.dimension
    self.stop = stop
    let outputs = [model.value, norm(model.gradient)]
    guard dimension <= FunctionSpec.greatestHessian, case let matrix = model.hessian,
      !model.graph.isFull
    else {
      here = Program(computing: outputs, from: inputs)
      hessian = nil
      return
    }
    here = Program(
      computing: outputs + [Classification.isAtFloor(model)] + matrix.eigenvalues
        + zip(model.position, model.newtonStep.step).map { $0 + $1 }, from: inputs)
    hessian = Hessian(
      eigenvalues: Program(computing: matrix.eigenvalues, from: inputs),
      kind: Classification.kind(dimension, stop))
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

  private static func kind(_ dimension: Int, _ stop: StopRules) -> Program {
    let graph = Graph()
    let inputs = (0..<3 + 3 * dimension).map { Input(.coordinate, $0) }
    let numbers = inputs.map(graph.input)
    let (value, gradientNorm, isAtFloor) = (numbers[0], numbers[1], numbers[2])
    let eigenvalues = Array(numbers[3..<3 + dimension])
    let beyond = Array(numbers[3 + dimension..<3 + 2 * dimension])
    let position = Array(numbers[(3 + 2 * dimension)...])
    let greatest = graph.constant(.greatestFiniteMagnitude)
    let isFinite = eigenvalues.reduce(graph.constant(1)) { $0.and($1.absolute <= greatest) }
    let isRounding = isFinite.and(isAtFloor)
    let isWithin = stop.gradient.map { gradientNorm <= graph.constant($0) }
    let isStationary =
      (value.absolute <= greatest).and(gradientNorm <= greatest)
      .and(isWithin.map { $0.or(isRounding) } ?? isRounding)
    let kind = isStationary.select(
      isFinite.select(
        PointKind.formula(eigenvalues, beyond: beyond), graph.constant(PointKind.unknown.code)),
      graph.constant(PointKind.moving.code))
    let one = graph.constant(1)
    let size = norm(position)
    let floor =
      8 * 0x1p-52 * PointKind.greatest(eigenvalues.map(\.absolute)) * (size < one).select(one, size)
    let least = graph.constant(0x1p-1000)
    return Program(
      computing: [kind, (floor * floor < least).select(least, floor * floor)], from: inputs)
  }

  /// The outcomes of a batch, costs and explanations apart.
  func classify(_ ended: LaneLoop.Ended) -> Outcomes {
    var outcomes = Outcomes(ended)
    let n = dimension
    let evaluator = Evaluator(here)
    let others = hessian.map { (Evaluator($0.eigenvalues), Evaluator($0.kind)) }
    var fit = ended.gradientSquares.isEmpty || hessian == nil ? nil : OrderFit(ended)
    // What `here` gives, the point, the eigenvalues beyond, and what follows from them.
    let width = evaluator.width
    let columnCount = here.outputCount + 2 * n + 2
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: columnCount * width * 8, alignment: 64
    ).bindMemory(to: Double.self, capacity: columnCount * width)
    defer { memory.deallocate() }
    let columns = (0..<columnCount).map { memory + $0 * width }
    let found = Array(columns[..<here.outputCount])
    let point = Array(columns[here.outputCount..<here.outputCount + n])
    let beyond = Array(columns[here.outputCount + n..<here.outputCount + 2 * n])
    let (kinds, floors) = (columns[columnCount - 2], columns[columnCount - 1])
    for first in stride(from: 0, to: outcomes.count, by: width) {
      let lanes = min(width, outcomes.count - first)
      for i in 0..<n {
        for lane in 0..<lanes { point[i][lane] = ended.positions[(first + lane) * n + i] }
      }
      evaluator.evaluate(point.map { UnsafePointer($0) }, count: lanes, into: found)
      outcomes.note(first, count: lanes, values: found[0], gradientNorms: found[1])
      guard let (eigenvalues, kind) = others else {
        outcomes.noteUnknown(first, count: lanes, within: stop.gradient)
        continue
      }
      eigenvalues.evaluate(
        found[(3 + n)...].map { UnsafePointer($0) }, count: lanes, into: beyond)
      kind.evaluate(
        (found[..<(3 + n)] + beyond + point).map { UnsafePointer($0) }, count: lanes,
        into: [kinds, floors])
      outcomes.note(
        first, count: lanes, kinds: kinds, least: found[3], greatest: found[2 + n])
      fit?.add(first, count: lanes, floors: floors)
    }
    if let fit { outcomes.orders = fit.orders() }
    return outcomes
  }
}
