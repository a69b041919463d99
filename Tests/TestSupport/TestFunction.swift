import CVectorMath
import Diagnostics
import Evaluation
import Expressions

/// A formula in a graph, with what is usually asked of it.
public struct TestFunction {
  /// Where it lives.
  public let graph: Graph
  /// The coordinates, as the program takes them.
  public let inputs: [Input]
  /// The coordinates, as nodes.
  public let variables: [Scalar]
  /// The formula's own node.
  public let f: Scalar

  /// Parses and builds a formula, its variables named with blanks between them.
  public init(_ formula: String, of names: String = "x y", in graph: Graph = Graph()) throws {
    let names = names.split(separator: " ").map(String.init)
    let inputs = names.indices.map { Input(.coordinate, $0) }
    let variables = inputs.map(graph.input)
    let named = Dictionary(uniqueKeysWithValues: zip(names, variables))
    self.graph = graph
    self.inputs = inputs
    self.variables = variables
    f = try Formula(parsing: SourceText(formula)).elaborate(in: graph, names: named).result
  }

  /// The gradient; the same nodes at every call.
  public var gradient: [Scalar] { graph.gradient(of: f, variables) }

  /// The Hessian's upper triangle.
  public var hessian: [Scalar] { graph.hessian(of: gradient, variables) }

  /// The Hessian as a matrix.
  public var matrix: SymmetricMatrix { SymmetricMatrix(size: variables.count, upper: hessian) }

  /// f, g, H, det H and the Newton step with its status.
  public var quantities: [Scalar] {
    let (step, status) = matrix.newtonStep(gradient)
    return [f] + gradient + hessian + [matrix.determinant] + step + [status]
  }

  /// The values of nodes at points: for each node, one number per point.
  public func values(
    of outputs: [Scalar], at points: [[Double]], width: Int? = nil, tier: vm_tier = vm_best_tier()
  ) -> [[Double]] {
    let columns = inputs.indices.map { i in points.map { $0[i] } }
    return Evaluator(Program(computing: outputs, from: inputs), width: width, tier: tier)
      .evaluate(columns)
  }

  /// The values of nodes at one point.
  public func values(of outputs: [Scalar], at point: [Double]) -> [Double] {
    values(of: outputs, at: [point]).map { $0[0] }
  }
}

/// The bits of numbers, to be compared; all NaNs are one, because sign and payload are free.
public func bits(_ values: [[Double]]) -> [[UInt64]] {
  values.map { $0.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern } }
}

/// The 30 formulas of the reference table with their variables, in the order of the file.
public func referenceFormulas() throws -> [(formula: String, variables: String)] {
  var isListed = Set<String>()
  return try ReferenceTable("derivatives").rows.compactMap { row in
    guard let formula = row["formula"], let variables = row["variables"],
      isListed.insert(formula).inserted
    else { return nil }
    return (formula, variables)
  }
}
