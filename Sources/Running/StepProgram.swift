import Evaluation
import Expressions
import Methods
import Specs

/// A method on a function, compiled: one sweep evaluates a point, proposes the next, and says whether the
/// loop has to look at the lane.
struct StepProgram: Sendable {
  /// Where things stand among the program's inputs and outputs.
  struct Layout: Sendable {
    let dimension: Int

    // Inputs.
    var position: Range<Int> { 0..<dimension }
    var start: Range<Int> { dimension..<2 * dimension }
    var rate: Int { 2 * dimension }
    var previousValue: Int { 2 * dimension + 1 }

    // Outputs.
    var next: Range<Int> { 0..<dimension }
    var gradient: Range<Int> { dimension..<2 * dimension }
    var attention: Int { 2 * dimension }
    var value: Int { 2 * dimension + 1 }
    var gradientSquare: Int { 2 * dimension + 2 }
    var status: Int { 2 * dimension + 3 }
    var firstColumn: Int { 2 * dimension + 4 }
  }

  let layout: Layout
  /// For runs without a trace.
  let lean: Program
  /// For runs with one: the same, and the columns of a row.
  let traced: Program
  /// The columns beside iteration and coordinates.
  let columns: [Quantity]
  let usesHessian: Bool

  /// Compiles a method.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  init(_ function: FunctionSpec, _ method: MethodSpec, stop: StopRules) throws {
    let model = try function.model().model
    let graph = model.graph
    let rate = graph.input(Input(.rate))
    let proposal = Proposal(method.direction, rate: rate, at: model)
    usesHessian = proposal.usesHessian
    let start = model.position.indices.map { graph.input(Input(.start, $0)) }
    let previousValue = graph.input(Input(.state))
    let calm = StepProgram.calm(model, proposal, start, previousValue, stop)
    let core =
      proposal.next + model.gradient
      + [calm.equals(0), model.value, model.gradientSquare, proposal.status]
    let dimension = model.dimension
    columns = Quantity.columns(dimension: dimension)
    let inputs =
      (0..<dimension).map { Input(.coordinate, $0) } + (0..<dimension).map { Input(.start, $0) }
      + [Input(.rate), Input(.state)]
    layout = Layout(dimension: dimension)
    lean = Program(computing: core, from: inputs)
    traced = Program(
      computing: core + columns.map { $0.scalar(of: model, proposal) }, from: inputs)
  }

  /// 1 where the lane just goes on.
  ///
  /// Squared norms and few comparisons: this runs at every step of every lane, and what it cannot
  /// decide is decided by `LaneLoop`.
  private static func calm(
    _ model: LocalModel, _ proposal: Proposal, _ start: Vector, _ previousValue: Scalar,
    _ stop: StopRules
  ) -> Scalar {
    let graph = model.graph
    let greatest = graph.constant(.greatestFiniteMagnitude)
    var calm = (model.value.absolute <= greatest).and(model.gradientSquare <= greatest)
    if let tolerance = stop.gradient {
      calm = calm.and(graph.constant(LaneLoop.squared(tolerance)) < model.gradientSquare)
    }
    if let radius = stop.radius {
      let away = zip(model.position, start).map { $0 - $1 }
      calm = calm.and(dot(away, away) <= graph.constant(radius * radius))
    }
    if proposal.status.constantValue != 0 { calm = calm.and(proposal.status.equals(0)) }
    let moves = zip(proposal.next, model.position).map { $0.differs(from: $1) }
    calm = calm.and(moves.dropFirst().reduce(moves[0]) { $0.or($1) })
    if let tolerance = stop.step {
      calm = calm.and(
        graph.constant(LaneLoop.squared(tolerance)) < dot(proposal.step, proposal.step))
    }
    if let tolerance = stop.decrease {
      calm = calm.and(
        ((previousValue - model.value).absolute <= graph.constant(tolerance)).equals(0))
    }
    return calm
  }
}
