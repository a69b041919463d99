/// A number in a graph, to calculate with as on paper: `step = -rate * gradient`.
///
/// The operators simplify what derivatives and methods produce by the thousand, none of which can
/// change a finite result: 0·u = 0, u + 0 = u, 1·u = u, signs moved outwards, constants folded. They
/// never re-associate. A user's own formula is built without them, node for node (`Elaboration`).
public struct Scalar {
  /// The graph that the node belongs to.
  public let graph: Graph
  /// The node's number.
  let index: Int

  init(_ graph: Graph, _ index: Int) {
    self.graph = graph
    self.index = index
  }

  /// The value, if the node is a constant.
  public var constantValue: Double? {
    if case .constant(let bits) = graph.nodes[index].content {
      Double(bitPattern: bits)
    } else {
      nil
    }
  }

  var isZero: Bool { constantValue == 0 }

  /// What is negated, if the node is a negation.
  var negated: Scalar? {
    guard case .operation(let operation, _) = graph.nodes[index].content,
      operation === Operation.negate
    else {
      return nil
    }
    return graph.arguments(of: index)[0]
  }
}

extension Scalar {
  /// a and b, if the node is a/b.
  var quotient: (numerator: Scalar, denominator: Scalar)? {
    guard case .operation(let operation, _) = graph.nodes[index].content,
      operation === Operation.divide
    else { return nil }
    let arguments = graph.arguments(of: index)
    return (arguments[0], arguments[1])
  }
}

extension Scalar: Hashable {
  /// Two scalars are equal if they are the same node.
  public static func == (left: Scalar, right: Scalar) -> Bool {
    left.index == right.index && left.graph === right.graph
  }

  /// Hashes the node's number.
  public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

extension Scalar {
  /// −u.
  public static prefix func - (u: Scalar) -> Scalar {
    if let inner = u.negated { return inner }
    return u.graph.node(.negate, [u])
  }

  /// u + v.
  public static func + (u: Scalar, v: Scalar) -> Scalar {
    if u.isZero { return v }
    if v.isZero { return u }
    if u == v { return 2 * u }
    if let inner = v.negated { return u - inner }
    if let inner = u.negated { return v - inner }
    return u.graph.node(.add, [u, v])
  }

  /// u − v.
  public static func - (u: Scalar, v: Scalar) -> Scalar {
    if v.isZero { return u }
    if u.isZero { return -v }
    if u == v { return u.graph.constant(0) }
    if let inner = v.negated { return u + inner }
    return u.graph.node(.subtract, [u, v])
  }

  /// u·v.
  public static func * (u: Scalar, v: Scalar) -> Scalar {
    if u.isZero { return u.graph.constant(0) }
    if v.isZero { return u.graph.constant(0) }
    if u.constantValue == 1 { return v }
    if v.constantValue == 1 { return u }
    if u.constantValue == -1 { return -v }
    if v.constantValue == -1 { return -u }
    if let inner = u.negated { return -(inner * v) }
    if let inner = v.negated { return -(u * inner) }
    if u == v { return u.power(2) }
    return u.graph.node(.multiply, [u, v])
  }

  /// u/v.
  public static func / (u: Scalar, v: Scalar) -> Scalar {
    if u.isZero { return u.graph.constant(0) }
    if v.constantValue == 1 { return u }
    if v.constantValue == -1 { return -u }
    if let inner = u.negated { return -(inner / v) }
    if let inner = v.negated { return -(u / inner) }
    return u.graph.node(.divide, [u, v])
  }

  /// c + u.
  public static func + (c: Double, u: Scalar) -> Scalar { u.graph.constant(c) + u }
  /// u + c.
  public static func + (u: Scalar, c: Double) -> Scalar { u + u.graph.constant(c) }
  /// c − u.
  public static func - (c: Double, u: Scalar) -> Scalar { u.graph.constant(c) - u }
  /// u − c.
  public static func - (u: Scalar, c: Double) -> Scalar { u - u.graph.constant(c) }
  /// c·u.
  public static func * (c: Double, u: Scalar) -> Scalar { u.graph.constant(c) * u }
  /// c/u.
  public static func / (c: Double, u: Scalar) -> Scalar { u.graph.constant(c) / u }
  /// u/c.
  public static func / (u: Scalar, c: Double) -> Scalar { u / u.graph.constant(c) }

  /// u < v, as 0 or 1.
  public static func < (u: Scalar, v: Scalar) -> Scalar { u.graph.node(.less, [u, v]) }
  /// u ≤ v, as 0 or 1.
  public static func <= (u: Scalar, v: Scalar) -> Scalar { u.graph.node(.lessOrEqual, [u, v]) }
  /// Whether u equals v, as 0 or 1.
  public func equals(_ v: Scalar) -> Scalar { graph.node(.equal, [self, v]) }
  /// Whether u equals c, as 0 or 1.
  public func equals(_ c: Double) -> Scalar { equals(graph.constant(c)) }
  /// Whether u differs from v, as 0 or 1.
  public func differs(from v: Scalar) -> Scalar { graph.node(.notEqual, [self, v]) }
  /// Whether both are true, as 0 or 1.
  public func and(_ v: Scalar) -> Scalar { graph.node(.and, [self, v]) }
  /// Whether either is true, as 0 or 1.
  public func or(_ v: Scalar) -> Scalar { graph.node(.or, [self, v]) }
  /// `yes` where this is true and `no` elsewhere; the other one's value never leaks in.
  public func select(_ yes: Scalar, _ no: Scalar) -> Scalar {
    if let condition = constantValue { return condition != 0 ? yes : no }
    return yes == no ? yes : graph.node(.select, [self, yes, no])
  }
}

/// Vectors are arrays of scalars.
public typealias Vector = [Scalar]

/// u·v, summed from the first component on.
///
/// - Precondition: equal, positive lengths.
public func dot(_ u: Vector, _ v: Vector) -> Scalar {
  precondition(u.count == v.count && !u.isEmpty)
  return zip(u, v).dropFirst().reduce(u[0] * v[0]) { $0 + $1.0 * $1.1 }
}

/// ‖u‖ without overflow or underflow on the way: |u| for one component, else nested hypotenuses.
///
/// - Precondition: at least one component.
public func norm(_ u: Vector) -> Scalar {
  precondition(!u.isEmpty)
  return u.count == 1 ? u[0].absolute : u[0].graph.node(u.count == 2 ? .hypotenuse : .norm, u)
}
