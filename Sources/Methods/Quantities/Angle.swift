import Expressions

extension Quantity {
  /// The angle in degrees between −g and the Newton step.
  ///
  /// 0 for a sphere, large in a narrow valley, over 90 where H is indefinite; `nan` where either is zero
  /// or undefined. Kahan's 2·atan2(‖û − v̂‖, ‖û + v̂‖), which is as accurate near 0° and 180° as between:
  /// *How Futile are Mindless Assessments of Roundoff in Floating-Point Computation?*, §12.
  static let angle = Quantity(
    "angle", "degrees between -gradient and the Newton step", needsHessian: true
  ) { model in
    let descent = model.gradient.map { -$0 }
    let newton = model.newtonStep.step
    let length = norm(descent)
    let newtonLength = norm(newton)
    let u = descent.map { $0 / length }
    let v = newton.map { $0 / newtonLength }
    let difference = norm(zip(u, v).map { $0 - $1 })
    let sum = norm(zip(u, v).map { $0 + $1 })
    return (360 / Double.pi) * difference.arcTangent(over: sum)
  }
}
