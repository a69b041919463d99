import Expressions

/// A number or vector that can be asked for at every point: a trace column and, later, a map and a word
/// in users' methods.
///
/// Adding one: a file in `Quantities` with a static value, and its name in `all`.
public struct Quantity: Sendable {
  /// The name, as it is typed and as its column is headed.
  public let name: String
  /// What it is, its formula first.
  public let summary: String
  /// Whether it needs second derivatives.
  public let needsHessian: Bool
  /// Whether it is one of the step that is taken, and so does not exist in a run's last row.
  public let isOfStep: Bool
  /// The quantity's node.
  let build: @Sendable (LocalModel, Proposal) -> Scalar

  init(
    _ name: String, _ summary: String, needsHessian: Bool = false, isOfStep: Bool = false,
    build: @escaping @Sendable (LocalModel, Proposal) -> Scalar
  ) {
    self.name = name
    self.summary = summary
    self.needsHessian = needsHessian
    self.isOfStep = isOfStep
    self.build = build
  }

  init(
    _ name: String, _ summary: String, needsHessian: Bool = false,
    build: @escaping @Sendable (LocalModel) -> Scalar
  ) {
    self.init(name, summary, needsHessian: needsHessian) { model, _ in build(model) }
  }

  /// The quantity of a step that is proposed.
  public func scalar(of model: LocalModel, _ proposal: Proposal) -> Scalar {
    build(model, proposal)
  }

  /// Every quantity, in the order of the trace's columns.
  public static let all: [Quantity] = [
    .value, .gradientNorm, .determinant, .minEigenvalue, .maxEigenvalue, .criticalRate, .stepRate,
    .stepNorm, .angle,
  ]

  /// The columns of a trace of a function of n variables: second derivatives only up to n = 3.
  public static func columns(dimension n: Int) -> [Quantity] {
    all.filter { n <= 3 || !$0.needsHessian }
  }
}
