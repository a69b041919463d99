import Expressions

/// Methods that hold the step of the quadratic model back until f follows it.
extension Direction {
  /// The minimiser of the model within ‖p‖ ≤ Δ, Δ by how well f follows.
  ///
  /// Nocedal & Wright, algorithm 4.1; Conn, Gould and Toint, *Trust-Region Methods*, 2000. Solved exactly up to
  /// n = 64, by truncated conjugate gradients above. Δ is quartered below a quarter of the promised fall, and
  /// doubled above three quarters where the step met the boundary.
  public static let trustRegion = Direction(
    "trust-region", "the model's minimum within a radius found by trials", rate: .own,
    settings: [
      OptionDefinition(
        "radius", .number(1e-300 ... .greatestFiniteMagnitude), default: "1", "the first radius")
    ],
    .search { workspace, settings in
      let model = workspace.model
      let n = model.dimension
      let kept = workspace.cell(settings["radius"], named: "radius")
      return Search(
        kept: [model.askedValue] + model.gradient + model.hessian.upper,
        cells: [kept, kept.zero], asksForGradient: false
      ) { point in
        let (radius, count) = (point.cells[0], point.cells[1])
        let g = Array(point.kept[1...n])
        let matrix = SymmetricMatrix(size: n, upper: Array(point.kept[(n + 1)...]))
        let (step, promised, status) = matrix.trustRegionStep(g, radius: radius)
        let length = norm(step)
        return ratioTrial(
          point, step, promised, status, count, failure: .noRadius, onReject: [0.25 * length],
          onAccept: { ratio in
            let isAtBoundary = 0.99 * radius <= length
            return (ratio < 0.25).select(
              0.25 * length, (0.75 < ratio).and(isAtBoundary).select(2 * radius, radius))
          }, cell: kept)
      }
    })

  /// The minimiser of the model with (σ/3)‖p‖³ added, σ by how well f follows.
  ///
  /// Nesterov and Polyak, *Cubic Regularization of Newton Method*, Mathematical Programming 108, 2006; Cartis,
  /// Gould and Toint, *Adaptive Cubic Regularisation Methods*, Mathematical Programming 127, 2011.
  public static let cubicNewton = Direction(
    "cubic-newton", "the minimum of the model with a cubic term found by trials", rate: .own,
    .search { workspace, _ in
      let model = workspace.model
      let n = model.dimension
      let weight = workspace.cell(1, named: "weight")
      return Search(
        kept: [model.askedValue] + model.gradient + model.hessian.upper,
        cells: [weight, weight.zero], asksForGradient: false
      ) { point in
        let (sigma, count) = (point.cells[0], point.cells[1])
        let g = Array(point.kept[1...n])
        let matrix = SymmetricMatrix(size: n, upper: Array(point.kept[(n + 1)...]))
        let (step, promised, status) = matrix.cubicStep(g, weight: sigma)
        let least = sigma.graph.constant(1e-16)
        return ratioTrial(
          point, step, promised, status, count, failure: .noRadius, onReject: [2 * sigma],
          onAccept: { ratio in
            let half = 0.5 * sigma
            return (ratio < 0.1).select(
              2 * sigma, (0.9 < ratio).select((half < least).select(least, half), sigma))
          }, cell: weight)
      }
    })
}

extension Scalar {
  /// c < u, as 0 or 1.
  static func < (c: Double, u: Scalar) -> Scalar { u.graph.constant(c) < u }
  /// u < c, as 0 or 1.
  static func < (u: Scalar, c: Double) -> Scalar { u < u.graph.constant(c) }
}
