import Expressions

extension Quantity {
  /// The angle in degrees between −g and the Newton step.
  ///
  /// 0 for a sphere, large in a narrow valley, over 90 where H is indefinite; `nan` where either is zero
  /// or undefined.
  static let angle = Quantity(
    number: "angle", "degrees between -gradient and the Newton step", needsHessian: true,
    isAngle: true, column: .byDefault
  ) { degrees(between: $0.gradient.map { -$0 }, $0.newtonStep.step) }

  /// The angle in degrees between −g and the step that is taken: over 90 where it begins uphill.
  static let stepAngle = Quantity(
    .number, "step_angle", "degrees between -gradient and the step from here", of: .step,
    isAngle: true
  ) { situation in
    situation.step.map { .scalar(degrees(between: situation.model.gradient.map { -$0 }, $0)) }
  }
}

/// The angle between two vectors in degrees, NaN where one is zero or undefined.
///
/// Kahan's 2·atan2(‖û − v̂‖, ‖û + v̂‖), which is as accurate near 0° and 180° as between: *How Futile are
/// Mindless Assessments of Roundoff in Floating-Point Computation?*, §12.
private func degrees(between u: Vector, _ v: Vector) -> Scalar {
  let (uLength, vLength) = (norm(u), norm(v))
  let a = u.map { $0 / uLength }
  let b = v.map { $0 / vLength }
  let difference = norm(zip(a, b).map { $0 - $1 })
  let sum = norm(zip(a, b).map { $0 + $1 })
  return (360 / Double.pi) * difference.arcTangent(over: sum)
}
