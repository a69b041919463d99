import Expressions

/// A step that is proposed from a point, all of it nodes over the inputs of a lane.
public struct Proposal {
  /// η; the input of the rate where trials find it.
  public let rate: Scalar
  /// x⁺ − x as the method has it, before x⁺ is rounded; inputs where trials find it.
  public let step: Vector
  /// d of the step ηd; nil of methods that have none.
  public let direction: Vector?
  /// x⁺; nil where trials find it.
  public let next: Vector?
  /// 0, or the number of a `Failure`.
  public let status: Scalar
  /// The trials that find the step; nil where the iterate alone gives it.
  public let search: Search?
  /// What the method carries from one iteration to the next.
  public let cells: [Workspace.Cell]
  /// Whether the method asked for the Hessian, and whether for f.
  public let usesHessian: Bool
  /// Whether the method asked for f at the iterate.
  public let usesValue: Bool
  /// What is known of f, as the method saw it: its derivatives may be differences.
  public let model: LocalModel

  /// Lets a method propose from a point.
  ///
  /// - Precondition: nobody asked `model` for its Hessian before, or `usesHessian` may be too true; rate and
  ///   method fit together, which the reader of a spec has seen to.
  public init(
    _ direction: Direction, _ settings: Settings = Settings(), rate choice: RateChoice,
    at model: LocalModel
  ) {
    let graph = model.graph
    let workspace = Workspace(model)
    let zero = graph.constant(0)
    var rate = graph.input(Input(.rate))
    var status = zero
    var search: Search?
    var step: Vector = []
    var next: Vector?
    var way: Vector?

    /// The rate that a formula gives, along a direction where there is one.
    func formulaRate(along direction: Vector = []) {
      guard case .rule(let rule, let arguments, _) = choice else { return }
      let found: (rate: Scalar, status: Scalar?)
      switch rule.build {
      case .formula(let build): found = build(workspace, arguments)
      case .along(let build): found = build(workspace, arguments, direction)
      case .search: return
      }
      rate = found.rate
      status = (found.status ?? zero).orStatus(status)
    }

    switch direction.build {
    case .direction(let build):
      let found = build(workspace, settings)
      status = found.status ?? zero
      way = found.direction
      if case .rule(let rule, let arguments, _) = choice, case .search(let trials) = rule.build {
        let line = Rate.LineStart(
          direction: found.direction, reach: direction.reach, curvature: direction.curvature)
        search = trials(workspace, arguments, line)
      } else {
        formulaRate(along: found.direction)
        step = found.direction.map { rate * $0 }
        next = zip(model.position, step).map { $0 + $1 }
      }
    case .step(let build):
      formulaRate()
      let found = build(workspace, settings, rate)
      rate = found.rate
      status = (found.status ?? zero).orStatus(status)
      step = found.step
      next = zip(model.position, step).map { $0 + $1 }
    case .search(let build): search = build(workspace, settings)
    }
    if search != nil { step = model.position.indices.map { graph.input(Input(.direction, $0)) } }
    if let fault = model.differenceStatus { status = fault.orStatus(status) }
    self.model = model
    self.rate = rate
    self.step = step
    self.next = next
    self.direction = way
    self.status = status
    self.search = search
    cells = workspace.cells
    usesHessian = model.usesHessian
    usesValue = model.usesValue
  }

  /// A trial of the search, and where its cells stand among those of the workspace.
  ///
  /// - Precondition: there is a search.
  public func trial() -> (trial: Trial, carried: [Int]) {
    guard let search else { preconditionFailure("nothing is tried") }
    let trial = search.trial(TrialPoint(search, model))
    return (
      trial,
      trial.carried.compactMap { carried in
        cells.firstIndex { $0.now == carried.cell }
      }
    )
  }

  /// What the search keeps of the iterate, and its cells at the first trial.
  public var searchStart: (kept: Vector, cells: Vector) {
    (search?.kept ?? [], search?.cells ?? [])
  }
}
