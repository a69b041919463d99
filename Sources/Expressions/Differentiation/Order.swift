extension Graph {
  /// The nodes that a node rests on, each before those it is used by, in the order of the syntax: of
  /// two terms of a sum the left one and all below it come *later*.
  ///
  /// A sweep that takes the list from its end therefore meets the terms from left to right, whatever
  /// else the graph holds and whenever it was built.
  ///
  /// - Parameter prunes: nodes that are listed but whose inputs are not entered.
  /// - Complexity: linear in the nodes listed; the stack is explicit.
  func postorder(from roots: [Int], prunes: (Int) -> Bool = { _ in false }) -> [Int] {
    var order: [Int] = []
    var isListed = Set<Int>()
    var stack: [(node: Int, isEntered: Bool)] = roots.map { ($0, false) }
    while let (node, isEntered) = stack.popLast() {
      if isEntered {
        order.append(node)
        continue
      }
      guard isListed.insert(node).inserted else { continue }
      stack.append((node, true))
      if prunes(node) { continue }
      for input in argumentIndices(of: node) where !isListed.contains(Int(input)) {
        stack.append((Int(input), false))
      }
    }
    return order
  }
}
