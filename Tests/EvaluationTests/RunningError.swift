@testable import Expressions

extension Graph {
  /// ε·Σ|∂f/∂node · node| over all nodes that are computed for f, constants among them: how far
  /// rounding can move f, to first order.
  func runningError(of f: Scalar) -> Scalar {
    let order = computedNodes(of: number(of: f))
    var adjoints: [Int: Scalar] = [number(of: f): constant(1)]
    var sum = constant(0)
    for number in order.reversed() {
      guard let adjoint = adjoints[number] else { continue }
      let node = Scalar(self, number)
      sum = sum + (adjoint * node).absolute
      guard case .operation(let operation, _) = nodes[number].content else { continue }
      let inputs = computedArguments(of: number).map { Scalar(self, $0) }
      for (input, partial) in zip(inputs, partials(operation, node, inputs)) {
        guard let partial else { continue }
        adjoints[input.index] = (adjoints[input.index] ?? constant(0)) + adjoint * partial
      }
    }
    return 0x1p-52 * sum
  }

  private func partials(_ operation: Operation, _ node: Scalar, _ u: [Scalar]) -> [Scalar?] {
    let (zero, one) = (constant(0), constant(1))
    switch operation.derivative {
    case .partials(let partials): return partials(node, u)
    case .choice: return [nil, u[0].select(one, zero), u[0].select(zero, one)]
    case .branches(let condition):
      return [condition(u).select(one, zero), condition(u).select(zero, one)]
    case .rowSum: preconditionFailure("measured without data")
    case .zero, .none: return u.map { _ in nil }
    }
  }

  /// The inputs of a node, definitions opened.
  private func computedArguments(of number: Int) -> [Int] {
    argumentIndices(of: number).map { Int(nodes[Int($0)].definition) }
  }

  /// The nodes that a program for f computes, inputs before those that use them.
  private func computedNodes(of root: Int) -> [Int] {
    var order: [Int] = []
    var isListed = Set<Int>()
    var stack = [(node: root, isEntered: false)]
    while let (node, isEntered) = stack.popLast() {
      if isEntered {
        order.append(node)
      } else if isListed.insert(node).inserted {
        stack.append((node, true))
        stack += computedArguments(of: node).map { ($0, false) }
      }
    }
    return order
  }
}
