import Diagnostics
import Methods

extension SpecParser {
  /// Reports the methods that would need a Hessian too large to calculate with, and the functions whose
  /// Hessian takes more operations than allowed.
  mutating func checkHessians() {
    let needing = methods.filter(\.direction.needsHessian)
    guard !needing.isEmpty else { return }
    let others = Direction.all.filter { !$0.needsHessian }.map(\.name)
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
}
