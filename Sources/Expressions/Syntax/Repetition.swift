import Diagnostics

/// What runs an index over a range, or a row over a table: `sum`, `prod`, `mean` and lists.
extension Elaborator {
  mutating func repeated(_ position: Int, _ binder: Formula.Binder) throws -> Value {
    let children = Array(formula.arguments(of: formula.nodes[position]))
    let bodies = Array(children.dropFirst(binder.isRange ? 2 : 1))
    let heads = children.prefix(binder.isRange ? 2 : 1).map { values[$0] ?? .failed([]) }
    if binder.name != "[", bodies.count > 1 { throw FormulaProblem.severalBodies(binder.name) }
    if let meaning = meaning(of: binder.variable) {
      problems.append(
        Diagnostic(
          FormulaProblem.takenName(binder.variable, meaning: meaning),
          at: formula.text.place(at: binder.anchor)))
      return .failed([])
    }
    guard indices.count < Elaborator.deepestRepetition else {
      throw tooLarge("more than \(Elaborator.deepestRepetition) sums stand in each other", .nesting)
    }
    if let failure = failure(among: heads) { return failure }
    if !binder.isRange { return try overRows(binder, heads[0], children[0], bodies[0]) }
    let low = try bound(heads[0], children[0])
    let high = try bound(heads[1], children[1])
    guard high - low < Double(limits[.work]) else {
      throw tooLarge("the range has \(formatNumber(high - low + 1)) numbers", .work)
    }
    var terms: [Value] = []
    if low <= high {
      for i in Int(low)...Int(high) {
        bound.append((binder.variable, .scalar(graph.constant(Double(i)))))
        indices.append((binder.variable, i))
        defer {
          bound.removeLast()
          indices.removeLast()
        }
        try walk(binder.body)
        let turn = bodies.map { values[$0] ?? .failed([]) }
        // One turn's mistake is most likely every turn's.
        if let failure = failure(among: turn) { return failure }
        if let refusal = refusal(turn, bodies) { return refusal }
        try spend(turn.reduce(1) { $0 + $1.count })
        terms += turn
      }
    }
    return try join(terms, binder)
  }

  private func meaning(of variable: String) -> String? {
    if known(variable) != nil { return "a name of this formula" }
    if Function.constants[variable] != nil { return "a constant" }
    return Function.named[variable] != nil || Reduction.named[variable] != nil ? "a function" : nil
  }

  private func bound(_ value: Value, _ child: Int) throws(FormulaProblem) -> Double {
    guard let scalar = value.scalar else { throw alone(value, child) }
    guard let number = scalar.constantValue, number == number.rounded(), abs(number) < 1e15 else {
      throw .rangeNotWhole(formula.typed(child), value: scalar.constantValue)
    }
    return number
  }

  private func join(_ terms: [Value], _ binder: Formula.Binder) throws(FormulaProblem) -> Value {
    if binder.name == "[" {
      let components = terms.compactMap(\.components).flatMap { $0 }
      guard !components.isEmpty else { throw .notANumber("an empty list") }
      return .vector(components)
    }
    guard let first = terms.first else {
      if binder.name == "mean" { throw .emptyMean }
      return .scalar(graph.constant(binder.name == "sum" ? 0 : 1))
    }
    var result = first
    let operation = binder.name == "prod" ? Operation.multiply : .add
    for term in terms.dropFirst() {
      result = try Value.elementwise([result, term], binder.name) { graph.node(operation, $0) }
    }
    if binder.name == "mean" {
      let count = graph.constant(Double(terms.count))
      result = try Value.elementwise([result, .scalar(count)], "mean") { graph.node(.divide, $0) }
    }
    return result
  }

  private mutating func overRows(
    _ binder: Formula.Binder, _ head: Value, _ child: Int, _ body: Int
  ) throws -> Value {
    guard case .table(let table) = head else {
      throw FormulaProblem.notATable(formula.typed(child))
    }
    guard binder.name == "sum" || binder.name == "mean" else {
      throw FormulaProblem.productOverRows
    }
    let outside = bound
    defer { bound = outside }
    for (place, (_, value)) in bound.enumerated() {
      if case .row = value { bound[place].value = .hiddenRow(inside: binder.variable) }
    }
    bound.append((binder.variable, .row(table)))
    try walk(binder.body)
    let value = values[body] ?? .failed([])
    if let failure = failure(among: [value]) { return failure }
    if let refusal = refusal([value], [body]) { return refusal }
    let sum = try Value.elementwise([value], "sum") { $0[0].summed(over: table) }
    if binder.name == "sum" { return sum }
    let count = graph.constant(Double(table.rowCount))
    return try Value.elementwise([sum, .scalar(count)], "mean") { graph.node(.divide, $0) }
  }
}
