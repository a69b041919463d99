import Expressions

/// What quantities are of: an iterate, and the step that is taken from it as far as it is known.
public struct Situation {
  /// f at the iterate, its derivatives exact.
  public let model: LocalModel
  /// f at the iterate as the method sees it, maybe by differences.
  public let methodModel: LocalModel
  /// η of the step.
  public var rate: Scalar?
  /// x⁺ − x.
  public var step: Vector?
  /// k.
  public var iteration: Scalar?

  /// A point that no method steps from.
  public init(_ model: LocalModel) {
    self.init(model, methodModel: model)
  }

  /// A point of a run.
  public init(
    _ model: LocalModel, methodModel: LocalModel, rate: Scalar? = nil, step: Vector? = nil,
    iteration: Scalar? = nil
  ) {
    self.model = model
    self.methodModel = methodModel
    self.rate = rate
    self.step = step
    self.iteration = iteration
  }

  /// An iterate with the step that is proposed from it.
  public init(_ model: LocalModel, _ proposal: Proposal) {
    self.init(
      model, methodModel: proposal.model, rate: proposal.rate, step: proposal.step,
      iteration: model.graph.input(Input(.iteration)))
  }

  /// An iterate with any step from it, all of its nodes inputs.
  public static func anyStep(of model: LocalModel) -> Situation {
    let graph = model.graph
    return Situation(
      model, methodModel: model, rate: graph.input(Input(.rate)),
      step: model.position.indices.map { graph.input(Input(.direction, $0)) },
      iteration: graph.input(Input(.iteration)))
  }
}
