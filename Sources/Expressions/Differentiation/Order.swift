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
    var isListed = takeMarks()
    var stack: [(node: Int, isEntered: Bool)] = roots.map { ($0, false) }
    while let (node, isEntered) = stack.popLast() {
      if isEntered {
        order.append(node)
        continue
      }
      guard isListed[node] == nil else { continue }
      isListed[node] = 1
      stack.append((node, true))
      if prunes(node) { continue }
      for input in argumentIndices(of: node) where isListed[Int(input)] == nil {
        stack.append((Int(input), false))
      }
    }
    giveBack(isListed)
    return order
  }

  /// Empty notes on the nodes there are, for one sweep.
  func takeMarks() -> Marks {
    var marks = spareMarks.popLast() ?? Marks()
    marks.begin(count: count)
    return marks
  }

  /// Keeps notes that are not needed any more for the next sweep: their memory is as large as the graph.
  func giveBack(_ marks: Marks) {
    spareMarks.append(marks)
  }
}

/// Notes on nodes that are forgotten at once when a new sweep begins, without a pass over them.
struct Marks {
  private var sweep: Int32 = 0
  private var sweeps: [Int32] = []
  private var values: [Int32] = []

  /// Forgets all notes, and makes room for nodes up to a number.
  mutating func begin(count: Int) {
    sweep += 1
    if sweeps.count < count {
      // With room to spare, since a graph grows from sweep to sweep.
      let more = count + count / 2 - sweeps.count
      sweeps += [Int32](repeating: 0, count: more)
      values += [Int32](repeating: 0, count: more)
    }
  }

  /// What was noted of a node since the beginning.
  subscript(node: Int) -> Int? {
    get { node < sweeps.count && sweeps[node] == sweep ? Int(values[node]) : nil }
    set {
      guard let newValue else { return }
      sweeps[node] = sweep
      values[node] = Int32(newValue)
    }
  }
}
