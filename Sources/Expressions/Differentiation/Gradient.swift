/// Exact derivatives: more nodes in the same graph.
extension Graph {
  /// The gradient ∂f/∂v for each of the variables, by one sweep backwards through f.
  ///
  /// Contributions to an adjoint are added in the order of f's own syntax, so the bits do not depend on
  /// what else was built. Below an `if`, `min` or `max` each branch is differentiated on its own, and
  /// the derivative is the choice between the results: a pole in the branch not taken cannot leak in. A
  /// sum over rows is swept by itself, and gives one sum over rows for every number that its rows share.
  ///
  /// - Parameters:
  ///   - f: any node.
  ///   - variables: distinct inputs.
  /// - Returns: one node per variable; a constant 0 where f does not depend on it.
  /// - Complexity: a small multiple of the nodes of f, times the number of branches where some are
  ///   nested.
  public func gradient(of f: Scalar, _ variables: [Scalar]) -> [Scalar] {
    let numbers = Dictionary(
      uniqueKeysWithValues: variables.enumerated().map { ($1.index, $0) })
    let order = postorder(from: [f.index])
    // Branches first, innermost before outer: the order lists a node after all below it.
    var choices: [Int: [Partial]] = [:]
    for node in order where isChoice(node) {
      let (condition, yes, no) = choice(node)
      let first = Sweep(of: yes.index, in: self, numbers, choices).run()
      let second = Sweep(of: no.index, in: self, numbers, choices).run()
      choices[node] = chosen(condition, first, second)
      if isFull { break }
    }
    var gradient = [Scalar](repeating: constant(0), count: variables.count)
    for (variable, value) in Sweep(of: f.index, in: self, numbers, choices).run() {
      gradient[variable] = value
    }
    return gradient
  }

  /// The choice between two gradients, for every variable that either has a derivative for.
  private func chosen(_ condition: Scalar, _ yes: [Partial], _ no: [Partial]) -> [Partial] {
    let zero = constant(0)
    var result: [Partial] = []
    var (i, j) = (0, 0)
    while i < yes.count || j < no.count {
      let variable = min(
        i < yes.count ? yes[i].variable : .max, j < no.count ? no[j].variable : .max)
      var (first, second) = (zero, zero)
      if i < yes.count, yes[i].variable == variable {
        first = yes[i].value
        i += 1
      }
      if j < no.count, no[j].variable == variable {
        second = no[j].value
        j += 1
      }
      result.append((variable, condition.select(first, second)))
    }
    return result
  }

  /// The Hessian's upper triangle, row by row: H₁₁, H₁₂, …, H₁ₙ, H₂₂, …, Hₙₙ.
  ///
  /// - Complexity: n sweeps through the gradient.
  public func hessian(of gradient: [Scalar], _ variables: [Scalar]) -> [Scalar] {
    gradient.indices.flatMap { row in
      let rest = Array(variables[row...])
      return isFull || gradient[row].constantValue != nil
        ? rest.map { _ in constant(0) } : self.gradient(of: gradient[row], rest)
    }
  }

  private func isChoice(_ node: Int) -> Bool {
    guard case .operation(let operation, _) = nodes[node].content else { return false }
    switch operation.derivative {
    case .choice, .branches: return true
    case .partials, .rowSum, .zero, .none: return false
    }
  }

  /// The condition and the two branches of a node that chooses.
  private func choice(_ node: Int) -> (condition: Scalar, yes: Scalar, no: Scalar) {
    let inputs = arguments(of: node)
    guard case .operation(let operation, _) = nodes[node].content,
      case .branches(let condition) = operation.derivative
    else { return (inputs[0], inputs[1], inputs[2]) }
    return (condition(inputs), inputs[0], inputs[1])
  }
}

/// A derivative and the number of its variable.
///
/// Gradients of branches are lists of them, by number: of many variables each branch may know few.
private typealias Partial = (variable: Int, value: Scalar)

/// One sweep backwards from a node.
///
/// Nodes that choose end it: their gradients are known already.
private struct Sweep {
  private let graph: Graph
  /// The variables' numbers, by their nodes.
  private let numbers: [Int: Int]
  private let choices: [Int: [Partial]]
  /// What the node rests on, each before those it is used by.
  private let order: [Int]
  /// Whether each node of the order rests on any of the variables.
  private let depends: [Bool]
  /// Where each node stands in the order.
  private let place: Marks
  private var adjoints: [Scalar?]
  /// What reaches the variables through nodes that choose.
  private var behindChoices: [Int: Scalar] = [:]

  init(
    of root: Int, in graph: Graph, _ numbers: [Int: Int], _ choices: [Int: [Partial]]
  ) {
    self.graph = graph
    self.numbers = numbers
    self.choices = choices
    let order = graph.postorder(from: [root]) { choices[$0] != nil }
    var place = graph.takeMarks()
    for (number, node) in order.enumerated() { place[node] = number }
    var depends = [Bool](repeating: false, count: order.count)
    // Nodes that choose rest on them too, although the order does not list what is below.
    for (number, node) in order.enumerated() {
      depends[number] =
        graph.isInput(node) && numbers[node] != nil || choices[node] != nil
        || graph.argumentIndices(of: node).contains { input in
          place[Int(input)].map { depends[$0] } ?? false
        }
    }
    self.order = order
    self.place = place
    self.depends = depends
    adjoints = [Scalar?](repeating: nil, count: order.count)
  }

  /// The derivatives, by the numbers of their variables.
  consuming func run() -> [Partial] {
    adjoints[order.count - 1] = graph.constant(1)
    for number in order.indices.reversed() where !graph.isFull {
      let node = order[number]
      guard depends[number], let adjoint = adjoints[number] else { continue }
      if let gradient = choices[node] {
        for (variable, value) in gradient { add(adjoint * value, behindChoice: variable) }
      } else if graph.isRowSum(node) {
        sweepRows(below: node, adjoint)
      } else {
        for (input, contribution) in contributions(node, adjoint) { add(contribution, to: input) }
      }
    }
    var gradient = behindChoices
    for (place, node) in order.enumerated() where graph.isInput(node) {
      guard let variable = numbers[node], let adjoint = adjoints[place] else { continue }
      gradient[variable] = gradient[variable].map { adjoint + $0 } ?? adjoint
    }
    graph.giveBack(place)
    return gradient.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Sweeps the rows of a sum with the adjoint 1: what reaches a number that all rows share is summed over
  /// the rows, and then counts as often as the sum itself.
  private mutating func sweepRows(below sum: Int, _ outer: Scalar) {
    let root = graph.arguments(of: sum)[0].index
    let rows = graph.postorder(from: [root]) {
      choices[$0] != nil || !Scalar(graph, $0).isOfRows
    }
    var rowPlace = graph.takeMarks()
    for (number, node) in rows.enumerated() { rowPlace[node] = number }
    var rowAdjoints = [Scalar?](repeating: nil, count: rows.count)
    rowAdjoints[rows.count - 1] = graph.constant(1)
    let table = graph.table(ofSum: sum)
    for number in rows.indices.reversed() where !graph.isFull {
      let node = rows[number]
      guard let adjoint = rowAdjoints[number], place[node].map({ depends[$0] }) ?? false else {
        continue
      }
      if !Scalar(graph, node).isOfRows {
        add(outer * adjoint.summed(over: table), to: node)
      } else if let gradient = choices[node] {
        for (variable, value) in gradient where !value.isZero {
          add(outer * (adjoint * value).summed(over: table), behindChoice: variable)
        }
      } else {
        for (input, contribution) in contributions(node, adjoint) {
          guard let target = rowPlace[input] else { continue }
          rowAdjoints[target] = rowAdjoints[target].map { $0 + contribution } ?? contribution
        }
      }
    }
    graph.giveBack(rowPlace)
  }

  /// What a node passes on to each of its inputs that rest on the variables.
  private func contributions(_ node: Int, _ adjoint: Scalar) -> [(input: Int, Scalar)] {
    guard case .operation(let operation, _) = graph.nodes[node].content,
      case .partials(let partials) = operation.derivative
    else { return [] }
    let inputs = graph.arguments(of: node)
    let isNeeded = inputs.map { place[$0.index].map { depends[$0] } ?? false }
    return zip(inputs, zip(isNeeded, partials(Scalar(graph, node), inputs))).compactMap {
      guard $1.0, let partial = $1.1 else { return nil }
      return ($0.index, adjoint.passed(through: partial))
    }
  }

  private mutating func add(_ contribution: Scalar, to node: Int) {
    guard let target = place[node] else { return }
    adjoints[target] = adjoints[target].map { $0 + contribution } ?? contribution
  }

  private mutating func add(_ contribution: Scalar, behindChoice variable: Int) {
    behindChoices[variable] = behindChoices[variable].map { $0 + contribution } ?? contribution
  }
}

extension Scalar {
  /// u·p for a partial derivative p, where p = a/b as (u·a)/b: of log(eˣ + eʸ) 1/b alone underflows in second
  /// derivatives for x beyond 370, though they are moderate.
  fileprivate func passed(through partial: Scalar) -> Scalar {
    if let inner = partial.negated { return -passed(through: inner) }
    guard let (numerator, denominator) = partial.quotient else { return self * partial }
    return self * numerator / denominator
  }
}
