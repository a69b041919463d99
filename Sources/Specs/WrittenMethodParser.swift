import Diagnostics
import Expressions
import Methods

extension SpecParser {
  /// The lines below `method NAME` that write a method down.
  static let methodLines = ["state", "where", "rate", "step", "direction"]

  /// A method that its lines write down; nil where one of them cannot be read.
  mutating func readWrittenMethod(_ block: Block, _ name: SourceText) -> Direction? {
    let before = findings.all.count
    findings.check(label: name)
    if Direction.named[name.string] != nil {
      findings.report(SpecProblem.builtInMethod(name.string), at: name.place(at: 0))
    }
    var names: Set<String> = []
    var locals: [(name: String, formula: QuantityFormula)] = []
    var states: [WrittenMethod.State] = []
    var rate: QuantityFormula?
    var moves: [WrittenMethod.Move] = []
    for line in block.below where !findings.isClosed {
      switch line.word {
      case "where":
        guard let (name, body) = findings.definition(line, example: "where slope = norm(gradient)"),
          checkOwnName(name, &names), let formula = quantityFormula(body)
        else { continue }
        locals.append((name.string, formula))
      case "state":
        guard let state = readState(line, &names) else { continue }
        states.append(state)
      case "rate":
        if rate != nil { findings.report(SpecProblem.duplicateDirective("rate"), at: line.place) }
        rate = quantityFormula(line.rest)
      case "step", "direction":
        if !moves.isEmpty { findings.report(SpecProblem.severalMoves, at: line.place) }
        guard let formula = quantityFormula(line.rest) else { continue }
        moves.append(line.word == "step" ? .step(formula) : .direction(formula))
      default: break
      }
    }
    guard findings.all.count == before else { return nil }
    guard let move = moves.first else {
      findings.report(SpecProblem.methodWithoutMove(name.string), at: name.place(at: 0))
      return nil
    }
    let method = WrittenMethod(
      name: name.string, locals: locals, states: states, rate: rate, move: move)
    for unused in method.unusedNames {
      guard let place = methodNames.last(where: { $0.string == unused })?.place(at: 0) else {
        continue
      }
      findings.report(SpecProblem.unusedName(unused), at: place)
    }
    return method.with(parameters: parameters(block, of: method, &names)).direction
  }

  /// `v = INITIAL, then NEXT`.
  private mutating func readState(_ line: SpecLine, _ names: inout Set<String>)
    -> WrittenMethod.State?
  {
    let example = "state v = 0, then 0.9*v - rate*gradient"
    guard let (name, body) = findings.definition(line, example: example),
      checkOwnName(name, &names)
    else { return nil }
    let items = body.items
    guard items.count == 2, items[1].words.first?.string == "then" else {
      findings.report(
        SpecProblem.missing("what the state becomes", example: example), at: body.end)
      return nil
    }
    let next = items[1]["then".count..<items[1].count].trimmed
    guard let initial = quantityFormula(items[0]), let then = quantityFormula(next) else {
      return nil
    }
    return WrittenMethod.State(name: name.string, initial: initial, next: then)
  }

  private mutating func quantityFormula(_ text: SourceText) -> QuantityFormula? {
    let limits = limits
    return findings.collect { try QuantityFormula(parsing: text, limits: limits) }
  }

  /// Whether a name is free for a state or a local name; functions are asked later.
  private mutating func checkOwnName(_ name: SourceText, _ names: inout Set<String>) -> Bool {
    if let meaning = SpecParser.meaning(of: name.string) {
      findings.report(
        SpecProblem.reservedName(name.string, meaning: meaning), at: name.place(at: 0))
      return false
    }
    guard names.insert(name.string).inserted else {
      findings.report(
        SpecProblem.duplicateName(name.string, kind: "name"), at: name.place(at: 0))
      return false
    }
    methodNames.append(name)
    return true
  }

  /// The options behind the name that formulas know: `beta` of `beta=0.9`.
  private mutating func parameters(
    _ block: Block, of method: WrittenMethod, _ names: inout Set<String>
  ) -> [OptionDefinition] {
    let common = Set(method.direction.options.map(\.name))
    let used = Set(method.names)
    var parameters: [OptionDefinition] = []
    for word in block.line.rest.words.dropFirst() {
      let name = word.before("=")
      guard name.count < word.count, !common.contains(name.string), used.contains(name.string),
        !parameters.contains(where: { $0.name == name.string }), checkOwnName(name, &names)
      else { continue }
      parameters.append(
        OptionDefinition(
          name.string, .number(-.greatestFiniteMagnitude ... .greatestFiniteMagnitude),
          "a number that the method's formulas know"))
    }
    return parameters
  }

  /// Tries the methods that the spec writes down on every function.
  mutating func checkWrittenMethods() {
    for name in methodNames {
      // A number behind the method may be a column beside those of the starts.
      for draft in functions
      where draft.spec.names.contains(name.string)
        || draft.spec.variables.contains(where: { name.string == "start_\($0)" })
      {
        findings.report(
          SpecProblem.nameOfFunction(name.string, function: draft.spec.name), at: name.place(at: 0))
      }
    }
    let (limits, budget) = (limits, findings.budget)
    for draft in methods {
      guard let written = draft.direction.written else { continue }
      for function in functions where !findings.isClosed {
        let spec = function.spec
        if draft.direction.needsHessian, spec.dimension > FunctionSpec.greatestHessian { continue }
        let settings = Settings(draft.values, draft.direction.settings)
        findings.collect {
          let model = try spec.model(limits: limits, budget: budget).model
          try written.check(on: model, settings, limits: limits, budget: budget)
        }
      }
    }
  }
}
