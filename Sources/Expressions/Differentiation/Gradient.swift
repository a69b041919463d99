/// Exact derivatives: more nodes in the same graph.
extension Graph {
  /// The gradient ∂f/∂v for each of the variables, by one sweep backwards through f.
  ///
  /// Contributions to an adjoint are added in the order of f's own syntax, so the bits do not depend on
  /// what else was built. Below an `if`, `min` or `max` each branch is differentiated on its own, and
  /// the derivative is the choice between the results: a pole in the branch not taken cannot leak in.
  ///
  /// - Parameters:
  ///   - f: any node.
  ///   - variables: distinct inputs.
  /// - Returns: one node per variable; a constant 0 where f does not depend on it.
  /// - Complexity: a small multiple of the nodes of f, times the number of branches where some are
  ///   nested.
  public func gradient(of f: Scalar, _ variables: [Scalar]) -> [Scalar] {
    let order = postorder(from: [f.index])
    let position = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let depends = dependence(order, position, on: variables, [:])
    // Branches first, innermost before outer: the order lists a node after all below it.
    var choices: [Int: [Scalar]] = [:]
    for node in order where depends[position[node, default: 0]] {
      if let (condition, yes, no) = choice(node) {
        let first = sweep(from: yes.index, variables, choices)
        let second = sweep(from: no.index, variables, choices)
        choices[node] = zip(first, second).map { condition.select($0, $1) }
      }
    }
    return sweep(from: f.index, variables, choices)
  }

  /// The Hessian's upper triangle, row by row: H₁₁, H₁₂, …, H₁ₙ, H₂₂, …, Hₙₙ.
  ///
  /// - Complexity: n sweeps through the gradient.
  public func hessian(of gradient: [Scalar], _ variables: [Scalar]) -> [Scalar] {
    gradient.indices.flatMap { row in
      self.gradient(of: gradient[row], Array(variables[row...]))
    }
  }

  /// Whether each node of an order rests on any of the variables.
  ///
  /// Nodes that choose do, if they are among `choices`, although the order does not list what is
  /// below them.
  private func dependence(
    _ order: [Int], _ position: [Int: Int], on variables: [Scalar], _ choices: [Int: [Scalar]]
  ) -> [Bool] {
    let wanted = Set(variables.map(\.index))
    var depends = [Bool](repeating: false, count: order.count)
    for (place, node) in order.enumerated() {
      depends[place] =
        wanted.contains(node) || choices[node] != nil
        || argumentIndices(of: node).contains { input in
          position[Int(input)].map { depends[$0] } ?? false
        }
    }
    return depends
  }

  /// The condition and the two branches of a node that chooses, nil for all others.
  private func choice(_ node: Int) -> (condition: Scalar, yes: Scalar, no: Scalar)? {
    guard case .operation(let operation, _) = nodes[node].content else { return nil }
    let inputs = arguments(of: node)
    switch operation.derivative {
    case .choice: return (inputs[0], inputs[1], inputs[2])
    case .branches(let condition): return (condition(inputs), inputs[0], inputs[1])
    case .partials, .zero, .none: return nil
    }
  }

  /// One reverse sweep.
  ///
  /// Nodes that choose end it: their gradients are known already.
  private func sweep(
    from root: Int, _ variables: [Scalar], _ choices: [Int: [Scalar]]
  ) -> [Scalar] {
    let order = postorder(from: [root]) { choices[$0] != nil }
    let position = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let depends = dependence(order, position, on: variables, choices)
    let zero = constant(0)
    var adjoints = [Scalar?](repeating: nil, count: order.count)
    var behindChoices = [Scalar](repeating: zero, count: variables.count)
    adjoints[order.count - 1] = constant(1)
    for place in order.indices.reversed() {
      let node = order[place]
      guard let adjoint = adjoints[place] else { continue }
      if let gradient = choices[node] {
        for i in variables.indices { behindChoices[i] = behindChoices[i] + adjoint * gradient[i] }
        continue
      }
      guard depends[place], case .operation(let operation, _) = nodes[node].content,
        case .partials(let partials) = operation.derivative
      else { continue }
      let inputs = arguments(of: node)
      let isNeeded = inputs.map { input in
        position[input.index].map { depends[$0] } ?? false
      }
      for (i, partial) in partials(Scalar(self, node), inputs).enumerated() where isNeeded[i] {
        guard let partial, let target = position[inputs[i].index] else { continue }
        let contribution = adjoint * partial
        adjoints[target] = adjoints[target].map { $0 + contribution } ?? contribution
      }
    }
    return variables.indices.map { i in
      let direct = position[variables[i].index].flatMap { adjoints[$0] } ?? zero
      return direct + behindChoices[i]
    }
  }
}
