import Diagnostics
import Expressions

/// A method that a spec writes down: what it carries along, local names, and its step or its direction, all
/// of them formulas of quantities.
///
/// Formulas may use each other in any order, as long as none needs itself. States update together: a name
/// alone is the value before the step, `v'` the value after it.
public struct WrittenMethod: Sendable {
  /// What is carried from one iteration to the next.
  public struct State: Sendable {
    /// The name.
    public let name: String
    /// Its value at the start, from quantities of the point.
    public let initial: QuantityFormula
    /// What it becomes.
    public let next: QuantityFormula

    /// Creates a state.
    public init(name: String, initial: QuantityFormula, next: QuantityFormula) {
      self.name = name
      self.initial = initial
      self.next = next
    }
  }

  /// Where it goes.
  public enum Move: Sendable {
    /// The step x⁺ − x itself.
    case step(QuantityFormula)
    /// The direction d of x + ηd, for any rate.
    case direction(QuantityFormula)
  }

  /// The name, as it is typed behind `method`.
  public let name: String
  /// Numbers behind the name, as `beta=0.9`, that formulas know.
  public private(set) var parameters: [OptionDefinition] = []
  /// Local names.
  public let locals: [(name: String, formula: QuantityFormula)]
  /// What it carries along.
  public let states: [State]
  /// The rate that it finds itself.
  public let rate: QuantityFormula?
  /// Where it goes.
  public let move: Move

  /// Creates a method.
  ///
  /// - Precondition: names differ; with a direction of its own, no formula names a quantity of a step.
  public init(
    name: String, locals: [(name: String, formula: QuantityFormula)] = [], states: [State] = [],
    rate: QuantityFormula? = nil, move: Move
  ) {
    self.name = name
    self.locals = locals
    self.states = states
    self.rate = rate
    self.move = move
  }

  /// Every formula, in the order of the spec but for the initial values, which come first.
  private var formulas: [QuantityFormula] {
    let moved: QuantityFormula =
      switch move {
      case .step(let formula), .direction(let formula): formula
      }
    return states.map(\.initial) + locals.map(\.formula) + states.map(\.next)
      + (rate.map { [$0] } ?? []) + [moved]
  }

  /// The same method with numbers that its formulas know.
  public func with(parameters: [OptionDefinition]) -> WrittenMethod {
    var copy = self
    copy.parameters = parameters
    return copy
  }

  /// All that its formulas name, each once.
  public var names: [String] {
    var names: [String] = []
    for name in formulas.flatMap(\.formula.names) where !names.contains(name) { names.append(name) }
    return names
  }

  /// Whether any formula works with second derivatives or other matrices.
  var needsHessian: Bool { formulas.contains(where: \.needsMatrix) }

  /// Whether second derivatives are asked for at the start alone.
  public var asksForHessianOnce: Bool {
    let others = formulas.dropFirst(states.count)
    return !others.contains(where: \.needsHessian) && formulas.contains(where: \.needsHessian)
  }

  /// The states and local names that nothing uses but they themselves.
  public var unusedNames: [String] {
    let all = formulas
    func isUsed(_ names: Set<String>, besides own: Int) -> Bool {
      all.enumerated().contains {
        $0.offset != own && !names.isDisjoint(with: $0.element.formula.names)
      }
    }
    let first = states.count + locals.count
    return states.enumerated().filter {
      !isUsed([$0.element.name, $0.element.name + "'"], besides: first + $0.offset)
    }.map(\.element.name)
      + locals.enumerated().filter {
        !isUsed([$0.element.name], besides: states.count + $0.offset)
      }.map(\.element.name)
  }

  /// Whether it must be given a rate.
  private var takesRate: Bool {
    if case .direction = move { return rate == nil }
    return rate == nil
      && formulas.contains { !Set($0.formula.names).isDisjoint(with: ["rate", "step_rate"]) }
  }

  /// The method as all others are.
  public var direction: Direction {
    let build: Direction.Build
    if case .direction = move, rate == nil {
      build = .direction { workspace, settings in
        let built = built(workspace, settings, rate: nil)
        return (built.move, built.status)
      }
    } else {
      build = .step { workspace, settings, given in
        let built = built(workspace, settings, rate: given)
        return (built.move, built.rate ?? given, built.status)
      }
    }
    return Direction(
      name, "written in the spec", rate: takesRate ? .mustBeTold : .own, settings: parameters,
      reach: formulas.contains(where: \.needsHessian) ? .model : .unknown, written: self, build)
  }

  private func built(_ workspace: Workspace, _ settings: Settings, rate: Scalar?) -> Nodes {
    do {
      return try build(workspace, settings, rate: rate)
    } catch {
      preconditionFailure("\(name) was checked on this function: \(error)")
    }
  }

  /// Tries the method on a function.
  ///
  /// - Throws: every mistake in it, as `Diagnostics`.
  public func check(
    on model: LocalModel, _ settings: Settings, limits: Limits, budget: Budget
  ) throws {
    let rate: Scalar? =
      if case .direction = move { nil } else { model.graph.input(Input(.rate)) }
    _ = try build(Workspace(model), settings, rate: rate, limits: limits, budget: budget)
  }

  /// What the method's formulas come to.
  private struct Nodes {
    let move: Vector
    let rate: Scalar?
    let status: Scalar
  }

  private func build(
    _ workspace: Workspace, _ settings: Settings, rate given: Scalar?, limits: Limits = .none,
    budget: Budget? = nil
  ) throws -> Nodes {
    let names = Dictionary(
      uniqueKeysWithValues: parameters.map {
        ($0.name, Value.scalar(workspace.model.graph.constant(settings[$0.name])))
      })
    func resolver(_ states: [String: Value]) -> MethodResolver {
      MethodResolver(
        self, workspace, rate: given, names: names.merging(states) { $1 }, limits, budget)
    }
    let initial = try states.map { try resolver([:]).pointValue($0.initial) }
    let shapes = shapes(workspace, initial.map(StateShape.init), resolver)
    var cells: [(cells: Vector, next: String)] = []
    var known: [String: Value] = [:]
    for ((state, value), shape) in zip(zip(states, initial), shapes) {
      if case .symmetric = shape, case .scalar(let scalar) = value, scalar.constantValue != 0 {
        throw Diagnostics([
          state.initial.problem(.numberForMatrix(state.name, shape: shape.words), at: "")
        ])
      }
      let starts = shape.fitted(value) ?? shape.components(value)
      let memory = starts.map { workspace.cell($0.constantValue ?? 0, named: state.name) }
      // What begins as a formula of the start is taken from there the first time.
      known[state.name] = shape.value(
        zip(starts, memory).map { start, cell in
          start.constantValue == nil ? workspace.isFirst.select(start, cell) : cell
        })
      cells.append((memory, state.name + "'"))
    }
    let resolver = resolver(known)
    for ((state, memory), shape) in zip(zip(states, cells), shapes) {
      let next = try resolver.value(of: memory.next)
      guard let fitting = shape.fitted(next) else {
        throw Diagnostics([
          state.next.problem(
            StateShape(next).isUnsymmetric
              ? .unsymmetricState(state.name)
              : .unequalState(state.name, initial: shape.words, next: StateShape(next).words),
            at: "")
        ])
      }
      workspace.set(memory.cells, to: fitting)
    }
    let (formula, what): (QuantityFormula, String) =
      switch move {
      case .step(let formula): (formula, "step")
      case .direction(let formula): (formula, "direction")
      }
    let moved = try resolver.value(of: MethodResolver.move)
    guard let vector = StateShape.vector(workspace.model.dimension).fitted(moved),
      StateShape(moved) != .number
        || workspace.model.dimension == 1
    else {
      throw Diagnostics([
        formula.problem(
          .wrongStep(
            what: what, found: StateShape(moved).words, dimension: workspace.model.dimension),
          at: "")
      ])
    }
    let rate = try self.rate == nil ? given : resolver.number("rate")
    var step = vector
    if case .direction = move, let rate { step = vector.map { rate * $0 } }
    return Nodes(move: step, rate: rate, status: status(of: step, resolver.statuses))
  }

  /// 0 where the step is a number; else what kept a linear system from being solved.
  private func status(of step: Vector, _ statuses: [Scalar]) -> Scalar {
    let graph = step[0].graph
    let isNumber = step.dropFirst().reduce(step[0].equals(step[0])) { $0.and($1.equals($1)) }
    let otherwise = graph.constant(Double(Failure.noNumber.rawValue))
    let reason = statuses.reversed().reduce(otherwise) { $1.orStatus($0) }
    return isNumber.select(graph.constant(0), reason)
  }

  /// The shapes of the states: a number that becomes a vector, or that only a vector can stand for, was one
  /// all along.
  private func shapes(
    _ workspace: Workspace, _ initial: [StateShape], _ resolver: ([String: Value]) -> MethodResolver
  ) -> [StateShape] {
    // Inputs that no program has: they only stand for the shape.
    func stand(_ shape: StateShape, _ number: Int) -> Value {
      shape.value(
        (0..<shape.count).map { workspace.model.graph.input(Input(.kept, number << 20 + $0)) })
    }
    var shapes = initial
    var known: [String: Value] = [:]
    for (number, state) in states.enumerated() { known[state.name] = stand(shapes[number], number) }
    func next(_ number: Int) -> StateShape? {
      (try? resolver(known).value(of: states[number].name + "'")).map { StateShape($0) }
    }
    // What a state becomes rests on others, mostly on few: those first, and again for circles.
    let order = statesByNeed
    for _ in 0..<4 {
      var isSettled = true
      for number in order where shapes[number] == .number {
        let name = states[number].name
        var found = next(number)
        if found == nil {
          known[name] = stand(.vector(workspace.model.dimension), number)
          found = next(number)
        }
        if let found, found != .number {
          shapes[number] = found
          isSettled = false
        }
        known[name] = stand(shapes[number], number)
      }
      if isSettled { break }
    }
    return shapes
  }

  /// The states, each behind those that its formula names, circles apart.
  private var statesByNeed: [Int] {
    let numbers = Dictionary(
      states.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let needs = states.map { $0.next.formula.names.compactMap { numbers[$0] } }
    var order: [Int] = []
    var isSeen = [Bool](repeating: false, count: states.count)
    for start in states.indices where !isSeen[start] {
      isSeen[start] = true
      var path = [(state: start, next: 0)]
      while let (state, place) = path.last {
        if place < needs[state].count {
          path[path.count - 1].next += 1
          let need = needs[state][place]
          if !isSeen[need] {
            isSeen[need] = true
            path.append((need, 0))
          }
        } else {
          order.append(state)
          path.removeLast()
        }
      }
    }
    return order
  }
}
