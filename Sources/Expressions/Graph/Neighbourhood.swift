/// A formula around a point: its values where a few coordinates differ from the point's.
///
/// A value costs the nodes that rest on the coordinates that differ, not the whole formula.
public final class Neighbourhood {
  /// The point.
  public let position: Vector

  private let formula: Layout
  /// By place, what the formula's node is at the point.
  private let images: [Int]

  /// Creates the neighbourhood of the point whose coordinates are the variables themselves.
  ///
  /// - Parameters:
  ///   - f: any node.
  ///   - variables: distinct inputs.
  public init(of f: Scalar, _ variables: Vector) {
    formula = Layout(of: f, variables)
    position = variables
    images = formula.order
  }

  private init(_ other: Neighbourhood, at position: Vector) {
    self.position = position
    formula = other.formula
    images = formula.moved(other.images, position.indices.map { ($0, position[$0]) })
  }

  /// The neighbourhood of another point.
  public func moved(to position: Vector) -> Neighbourhood { Neighbourhood(self, at: position) }

  /// The formula at the point with some of its coordinates replaced.
  ///
  /// Once the graph is full it is not to be trusted.
  public func value(_ moves: [(coordinate: Int, to: Scalar)] = []) -> Scalar {
    formula.value(images, moves)
  }
}

/// How the nodes of a formula rest on each other, and on which of its variables.
private final class Layout {
  let graph: Graph
  /// The nodes, each after those that it rests on; the formula itself is the last.
  let order: [Int]
  /// By place in the order, the places of a node's inputs.
  private let inputs: [[Int]]
  /// By place in the order, the places of the nodes that it is an input of.
  private let readers: [[Int]]
  /// The places of the variables; nil for one that the formula does not have.
  private let variables: [Int?]
  /// By variable, the places that rest on it, in their order.
  private var cones: [Int: [Int]] = [:]
  /// By place, what has been built; −1 where nothing has.
  private var built: [Int]

  init(of f: Scalar, _ variables: Vector) {
    let graph = f.graph
    self.graph = graph
    order = graph.postorder(from: [f.index])
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    inputs = order.map { node in graph.argumentIndices(of: node).compactMap { places[Int($0)] } }
    var readers = [[Int]](repeating: [], count: order.count)
    for (place, below) in inputs.enumerated() {
      for input in below where readers[input].last != place { readers[input].append(place) }
    }
    self.readers = readers
    self.variables = variables.map { places[$0.index] }
    built = [Int](repeating: -1, count: order.count)
  }

  /// The formula with some of its variables moved.
  func value(_ images: [Int], _ moves: [(coordinate: Int, to: Scalar)]) -> Scalar {
    let cone = moves.dropFirst().reduce(moves.first.map { self.cone(of: $0.coordinate) } ?? []) {
      merged($0, self.cone(of: $1.coordinate))
    }
    build(cone, images, moves)
    let last = order.count - 1
    let value = Scalar(graph, built[last] < 0 ? images[last] : built[last])
    for place in cone { built[place] = -1 }
    return value
  }

  /// All nodes of the formula with some of its variables moved.
  func moved(_ images: [Int], _ moves: [(coordinate: Int, to: Scalar)]) -> [Int] {
    var images = images
    build(Array(order.indices), images, moves)
    for place in order.indices where built[place] >= 0 {
      images[place] = built[place]
      built[place] = -1
    }
    return images
  }

  /// Builds what differs from the images, which is among the nodes of a cone.
  private func build(
    _ cone: [Int], _ images: [Int], _ moves: [(coordinate: Int, to: Scalar)]
  ) {
    for (coordinate, to) in moves {
      if let place = variables[coordinate] { built[place] = to.index }
    }
    for place in cone where built[place] < 0 {
      if graph.isFull { break }
      let node = order[place]
      guard case .operation(let operation, let parameter) = graph.nodes[node].content else {
        continue
      }
      let arguments = inputs[place].map { Scalar(graph, built[$0] < 0 ? images[$0] : built[$0]) }
      let value =
        graph.isRowSum(node)
        ? arguments[0].summed(over: graph.table(ofSum: node))
        : graph.node(operation, arguments, parameter: parameter)
      built[place] = value.index
    }
  }

  /// The places that rest on a variable, its own among them.
  private func cone(of variable: Int) -> [Int] {
    if let known = cones[variable] { return known }
    var cone: Set<Int> = []
    var waiting = variables[variable].map { [$0] } ?? []
    while let place = waiting.popLast() {
      if cone.insert(place).inserted { waiting += readers[place] }
    }
    let sorted = cone.sorted()
    cones[variable] = sorted
    return sorted
  }

  /// Two ascending lists as one, each number once.
  private func merged(_ first: [Int], _ second: [Int]) -> [Int] {
    var all: [Int] = []
    all.reserveCapacity(first.count + second.count)
    var (i, j) = (0, 0)
    while i < first.count || j < second.count {
      let a = i < first.count ? first[i] : .max
      let b = j < second.count ? second[j] : .max
      all.append(min(a, b))
      if a <= b { i += 1 }
      if b <= a { j += 1 }
    }
    return all
  }
}
