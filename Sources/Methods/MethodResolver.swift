import Diagnostics
import Expressions

/// Builds formulas as they are needed, each once.
final class MethodResolver {
  /// The step or the direction, as a name that nobody can type.
  static let move = "(move)"

  private let method: WrittenMethod
  private let workspace: Workspace
  private let limits: Limits
  private let budget: Budget?
  private let definitions: [String: QuantityFormula]
  private var situation: Situation
  private var values: [String: Value]
  /// What is being built, the outermost first.
  private var path: [String] = []
  private(set) var statuses: [Scalar] = []

  init(
    _ method: WrittenMethod, _ workspace: Workspace, rate: Scalar?, names: [String: Value],
    _ limits: Limits, _ budget: Budget?
  ) {
    self.method = method
    self.workspace = workspace
    self.limits = limits
    self.budget = budget
    values = names
    situation = Situation(
      workspace.model, methodModel: workspace.model, iteration: workspace.iteration)
    var definitions: [String: QuantityFormula] = [:]
    for local in method.locals { definitions[local.name] = local.formula }
    for state in method.states { definitions[state.name + "'"] = state.next }
    if let rate = method.rate {
      definitions["rate"] = rate
    } else {
      situation.rate = rate
    }
    switch method.move {
    case .step(let formula): definitions[MethodResolver.move] = formula
    case .direction(let formula): definitions[MethodResolver.move] = formula
    }
    self.definitions = definitions
  }

  /// A formula of the start alone.
  func pointValue(_ formula: QuantityFormula) throws -> Value {
    let elaboration = try formula.elaborate(
      in: Situation(workspace.model), names: values, limits: limits, budget: budget)
    statuses += elaboration.statuses
    return elaboration.value
  }

  /// A number.
  func number(_ name: String) throws -> Scalar? {
    let value = try value(of: name)
    if case .scalar(let scalar) = value { return scalar }
    throw Diagnostics(
      [
        definitions[name]?.problem(.rateNotANumber(found: value.shape), at: "")
      ].compactMap { $0 })
  }

  /// What a definition comes to.
  ///
  /// - Precondition: it is one.
  func value(of name: String) throws -> Value {
    if let value = values[name] { return value }
    guard let formula = definitions[name] else { preconditionFailure("\(name) is defined") }
    path.append(name)
    defer { path.removeLast() }
    for used in formula.formula.names where values[used] == nil {
      let needed = definition(behind: used)
      guard let needed else {
        if Quantity.named[used]?.subject == .step, case .direction = method.move,
          method.rate == nil
        {
          throw Diagnostics([formula.problem(.beforeStep(used), at: used)])
        }
        continue
      }
      if let first = path.firstIndex(of: needed) {
        let circle = path[first...] + [needed]
        throw Diagnostics([formula.problem(.circle(circle.map(readable)), at: used)])
      }
      let value = try value(of: needed)
      if needed == "rate", case .scalar(let scalar) = value { situation.rate = scalar }
      if needed == MethodResolver.move, case .vector(let step) = value { situation.step = step }
    }
    // Only what it names, so that many names cost no more than they are used.
    var known: [String: Value] = [:]
    for used in formula.formula.names where used != MethodResolver.move {
      known[used] = values[used]
    }
    let elaboration = try formula.elaborate(
      in: situation, names: known, limits: limits, budget: budget)
    statuses += elaboration.statuses
    values[name] = elaboration.value
    return elaboration.value
  }

  /// The definition that a name rests on.
  private func definition(behind name: String) -> String? {
    if definitions[name] != nil { return name }
    guard Quantity.named[name]?.subject == .step else { return nil }
    if name == "step_rate" { return definitions["rate"] == nil ? nil : "rate" }
    if case .step = method.move, name != "rate" { return MethodResolver.move }
    return nil
  }

  private func readable(_ name: String) -> String {
    if name != MethodResolver.move { return name }
    if case .step = method.move { return "step" } else { return "direction" }
  }
}
