import Expressions

extension Direction {
  /// Newton's method: x⁺ = x − ηH⁺g, to the stationary point of the quadratic model, be it a minimum, a
  /// saddle or a maximum.
  ///
  /// Nocedal & Wright, *Numerical Optimization*, §3.3. Needs g and H; costs one gradient, one Hessian and
  /// one solve an iteration. Where H is singular the shortest solution is taken; where there is none the
  /// run ends as `singular`. The default rate 1 is the only one with quadratic convergence. With refresh=K
  /// the Hessian is taken anew only every K iterations.
  public static let newton = Direction(
    "newton", "x - rate*inverse(hessian)*gradient: to the model's stationary point",
    rate: .number(1),
    settings: [
      OptionDefinition(
        "refresh", .integer(1...1_000_000), default: "1", "iterations that a Hessian is kept for")
    ],
    .direction { workspace, settings in
      let model = workspace.model
      guard settings["refresh"] > 1 else {
        let (step, status) = model.newtonStep
        return (step, status)
      }
      // A counter from 0 to K − 1, and the entries as they were when it was 0.
      let age = workspace.cell(0, named: "age of H")
      let period = age.graph.constant(settings["refresh"])
      workspace.set(age, to: (period <= age + 1).select(age.zero, age + 1))
      let upper = model.hessian.upper.map { entry in
        let kept = workspace.cell(0, named: "H as it was kept")
        let now = age.equals(0).select(entry, kept)
        workspace.set(kept, to: now)
        return now
      }
      let (step, status) = SymmetricMatrix(size: model.dimension, upper: upper)
        .newtonStep(model.gradient)
      return (step, status)
    })
}
