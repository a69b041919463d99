import Expressions

extension Direction {
  /// Newton's method: x⁺ = x − ηH⁺g, to the stationary point of the quadratic model, be it a minimum, a
  /// saddle or a maximum.
  ///
  /// Nocedal & Wright, *Numerical Optimization*, §3.3. Needs g and H; costs one gradient, one Hessian and
  /// one solve an iteration. Where H is singular the shortest solution is taken; where there is none the
  /// run ends as `singular`. The default rate 1 is the only one with quadratic convergence.
  public static let newton = Direction(
    name: "newton", summary: "x - rate*inverse(hessian)*gradient: to the model's stationary point",
    defaultRate: 1
  ) { model in
    let (step, status) = model.newtonStep
    return (step, status)
  }
}
