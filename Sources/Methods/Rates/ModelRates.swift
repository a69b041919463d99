import Expressions

extension Rate {
  /// |det H|^(−1/n), as exp(−Σ log|λᵢ|/n); 1/|f″| for n = 1.
  ///
  /// The rate that would be right for a sphere of the same volume. Needs H; `singular` where det H = 0.
  static let determinant = Rate(
    "determinant", "1/|det H|^(1/n): right for a sphere of the same volume", needsHessian: true,
    .formula { workspace, arguments in
      let rate = workspace.model.hessian.determinantRate
      let infinity = rate.graph.constant(.infinity)
      return (
        arguments.scale * rate,
        workspace.model.hessian.eigenvalues[0].finiteStatus.orStatus(
          rate.equals(infinity).status(.noDeterminant))
      )
    })

  /// gᵀg/gᵀHg: to the minimum of the quadratic model along −g.
  ///
  /// Cauchy 1847. Needs Hg; `blocked` where gᵀHg ≤ 0.
  static let cauchy = Rate(
    "cauchy", "g.g/g.Hg: to the model's minimum along the gradient", needsHessian: true,
    .formula { workspace, arguments in
      let model = workspace.model
      let curvature = model.gradientCurvature
      return (
        arguments.scale * (model.gradientSquare / curvature),
        curvature.finiteStatus.orStatus(
          (curvature <= model.graph.constant(0)).status(.noCurvature))
      )
    })

  /// −gᵀd/dᵀHd: to the minimum of the quadratic model along the direction d; `cauchy` where d = −g.
  ///
  /// On a quadratic function an exact line search, which conjugate gradients need to end in n steps. Needs Hd;
  /// `blocked` where dᵀHd ≤ 0.
  static let exact = Rate(
    "exact", "-g.d/d.Hd: to the model's minimum along the direction", needsHessian: true,
    .along { workspace, arguments, direction in
      let model = workspace.model
      let curvature = model.curvature(along: direction)
      return (
        arguments.scale * (-dot(model.gradient, direction) / curvature),
        curvature.finiteStatus.orStatus(
          (curvature <= model.graph.constant(0)).status(.noCurvatureAhead))
      )
    })

  /// 1/max|λ|: never longer than the steepest direction bears.
  ///
  /// Needs H; `singular` where H = 0.
  static let curvature = Rate(
    "curvature", "1/max|eigenvalue|: as far as the steepest direction bears", needsHessian: true,
    .formula { workspace, arguments in
      let values = workspace.model.hessian.eigenvalues
      let least = values[0].absolute
      let greatest = values[values.count - 1].absolute
      let norm = (least <= greatest).select(greatest, least)
      return (
        arguments.scale / norm, norm.finiteStatus.orStatus(norm.equals(0).status(.noHessian))
      )
    })

  /// 1/L for a bound L on λmax.
  ///
  /// With it gradient descent goes down by ‖g‖²/(2L) at least (Nesterov, *Lectures on Convex Optimization*,
  /// §1.2.3).
  static let lipschitz = Rate(
    "lipschitz", "1/L for the bound L on the largest eigenvalue in the domain",
    .formula { workspace, arguments in
      (workspace.model.graph.constant(arguments.scale / (arguments.lipschitz ?? .nan)), nil)
    })

  /// (f − f*)/‖g‖²: the step to where the tangent plane meets the least value.
  ///
  /// Polyak, *Introduction to Optimization*, 1987. Needs the least value of f.
  static let polyak = Rate(
    "polyak", "(f - minimum)/g.g: to where the tangent plane meets the known minimum",
    .formula { workspace, arguments in
      let model = workspace.model
      let above = model.askedValue - (arguments.minimum ?? .nan)
      return (arguments.scale * (above / model.gradientSquare), nil)
    })

  /// sᵀs/sᵀy of the last step s and the change y of the gradient; the first time `cauchy`.
  ///
  /// Barzilai and Borwein, *Two-Point Step Size Gradient Methods*, IMA Journal of Numerical Analysis 8, 1988.
  /// Where sᵀy ≤ 0 `cauchy` again, and `blocked` where that has none.
  static let barzilaiBorwein = Rate(
    "barzilai-borwein", "s.s/s.y of the last step and the change of the gradient",
    needsHessian: true,
    .formula { workspace, arguments in
      let model = workspace.model
      let position = workspace.vector(0, named: "last x")
      let gradient = workspace.vector(0, named: "last gradient")
      workspace.set(position, to: model.position)
      workspace.set(gradient, to: model.gradient)
      let s = zip(model.position, position).map { $0 - $1 }
      let y = zip(model.gradient, gradient).map { $0 - $1 }
      let product = dot(s, y)
      let zero = model.graph.constant(0)
      let usesCauchy = workspace.isFirst.or(product <= zero)
      let curvature = model.gradientCurvature
      let rate = usesCauchy.select(model.gradientSquare / curvature, dot(s, s) / product)
      return (
        arguments.scale * rate,
        usesCauchy.select(
          curvature.finiteStatus.orStatus((curvature <= zero).status(.noCurvature)), zero)
      )
    })
}
