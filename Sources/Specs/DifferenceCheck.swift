import Diagnostics
import Expressions
import Methods

extension SpecParser {
  /// What a method with differences needs of them: its own derivatives and those of its rates.
  private struct Need: Hashable {
    let kind: Differences.Kind
    /// Of the highest derivative.
    let order: Int

    /// As an error calls it: `the Hessian of f by central differences`.
    func text(_ function: String) -> String {
      let derivatives = ["gradient", "Hessian", "third derivatives"]
      return "the \(derivatives[order - 1]) of \(function) by \(kind.rawValue) differences"
    }
  }

  /// Reports the methods whose differences take more operations than allowed: every point of a difference is one
  /// more f in the graph.
  mutating func checkDifferences() {
    for function in functions where !findings.isClosed {
      var known: [Need: Bool] = [:]
      for (method, place) in zip(experiment.methods, methodPlaces) where !findings.isClosed {
        guard let kind = method.differences?.kind else { continue }
        if let rule = method.hessianRule, function.spec.dimension > FunctionSpec.greatestHessian {
          findings.report(
            SpecProblem.rateHessianTooLarge(
              rate: rule.name, function: function.spec.name, dimension: function.spec.dimension,
              others: Rate.all.filter { !$0.needsHessian }.map(\.name)), at: place)
          continue
        }
        let need = Need(
          kind: kind, order: max(method.direction.order, method.hessianRule == nil ? 1 : 2))
        guard let fits = known[need] ?? self.fits(need, function, at: place) else { return }
        known[need] = fits
        if !fits {
          findings.report(tooManyOperations(need.text(function.spec.name)), at: place)
        }
      }
    }
  }

  /// Whether the differences of a function can be built; nil where that may not even be tried.
  private mutating func fits(_ need: Need, _ function: FunctionDraft, at place: Place) -> Bool? {
    // Hessians that are too large are reported as such.
    if need.order > 1, function.spec.dimension > FunctionSpec.greatestHessian { return true }
    let (limits, budget) = (limits, findings.budget)
    guard
      let (exact, _) = findings.collect({ try function.spec.model(limits: limits, budget: budget) })
    else { return nil }
    let model = LocalModel(exact, Differences(need.kind))
    let gradient = model.gradient
    if need.order > 1 { _ = model.hessian }
    if need.order > 2 { _ = model.hessianDerivative(along: gradient) }
    return findings.spend(min(model.graph.count, limits[.operations]), at: place)
      ? !model.graph.isFull : nil
  }
}

extension MethodSpec {
  /// The first of its rates that asks for second derivatives.
  fileprivate var hessianRule: Rate? {
    rates.lazy.compactMap { rate in
      if case .rule(let rule, _, _) = rate, rule.needsHessian { rule } else { nil }
    }.first
  }
}
