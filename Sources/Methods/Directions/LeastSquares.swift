import Expressions

/// Methods for sums of squares: their Hessian from first derivatives alone.
extension Direction {
  /// −(JᵀJ)⁺g, in the scale of f: Newton's step without the residuals' own second derivatives.
  ///
  /// Gauss 1809; Nocedal & Wright, §10.3. Needs the first derivatives of every residual; exact where these are
  /// linear or vanish at the minimum.
  public static let gaussNewton = Direction(
    "gauss-newton", "-inverse(J'J)*gradient of a sum of squares", rate: .number(1),
    .direction { workspace, _ in
      let model = workspace.model
      let (step, status) = model.gaussNewton.newtonStep(model.gradient)
      return (step, status)
    })

  /// −(JᵀJ + μI)⁻¹g, μ less after a step that went down as promised, more after one that did not.
  ///
  /// Levenberg 1944, Marquardt 1963; the rule for μ of Nielsen, *Damping Parameter in Marquardt's Method*, 1999,
  /// here by factors of 3 and 2. A step counts if f falls by 1e-3 of what the model promises.
  public static let levenbergMarquardt = Direction(
    "levenberg-marquardt", "-inverse(J'J + mu*identity)*gradient, mu found by trials", rate: .own,
    .search { workspace, _ in
      let model = workspace.model
      let n = model.dimension
      let matrix = model.gaussNewton
      let damping = workspace.cell(0, named: "mu")
      var diagonal: [Scalar] = []
      var place = 0
      for i in 0..<n {
        diagonal.append(matrix.upper[place])
        place += n - i
      }
      let greatest = diagonal.dropFirst().reduce(diagonal[0]) { ($0 < $1).select($1, $0) }
      let first = workspace.isFirst.select(1e-3 * greatest, damping)
      return Search(
        kept: [model.askedValue] + model.gradient + matrix.upper, cells: [first, first.zero],
        asksForGradient: false
      ) { point in
        let (mu, count) = (point.cells[0], point.cells[1])
        let g = Array(point.kept[1...n])
        let entries = Array(point.kept[(n + 1)...])
        var upper = entries
        var place = 0
        for i in 0..<n {
          upper[place] = upper[place] + mu
          place += n - i
        }
        let (step, status) = SymmetricMatrix(size: n, upper: upper).newtonStep(g)
        let promised = 0.5 * (mu * dot(step, step) - dot(step, g))
        // A system that is singular to within rounding asks for more damping; its NaN is no step that went down.
        let isHopeless = status.equals(Double(Failure.notFinite.rawValue))
        return ratioTrial(
          point, step, promised, isHopeless.select(status, status.zero), count,
          failure: .noAcceptableStep, onReject: [2 * mu],
          onAccept: { ratio in
            ((ratio < 0.25).select(2 * mu, (0.75 < ratio).select(mu / 3, mu)))
          }, cell: damping)
      }
    })
}

/// A trial that is accepted if f falls by enough of what a model promised.
///
/// Near a minimum both are rounding: f is compared to within ε|f|, below which a step counts as kept.
func ratioTrial(
  _ point: TrialPoint, _ step: Vector, _ promised: Scalar, _ status: Scalar, _ count: Scalar,
  failure: Failure, onReject: Vector, onAccept: (Scalar) -> Scalar, cell: Scalar
) -> Trial {
  let value = point.kept[0]
  let graph = value.graph
  let candidate = zip(point.position, step).map { $0 + $1 }
  let found = point.value(at: candidate)
  let rounding = 4 * 0x1p-52 * value.absolute
  let ratio = (value - found + rounding) / (promised + rounding)
  let isKept = graph.constant(1e-3) <= ratio
  let isLast = graph.constant(100) <= count
  let again = isLast.select(graph.constant(-Double(failure.rawValue)), graph.constant(0))
  let verdict = status.equals(0).select(
    isKept.select(graph.constant(1), again), -status)
  return Trial(
    candidate: candidate, rate: nil, verdict: verdict, cells: onReject + [count + 1],
    carried: [(cell, onAccept(ratio))], promised: promised)
}
