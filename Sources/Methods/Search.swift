import Expressions

/// A method's search for an acceptable point: it tries one after the other until one will do.
///
/// What the iterate gives is `kept` and does not change; the `cells` go from trial to trial. Only f, and g
/// where it is asked for, is computed at a trial point.
public struct Search {
  /// What a trial needs of the iterate.
  let kept: Vector
  /// What goes from trial to trial, with its value at the first.
  let cells: Vector
  /// Whether trials need the gradient.
  public let asksForGradient: Bool
  /// Makes a trial.
  let trial: (TrialPoint) -> Trial
}

/// What a trial works with.
public final class TrialPoint {
  private let model: LocalModel
  /// The iterate x.
  public let position: Vector
  /// What the search kept of the iterate.
  public let kept: Vector
  /// What goes from trial to trial.
  public let cells: Vector

  init(_ search: Search, _ model: LocalModel) {
    let graph = model.graph
    self.model = model
    position = model.position
    kept = search.kept.indices.map { graph.input(Input(.kept, $0)) }
    cells = search.cells.indices.map { graph.input(Input(.search, $0)) }
  }

  /// f at another point.
  public func value(at point: Vector) -> Scalar {
    model.graph.substitute(
      Dictionary(uniqueKeysWithValues: zip(position, point)), in: model.value)
  }

  /// ∇f at another point.
  public func gradient(at point: Vector) -> Vector { model.gradient(at: point) }
}

/// The result of a trial.
public struct Trial {
  /// The point that was tried.
  public let candidate: Vector
  /// η, as the trace shows it; nil where there is none.
  public let rate: Scalar?
  /// 0 to try again, 1 to accept, or minus the number of a `Failure`.
  public let verdict: Scalar
  /// What the cells become for the next trial.
  public let cells: Vector
  /// What cells of the workspace become once a point is accepted.
  public let carried: [(cell: Scalar, next: Scalar)]
  /// How far the model says that f falls; nil where no model is asked.
  public var promised: Scalar?
}
