import Evaluation
import Expressions
import Methods
import Specs

/// A method on a function, compiled.
///
/// One sweep evaluates a point, proposes the next, and says whether the loop has to look at the lane. Methods
/// that try points have a second program for a trial.
struct StepProgram: Sendable {
  /// Where things stand among the inputs and outputs of the program for a point.
  struct Layout: Sendable {
    let dimension: Int
    let cellCount: Int
    let keptCount: Int
    let searchCount: Int

    // Inputs.
    var position: Range<Int> { 0..<dimension }
    var start: Range<Int> { dimension..<2 * dimension }
    var rate: Int { 2 * dimension }
    var previousValue: Int { 2 * dimension + 1 }
    var iteration: Int { 2 * dimension + 2 }
    var cells: Range<Int> { 2 * dimension + 3..<2 * dimension + 3 + cellCount }

    // Outputs.
    var next: Range<Int> { 0..<dimension }
    var gradient: Range<Int> { dimension..<2 * dimension }
    var calm: Int { 2 * dimension }
    var value: Int { 2 * dimension + 1 }
    var gradientSquare: Int { 2 * dimension + 2 }
    var status: Int { 2 * dimension + 3 }
    var nextCells: Range<Int> { 2 * dimension + 4..<2 * dimension + 4 + cellCount }
    /// What a search keeps of the point, and its cells at the first trial.
    var kept: Range<Int> { nextCells.upperBound..<nextCells.upperBound + keptCount }
    var search: Range<Int> { kept.upperBound..<kept.upperBound + searchCount }
    var firstColumn: Int { search.upperBound }
  }

  /// A column of traces.
  struct Column: Sendable {
    let head: String
    /// Whether it is empty where no step is taken.
    let isOfStep: Bool
  }

  /// The program of a trial.
  ///
  /// Inputs: the point, what is kept of it, the cells of the search. Outputs: the candidate, the verdict, the
  /// rate, the cells for the next trial, and what cells of the method become.
  struct TrialProgram: Sendable {
    let program: Program
    /// The columns of the step that was accepted; inputs are the point, the step and the rate.
    let columns: Program
    /// The cells of the method that the last outputs are for.
    let carried: [Int]
    /// Whether the step has a rate.
    let hasRate: Bool
  }

  let layout: Layout
  /// For runs without a trace.
  let lean: Program
  /// For runs with one: the same, and the columns of a row.
  let traced: Program
  /// The columns beside iteration and coordinates.
  let columns: [Column]
  /// What is tried; nil where the point alone gives the step.
  let trial: TrialProgram?
  /// Whether points are tried; asked far more often than `trial` is needed, which is large.
  let hasTrials: Bool
  /// Whether trials ask for g besides f.
  private let trialsAskForGradient: Bool
  /// The values of the method's cells at the start.
  let initialCells: [Double]
  let usesHessian: Bool
  /// Whether the method asks for f at every point, apart from trials.
  let usesValue: Bool
  /// How much arithmetic its parts take.
  let cost: OperationCost
  /// How often f is evaluated at a point for differences; nil where derivatives are exact.
  let differences: (gradient: Int, hessian: Int)?
  /// Every so many iterations a Hessian is asked for.
  let hessianPeriod: Int
  /// Whether anything reads the number of the iteration.
  let usesIteration: Bool
  /// Whether a step that moves nothing may be followed by one that does, although no cell changed.
  let changesWithIteration: Bool
  /// Whether the rate is 0 at every iteration, numbers of runs apart.
  let isRateZero: Bool

  /// Compiles a method with one of its rates.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  init(
    _ function: FunctionSpec, _ method: MethodSpec, rate: RateChoice, stop: StopRules,
    trace: TraceRules
  ) throws {
    let model = try function.model().model
    let graph = model.graph
    let seen = method.differences.map { LocalModel(model, $0) } ?? model
    let proposal = Proposal(method.direction, method.settings, rate: rate, at: seen)
    usesHessian = proposal.usesHessian
    usesValue = proposal.usesValue
    // Trials have found f at the points that they led to.
    differences = seen.differenceCounts(isValueKnown: proposal.search != nil)
    hessianPeriod =
      method.settings.integer("refresh")
      ?? (method.direction.written?.asksForHessianOnce == true ? .max : 1)
    initialCells = proposal.cells.map(\.initial)
    let start = model.position.indices.map { graph.input(Input(.start, $0)) }
    let previousValue = graph.input(Input(.bound))
    let calm = StepProgram.calm(model, proposal, start, previousValue, stop)
    let (kept, search) = proposal.searchStart
    let core =
      (proposal.next ?? model.position) + model.gradient
      + [calm, model.value, model.gradientSquare, proposal.status]
      + proposal.cells.map(\.next) + kept + search
    let dimension = model.dimension
    let points = (0..<dimension).map { Input(.coordinate, $0) }
    let inputs =
      points + (0..<dimension).map { Input(.start, $0) }
      + [Input(.rate), Input(.bound), Input(.iteration)]
      + proposal.cells.indices.map { Input(.state, $0) }
    layout = Layout(
      dimension: dimension, cellCount: proposal.cells.count, keptCount: kept.count,
      searchCount: search.count)
    lean = Program(computing: core, from: inputs)
    // The columns of a step that trials find are known after them.
    let hasSearch = proposal.search != nil
    hasTrials = hasSearch
    trialsAskForGradient = proposal.search?.asksForGradient ?? false
    let situation = Situation(model, proposal)
    let found = try trace.columns(dimension: dimension).flatMap { column in
      try column.cells(in: situation, variables: function.variables).map {
        (column: Column(head: $0.head, isOfStep: column.isOfStep), node: $0.node)
      }
    }
    columns = found.map(\.column)
    let cells = found.map { hasSearch && $0.column.isOfStep ? graph.constant(.nan) : $0.node }
    traced = Program(computing: core + cells, from: inputs)
    usesIteration = lean.reads(Input(.iteration))
    changesWithIteration = usesIteration || rate.isSchedule
    isRateZero = proposal.rate.constantValue == 0
    guard hasSearch else {
      trial = nil
      cost = OperationCost(proposal, nil)
      return
    }
    let (result, carried) = proposal.trial()
    cost = OperationCost(proposal, result)
    trial = TrialProgram(
      program: Program(
        computing: result.candidate + [
          result.verdict, result.rate ?? graph.constant(.nan),
        ] + result.cells
          + result.carried.map(\.next),
        from: points + kept.indices.map { Input(.kept, $0) }
          + search.indices.map { Input(.search, $0) }),
      columns: Program(
        computing: found.filter(\.column.isOfStep).map(\.node),
        from: points + points.indices.map { Input(.direction, $0) }
          + [Input(.rate), Input(.iteration)]),
      carried: carried,
      hasRate: result.rate != nil)
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
    if let next = proposal.next {
      let moves = zip(next, model.position).map { $0.differs(from: $1) }
      calm = calm.and(moves.dropFirst().reduce(moves[0]) { $0.or($1) })
      if let tolerance = stop.step {
        calm = calm.and(
          graph.constant(LaneLoop.squared(tolerance)) < dot(proposal.step, proposal.step))
      }
    }
    if let tolerance = stop.decrease {
      calm = calm.and(
        ((previousValue - model.value).absolute <= graph.constant(tolerance)).equals(0))
    }
    return calm
  }

  /// All that a run has asked for at iteration k, its trials apart.
  func total(at k: Int) -> Int {
    let count = evaluations(at: k, proposed: false)
    return count.value + count.gradient + count.hessian
  }

  /// What a run has asked for at iteration k, its trials apart.
  ///
  /// - Parameter proposed: whether the next step was proposed too.
  func evaluations(at k: Int, proposed: Bool) -> Evaluations {
    var count = Evaluations()
    let points = proposed ? k + 1 : k
    // What a trial has computed is not computed again where it is accepted.
    let gradients = trialsAskForGradient ? 1 : k + 1
    let hessians = hessianCount(points)
    count.value = hasTrials ? min(1, points) : 0
    if let differences {
      count.value += gradients * differences.gradient + hessians * differences.hessian
    } else {
      if !hasTrials, usesValue { count.value = k + 1 }
      count.gradient = gradients
      count.hessian = usesHessian ? hessians : 0
    }
    return count
  }

  /// What runs have asked for and computed, up to where they ended.
  func costs(of ended: LaneLoop.Ended) -> (evaluations: [Evaluations], operations: [Double]) {
    let trialCost = trialCost
    let evaluations = ended.runs.map { run in
      var count = self.evaluations(at: run.iterations, proposed: run.isProposed)
      count.value += Int(run.trials) * trialCost.value
      count.gradient += Int(run.trials) * trialCost.gradient
      return count
    }
    let operations = ended.runs.map { run in
      let points = run.isProposed ? run.iterations + 1 : run.iterations
      return cost.total(
        points: run.iterations + 1, proposed: points, hessians: hessianCount(points),
        trials: Int(run.trials))
    }
    return (evaluations, operations)
  }

  /// How often H is asked for at some points.
  func hessianCount(_ points: Int) -> Int {
    points == 0 ? 0 : (points - 1) / hessianPeriod + 1
  }

  /// What a trial asks for.
  var trialCost: Evaluations {
    guard trialsAskForGradient else { return Evaluations(value: 1) }
    return Evaluations(
      value: 1 + (differences?.gradient ?? 0), gradient: differences == nil ? 1 : 0)
  }
}
