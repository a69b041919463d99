import Diagnostics

/// A formula turned into nodes of a graph.
public struct Elaboration {
  /// A sub-formula where it stands for one number, once for every turn of what repeats it.
  public struct Part {
    /// Its place among the formula's nodes.
    public let node: Int
    /// Its node in the graph.
    public let scalar: Scalar
    /// The parts that it is made of.
    public let arguments: [Int]
    /// The indices of the repetitions around it.
    public let indices: [(name: String, value: Int)]
  }

  /// The typed formula.
  public let formula: Formula
  /// What it stands for.
  public let value: Value
  /// Every sub-formula, if they were asked for; rows of data are left out.
  public let parts: [Part]
  /// Of every linear system in it, 0 where it was solved; see `SymmetricMatrix.newtonStep`.
  public let statuses: [Scalar]

  /// The number that the formula stands for.
  ///
  /// - Precondition: it is one; `Formula.elaborate` says so.
  public var result: Scalar {
    guard let scalar = value.scalar else { preconditionFailure("the formula is no number") }
    return scalar
  }
}

extension Formula {
  /// Builds a formula that is a number, node for node: nothing is simplified but constants.
  ///
  /// - Parameters:
  ///   - graph: where the nodes go.
  ///   - names: what the names stand for; constants and functions need not be among them.
  ///   - limits: bounds the graph's size.
  /// - Throws: every mistake in the formula, as `Diagnostics`.
  public func elaborate(
    in graph: Graph, names: [String: Scalar], limits: Limits = Limits()
  ) throws -> Elaboration {
    try elaborate(in: graph, values: names.mapValues { .scalar($0) }, limits: limits)
  }

  /// Builds a formula, its names standing for anything.
  ///
  /// - Parameters:
  ///   - others: names that mean something too, though not here: they are suggested.
  ///   - isNumber: whether the whole must be a number.
  ///   - keepsParts: whether to list the sub-formulas.
  ///   - budget: the steps that it may take; nil allows what `limits` do.
  public func elaborate(
    in graph: Graph, values: [String: Value], others: [String] = [], isNumber: Bool = true,
    keepsParts: Bool = false, limits: Limits = Limits(), budget: Budget? = nil
  ) throws -> Elaboration {
    var elaborator = Elaborator(
      self, graph, values, others, keepsParts: keepsParts, limits, budget ?? Budget(limits))
    let value = try elaborator.build(isNumber: isNumber)
    return Elaboration(
      formula: self, value: value, parts: elaborator.parts, statuses: elaborator.statuses)
  }

  /// The value of a formula without variables, such as `2*pi` or `1/3`.
  ///
  /// - Throws: `Diagnostics` for a name that is no constant, and a value that is not finite.
  public func constant(
    _ names: [String: Double] = [:], limits: Limits = Limits(), budget: Budget? = nil
  ) throws -> Double {
    try constants(names, isNumber: true, limits: limits, budget: budget)[0]
  }

  /// The values of a formula without variables; vectors and lists laid out.
  public func constants(
    _ names: [String: Double] = [:], isNumber: Bool = false, limits: Limits = Limits(),
    budget: Budget? = nil
  ) throws -> [Double] {
    let graph = Graph()
    let elaboration = try elaborate(
      in: graph, values: names.mapValues { .scalar(graph.constant($0)) }, isNumber: isNumber,
      limits: limits, budget: budget)
    return try (elaboration.value.components ?? []).map { component in
      let value = component.constantValue ?? .nan
      guard value.isFinite else {
        throw Diagnostics([
          Diagnostic(FormulaProblem.constantNotFinite(value), at: text.place(at: 0))
        ])
      }
      return value
    }
  }
}
