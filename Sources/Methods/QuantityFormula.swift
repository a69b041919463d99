import Diagnostics
import Expressions

/// A formula of quantities: a column, a map, or a line of a method.
///
/// It may name every quantity, the function's own variables and local names, and `identity`.
public struct QuantityFormula: Sendable {
  /// The typed formula.
  public let formula: Formula

  /// Parses a formula.
  ///
  /// - Throws: a `Diagnostic` with the place of the first mistake.
  public init(parsing text: SourceText, limits: Limits = Limits()) throws {
    formula = try Formula(parsing: text, as: .quantities, limits: limits)
  }

  /// The quantities that it names.
  public var quantities: [Quantity] { formula.names.compactMap { Quantity.named[$0] } }

  /// The quantity, if it is the name of one and nothing else.
  public var quantity: Quantity? {
    guard formula.nodes.count == 1, case .name(let name) = formula.nodes[0].kind else { return nil }
    return Quantity.named[name]
  }

  /// Whether it needs second derivatives.
  public var needsHessian: Bool { quantities.contains(where: \.needsHessian) }

  /// Whether all that it names are angles.
  public var isAngle: Bool { !quantities.isEmpty && quantities.allSatisfy(\.isAngle) }

  /// Whether it works with matrices of as many rows as variables.
  public var needsMatrix: Bool {
    needsHessian || !formula.names.allSatisfy { !QuantityFormula.words.contains($0) }
  }

  /// The words that it may use beside quantities and the function's names.
  public static let words = ["identity"]

  /// Its nodes in a situation.
  ///
  /// - Parameter names: what else it may name; these come before all others.
  /// - Throws: every mistake in it, as `Diagnostics`.
  public func elaborate(
    in situation: Situation, names: [String: Value] = [:], limits: Limits = .none,
    budget: Budget? = nil
  ) throws -> Elaboration {
    let model = situation.model
    var values = model.names
    for name in formula.names where names[name] == nil {
      if let quantity = Quantity.named[name] {
        guard let value = quantity.value(in: situation) else {
          throw Diagnostics([problem(.notKnownHere(name), at: name)])
        }
        values[name] = value
      } else if name == "identity" {
        let (zero, one) = (model.graph.constant(0), model.graph.constant(1))
        let upper = (0..<model.dimension).flatMap { i in
          (i..<model.dimension).map { $0 == i ? one : zero }
        }
        values[name] = .matrix(Matrix(SymmetricMatrix(size: model.dimension, upper: upper)))
      }
    }
    values.merge(names) { _, name in name }
    return try formula.elaborate(
      in: model.graph, values: values,
      others: Quantity.all.map(\.name) + QuantityFormula.words, isNumber: false, limits: limits,
      budget: budget)
  }

  /// The number that it stands for at a point, without a step from there.
  ///
  /// - Throws: every mistake in it, as `Diagnostics`.
  public func number(
    at model: LocalModel, limits: Limits = .none, budget: Budget? = nil
  ) throws -> Scalar {
    let value = try elaborate(in: Situation(model), limits: limits, budget: budget).value
    guard case .scalar(let scalar) = value else {
      let problem = QuantityProblem.mapNotANumber(found: value.shape)
      throw Diagnostics([Diagnostic(problem, at: formula.text.place(at: 0))])
    }
    return scalar
  }

  /// A problem at the first place where a name stands.
  func problem(_ problem: QuantityProblem, at name: String) -> Diagnostic {
    let node = formula.nodes.first { $0.kind == .name(name) }
    return Diagnostic(problem, at: formula.text.place(at: node?.anchor ?? 0))
  }
}

/// What can be wrong with a formula of quantities, apart from what can be with any formula.
public enum QuantityProblem: Problem {
  case notKnownHere(String)
  case beforeStep(String)
  case circle([String])
  case wrongStep(what: String, found: String, dimension: Int)
  case rateNotANumber(found: String)
  case mapNotANumber(found: String)
  case unequalState(String, initial: String, next: String)
  case unsymmetricState(String)
  case numberForMatrix(String, shape: String)

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .notKnownHere(let name): "'\(name)' belongs to a step, which is not known here"
    case .beforeStep(let name):
      "a direction is found before '\(name)' is known; write a step instead, as: step -rate*gradient"
    case .circle(let names): "'\(names[0])' needs itself: \(names.joined(separator: " → "))"
    case .wrongStep(let what, let found, let dimension):
      "a \(what) is a vector of \(dimension), one component for each variable, but this is \(found)"
    case .rateNotANumber(let found): "a rate is a number, but this is \(found)"
    case .mapNotANumber(let found):
      "a map shows a number, but this is \(found); take its norm(…), or one component, as gradient[1]"
    case .unequalState(let name, let initial, let next):
      "'\(name)' begins as \(initial), but becomes \(next)"
    case .numberForMatrix(let name, let shape):
      "'\(name)' becomes \(shape), so it begins as one or as 0; write for example identity"
    case .unsymmetricState(let name):
      "'\(name)' becomes a matrix that is not symmetric; only symmetric ones are kept"
    }
  }
}
