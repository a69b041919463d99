import Diagnostics
import Expressions

/// A column of traces: a quantity, or a formula of quantities with a name of its own.
///
/// A vector takes a column for each component, a matrix one for each entry, of a symmetric one those of the
/// upper triangle.
public struct TraceColumn: Sendable {
  private enum Content: Sendable {
    case quantity(Quantity)
    case formula(QuantityFormula)
  }

  /// The name, as `columns=` knows it.
  public let name: String
  private let content: Content

  /// The column of a quantity.
  public init(_ quantity: Quantity) {
    name = quantity.name
    content = .quantity(quantity)
  }

  /// A column of its own.
  public init(name: String, _ formula: QuantityFormula) {
    self.name = name
    content = .formula(formula)
  }

  /// Its formula; nil of a quantity.
  public var formula: QuantityFormula? {
    if case .formula(let formula) = content { formula } else { nil }
  }

  private var quantities: [Quantity] {
    switch content {
    case .quantity(let quantity): [quantity]
    case .formula(let formula): formula.quantities
    }
  }

  /// Whether it is of a step, and so empty in a run's last row.
  public var isOfStep: Bool { quantities.contains { $0.subject == .step } }

  /// Whether it needs second derivatives.
  public var needsHessian: Bool { quantities.contains(where: \.needsHessian) }

  /// Whether it works with matrices of as many rows as variables.
  public var needsMatrix: Bool { formula?.needsMatrix ?? needsHessian }

  /// Its heads for a function of some variables, with the node of each: `gradient_x`, `gradient_y`.
  ///
  /// - Throws: `Diagnostics` where a formula does not fit the function.
  public func cells(
    in situation: Situation, variables: [String], limits: Limits = .none, budget: Budget? = nil
  ) throws -> [(head: String, node: Scalar)] {
    let value: Value =
      switch content {
      case .quantity(let quantity): quantity.value(in: situation) ?? .failed([])
      case .formula(let formula):
        try formula.elaborate(in: situation, limits: limits, budget: budget).value
      }
    // Eigenvalues are as many as variables, but not theirs.
    let isByVariable = !quantities.contains { $0.name == Quantity.eigenvalues.name }
    func label(_ place: Int, of count: Int) -> String {
      isByVariable && count == variables.count ? variables[place] : "\(place + 1)"
    }
    switch value {
    case .scalar(let scalar): return [(name, scalar)]
    case .vector(let vector):
      return vector.enumerated().map {
        ("\(name)_\(label($0.offset, of: vector.count))", $0.element)
      }
    case .matrix(let matrix):
      let first = matrix.symmetric == nil ? 0 : 1
      return (0..<matrix.rows).flatMap { i in
        (first * i..<matrix.columns).map { j in
          (
            "\(name)_\(label(i, of: matrix.rows))_\(label(j, of: matrix.columns))",
            matrix.entries[i * matrix.columns + j]
          )
        }
      }
    default: return []
    }
  }
}
