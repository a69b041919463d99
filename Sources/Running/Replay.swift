import Evaluation
import Expressions
import Methods
import Specs

/// A run followed anew, one step at a time: the same programs in the same order as the run itself, so that
/// every number has the bits that its trace would have, kept or not.
public struct Replay: Sendable {
  /// A point that was tried.
  public struct Trial: Sendable {
    /// The rate; nil where the search has none.
    public let rate: Double?
    /// What the search went into the trial with: the radius of a trust region, or another number.
    public let scale: Double
    /// The point.
    public let candidate: [Double]
    /// f there.
    public let value: Double
    /// ∇f there.
    public let gradient: [Double]
    /// How far the model says that f falls; nil where no model is asked.
    public let promised: Double?
    /// Whether it was accepted; nil where the search gave up after it.
    public let isAccepted: Bool?
  }

  /// What a method carries from one iteration to the next.
  public struct Carried: Sendable {
    /// What it is.
    public let name: String
    /// Its numbers before the step.
    public let before: [Double]
    /// Its numbers after it.
    public let after: [Double]
  }

  /// An iterate, and the step from it.
  public struct Step: Sendable {
    /// k.
    public let iteration: Int
    /// x.
    public let position: [Double]
    /// f.
    public let value: Double
    /// g, as the method sees it: exact, or by differences.
    public let gradient: [Double]
    /// ‖g‖ of the exact g, by which runs end.
    public let gradientNorm: Double
    /// The rows of H as the method sees it; nil where the method does not ask for it.
    public let hessian: [[Double]]?
    /// The direction; nil of methods that have none.
    public let direction: [Double]?
    /// η; nil where the method has none.
    public let rate: Double?
    /// What the rule of the rate went by, with its numbers.
    public let evidence: [(name: String, values: [Double])]
    /// The points that were tried, in their order.
    public let trials: [Trial]
    /// What the method carries.
    public let carried: [Carried]
    /// x⁺ and f there; nil where no step was found.
    public let next: (position: [Double], value: Double)?
    /// The step before x⁺ is rounded; of a search x⁺ − x.
    public let step: [Double]
    /// Its norm.
    public let stepNorm: Double
    /// Why no step was found.
    public let failure: Failure?
  }

  private struct State {
    var position: [Double]
    var cells: [Double]
    var previousValue = Double.nan
    var iteration = 0
  }

  private struct Point {
    let state: State
    let outputs: [Double]
    var next: [Double]
    var cells: [Double]
    var trials: [[Double]] = []
    var failure: Failure?
  }

  private let program: StepProgram
  private let details: Program
  private let evidenceNames: [(name: String, count: Int)]
  private let cellNames: [String]
  private let hasDirection: Bool
  private let hasHessian: Bool
  private let hasPromise: Bool
  private let trial: Program?
  private let local: Program
  private let length: Program
  private let rate: Double
  private let start: [Double]
  private let kind: RateChoice

  /// Compiles a method with one of its rates.
  ///
  /// - Throws: `Diagnostics` where the function lacks what the rate needs.
  public init(
    _ function: FunctionSpec, _ method: MethodSpec, rate: RateChoice, start: [Double],
    stop: StopRules
  ) throws {
    let complete = try Facts(function).complete(rate)
    var rules = TraceRules()
    rules.isOn = false
    program = try StepProgram(function, method, rate: complete, stop: stop, trace: rules)
    self.rate = rate.number
    self.start = start
    kind = rate
    let model = try function.model().model
    let graph = model.graph
    let seen = method.differences.map { LocalModel(model, $0) } ?? model
    let proposal = Proposal(method.direction, method.settings, rate: complete, at: seen)
    cellNames = proposal.cells.map(\.name)
    hasDirection = proposal.direction != nil
    hasHessian = proposal.usesHessian
    let evidence = Replay.evidence(for: complete, at: model, along: proposal.direction)
    evidenceNames = evidence.map { ($0.name, $0.nodes.count) }
    let coordinates = model.position.indices.map { Input(.coordinate, $0) }
    let inputs =
      coordinates + model.position.indices.map { Input(.start, $0) }
      + [Input(.rate), Input(.bound), Input(.iteration)]
      + proposal.cells.indices.map { Input(.state, $0) }
    let hasTrials = proposal.search != nil
    details = Program(
      computing: [hasTrials ? graph.constant(.nan) : proposal.rate]
        + (hasTrials ? model.position : proposal.step) + seen.gradient + (proposal.direction ?? [])
        + (proposal.usesHessian ? seen.hessian.upper : []) + evidence.flatMap(\.nodes),
      from: inputs)
    local = Program(computing: [model.value] + model.gradient, from: coordinates)
    let directions = coordinates.indices.map { Input(.direction, $0) }
    length = Program(computing: [norm(directions.map(graph.input))], from: directions)
    guard proposal.search != nil else {
      hasPromise = false
      trial = nil
      return
    }
    let (kept, cells) = proposal.searchStart
    let result = proposal.trial().trial
    hasPromise = result.promised != nil
    trial = Program(
      computing: [result.promised ?? graph.constant(.nan)],
      from: coordinates + kept.indices.map { Input(.kept, $0) }
        + cells.indices.map { Input(.search, $0) })
  }

  /// What a rule goes by at an iterate.
  private static func evidence(
    for rate: RateChoice, at model: LocalModel, along direction: Vector?
  ) -> [(name: String, nodes: [Scalar])] {
    guard case .rule(let rule, let arguments, _) = rate else { return [] }
    switch rule.name {
    case "cauchy", "barzilai-borwein":
      return [("g.g", [model.gradientSquare]), ("g.Hg", [model.gradientCurvature])]
    case "exact":
      guard let direction else { return [] }
      return [
        ("g.d", [dot(model.gradient, direction)]), ("d.Hd", [model.curvature(along: direction)]),
      ]
    case "determinant": return [("det H", [model.hessian.determinant])]
    case "curvature": return [("eigenvalues", model.hessian.eigenvalues)]
    case "lipschitz": return [("L", [model.graph.constant(arguments.lipschitz ?? .nan)])]
    case "polyak":
      return [
        ("minimum", [model.graph.constant(arguments.minimum ?? .nan)]),
        ("g.g", [model.gradientSquare]),
      ]
    case "armijo", "wolfe":
      return direction.map { [("g.d", [dot(model.gradient, $0)])] } ?? []
    default: return []
    }
  }

  /// The step from the iterate of a number.
  ///
  /// - Precondition: the run has that many iterations.
  public func step(_ iteration: Int) -> Step {
    var state = State(position: start, cells: program.initialCells)
    let evaluator = Evaluator(program.lean)
    let trials = program.trial.map { Evaluator($0.program) }
    while state.iteration < iteration {
      let point = follow(state, evaluator, trials)
      state = State(
        position: point.next, cells: point.cells,
        previousValue: point.outputs[program.layout.value], iteration: state.iteration + 1)
    }
    return describe(follow(state, evaluator, trials))
  }

  private func inputs(_ state: State) -> [Double] {
    state.position + start
      + [rate.isNaN ? RunTrace.empty : rate, state.previousValue, Double(state.iteration)]
      + state.cells
  }

  /// A step, by the programs of the run.
  private func follow(_ state: State, _ evaluator: Evaluator, _ trials: Evaluator?) -> Point {
    let layout = program.layout
    let outputs = evaluator.evaluate(inputs(state).map { [$0] }).map { $0[0] }
    var point = Point(
      state: state, outputs: outputs, next: Array(outputs[layout.next]),
      cells: Array(outputs[layout.nextCells]),
      failure: Failure(rawValue: Int(outputs[layout.status])))
    guard let trials, let trial = program.trial, point.failure == nil else { return point }
    let n = layout.dimension
    var search = Array(outputs[layout.search])
    while true {
      let inputs = state.position + Array(outputs[layout.kept]) + search
      let found = trials.evaluate(inputs.map { [$0] }).map { $0[0] }
      point.trials.append(inputs + found)
      search = Array(found[(n + 2)..<(n + 2 + search.count)])
      guard found[n] != 0 else { continue }
      point.next = Array(found[..<n])
      point.failure = found[n] < 0 ? Failure(rawValue: Int(-found[n])) : nil
      for (place, cell) in trial.carried.enumerated() {
        point.cells[cell] = found[n + 2 + search.count + place]
      }
      return point
    }
  }

  // MARK: - What it was made of

  private func describe(_ point: Point) -> Step {
    let n = program.layout.dimension
    let found = Evaluator(details).evaluate(inputs(point.state).map { [$0] }).map { $0[0] }
    var rest = found[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    let rate = take(1)[0]
    let proposed = take(n)
    let gradient = take(n)
    let direction = hasDirection ? take(n) : nil
    let upper = hasHessian ? take(n * (n + 1) / 2) : []
    let evidence = evidenceNames.map { ($0.name, take($0.count)) }
    let trials = point.trials.map(trial)
    let isFound = point.failure == nil
    let step =
      trials.isEmpty ? proposed : zip(point.next, point.state.position).map { $0 - $1 }
    let exact = Array(point.outputs[program.layout.gradient])
    return Step(
      iteration: point.state.iteration, position: point.state.position,
      value: point.outputs[program.layout.value], gradient: gradient,
      gradientNorm: euclidean(exact),
      hessian: hasHessian ? symmetricRows(upper, size: n) : nil, direction: direction,
      rate: kind.isOwn ? nil : trials.isEmpty ? rate : trials[trials.count - 1].rate,
      evidence: evidence, trials: trials, carried: carried(point),
      next: isFound ? (point.next, values(at: point.next)[0]) : nil, step: step,
      stepNorm: euclidean(step), failure: point.failure)
  }

  private func euclidean(_ vector: [Double]) -> Double {
    Evaluator(length).evaluate(vector.map { [$0] })[0][0]
  }

  private func values(at position: [Double]) -> [Double] {
    Evaluator(local).evaluate(position.map { [$0] }).map { $0[0] }
  }

  /// A trial from what went into its program and what came out.
  private func trial(_ numbers: [Double]) -> Trial {
    let layout = program.layout
    let n = layout.dimension
    let inputCount = n + layout.keptCount + layout.searchCount
    let outputs = Array(numbers[inputCount...])
    let candidate = Array(outputs[..<n])
    let there = values(at: candidate)
    let promised =
      hasPromise
      ? trial.map { Evaluator($0).evaluate(numbers[..<inputCount].map { [$0] })[0][0] } : nil
    return Trial(
      rate: program.trial?.hasRate == true ? outputs[n + 1] : nil,
      scale: numbers[n + layout.keptCount], candidate: candidate, value: there[0],
      gradient: Array(there.dropFirst()), promised: promised,
      isAccepted: outputs[n] < 0 ? nil : outputs[n] == 1)
  }

  /// The cells, those of one name together.
  private func carried(_ point: Point) -> [Carried] {
    var groups: [(name: String, cells: [Int])] = []
    for (cell, name) in cellNames.enumerated() {
      if let last = groups.last, last.name == name {
        groups[groups.count - 1].cells.append(cell)
      } else {
        groups.append((name, [cell]))
      }
    }
    return groups.map { group in
      Carried(
        name: group.name, before: group.cells.map { point.state.cells[$0] },
        after: group.cells.map { point.cells[$0] })
    }
  }
}

extension RateChoice {
  /// Whether the method takes none.
  fileprivate var isOwn: Bool { if case .own = self { true } else { false } }
}

/// All rows of a symmetric matrix from its upper triangle.
func symmetricRows(_ upper: [Double], size: Int) -> [[Double]] {
  var rows = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  var place = 0
  for i in 0..<size {
    for j in i..<size {
      (rows[i][j], rows[j][i]) = (upper[place], upper[place])
      place += 1
    }
  }
  return rows
}
