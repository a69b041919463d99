import Expressions
import Methods

/// How much arithmetic the parts of a run take, tests for its end apart.
struct OperationCost: Sendable {
  /// At the first point from which a step is proposed.
  private let first: Double
  /// At every other one: what a trial has computed there is not computed again.
  private let later: Double
  /// At a last point from which no step is proposed: f or g, to see that.
  private let last: Double
  /// The part of `first` and `later` that second derivatives take.
  private let hessian: Double
  /// A trial.
  private let trial: Double

  init(_ proposal: Proposal, _ trial: Trial?) {
    let (model, graph) = (proposal.model, proposal.model.graph)
    let (kept, search) = proposal.searchStart
    let outputs =
      (proposal.next ?? []) + proposal.cells.map(\.next) + kept + search + [proposal.status]
      + model.gradient
    let known =
      trial == nil
      ? [] : [model.value] + (proposal.search?.asksForGradient == true ? model.gradient : [])
    first = graph.operationCount(of: outputs)
    later = graph.operationCount(of: outputs, knowing: known)
    last = graph.operationCount(of: model.gradient, knowing: known)
    hessian =
      proposal.usesHessian
      ? later - graph.operationCount(of: outputs, knowing: known + model.hessian.upper) : 0
    self.trial =
      trial.map { trial in
        graph.operationCount(
          of: trial.candidate + trial.cells + trial.carried.map(\.next)
            + [trial.verdict] + (trial.rate.map { [$0] } ?? []))
      } ?? 0
  }

  /// Of a run that visited some points, proposed steps from some of them, and made trials.
  func total(points: Int, proposed: Int, hessians: Int, trials: Int) -> Double {
    let begun = proposed > 0 ? first + Double(proposed - 1) * later : 0
    let kept = Double(max(0, proposed - hessians)) * hessian
    return begun - kept + Double(points - proposed) * last + Double(trials) * trial
  }
}
