import CVectorMath
import Expressions

/// Sorts the sums over rows that outputs rest on into groups that one pass over a table can make.
///
/// A sum whose rows need the result of another sum, as those of a variance need the mean, waits for a
/// later pass; all others over the same table share one, and what their rows have in common.
struct RowGroups {
  /// Sums that are made together.
  struct Group {
    let table: Int
    /// How many sums lie one below the other under this one.
    let level: Int
    /// What is summed: nodes with a value for every row.
    var terms: [Int] = []
    /// The nodes that all rows share.
    var shared: [Int] = []
    /// The columns, each with its number.
    var columns: [(node: Int, column: Int)] = []
    fileprivate var isKnown: Set<Int> = []

    /// The program over the rows.
    func compiled(_ graph: Graph) -> RowSums {
      var outputs: [Int] = []
      let sums = terms.map { term in
        let factors = RowGroups.factors(graph, term)
        outputs += factors
        return outputs.count - factors.count..<outputs.count
      }
      var compiler = Compiler(
        graph, outputs: outputs, inputs: columns.map(\.node), uniforms: shared)
      compiler.compile()
      return RowSums(
        table: graph.tables[table], program: Program(compiler, inputs: []),
        columns: columns.map(\.column), sums: sums)
    }
  }

  private(set) var all: [Group] = []
  private var places: [Int: (group: Int, place: Int)] = [:]

  init(_ graph: Graph, _ outputs: [Int]) {
    guard !graph.tables.isEmpty else { return }
    var level = NodeTable<Int>(count: graph.count)
    var stack: [(node: Int, isEntered: Bool)] = outputs.reversed().map { ($0, false) }
    while let (node, isEntered) = stack.popLast() {
      if level[node] != nil { continue }
      let arguments = RowGroups.arguments(graph, node)
      guard isEntered else {
        stack.append((node, true))
        for argument in arguments.reversed() { stack.append((argument, false)) }
        continue
      }
      let below = arguments.reduce(0) { max($0, level[$1] ?? 0) }
      guard case .rowSum(let term, let table) = graph.read(node) else {
        level[node] = below
        continue
      }
      level[node] = below + 1
      guard places[term] == nil else { continue }
      let group =
        all.firstIndex { $0.table == table && $0.level == below } ?? all.count
      if group == all.count { all.append(Group(table: table, level: below)) }
      places[term] = (group, all[group].terms.count)
      all[group].terms.append(term)
    }
    for number in all.indices { complete(number, graph) }
  }

  /// The group of a term and its place there.
  func place(of term: Int) -> (group: Int, place: Int)? { places[term] }

  /// Finds the columns and what all rows share.
  private mutating func complete(_ number: Int, _ graph: Graph) {
    var stack: [Int] = all[number].terms.reversed()
    while let node = stack.popLast() {
      guard all[number].isKnown.insert(node).inserted else { continue }
      if graph.table(of: node) == nil {
        if case .constant = graph.read(node) { continue }
        all[number].shared.append(node)
      } else if case .column(_, let column) = graph.read(node) {
        all[number].columns.append((node, column))
      } else {
        stack += RowGroups.arguments(graph, node).reversed()
      }
    }
    all[number].isKnown = []
  }

  /// The two numbers of a row that a term is the product of, or the term itself: products are made where they
  /// are added up.
  private static func factors(_ graph: Graph, _ term: Int) -> [Int] {
    guard case .kernel(VM_MULTIPLY, _, let factors) = graph.read(term),
      factors.allSatisfy({ graph.table(of: $0) != nil })
    else { return [term] }
    return factors
  }

  private static func arguments(_ graph: Graph, _ node: Int) -> [Int] {
    switch graph.read(node) {
    case .constant, .input, .column: []
    case .kernel(_, _, let arguments), .matrix(_, let arguments): arguments
    case .result(_, let matrix): [matrix]
    case .rowSum(let term, _): [term]
    }
  }
}
