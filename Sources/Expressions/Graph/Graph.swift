import Diagnostics

/// The formulas of one function: nodes that exist once each, however often they are asked for.
///
/// A node is a constant, an input or an operation on earlier nodes. **The graph alone decides bits**:
/// a node's value depends on the node and its inputs only, never on what else was built, because
/// nothing is re-associated, and because the order of a product's factors, which is free, follows a
/// hash of their structure and not the order of creation.
///
/// Building a node costs a look-up. A graph belongs to one task; programs compiled from it are
/// values that may go anywhere.
public final class Graph {
  /// What a node is.
  enum Content: Equatable {
    case constant(UInt64)
    case input(Input)
    /// A column of a table, both by number: one value for every row.
    case column(table: Int, column: Int)
    case operation(Operation, parameter: Int)

    static func == (left: Content, right: Content) -> Bool {
      switch (left, right) {
      case (.constant(let a), .constant(let b)): a == b
      case (.input(let a), .input(let b)): a == b
      case (.column(let a, let i), .column(let b, let j)): a == b && i == j
      case (.operation(let a, let k), .operation(let b, let l)): a.identity == b.identity && k == l
      default: false
      }
    }
  }

  struct Node {
    let content: Content
    let firstInput: Int32
    let inputCount: Int32
    /// The table whose every row gives the node a value of its own; −1 for the rest.
    let table: Int32
    /// The node that computes this one, for operations defined by others; itself otherwise.
    var definition: Int32
    /// A hash of the structure below, the same in every process and however the node came to be.
    let hash: UInt64
    /// The next node with the same hash.
    var next: Int32
  }

  private(set) var nodes: [Node] = []
  private(set) var inputs: [Int32] = []
  private var newest: [UInt64: Int32] = [:]
  /// The tables that its sums run over.
  public private(set) var tables: [DataTable] = []
  /// The greatest number of nodes: derivatives that need more are given up, and `isFull` says so.
  private let limit: Int
  /// Scratch of sweeps that are over.
  var spareMarks: [Marks] = []

  /// Creates an empty graph.
  ///
  /// - Parameter limit: the greatest number of nodes that derivatives may lead to.
  public init(limit: Int = .max) {
    self.limit = limit
  }

  /// Whether there are more nodes than allowed, one of many inputs counted as several; derivatives are then not
  /// to be trusted.
  public var isFull: Bool { nodes.count > limit || inputs.count / 4 > limit }

  /// The number of nodes.
  public var count: Int { nodes.count }

  /// A constant.
  public func constant(_ value: Double) -> Scalar {
    let bits = value.isNaN ? Double.nan.bitPattern : value.bitPattern
    return Scalar(self, intern(.constant(bits), [], hash: mix(1, bits)))
  }

  /// An input: a coordinate, a rate, or whatever else differs from lane to lane.
  public func input(_ input: Input) -> Scalar {
    Scalar(self, intern(.input(input), [], hash: mix(2, input.hash)))
  }

  /// The value of a column in the row at hand, counted from 0.
  func column(_ number: Int, of table: DataTable) -> Scalar {
    let place = tables.firstIndex { $0 === table } ?? tables.count
    if place == tables.count { tables.append(table) }
    let hash = mix(mix(3, Operation.hash(table.name)), UInt64(number))
    return Scalar(
      self, intern(.column(table: place, column: number), [], hash: hash, table: Int32(place)))
  }

  /// An operation on nodes; folded where all of them are constants, and not simplified otherwise.
  func node(_ operation: Operation, _ arguments: [Scalar], parameter: Int = 0) -> Scalar {
    var arguments = arguments
    if operation.isCommutative, nodes[arguments[1].index].hash < nodes[arguments[0].index].hash {
      arguments.swapAt(0, 1)
    }
    if let folded = fold(operation, arguments, parameter: parameter) { return constant(folded) }
    let hash = arguments.reduce(mix(operation.identity, UInt64(bitPattern: Int64(parameter)))) {
      mix($0, nodes[$1.index].hash)
    }
    var table: Int32 = -1
    if operation !== Operation.rowSum {
      for argument in arguments where nodes[argument.index].table >= 0 {
        precondition(
          table < 0 || table == nodes[argument.index].table, "one table's rows at a time")
        table = nodes[argument.index].table
      }
    }
    let before = nodes.count
    let result = Scalar(
      self,
      intern(
        .operation(operation, parameter: parameter), arguments.map { Int32($0.index) }, hash: hash,
        table: table))
    if nodes.count > before, case .definition(let build) = operation.implementation {
      let definition = build(arguments)
      nodes[result.index].definition = nodes[definition.index].definition
    }
    return result
  }

  /// The inputs of a node.
  func arguments(of index: Int) -> [Scalar] {
    argumentIndices(of: index).map { Scalar(self, Int($0)) }
  }

  func isInput(_ index: Int) -> Bool {
    if case .input = nodes[index].content { true } else { false }
  }

  /// The inputs of a node, as node numbers.
  func argumentIndices(of index: Int) -> ArraySlice<Int32> {
    let node = nodes[index]
    return inputs[Int(node.firstInput)..<Int(node.firstInput + node.inputCount)]
  }

  private func intern(
    _ content: Content, _ arguments: [Int32], hash: UInt64, table: Int32 = -1
  ) -> Int {
    let first = newest[hash] ?? -1
    var candidate = first
    while candidate >= 0 {
      if nodes[Int(candidate)].content == content,
        argumentIndices(of: Int(candidate)).elementsEqual(arguments)
      {
        return Int(candidate)
      }
      candidate = nodes[Int(candidate)].next
    }
    let index = nodes.count
    nodes.append(
      Node(
        content: content, firstInput: Int32(inputs.count), inputCount: Int32(arguments.count),
        table: table, definition: Int32(index), hash: hash, next: first))
    inputs.append(contentsOf: arguments)
    newest[hash] = Int32(index)
    return index
  }
}

/// What differs from lane to lane.
public struct Input: Hashable, Sendable {
  /// What the input stands for.
  public enum Role: UInt64, Sendable {
    /// A coordinate of the point.
    case coordinate
    /// A component of a fixed direction.
    case direction
    /// The learning rate.
    case rate
    /// A coordinate of the starting point.
    case start
    /// A number that the method or the loop carries from one iteration to the next.
    case state
    /// A tolerance or bound of the loop.
    case bound
    /// The number of the iteration.
    case iteration
    /// What a search keeps of the iterate.
    case kept
    /// What a search carries from trial to trial.
    case search
  }

  /// What it stands for.
  public let role: Role
  /// Which one of that kind.
  public let index: Int

  /// Creates an input.
  public init(_ role: Role, _ index: Int = 0) {
    self.role = role
    self.index = index
  }

  var hash: UInt64 { mix(role.rawValue + 11, UInt64(index)) }
}

/// The finaliser of SplitMix64 over a pair: no pattern of inputs survives it.
private func mix(_ first: UInt64, _ second: UInt64) -> UInt64 {
  var z = (first ^ (second &+ 0x9e37_79b9_7f4a_7c15 &+ (first << 6) &+ (first >> 2)))
  z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
  z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
  return z ^ (z >> 31)
}
