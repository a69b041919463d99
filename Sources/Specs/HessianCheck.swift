import Diagnostics
import Methods

extension SpecParser {
  /// Reports the methods that would need a Hessian too large to calculate with, and the functions whose
  /// Hessian takes more operations than allowed.
  mutating func checkHessians() {
    checkSquares()
    checkMinima()
    let others = Direction.all.filter { !$0.needsHessian }.map(\.name)
    let needing = methods.filter(\.direction.needsHessian)
    guard !needing.isEmpty else { return }
    for draft in functions {
      let spec = draft.spec
      guard spec.dimension <= FunctionSpec.greatestHessian else {
        for method in needing {
          findings.report(
            SpecProblem.hessianTooLarge(
              method: method.direction.name, function: spec.name, dimension: spec.dimension,
              others: others),
            at: method.line.rest.place(at: 0))
        }
        continue
      }
      let budget = findings.budget
      guard let (model, _) = findings.collect({ try spec.model(limits: limits, budget: budget) })
      else { continue }
      _ = model.hessian
      guard findings.spend(model.graph.count, at: draft.line.place) else { return }
      if model.graph.isFull {
        findings.report(
          tooManyOperations("the Hessian of \(spec.name)"), at: draft.line.rest.place(at: 0))
      }
    }
  }

  /// Reports the methods whose rate needs the least value of a function that tells none.
  private mutating func checkMinima() {
    let names = Set(
      experiment.methods.flatMap { method in
        method.rates.compactMap { rate in
          if case .rule(let rule, _, _) = rate { rule.name } else { nil }
        }
      })
    guard names.contains("polyak") else { return }
    for draft in functions where draft.spec.minima.isEmpty {
      findings.report(
        SpecProblem.noMinimumForPolyak(draft.spec.name), at: draft.line.rest.place(at: 0))
    }
  }

  /// Reports the methods for sums of squares beside functions that are none.
  private mutating func checkSquares() {
    let needing = methods.filter(\.direction.needsSquares)
    guard !needing.isEmpty else { return }
    let budget = findings.budget
    for draft in functions where !findings.isClosed {
      guard
        let (model, _) = findings.collect({
          try draft.spec.model(limits: limits, budget: budget)
        }), model.graph.squares(in: model.value) == nil
      else { continue }
      for method in needing {
        findings.report(
          SpecProblem.notASumOfSquares(method: method.direction.name, function: draft.spec.name),
          at: method.line.rest.place(at: 0))
      }
    }
  }
}
