import Diagnostics
import Expressions
import Methods

extension SpecParser {
  /// `function NAME(VARS) = FORMULA` or `function NAME[N]` of the library, with its indented lines.
  mutating func readFunction(_ block: Block) {
    let before = findings.all.count
    defer { areFunctionsKnown = areFunctionsKnown && findings.all.count == before }
    let rest = block.line.rest
    let isDefinition =
      rest.scalars.contains("(") || rest.words.contains { $0.scalars.first == "=" }
    if rest.count > 0, !isDefinition {
      readReference(block)
      return
    }
    guard let head = findings.header(rest, example: "function f(x, y) = x^2 + y^2") else { return }
    findings.check(label: head.name)
    checkNameIsFree(head.name.string, at: head.name.place(at: 0))
    guard let spec = readDefinition(block, head, name: head.name.string, [:]) else { return }
    append(FunctionDraft(line: block.line, spec: spec, starts: [], plots: []), block.below)
  }

  /// A function of the library, or one of its families in N dimensions.
  private mutating func readReference(_ block: Block) {
    let words = block.line.rest.words
    let name = words[0].before("[")
    let values = findings.options(
      Array(words.dropFirst()), of: name.string, Library.options)
    guard let entry = Library.entry(name.string) else {
      findings.report(
        SpecProblem.unknownFunction(
          name.string, suggestion: suggestion(for: name.string, among: Library.names)),
        at: name.place(at: 0))
      return
    }
    var dimension: Int?
    if name.count < words[0].count {
      let inside = words[0][name.count..<words[0].count]
      guard let asked = size(inside, of: entry) else { return }
      dimension = asked
    }
    let label = values.word("as") ?? dimension.map { "\(entry.name)-\($0)" } ?? entry.name
    checkNameIsFree(label, at: name.place(at: 0))
    var (spec, starts): (FunctionSpec, [[Double]])
    do {
      (spec, starts) = try entry.read(
        label, dimension: dimension, limits: limits, budget: findings.budget)
    } catch {
      // The library itself has no mistakes, but a limit may be passed.
      for diagnostic in error.all { findings.report(diagnostic.problem, at: name.place(at: 0)) }
      return
    }
    let lines = block.below
    for line in lines where line.word == "where" {
      findings.report(SpecProblem.noPlaceForLocals(entry.name), at: line.place)
    }
    if lines.contains(where: { $0.word == "domain" }) {
      spec.domain = readDomain(lines, spec.variables, spec.parameters)
    }
    spec.lipschitz = readLipschitz(lines)
    if lines.contains(where: { $0.word == "minimum" }) {
      spec.minima = readPoints(lines, "minimum", of: label, spec.variables, spec.parameters)
    }
    append(
      FunctionDraft(line: block.line, spec: spec, starts: [], plots: [], usualStarts: starts), lines
    )
  }

  /// `[N]` behind the name of a family.
  private mutating func size(_ text: SourceText, of entry: Library.Entry) -> Int? {
    let place = text.place(at: 0)
    guard let family = entry.family else {
      findings.report(SpecProblem.notAFamily(entry.name), at: place)
      return nil
    }
    guard text.scalars.first == "[", text.scalars.last == "]", text.count > 2 else {
      findings.report(
        SpecProblem.missing("the dimension", example: "function \(entry.name)[\(family.first)]"),
        at: place)
      return nil
    }
    let inside = text[1..<text.count - 1]
    guard let value = findings.constant(inside) else { return nil }
    let what = "\(entry.name) exists for n = \(family.examples)"
    guard let n = findings.count(value, from: 1, what: what, at: inside.place(at: 0)) else {
      return nil
    }
    guard n >= family.first, (n - family.first) % family.step == 0 else {
      findings.report(
        SpecProblem.outOfRange(formatNumber(value), what: what), at: inside.place(at: 0))
      return nil
    }
    guard n <= limits[.variables] else {
      findings.report(tooManyVariables(n), at: inside.place(at: 0))
      return nil
    }
    return n
  }

  private func tooManyVariables(_ count: Int) -> LimitProblem {
    LimitProblem(
      "the function has \(count) variables", name: .variables, limit: limits[.variables])
  }

  private mutating func checkNameIsFree(_ name: String, at place: Place) {
    if functionNames.contains(name.lowercased()) {
      findings.report(SpecProblem.duplicateName(name, kind: "function"), at: place)
    }
  }

  /// Keeps a function together with the lines that wait until all functions are known.
  private mutating func append(_ draft: FunctionDraft, _ below: [SpecLine]) {
    var draft = draft
    for line in below {
      switch line.word {
      case "start": draft.starts.append(.points(line))
      case "grid": draft.starts.append(.grid(line))
      case "random": draft.starts.append(.random(line))
      case "critical-points":
        if draft.spec.criticalPoints != nil {
          findings.report(SpecProblem.duplicateDirective(line.word), at: line.place)
        }
        draft.spec.criticalPoints = readCriticalPoints(line)
      case "plot": draft.plots.append(Block(line: line))
      case "window": draft.plots[max(0, draft.plots.count - 1)].below.append(line)
      default: break
      }
    }
    functions.append(draft)
    functionNames.insert(draft.spec.name.lowercased())
  }

  /// Reads a function as it is written down.
  ///
  /// - Parameter parameters: what names stand for beside the variables: the n of a family.
  mutating func readDefinition(
    _ block: Block, _ head: FunctionHeader, name: String, _ parameters: [String: Double]
  ) -> FunctionSpec? {
    guard let variables = readVariables(head.variables, parameters) else { return nil }
    var names = Set(variables.map(\.name)).union(tableNames)
    let locals = readLocals(block.below, &names)
    let formula = findings.collect { try Formula(parsing: head.body, limits: limits) }
    guard let formula, let locals else {
      // The rest of its lines may have mistakes of their own.
      let coordinates = variables.flatMap(\.coordinates)
      _ = readDomain(block.below, coordinates, parameters)
      _ = readPoints(block.below, "minimum", of: name, coordinates, parameters)
      return nil
    }
    var spec = FunctionSpec(
      name: name, variables: variables, parameters: parameters, locals: locals, formula: formula,
      tables: experiment.tables)
    spec.domain = readDomain(block.below, spec.variables, parameters)
    spec.lipschitz = readLipschitz(block.below)
    spec.minima = readPoints(
      block.below, "minimum", of: name, spec.variables, parameters)
    let budget = findings.budget
    guard let (model, _) = findings.collect({ try spec.model(limits: limits, budget: budget) })
    else { return nil }
    _ = model.gradient
    guard findings.spend(model.graph.count, at: block.line.place) else { return nil }
    if model.graph.isFull {
      findings.report(tooManyOperations("the gradient"), at: head.body.trimmed.place(at: 0))
      return nil
    }
    return spec
  }

  func tooManyOperations(_ what: String) -> LimitProblem {
    LimitProblem(
      "\(what) needs too many operations", name: .operations,
      limit: limits[.operations])
  }

  /// The variables; nil where one of them cannot be, which is reported.
  private mutating func readVariables(_ text: SourceText, _ parameters: [String: Double])
    -> [Variable]?
  {
    var variables: [Variable] = []
    var others = Set(parameters.keys).union(tableNames)
    var isWhole = true
    for item in text.items where !findings.isClosed {
      let name = item.before("[")
      if let problem = problem(withVariable: name, beside: &others) {
        findings.report(problem, at: item.place(at: 0))
        isWhole = false
      }
      if let shape = shape(item[name.count..<item.count].trimmed, of: name.string, parameters) {
        variables.append(Variable(name.string, shape))
      } else {
        isWhole = false
      }
    }
    guard isWhole else { return nil }
    let count = variables.reduce(0.0) { $0 + Double($1.count) }
    guard count <= Double(limits[.variables]) else {
      findings.report(tooManyVariables(Int(count)), at: text.place(at: 0))
      return nil
    }
    return variables
  }

  /// Nothing, `[10]` or `[5,2]` behind a variable.
  private mutating func shape(_ text: SourceText, of name: String, _ parameters: [String: Double])
    -> Variable.Shape?
  {
    if text.count == 0 { return .scalar }
    let sizes = text.scalars.last == "]" ? text[1..<text.count - 1].items : []
    guard sizes.count == 1 || sizes.count == 2 else {
      findings.report(
        SpecProblem.unexpected(text.string, example: "\(name)[10] or \(name)[5, 2]"),
        at: text.place(at: 0))
      return nil
    }
    var counts: [Int] = []
    for size in sizes {
      guard let value = findings.constant(size, parameters) else { return nil }
      let what = "a vector or matrix has whole sizes from 1 to \(limits[.variables])"
      guard let count = findings.count(value, from: 1, what: what, at: size.place(at: 0)) else {
        return nil
      }
      guard count <= limits[.variables] else {
        findings.report(tooManyVariables(count), at: size.place(at: 0))
        return nil
      }
      counts.append(count)
    }
    return counts.count == 1 ? .vector(counts[0]) : .matrix(rows: counts[0], columns: counts[1])
  }

  private func problem(withVariable item: SourceText, beside others: inout Set<String>)
    -> SpecProblem?
  {
    let name = item.string
    if item.count == 0 { return .missing("a variable", example: "f(x, y)") }
    if !item.isName() { return .badName(name) }
    if let meaning = SpecParser.meaning(of: name) { return .reservedName(name, meaning: meaning) }
    return others.insert(name).inserted ? nil : .duplicateName(name, kind: "variable")
  }

  private mutating func readLocals(_ below: [SpecLine], _ names: inout Set<String>)
    -> [(name: String, formula: Formula)]?
  {
    var locals: [(name: String, formula: Formula)] = []
    var isWhole = true
    for line in below where line.word == "where" && !findings.isClosed {
      guard let (name, body) = findings.definition(line, example: "where u = x - 1") else {
        isWhole = false
        continue
      }
      let word = name.string
      if let meaning = SpecParser.meaning(of: word) {
        findings.report(SpecProblem.reservedName(word, meaning: meaning), at: name.place(at: 0))
      } else if !names.insert(word).inserted {
        findings.report(SpecProblem.duplicateName(word, kind: "name"), at: name.place(at: 0))
      }
      if let formula = findings.collect({ try Formula(parsing: body, limits: limits) }) {
        locals.append((word, formula))
      } else {
        isWhole = false
      }
    }
    return isWhole ? locals : nil
  }

  private mutating func readDomain(
    _ below: [SpecLine], _ variables: [String], _ parameters: [String: Double]
  ) -> [ClosedRange<Double>] {
    var domain = variables.map { _ in -5.0...5.0 }
    var isSeen = false
    for line in below where line.word == "domain" {
      if isSeen { findings.report(SpecProblem.duplicateDirective("domain"), at: line.place) }
      isSeen = true
      let items = line.rest.items
      if items.count == 1, items[0].firstIndex(of: "=") == nil {
        if let range = findings.range(items[0], needsCount: false, parameters) {
          domain = variables.map { _ in range.bounds }
        }
        continue
      }
      for (index, range) in findings.namedRanges(
        items, variables, needsCount: false, parameters)
      {
        domain[index] = range.bounds
      }
    }
    return domain
  }

  /// The bound of a `lipschitz` line.
  private mutating func readLipschitz(_ below: [SpecLine]) -> Double? {
    let lines = below.filter { $0.word == "lipschitz" }
    if lines.count > 1 {
      findings.report(SpecProblem.duplicateDirective("lipschitz"), at: lines[1].place)
    }
    guard let line = lines.first, let bound = findings.constant(line.rest) else { return nil }
    guard bound > 0 else {
      findings.report(
        SpecProblem.outOfRange(
          formatNumber(bound), what: "a bound on the largest eigenvalue is above 0"),
        at: line.rest.place(at: 0))
      return nil
    }
    return bound
  }

  /// The points of all lines that begin with a word.
  mutating func readPoints(
    _ below: [SpecLine], _ word: String, of function: String, _ variables: [String],
    _ parameters: [String: Double]
  ) -> [[Double]] {
    var points: [[Double]] = []
    for line in below where line.word == word {
      for item in line.rest.items where !findings.isClosed {
        if let point = findings.point(item, function, variables, parameters) {
          points.append(point)
        }
      }
    }
    return points
  }

  /// Gives every function its starts and figures, once the top-level ones are known.
  mutating func finishFunctions() {
    for index in functions.indices where !findings.isClosed {
      let draft = functions[index]
      let lines = draft.starts + sharedStarts
      // Lines at top level are read anew for every function, which is free for the first alone.
      let steps = index == 0 ? 0 : sharedStarts.reduce(0) { $0 + 10 + 5 * $1.line.rest.count }
      guard findings.spend(steps, at: draft.line.place) else { return }
      functions[index].spec.starts = starts(of: draft, lines)
      functions[index].spec.criticalPoints = draft.spec.criticalPoints ?? sharedCriticalPoints
      if lines.isEmpty, !draft.usualStarts.isEmpty {
        functions[index].spec.starts = Starts(
          points: draft.usualStarts.enumerated().map {
            Start(label: "p\($0.offset + 1)", position: $0.element, isPoint: true)
          })
      } else if lines.isEmpty {
        findings.report(SpecProblem.noStart(draft.spec.name), at: draft.line.rest.place(at: 0))
      }
    }
    finishPlots()
    experiment.functions = functions.map(\.spec)
  }
}

/// The first line of a function: `NAME(VARS) = FORMULA`.
struct FunctionHeader {
  let name: SourceText
  let variables: SourceText
  let body: SourceText
}

extension Findings {
  /// Cuts the first line of a function into its parts.
  mutating func header(_ rest: SourceText, example: String) -> FunctionHeader? {
    guard let open = rest.scalars.firstIndex(of: "("),
      let close = rest.scalars[open...].firstIndex(of: ")"),
      let equals = rest.scalars[close...].firstIndex(of: "=")
    else {
      report(
        SpecProblem.missing("the name with its variables, or the formula,", example: example),
        at: rest.place(at: 0))
      return nil
    }
    let between = rest[close + 1..<equals].trimmed
    if between.count > 0 {
      report(SpecProblem.unexpected(between.string, example: example), at: between.place(at: 0))
    }
    return FunctionHeader(
      name: rest[0..<open].trimmed, variables: rest[open + 1..<close],
      body: rest[equals + 1..<rest.count])
  }

  /// `(a, b)` as a point of a function; vectors among its items are laid out.
  mutating func point(
    _ text: SourceText, _ function: String, _ variables: [String],
    _ parameters: [String: Double] = [:]
  ) -> [Double]? {
    guard text.scalars.first == "(", text.scalars.last == ")" else {
      report(SpecProblem.notAPoint(text.string), at: text.place(at: 0))
      return nil
    }
    let items = text[1..<text.count - 1].items
    let (limits, budget) = (limits, budget)
    let values = items.map { item in
      item.count == 0
        ? constant(item).map { [$0] }
        : collect {
          try Formula(parsing: item, limits: limits).constants(
            parameters, limits: limits, budget: budget)
        }
    }
    let point = values.compactMap { $0 }
    guard point.count == values.count else { return nil }
    let coordinates = point.flatMap { $0 }
    guard coordinates.count == variables.count else {
      report(
        SpecProblem.wrongDimension(
          found: coordinates.count, function: function, variables: variables),
        at: text.place(at: 0))
      return nil
    }
    return coordinates
  }

  /// `x = A .. B, w = C .. D` as ranges of coordinates.
  ///
  /// A vector's name stands for all its components; what is said of a single one counts more. Where
  /// points are wanted, a number alone holds a coordinate fixed.
  mutating func namedRanges(
    _ items: [SourceText], _ variables: [String], needsCount: Bool,
    _ parameters: [String: Double] = [:]
  ) -> [(index: Int, range: NumberRange)] {
    var single: [Int: NumberRange] = [:]
    var whole: [Int: NumberRange] = [:]
    var seen = Set<String>()
    let coordinates = Coordinates(variables)
    for item in items where !isClosed {
      guard let equals = item.firstIndex(of: "=") else {
        report(
          SpecProblem.missing(
            "a variable with its range",
            example: "\(variables[0]) = -5 .. 5\(needsCount ? " linear 9" : "")"),
          at: item.place(at: 0))
        continue
      }
      let typed = item[0..<equals].trimmed
      let name = typed.string.filter { !$0.isWhitespace }
      let component = coordinates.numbers[name]
      let components = coordinates.ofVector[name] ?? []
      guard component != nil || !components.isEmpty else {
        report(SpecProblem.unknownVariable(name, variables: variables), at: typed.place(at: 0))
        continue
      }
      if !seen.insert(name).inserted {
        report(SpecProblem.duplicateName(name, kind: "range of"), at: typed.place(at: 0))
      }
      let text = item[equals + 1..<item.count].trimmed
      var found: NumberRange?
      if needsCount, text.count > 0, text.firstIndex(of: "..") == nil {
        found = constant(text, parameters).map { NumberRange(bounds: $0...$0, count: 1) }
      } else {
        found = range(text, needsCount: needsCount, parameters)
      }
      guard let found else { continue }
      if let component { single[component] = found }
      for index in components { whole[index] = found }
    }
    return variables.indices.compactMap { index in
      (single[index] ?? whole[index]).map { (index, $0) }
    }
  }
}

/// The numbers of coordinates, by their names and by those of the vectors and matrices they belong to.
private struct Coordinates {
  private(set) var numbers: [String: Int] = [:]
  private(set) var ofVector: [String: [Int]] = [:]

  init(_ names: [String]) {
    for (number, name) in names.enumerated() {
      numbers[name] = number
      if let bracket = name.firstIndex(of: "[") {
        ofVector[String(name[..<bracket]), default: []].append(number)
      }
    }
  }
}
