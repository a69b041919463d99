import Expressions

/// Directions with third derivatives, contracted along the Newton step s, so that no n³ numbers are built.
extension Direction {
  /// Chebyshev's method: s − ½H⁺T[s, s] with T[s, s] the gradient of sᵀHs, s held.
  ///
  /// Traub, *Iterative Methods for the Solution of Equations*, 1964; order 3 at a regular minimum. Costs a
  /// Newton step, one more solve and a derivative of the directional second derivative.
  public static let chebyshev = Direction(
    "chebyshev", "the Newton step s, corrected by the third derivatives along it: order 3",
    rate: .number(1),
    .direction { workspace, _ in
      let model = workspace.model
      let (s, status) = model.newtonStep
      let bend = model.thirdDerivative(along: s)
      let (correction, second) = model.hessian.newtonStep(bend)
      return (zip(s, correction).map { $0 + 0.5 * $1 }, status.orStatus(second))
    })

  /// Halley's method: (H + ½T[s])p = −g with T[s] the derivative of H along s.
  ///
  /// Halley 1694; Gander, *On Halley's Iteration Method*, American Mathematical Monthly 92, 1985; order 3.
  /// Costs a Newton step, another solve, and the derivative of H along s.
  public static let halley = Direction(
    "halley", "the Newton step of the Hessian halfway along the Newton step: order 3",
    rate: .number(1),
    .direction { workspace, _ in
      let model = workspace.model
      let (s, status) = model.newtonStep
      let change = model.hessianDerivative(along: s)
      let middle = SymmetricMatrix(
        size: model.dimension, upper: zip(model.hessian.upper, change.upper).map { $0 + 0.5 * $1 })
      let (step, second) = middle.newtonStep(model.gradient)
      return (step, status.orStatus(second))
    })
}
