import Diagnostics

/// Walks the tree once, and the bodies of what repeats once for every turn.
struct Elaborator {
  /// Nobody reads more.
  private static let mostProblems = 100
  /// How deep repetitions may stand in each other: each is a call of its own.
  static let deepestRepetition = 32

  let formula: Formula
  let graph: Graph
  let limits: Limits
  private let budget: Budget
  private let keepsParts: Bool
  private let names: [String: Value]
  private let others: [String]
  /// The names of what repeats around a node; the last of one name counts.
  var bound: [(name: String, value: Value)] = []
  var values: [Value?]
  /// For the first node of each body, the node that repeats it.
  private var owners: [Int: Int] = [:]
  /// The nodes that name what a sum runs over.
  private var tableNames: Set<Int> = []
  /// The nodes that a column is asked of, with its name.
  private var rows: [Int: String] = [:]
  var indices: [(name: String, value: Int)] = []
  var problems: [Diagnostic] = []
  private var partOfNode: [Int] = []
  private(set) var parts: [Elaboration.Part] = []
  private(set) var statuses: [Scalar] = []

  init(
    _ formula: Formula, _ graph: Graph, _ names: [String: Value], _ others: [String],
    keepsParts: Bool, _ limits: Limits, _ budget: Budget
  ) {
    self.formula = formula
    self.graph = graph
    self.names = names
    self.others = others
    self.keepsParts = keepsParts
    self.limits = limits
    self.budget = budget
    values = [Value?](repeating: nil, count: formula.nodes.count)
    if keepsParts { partOfNode = [Int](repeating: -1, count: formula.nodes.count) }
    for (position, node) in formula.nodes.enumerated() {
      if case .field(let column) = node.kind, let row = formula.arguments(of: node).first {
        rows[row] = column
      }
      if case .binder(let number) = node.kind {
        owners[formula.binders[number].body.lowerBound] = position
        if !formula.binders[number].isRange, let head = formula.arguments(of: node).first {
          tableNames.insert(head)
        }
      }
    }
  }

  mutating func build(isNumber: Bool) throws -> Value {
    try walk(formula.nodes.indices)
    let root = formula.nodes.count - 1
    let value = values[root] ?? .failed([])
    switch value {
    case .failed(let unsaid): problems += unsaid
    case .scalar: break
    case .vector, .matrix:
      if isNumber { report(.notANumber(value.shape), at: formula.nodes[root].anchor) }
    case .table, .row, .hiddenRow, .text:
      report(alone(value, root), at: formula.nodes[root].anchor)
    }
    guard problems.isEmpty else { throw allProblems }
    return value
  }

  private var allProblems: Diagnostics {
    var seen = Set<Place?>()
    return Diagnostics(problems.filter { seen.insert($0.place).inserted })
  }

  mutating func report(_ problem: FormulaProblem, at anchor: Int) {
    problems.append(Diagnostic(problem, at: formula.text.place(at: anchor)))
  }

  /// Gives every node of a range its value; bodies are left to what repeats them.
  mutating func walk(_ range: Range<Int>) throws {
    var position = range.lowerBound
    while position < range.upperBound {
      if position > range.lowerBound, let owner = owners[position] { position = owner }
      let node = formula.nodes[position]
      try spend(cost(of: node))
      do {
        if case .binder(let number) = node.kind {
          values[position] = try repeated(position, formula.binders[number])
        } else {
          values[position] = try value(of: node, position)
        }
      } catch let problem as FormulaProblem {
        values[position] = fail(problem, node)
      }
      if keepsParts { keepPart(position) }
      guard graph.count <= limits[.operations] else { throw tooManyOperations }
      guard problems.count < Elaborator.mostProblems else { throw allProblems }
      position += 1
    }
  }

  /// The components that are made for a node.
  private func cost(of node: Formula.Node) -> Int {
    let children = formula.arguments(of: node)
    func count(_ child: Int) -> Int { values[child]?.count ?? 1 }
    if node.kind == .index {
      // A component is there already; a row of a matrix is not.
      if case .matrix(let matrix)? = values[children[children.startIndex]] { return matrix.columns }
      return 1
    }
    if node.kind == .call("*"), case .matrix(let left)? = values[children[children.startIndex]],
      case .matrix(let right)? = values[children[children.startIndex + 1]]
    {
      return left.entries.count * right.columns
    }
    return 1 + children.reduce(0) { $0 + count($1) }
  }

  /// Takes steps from the budget; what makes more than a function may have is refused before.
  func spend(_ steps: Int) throws {
    guard steps <= limits[.operations] else { throw tooManyOperations }
    do {
      try budget.spend(steps)
    } catch {
      throw Diagnostics([Diagnostic(error, at: formula.text.place(at: 0))])
    }
  }

  private var tooManyOperations: Diagnostics {
    tooLarge("the formula needs too many operations", .operations)
  }

  func tooLarge(_ what: String, _ name: Limits.Name) -> Diagnostics {
    Diagnostics([
      Diagnostic(
        LimitProblem(what, name: name, limit: limits[name]), at: formula.text.place(at: 0))
    ])
  }

  /// An index out of range does not matter in a branch that is not taken; all else is said at once.
  private mutating func fail(_ problem: FormulaProblem, _ node: Formula.Node) -> Value {
    let diagnostic = Diagnostic(problem, at: formula.text.place(at: node.anchor))
    switch problem {
    case .indexOutOfRange, .indexFromZero: return .failed([diagnostic])
    default:
      problems.append(diagnostic)
      return .failed([])
    }
  }

  private mutating func keepPart(_ position: Int) {
    partOfNode[position] = -1
    guard case .scalar(let scalar)? = values[position], !scalar.isOfRows else { return }
    let node = formula.nodes[position]
    partOfNode[position] = parts.count
    parts.append(
      Elaboration.Part(
        node: position, scalar: scalar,
        arguments: formula.arguments(of: node).map { partOfNode[$0] }.filter { $0 >= 0 },
        indices: indices))
  }

  // MARK: - Nodes

  private mutating func value(of node: Formula.Node, _ position: Int) throws(FormulaProblem)
    -> Value
  {
    let children = formula.arguments(of: node)
    let arguments = children.map { values[$0] ?? .failed([]) }
    switch node.kind {
    case .number(let value): return .scalar(graph.constant(value))
    case .text(let text): return .text(text)
    case .name(let name):
      if known(name) == nil {
        if tableNames.contains(position) { throw unknownTable(name) }
        if let column = rows[position] {
          throw Function.constants[FormulaProblem.plain(column)] != nil
            ? .dottedConstant(name, column) : .notARow(name, column: column)
        }
      }
      return try named(name)
    case .field(let column):
      return try field(column, of: arguments[0], children[children.startIndex])
    case .index: return try component(arguments, Array(children))
    case .list: return try list(arguments, Array(children))
    case .call(let name): return try call(name, arguments, Array(children))
    case .binder: preconditionFailure("what repeats is built by itself")
    }
  }

  /// What a name stands for; nil if nothing gave it a meaning.
  func known(_ name: String) -> Value? {
    bound.last { $0.name == name }?.value ?? names[name]
  }

  private func named(_ name: String) throws(FormulaProblem) -> Value {
    if let value = known(name) { return value }
    if let value = Function.constants[name] { return .scalar(graph.constant(value)) }
    if let function = Function.named[name] {
      throw .functionWithoutArguments(name, usage: function.usage)
    }
    if let reduction = Reduction.named[name] {
      throw .functionWithoutArguments(name, usage: reduction.usage)
    }
    if let function = matrixFunction(name) {
      throw .functionWithoutArguments(name, usage: function.usage)
    }
    if ["inf", "infinity", "nan"].contains(name.lowercased()) { throw .notFinite(name) }
    let own = names.count > 1000 ? [] : names.keys.sorted()
    let known = own + others + bound.map(\.name) + Function.constants.keys.sorted()
    var hint = suggestion(for: name, among: known)
    if hint.isEmpty, let ours = FormulaProblem.foreignNames[name], Function.constants[ours] != nil {
      hint = "; write \(ours)"
    }
    throw .unknownName(name, suggestion: hint)
  }

  private func unknownTable(_ name: String) -> FormulaProblem {
    let tables = names.filter { if case .table = $0.value { true } else { false } }.keys
    return .unknownTable(name, tables: tables.sorted())
  }

  /// The first of the arguments that failed, its findings joined with the others'.
  func failure(among arguments: [Value]) -> Value? {
    var unsaid: [Diagnostic] = []
    var isFailed = false
    for case .failed(let findings) in arguments {
      isFailed = true
      unsaid += findings
    }
    return isFailed ? .failed(unsaid) : nil
  }

  /// What to say of a value that cannot be calculated with.
  func alone(_ value: Value, _ position: Int) -> FormulaProblem {
    let typed = formula.typed(position)
    return switch value {
    case .table: .tableAlone(typed)
    case .row: .rowAlone(typed)
    case .hiddenRow(let inside): .hiddenRow(typed, inside: inside)
    case .text: .textAlone
    case .scalar, .vector, .matrix, .failed: .notANumber(value.shape)
    }
  }

  /// Says which of the arguments cannot be calculated with, where each of them stands; nil if all can.
  mutating func refusal(_ arguments: [Value], _ children: [Int]) -> Value? {
    var isRefused = false
    for (argument, child) in zip(arguments, children) where argument.components == nil {
      report(alone(argument, child), at: formula.nodes[child].anchor)
      isRefused = true
    }
    return isRefused ? .failed([]) : nil
  }

  private mutating func list(_ arguments: [Value], _ children: [Int]) throws(FormulaProblem)
    -> Value
  {
    if let failure = failure(among: arguments) { return failure }
    if let refusal = refusal(arguments, children) { return refusal }
    let components = arguments.compactMap(\.components).flatMap { $0 }
    guard !components.isEmpty else { throw .expectedOperand(found: "']'") }
    return .vector(components)
  }

  // MARK: - Components

  private func component(_ arguments: [Value], _ children: [Int]) throws(FormulaProblem) -> Value {
    if let failure = failure(among: arguments) { return failure }
    // Only errors say how it was typed.
    var name: String { formula.typed(children[0]) }
    let wanted = Array(arguments.dropFirst())
    switch arguments[0] {
    case .scalar: throw .indexing(name)
    case .vector(let vector):
      guard wanted.count == 1 else { throw .indexCount(name, found: wanted.count, wanted: 1) }
      let i = try index(wanted[0], children, 1, vector.count, "component")
      return .scalar(vector[i - 1])
    case .matrix(let matrix):
      guard wanted.count <= 2 else { throw .indexCount(name, found: wanted.count, wanted: 2) }
      let i = try index(wanted[0], children, 1, matrix.rows, "row")
      guard wanted.count == 2 else { return .vector(matrix.row(i - 1)) }
      let j = try index(wanted[1], children, 2, matrix.columns, "column")
      return .scalar(matrix.entries[(i - 1) * matrix.columns + j - 1])
    case .row(let table):
      guard wanted.count == 1 else { throw .indexCount(name, found: wanted.count, wanted: 1) }
      if case .text(let column) = wanted[0] {
        return try field(column, of: arguments[0], children[0])
      }
      let i = try whole(wanted[0], children[1])
      guard (1...table.columns.count).contains(i) else {
        throw .columnNumber(i, table: table.name, count: table.columns.count)
      }
      return .scalar(graph.column(i - 1, of: table))
    case .table, .hiddenRow, .text, .failed: throw alone(arguments[0], children[0])
    }
  }

  private func index(
    _ value: Value, _ children: [Int], _ number: Int, _ count: Int, _ what: String
  ) throws(FormulaProblem) -> Int {
    let i = try whole(value, children[number])
    if i == 0 { throw .indexFromZero(formula.typed(children[0])) }
    guard (1...count).contains(i) else {
      throw .indexOutOfRange(formula.typed(children[0]), index: i, count: count, of: what)
    }
    return i
  }

  private func whole(_ value: Value, _ child: Int) throws(FormulaProblem) -> Int {
    guard let scalar = value.scalar else { throw alone(value, child) }
    guard let number = scalar.constantValue, number == number.rounded(), abs(number) < 1e15 else {
      throw .indexNotWhole(formula.typed(child), value: scalar.constantValue)
    }
    return Int(number)
  }

  private func field(_ column: String, of row: Value, _ child: Int) throws(FormulaProblem)
    -> Value
  {
    guard case .row(let table) = row else {
      let typed = formula.typed(child)
      if case .failed = row { return row }
      if case .hiddenRow(let inside) = row { throw .hiddenRow(typed, inside: inside) }
      throw .notARow(typed, column: column)
    }
    guard let number = table.index(of: column) else {
      throw .unknownColumn(
        column, table: table.name, columns: table.columns,
        suggestion: suggestion(for: column, among: table.columns))
    }
    return .scalar(graph.column(number, of: table))
  }

  // MARK: - Calls

  private mutating func call(_ name: String, _ arguments: [Value], _ children: [Int])
    throws(FormulaProblem)
    -> Value
  {
    if name == "count" { return try count(arguments, children) }
    if name == "if", arguments.count == 3, let choice = arguments[0].scalar?.constantValue {
      return arguments[choice != 0 ? 1 : 2]
    }
    if let failure = failure(among: arguments), isKnown(name) { return failure }
    if isKnown(name), let refusal = refusal(arguments, children) { return refusal }
    if let build = Elaborator.operators[name] {
      if formula.language == .quantities { try checkMatrix(name, arguments) }
      switch name {
      case "*": return try Value.product(arguments[0], arguments[1])
      case "^": if case .matrix = arguments[0] { throw .matrixPower }
      default: break
      }
      return try Value.elementwise(arguments, name == "negate" ? "-" : name) { build(graph, $0) }
    }
    if let reduction = Reduction.named[name] {
      if reduction.parameters.count == 1, arguments.count > 1,
        arguments.allSatisfy({ $0.scalar != nil })
      {
        let typed = children.map { formula.typed($0) }.joined(separator: ", ")
        throw .listWanted(name, typed: typed)
      }
      return try reduce(reduction, arguments)
    }
    if let function = matrixFunction(name) {
      let result = try function.call(arguments)
      if let status = result.status { statuses.append(status) }
      return result.value
    }
    guard let function = Function.named[name] else { throw unknown(name) }
    let count = function.parameters.count
    if function.isVariadic, arguments.count == 1, case .vector(let vector) = arguments[0] {
      return .scalar(vector.dropFirst().reduce(vector[0]) { function.build([$0, $1]) })
    }
    guard arguments.count == count || (function.isVariadic && arguments.count > count) else {
      throw .wrongArgumentCount(name, usage: function.usage, found: arguments.count)
    }
    return try Value.elementwise(arguments, name) { scalars in
      if !function.isVariadic { return function.build(scalars) }
      return scalars.dropFirst().reduce(scalars[0]) { function.build([$0, $1]) }
    }
  }

  /// Refuses what people write who mean the algebra of matrices, not their entries.
  private func checkMatrix(_ name: String, _ arguments: [Value]) throws(FormulaProblem) {
    func isMatrix(_ value: Value) -> Bool { if case .matrix = value { true } else { false } }
    guard arguments.count == 2 else { return }
    if name == "/", isMatrix(arguments[1]) { throw .divisionByMatrix }
    if name == "+" || name == "-", isMatrix(arguments[0]) != isMatrix(arguments[1]),
      arguments.contains(where: { $0.scalar != nil })
    {
      throw .numberAndMatrix(name)
    }
  }

  private func matrixFunction(_ name: String) -> MatrixFunction? {
    formula.language == .quantities ? MatrixFunction.named[name] : nil
  }

  private func isKnown(_ name: String) -> Bool {
    Elaborator.operators[name] != nil || Function.named[name] != nil || Reduction.named[name] != nil
      || matrixFunction(name) != nil
  }

  private func unknown(_ name: String) -> FormulaProblem {
    if known(name) != nil || Function.constants[name] != nil { return .variableCalled(name) }
    if MatrixFunction.named[name] != nil { return .onlyOfQuantities(name) }
    if let ours = FormulaProblem.foreignNames[name], isKnown(ours) {
      return .unknownFunction(name, suggestion: "; write \(ours)(…)")
    }
    if let typedOut = FormulaProblem.typedOut[name] {
      return .unknownFunction(name, suggestion: "; write \(typedOut)")
    }
    var known = Function.all.map(\.name) + Reduction.all.map(\.name) + ["count"]
    if formula.language == .quantities { known += MatrixFunction.all.map(\.name) }
    return .unknownFunction(name, suggestion: suggestion(for: name, among: known))
  }

  private func reduce(_ reduction: Reduction, _ arguments: [Value]) throws(FormulaProblem) -> Value
  {
    let count = reduction.parameters.count
    guard arguments.count == count else {
      throw .wrongArgumentCount(reduction.name, usage: reduction.usage, found: arguments.count)
    }
    let vectors = arguments.compactMap(\.components)
    guard arguments.allSatisfy({ $0.scalar == nil }),
      vectors.allSatisfy({ $0.count == vectors[0].count })
    else { throw .notVectors(reduction.name, usage: reduction.usage) }
    return .scalar(reduction.build(vectors))
  }

  private func count(_ arguments: [Value], _ children: [Int]) throws(FormulaProblem) -> Value {
    guard arguments.count == 1 else {
      throw .wrongArgumentCount("count", usage: "count(NAME)", found: arguments.count)
    }
    switch arguments[0] {
    case .table(let table): return .scalar(graph.constant(Double(table.rowCount)))
    case .vector(let vector): return .scalar(graph.constant(Double(vector.count)))
    case .failed: return arguments[0]
    default: throw .notATable(formula.typed(children[0]))
    }
  }

  private static let operators: [String: @Sendable (Graph, Vector) -> Scalar] = [
    "+": { $0.node(.add, $1) },
    "-": { $0.node(.subtract, $1) },
    "*": { $0.node(.multiply, $1) },
    "/": { $0.node(.divide, $1) },
    "^": { $1[0].power($1[1]) },
    "negate": { $0.node(.negate, $1) },
    "<": { $0.node(.less, $1) },
    "<=": { $0.node(.lessOrEqual, $1) },
    ">": { $0.node(.less, $1.reversed()) },
    ">=": { $0.node(.lessOrEqual, $1.reversed()) },
    "==": { $0.node(.equal, $1) },
    "!=": { $0.node(.notEqual, $1) },
    "and": { $0.node(.and, $1) },
    "or": { $0.node(.or, $1) },
    "not": { $0.node(.not, $1) },
  ]
}
