extension Graph {
  /// The operations with a kink or a jump in what a node rests on, each name once, in the order of the
  /// formula: `abs`, `min`, `max`, `if`, comparisons and their like.
  ///
  /// One whose arguments do not depend on an input is none, nor is an `if` whose condition does not.
  public func kinks(in scalar: Scalar) -> [String] {
    var varies = [Bool](repeating: false, count: scalar.index + 1)
    for index in 0...scalar.index {
      if case .input = nodes[index].content {
        varies[index] = true
      } else {
        varies[index] = argumentIndices(of: index).contains { varies[Int($0)] }
      }
    }
    var isNeeded = [Bool](repeating: false, count: scalar.index + 1)
    isNeeded[scalar.index] = true
    for index in (0...scalar.index).reversed() where isNeeded[index] {
      for argument in argumentIndices(of: index) { isNeeded[Int(argument)] = true }
    }
    var names: [String] = []
    for index in 0...scalar.index where isNeeded[index] && varies[index] {
      guard case .operation(let operation, _) = nodes[index].content,
        Graph.kinked.contains(operation.name), !names.contains(operation.name)
      else { continue }
      let condition = argumentIndices(of: index).first.map { varies[Int($0)] } ?? false
      if operation !== Operation.select || condition { names.append(operation.name) }
    }
    return names
  }

  private static let kinked: Set<String> = [
    Operation.absolute.name, Operation.sign.name, Operation.minimum.name, Operation.maximum.name,
    Operation.select.name, Operation.relu.name, Operation.less.name, Operation.lessOrEqual.name,
    Operation.equal.name, Operation.notEqual.name, Operation.and.name, Operation.or.name,
    Operation.not.name,
  ]
}
