import Expressions

/// Which way a method goes from a point, before a rate says how far.
///
/// Adding one: a file in `Directions` with a static value, and its name in `all`.
public struct Direction: Sendable {
  /// The name, as it is typed behind `method`.
  public let name: String
  /// One line of help.
  public let summary: String
  /// The rate where the user gives none; nil if the user must.
  public let defaultRate: Double?
  /// The direction d of the step x⁺ = x + ηd, and the status of finding it (see `Failure`); nil where
  /// it cannot fail.
  let build: @Sendable (LocalModel) -> (direction: Vector, status: Scalar?)

  /// Whether it asks for the Hessian.
  public var needsHessian: Bool {
    let x = Graph().input(Input(.coordinate))
    let model = LocalModel(value: x * x, position: [x])
    _ = build(model)
    return model.usesHessian
  }

  /// Every direction, in the order of the guide.
  public static let all: [Direction] = [.gradient, .newton]
  /// The directions by name.
  public static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// Why a method could not propose a step, as its status node counts: 0 is none of them.
public enum Failure: Int, Sendable {
  /// The linear system of the method has no solution.
  case singular = 1
  /// A derivative that the method needs is not finite.
  case notFinite = 2
}

/// A step that is proposed from a point, all of it nodes over the inputs of a lane.
public struct Proposal {
  /// η.
  public let rate: Scalar
  /// x⁺ − x as the method has it, before x⁺ is rounded.
  public let step: Vector
  /// x⁺ = x + step.
  public let next: Vector
  /// 0, or the number of a `Failure`.
  public let status: Scalar
  /// Whether the method asked for the Hessian.
  public let usesHessian: Bool

  /// Lets a direction propose from a point with a fixed rate.
  ///
  /// - Precondition: nobody asked `model` for its Hessian before, or `usesHessian` may be too true.
  public init(_ direction: Direction, rate: Scalar, at model: LocalModel) {
    let found = direction.build(model)
    self.rate = rate
    step = found.direction.map { rate * $0 }
    next = zip(model.position, step).map { $0 + $1 }
    status = found.status ?? model.graph.constant(0)
    usesHessian = model.usesHessian
  }
}
