import Expressions

/// Directions from a Hessian that is changed so that the system is better behaved.
extension Direction {
  /// −gᵢ/|Hᵢᵢ|: Newton's step along each axis by itself, always downhill.
  ///
  /// Needs g and the diagonal of H; costs no solve. `singular` where a Hᵢᵢ = 0 with gᵢ ≠ 0.
  public static let diagonalNewton = Direction(
    "diagonal-newton", "-gradient[i]/|hessian[i,i]| for each coordinate", rate: .number(1),
    .direction { workspace, _ in
      let model = workspace.model
      let n = model.dimension
      let zero = model.graph.constant(0)
      var status = zero
      var finite = zero
      var place = 0
      var direction: Vector = []
      for i in 0..<n {
        let entry = model.hessian.upper[place]
        place += n - i
        let g = model.gradient[i]
        direction.append(g.equals(0).select(zero, -(g / entry.absolute)))
        status = entry.equals(0).and(g.differs(from: zero)).status(.singular).orStatus(status)
        finite = entry.finiteStatus.orStatus(finite)
      }
      return (direction, finite.orStatus(status))
    })

  /// −|H|⁺g, |H| with the absolute eigenvalues: away from saddles as fast as towards minima.
  ///
  /// Dauphin et al., *Identifying and Attacking the Saddle Point Problem in High-Dimensional Non-Convex
  /// Optimization*, 2014. Needs g and H; costs one eigenvalue decomposition an iteration.
  public static let saddleFreeNewton = Direction(
    "saddle-free-newton", "-inverse(|hessian|)*gradient: away from saddles", rate: .number(1),
    .direction { workspace, _ in
      let model = workspace.model
      let (solution, status) = model.hessian.absoluteSolve(model.gradient)
      return (solution.map { -$0 }, status)
    })

  /// −(H + μI)⁺g: between Newton's step and a short one along −g.
  ///
  /// Levenberg 1944; Nocedal & Wright, §3.4. Needs g and H; downhill only where μ is above −λmin.
  public static let regularizedNewton = Direction(
    "regularized-newton", "-inverse(hessian + damping*identity)*gradient", rate: .number(1),
    settings: [
      OptionDefinition(
        "damping", .number(0 ... .greatestFiniteMagnitude), default: "1",
        "what is added to the diagonal")
    ],
    .direction { workspace, settings in
      let model = workspace.model
      let n = model.dimension
      var upper = model.hessian.upper
      var place = 0
      for i in 0..<n {
        upper[place] = upper[place] + settings["damping"]
        place += n - i
      }
      let (step, status) = SymmetricMatrix(size: n, upper: upper).newtonStep(model.gradient)
      return (step, status)
    })
}
