import Diagnostics
import Expressions
import Methods

extension SpecParser {
  /// The columns of the results, which no variable may be called.
  static let fixedColumns: Set<String> = Set(
    [
      "method", "rate", "start", "ending", "point", "reason", "period", "iterations", "iteration",
      "f_evaluations", "gradient_evaluations", "hessian_evaluations", "order", "growth", "cosine",
      "limit", "step", "position", "gradient", "hessian", "eigenvalues", "condition", "newton_step",
      "cauchy_rate", "determinant_rate", "gradient_error", "step_angle", "dot", "norm", "solve",
      "det",
      "trace", "absolute", "identity", "diagonal", "and", "or", "not", "sum", "prod", "mean",
      "count",
    ]
  ).union(Quantity.all.map(\.name))

  /// `function NAME(VARS) = FORMULA` with its indented lines.
  mutating func readFunction(_ block: Block) {
    let rest = block.line.rest
    let example = "function f(x, y) = x^2 + y^2"
    guard let open = rest.scalars.firstIndex(of: "("),
      let close = rest.scalars[open...].firstIndex(of: ")"),
      let equals = rest.scalars[close...].firstIndex(of: "=")
    else {
      findings.report(
        SpecProblem.missing("the name with its variables, or the formula,", example: example),
        at: rest.place(at: 0))
      return
    }
    let name = rest[0..<open].trimmed
    let between = rest[close + 1..<equals].trimmed
    if between.count > 0 {
      findings.report(
        SpecProblem.unexpected(between.string, example: example), at: between.place(at: 0))
    }
    if !name.isName(allowingHyphen: true) {
      findings.report(SpecProblem.badName(name.string), at: name.place(at: 0))
    }
    if functions.contains(where: { $0.spec.name.lowercased() == name.string.lowercased() }) {
      findings.report(
        SpecProblem.duplicateName(name.string, kind: "function"), at: name.place(at: 0))
    }
    guard let variables = readVariables(rest[open + 1..<close]) else { return }
    let body = rest[equals + 1..<rest.count]
    var names = Set(variables)
    let locals = readLocals(block.below, &names)
    let formula = findings.collect { try Formula(parsing: body, limits: limits) }
    let domain = readDomain(block.below, variables)
    let minima = readMinima(block.below, name.string, variables)
    guard let formula, let locals else { return }
    let spec = FunctionSpec(
      name: name.string, variables: variables, locals: locals, formula: formula,
      domain: domain, minima: minima)
    guard findings.collect({ try spec.model(limits: limits) }) != nil else { return }
    var draft = FunctionDraft(line: block.line, spec: spec, starts: [], plots: [])
    for line in block.below {
      switch line.word {
      case "start": draft.starts.append(.points(line))
      case "grid": draft.starts.append(.grid(line))
      case "plot": draft.plots.append(Block(line: line))
      case "window": draft.plots[max(0, draft.plots.count - 1)].below.append(line)
      default: break
      }
    }
    functions.append(draft)
  }

  /// The variables; nil where one of them cannot be, which is reported.
  private mutating func readVariables(_ text: SourceText) -> [String]? {
    var variables: [String] = []
    var isWhole = true
    for item in text.items {
      let name = item.string
      if let problem = problem(withVariable: item, beside: variables) {
        findings.report(problem, at: item.place(at: 0))
        isWhole = false
      }
      variables.append(name)
    }
    return isWhole ? variables : nil
  }

  private func problem(withVariable item: SourceText, beside others: [String]) -> SpecProblem? {
    let name = item.string
    if item.count == 0 { return .missing("a variable", example: "f(x, y)") }
    if !item.isName() { return .badName(name) }
    if let meaning = SpecParser.meaning(of: name) { return .reservedName(name, meaning: meaning) }
    return others.contains(name) ? .duplicateName(name, kind: "variable") : nil
  }

  /// What a name means already, nil if it is free.
  static func meaning(of name: String) -> String? {
    if Function.constants[name] != nil { return "a constant" }
    if Function.named[name] != nil { return "a function" }
    if fixedColumns.contains(name) { return "a word of the tool (a column or a quantity)" }
    return nil
  }

  private mutating func readLocals(_ below: [SpecLine], _ names: inout Set<String>)
    -> [(name: String, formula: Formula)]?
  {
    var locals: [(name: String, formula: Formula)] = []
    var isWhole = true
    for line in below where line.word == "where" {
      guard let equals = line.rest.scalars.firstIndex(of: "=") else {
        findings.report(
          SpecProblem.missing("the name with its formula", example: "where u = x - 1"),
          at: line.rest.place(at: 0))
        isWhole = false
        continue
      }
      let name = line.rest[0..<equals].trimmed
      let word = name.string
      if !name.isName() {
        findings.report(SpecProblem.badName(word), at: name.place(at: 0))
      } else if let meaning = SpecParser.meaning(of: word) {
        findings.report(SpecProblem.reservedName(word, meaning: meaning), at: name.place(at: 0))
      } else if !names.insert(word).inserted {
        findings.report(SpecProblem.duplicateName(word, kind: "name"), at: name.place(at: 0))
      }
      let body = line.rest[equals + 1..<line.rest.count]
      if let formula = findings.collect({ try Formula(parsing: body, limits: limits) }) {
        locals.append((word, formula))
      } else {
        isWhole = false
      }
    }
    return isWhole ? locals : nil
  }

  private mutating func readDomain(_ below: [SpecLine], _ variables: [String])
    -> [ClosedRange<Double>]
  {
    var domain = variables.map { _ in -5.0...5.0 }
    var isSeen = false
    for line in below where line.word == "domain" {
      if isSeen { findings.report(SpecProblem.duplicateDirective("domain"), at: line.place) }
      isSeen = true
      let items = line.rest.items
      if items.count == 1, items[0].firstIndex(of: "=") == nil {
        if let range = findings.range(items[0], needsCount: false) {
          domain = variables.map { _ in range.bounds }
        }
        continue
      }
      for (index, range) in findings.namedRanges(items, variables, needsCount: false) {
        domain[index] = range.bounds
      }
    }
    return domain
  }

  private mutating func readMinima(
    _ below: [SpecLine], _ function: String, _ variables: [String]
  ) -> [[Double]] {
    var minima: [[Double]] = []
    for line in below where line.word == "minimum" {
      for item in line.rest.items {
        if let point = findings.point(item, function, variables) { minima.append(point) }
      }
    }
    return minima
  }

  /// Gives every function its starts and figures, once the top-level ones are known.
  mutating func finishFunctions() {
    for index in functions.indices {
      let draft = functions[index]
      let lines = draft.starts + sharedStarts
      functions[index].spec.starts = starts(of: draft, lines)
      if lines.isEmpty {
        findings.report(SpecProblem.noStart(draft.spec.name), at: draft.line.rest.place(at: 0))
      }
    }
    finishPlots()
    experiment.functions = functions.map(\.spec)
  }
}

extension Findings {
  /// `(a, b)` as a point of a function.
  mutating func point(_ text: SourceText, _ function: String, _ variables: [String]) -> [Double]? {
    guard text.scalars.first == "(", text.scalars.last == ")" else {
      report(SpecProblem.notAPoint(text.string), at: text.place(at: 0))
      return nil
    }
    let items = text[1..<text.count - 1].items
    guard items.count == variables.count else {
      report(
        SpecProblem.wrongDimension(found: items.count, function: function, variables: variables),
        at: text.place(at: 0))
      return nil
    }
    let values = items.map { constant($0) }
    let point = values.compactMap { $0 }
    return point.count == values.count ? point : nil
  }

  /// `x = A .. B, y = C .. D` as ranges of coordinates.
  mutating func namedRanges(_ items: [SourceText], _ variables: [String], needsCount: Bool)
    -> [(index: Int, range: NumberRange)]
  {
    var ranges: [(index: Int, range: NumberRange)] = []
    for item in items {
      guard let equals = item.firstIndex(of: "=") else {
        report(
          SpecProblem.missing(
            "a variable with its range",
            example: "\(variables[0]) = -5 .. 5\(needsCount ? " linear 9" : "")"),
          at: item.place(at: 0))
        continue
      }
      let name = item[0..<equals].trimmed
      guard let index = variables.firstIndex(of: name.string) else {
        report(
          SpecProblem.unknownVariable(name.string, variables: variables), at: name.place(at: 0))
        continue
      }
      if ranges.contains(where: { $0.index == index }) {
        report(SpecProblem.duplicateName(name.string, kind: "range of"), at: name.place(at: 0))
      }
      if let range = range(item[equals + 1..<item.count].trimmed, needsCount: needsCount) {
        ranges.append((index, range))
      }
    }
    return ranges
  }
}
