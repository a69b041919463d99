import Diagnostics

/// A formula turned into nodes of a graph: one node for each node of its tree.
public struct Elaboration {
  /// The typed formula.
  public let formula: Formula
  /// The graph's node of each node of `formula`.
  public let scalars: [Scalar]

  /// The whole formula's node.
  public var result: Scalar { scalars[scalars.count - 1] }
}

extension Formula {
  /// Builds the formula in a graph, node for node: nothing is simplified but constants.
  ///
  /// - Parameters:
  ///   - graph: where the nodes go.
  ///   - names: what the names stand for; constants and functions need not be among them.
  ///   - limits: bounds the graph's size.
  /// - Throws: every unknown name, unknown function and wrong number of arguments, as `Diagnostics`.
  public func elaborate(
    in graph: Graph, names: [String: Scalar], limits: Limits = Limits()
  ) throws -> Elaboration {
    var scalars: [Scalar] = []
    scalars.reserveCapacity(nodes.count)
    var problems: [Diagnostic] = []
    for node in nodes {
      let arguments = arguments(of: node).map { scalars[$0] }
      do throws(FormulaProblem) {
        scalars.append(try build(node, arguments, graph, names))
      } catch {
        problems.append(Diagnostic(error, at: text.place(at: node.anchor)))
        scalars.append(graph.constant(.nan))  // lets the search for further mistakes go on
      }
      guard graph.count <= limits[.operations] else {
        throw Diagnostics([
          Diagnostic(
            LimitProblem(
              "the formula needs more than \(limits[.operations]) operations", name: .operations,
              limit: limits[.operations]), at: text.place(at: 0))
        ])
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    return Elaboration(formula: self, scalars: scalars)
  }

  private func build(
    _ node: Node, _ arguments: [Scalar], _ graph: Graph, _ names: [String: Scalar]
  ) throws(FormulaProblem) -> Scalar {
    switch node.kind {
    case .number(let value): return graph.constant(value)
    case .name(let name):
      if let scalar = names[name] { return scalar }
      if let value = Function.constants[name] { return graph.constant(value) }
      if let function = Function.named[name] {
        throw .functionWithoutArguments(name, usage: function.usage)
      }
      let known = names.keys.sorted() + Function.constants.keys.sorted()
      throw .unknownName(name, suggestion: suggestion(for: name, among: known))
    case .call(let name):
      if let build = Formula.operators[name] { return build(graph, arguments) }
      guard let function = Function.named[name] else {
        if names[name] != nil || Function.constants[name] != nil { throw .variableCalled(name) }
        throw .unknownFunction(
          name, suggestion: suggestion(for: name, among: Function.all.map(\.name)))
      }
      let count = function.parameters.count
      guard arguments.count == count || (function.isVariadic && arguments.count > count) else {
        throw .wrongArgumentCount(name, usage: function.usage, found: arguments.count)
      }
      if !function.isVariadic { return function.build(arguments) }
      return arguments.dropFirst().reduce(arguments[0]) { function.build([$0, $1]) }
    }
  }

  private static let operators: [String: @Sendable (Graph, [Scalar]) -> Scalar] = [
    "+": { $0.node(.add, $1) },
    "-": { $0.node(.subtract, $1) },
    "*": { $0.node(.multiply, $1) },
    "/": { $0.node(.divide, $1) },
    "^": { $1[0].power($1[1]) },
    "negate": { $0.node(.negate, $1) },
    "<": { $0.node(.less, $1) },
    "<=": { $0.node(.lessOrEqual, $1) },
    ">": { $0.node(.less, $1.reversed()) },
    ">=": { $0.node(.lessOrEqual, $1.reversed()) },
    "==": { $0.node(.equal, $1) },
    "!=": { $0.node(.notEqual, $1) },
    "and": { $0.node(.and, $1) },
    "or": { $0.node(.or, $1) },
    "not": { $0.node(.not, $1) },
  ]

  /// The value of a formula without variables, such as `2*pi` or `1/3`.
  ///
  /// - Throws: `Diagnostics` for a name that is no constant, and a value that is not finite.
  public func constant() throws -> Double {
    let value: Double?
    do {
      value = try elaborate(in: Graph(), names: [:]).result.constantValue
    } catch let error as Diagnostics {
      throw error
    }
    guard let value, value.isFinite else {
      throw Diagnostics([
        Diagnostic(
          FormulaProblem.constantNotFinite(value ?? .nan), at: text.place(at: 0))
      ])
    }
    return value
  }
}
