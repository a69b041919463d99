extension Graph {
  /// The directional second derivative dᵀHd of f, without H: two forward sweeps along d.
  ///
  /// d is held constant although it may rest on the point, as the gradient does: the sweeps run along
  /// a placeholder that d then replaces.
  ///
  /// - Complexity: a small multiple of the nodes of f, for every dimension.
  public func secondDerivative(of f: Scalar, _ variables: [Scalar], along direction: [Scalar])
    -> Scalar
  {
    let held = variables.indices.map { input(Input(.direction, $0)) }
    let slope = tangent(of: f, variables, along: held)
    let curvature = tangent(of: slope, variables, along: held)
    return substitute(Dictionary(uniqueKeysWithValues: zip(held, direction)), in: curvature)
  }

  /// The gradient of dᵀHd with d held: the third derivatives contracted twice with d, no n³ of them built.
  ///
  /// - Complexity: a small multiple of the nodes of f.
  public func thirdDerivative(of f: Scalar, _ variables: [Scalar], along direction: [Scalar])
    -> [Scalar]
  {
    let held = variables.indices.map { input(Input(.direction, $0)) }
    let curvature = tangent(
      of: tangent(of: f, variables, along: held), variables, along: held)
    let replacements = Dictionary(uniqueKeysWithValues: zip(held, direction))
    return gradient(of: curvature, variables).map { substitute(replacements, in: $0) }
  }

  /// The derivative of H along d, held: the third derivatives contracted once, upper triangle row by row.
  ///
  /// - Complexity: that of a Hessian.
  public func hessianDerivative(of f: Scalar, _ variables: [Scalar], along direction: [Scalar])
    -> [Scalar]
  {
    let held = variables.indices.map { input(Input(.direction, $0)) }
    let slope = tangent(of: f, variables, along: held)
    let replacements = Dictionary(uniqueKeysWithValues: zip(held, direction))
    return hessian(of: gradient(of: slope, variables), variables).map {
      substitute(replacements, in: $0)
    }
  }

  /// The directional derivative of f along d: one sweep forwards.
  func tangent(of f: Scalar, _ variables: [Scalar], along direction: [Scalar]) -> Scalar {
    tangents(of: [f], variables, along: direction)[0]
  }

  /// The directional derivatives of nodes along d: one sweep forwards for all of them.
  public func tangents(of roots: [Scalar], _ variables: [Scalar], along direction: [Scalar])
    -> [Scalar]
  {
    let zero = constant(0)
    var tangents = Dictionary(uniqueKeysWithValues: zip(variables.map(\.index), direction))
    for node in postorder(from: roots.map(\.index)) where tangents[node] == nil {
      guard case .operation(let operation, _) = nodes[node].content else { continue }
      let inputs = arguments(of: node)
      guard inputs.contains(where: { tangents[$0.index] != nil }) else { continue }
      func tangent(_ i: Int) -> Scalar { tangents[inputs[i].index] ?? zero }
      switch operation.derivative {
      case .choice: tangents[node] = inputs[0].select(tangent(1), tangent(2))
      case .branches(let condition):
        tangents[node] = condition(inputs).select(tangent(0), tangent(1))
      case .partials(let partials):
        var sum = zero
        for (i, partial) in partials(Scalar(self, node), inputs).enumerated() {
          if let partial, tangents[inputs[i].index] != nil { sum = sum + partial * tangent(i) }
        }
        tangents[node] = sum
      case .rowSum: tangents[node] = tangent(0).summed(over: table(ofSum: node))
      case .zero: continue
      case .none: preconditionFailure("\(operation.name) is not differentiated")
      }
    }
    return roots.map { tangents[$0.index] ?? zero }
  }

  /// A node with inputs replaced by other nodes.
  public func substitute(_ replacements: [Scalar: Scalar], in root: Scalar) -> Scalar {
    var images = Dictionary(
      uniqueKeysWithValues: replacements.map { ($0.key.index, $0.value) })
    for index in postorder(from: [root.index]) where images[index] == nil {
      guard case .operation(let operation, let parameter) = nodes[index].content else { continue }
      // A copy: a slice would keep the graph's array from growing in place.
      let inputs = Array(argumentIndices(of: index))
      guard inputs.contains(where: { images[Int($0)] != nil }) else { continue }
      let replaced = inputs.map { images[Int($0)] ?? Scalar(self, Int($0)) }
      images[index] =
        isRowSum(index)
        ? replaced[0].summed(over: table(ofSum: index))
        : node(operation, replaced, parameter: parameter)
    }
    return images[root.index] ?? root
  }
}
