import Expressions

extension Rate {
  /// The strong Wolfe conditions: f falls by c₁ of what the slope promises, and the slope itself to c₂ of
  /// what it was; c₁ = 1e-4, c₂ = 0.9, or 0.1 for conjugate gradients.
  ///
  /// Moré and Thuente, *Line Search Algorithms with Guaranteed Sufficient Decrease*, ACM TOMS 20, 1994. Needs
  /// gᵀd < 0 and gradients at the trial points; gives up after 40 of them. A trial where f or its slope is not
  /// finite is halved towards the best point so far.
  ///
  /// Near a minimum f no longer tells points apart that their slopes still do. Within 1e-10|f| of where the search
  /// began, f is what the two slopes make of it, f(0) + t(φ′(0) + φ′(t))/2, and the first condition becomes the
  /// approximate one of Hager and Zhang, SIAM Journal on Optimization 16, 2005: φ′(t) ≤ (2c₁ − 1)φ′(0).
  static let wolfe = Rate(
    "wolfe", "the strong Wolfe conditions: f falls enough and so does its slope",
    .search { workspace, arguments, line in
      let model = workspace.model
      let slope = dot(model.gradient, line.direction)
      let zero = slope.zero
      let first = firstTrial(workspace, line, slope, scale: arguments.scale)
      return Search(
        kept: [model.askedValue, slope] + line.direction,
        // stage, bracketed, x, f, d, y, f, d, trial, least, greatest, width, width before, count
        cells: [
          zero, zero, zero, model.value, slope, zero, model.value, slope, first, zero, 5 * first,
          slope.graph.constant(.greatestFiniteMagnitude),
          slope.graph.constant(.greatestFiniteMagnitude), zero,
        ], asksForGradient: true
      ) { MoreThuente($0, curvature: line.curvature).trial() }
    })

  /// The rate that the search tries first.
  ///
  /// 1 along a direction that says how far to go: no other makes Newton's and quasi-Newton methods fast. Along a
  /// gradient a step of length 1 at most, and later the one that would bring as much as the last did if f were a
  /// parabola, and a hundredth more; 1 at most (Nocedal & Wright, *Numerical Optimization*, §3.5).
  private static func firstTrial(
    _ workspace: Workspace, _ line: LineStart, _ slope: Scalar, scale: Double
  ) -> Scalar {
    let model = workspace.model
    let one = slope.one
    let length = model.gradientSquare.squareRoot
    let short = (one < length).select(1 / length, one)
    switch line.reach {
    case .model: return scale * one
    case .learnt: return workspace.isFirst.select(scale * short, one)
    case .unknown:
      let before = workspace.cell(0, named: "last f")
      workspace.set(before, to: model.askedValue)
      let guess = 2.02 * ((model.askedValue - before) / slope)
      let isUsable = (slope.zero < guess).and(guess < one)
      return workspace.isFirst.select(scale * short, isUsable.select(guess, one))
    }
  }
}

/// One trial of the search of Moré and Thuente, all of it nodes: what a program would branch on is chosen
/// between.
private struct MoreThuente {
  /// A step with f and its slope there.
  private struct End {
    var t: Scalar
    var f: Scalar
    var d: Scalar

    static func choose(_ condition: Scalar, _ yes: End, _ no: End) -> End {
      End(
        t: condition.select(yes.t, no.t), f: condition.select(yes.f, no.f),
        d: condition.select(yes.d, no.d))
    }

    /// The same for f less a line through the origin.
    func minus(_ slope: Scalar) -> End { End(t: t, f: f - t * slope, d: d - slope) }
    func plus(_ slope: Scalar) -> End { End(t: t, f: f + t * slope, d: d + slope) }
  }

  private let point: TrialPoint
  private let curvature: Double
  private let direction: Vector
  private let start: (f: Scalar, d: Scalar)

  init(_ point: TrialPoint, curvature: Double) {
    self.point = point
    self.curvature = curvature
    direction = Array(point.kept.dropFirst(2))
    start = (point.kept[0], point.kept[1])
  }

  func trial() -> Trial {
    let c = point.cells
    let (stage, isBracketed, width, widthBefore, count) = (c[0], c[1], c[11], c[12], c[13])
    let best = End(t: c[2], f: c[3], d: c[4])
    let other = End(t: c[5], f: c[6], d: c[7])
    let (least, greatest) = (c[9], c[10])
    let t = c[8]
    let candidate = zip(point.position, direction).map { $0 + t * $1 }
    let now = seen(
      End(t: t, f: point.value(at: candidate), d: dot(point.gradient(at: candidate), direction)))
    let zero = t.zero
    let one = t.one
    let limit = t.graph.constant(.greatestFiniteMagnitude)
    let isFinite = (now.f.absolute <= limit).and(now.d.absolute <= limit)

    let share = 1e-4 * start.d
    let line = start.f + t * share
    let isEnough = now.f <= line
    let isFlat = now.d.absolute <= -(curvature * start.d)
    let newStage = stage.or(isEnough.and(zero <= now.d))

    // Before a point with enough decrease is known, the search runs on f less that decrease.
    let usesLine = newStage.equals(0).and(now.f <= best.f).and(line < now.f)
    let bestThere = End.choose(usesLine, best.minus(share), best)
    let otherThere = End.choose(usesLine, other.minus(share), other)
    let nowThere = End.choose(usesLine, now.minus(share), now)
    var (x, y, next, bracketed) = step(
      bestThere, otherThere, nowThere, isBracketed, least, greatest)
    x = End.choose(usesLine, x.plus(share), x)
    y = End.choose(usesLine, y.plus(share), y)

    // Where the interval shrinks too slowly it is halved.
    let gap = (y.t - x.t).absolute
    let isSlow = bracketed.and(0.66 * widthBefore <= gap)
    next = isSlow.select(x.t + 0.5 * (y.t - x.t), next)
    let newWidthBefore = bracketed.select(width, widthBefore)
    let newWidth = bracketed.select(gap, width)
    let newLeast = bracketed.select(smaller(x.t, y.t), next + 1.1 * (next - x.t))
    let newGreatest = bracketed.select(larger(x.t, y.t), next + 4 * (next - x.t))
    let isLost = bracketed.and(
      (next <= newLeast).or(newGreatest <= next).or(newGreatest - newLeast <= 1e-15 * newGreatest))
    next = isLost.select(x.t, next)

    let isDone = isFinite.and(isEnough).and(isFlat)
    let isLast = t.graph.constant(39) <= count
    func stuck(_ failure: Failure) -> Scalar { t.graph.constant(-Double(failure.rawValue)) }
    let verdict = (start.d < zero).select(
      isDone.select(one, isLast.select(stuck(.noAcceptableStep), zero)), stuck(.notDescent))
    let after = [
      newStage, bracketed, x.t, x.f, x.d, y.t, y.f, y.d, next, newLeast, newGreatest, newWidth,
      newWidthBefore,
    ]
    // A trial that is not finite only comes nearer.
    let nearer = best.t + 0.5 * (t - best.t)
    var kept = Array(c.dropLast())
    kept[8] = nearer
    kept[10] = t
    return Trial(
      candidate: candidate, rate: t, verdict: verdict,
      cells: zip(after, kept).map { isFinite.select($0, $1) } + [count + 1], carried: [])
  }

  /// The same, with f from the slopes where f itself is rounding.
  private func seen(_ end: End) -> End {
    let isBlurred = (end.f - start.f).absolute <= 1e-10 * start.f.absolute
    let parabola = start.f + end.t * (0.5 * (start.d + end.d))
    return End(t: end.t, f: isBlurred.select(parabola, end.f), d: end.d)
  }

  /// The next trial by cubic and quadratic interpolation, and the interval that it lies in.
  private func step(
    _ x: End, _ y: End, _ p: End, _ isBracketed: Scalar, _ least: Scalar, _ greatest: Scalar
  ) -> (x: End, y: End, next: Scalar, isBracketed: Scalar) {
    let zero = p.t.zero
    let one = p.t.one
    let opposes = p.d * x.d.sign < zero
    let isRight = x.t < p.t

    // Between x and p: the cubic through values and slopes, and the parabolas.
    let theta = 3 * (x.f - p.f) / (p.t - x.t) + x.d + p.d
    let size = larger(theta.absolute, larger(x.d.absolute, p.d.absolute))
    let square = (theta / size).power(2) - (x.d / size) * (p.d / size)
    let root = size * larger(zero, square).squareRoot

    // 1: f is higher at p: the minimum lies between.
    let isHigher = x.f < p.f
    let gamma1 = isRight.select(root, -root)
    let r1 = (gamma1 - x.d + theta) / (gamma1 - x.d + gamma1 + p.d)
    let cubic1 = x.t + r1 * (p.t - x.t)
    let parabola1 = x.t + 0.5 * (x.d / ((x.f - p.f) / (p.t - x.t) + x.d)) * (p.t - x.t)
    let first = ((cubic1 - x.t).absolute < (parabola1 - x.t).absolute).select(
      cubic1, cubic1 + 0.5 * (parabola1 - cubic1))

    // 2: f is lower and the slope has turned.
    let gamma2 = isRight.select(-root, root)
    let r2 = (gamma2 - p.d + theta) / (gamma2 - p.d + gamma2 + x.d)
    let cubic2 = p.t + r2 * (x.t - p.t)
    let secant = p.t + (p.d / (p.d - x.d)) * (x.t - p.t)
    let second = ((secant - p.t).absolute < (cubic2 - p.t).absolute).select(cubic2, secant)

    // 3: f is lower and the slope smaller, of the same sign.
    let isSmaller = p.d.absolute < x.d.absolute
    let r3 = (gamma2 - p.d + theta) / (gamma2 + (x.d - p.d) + gamma2)
    let end = isRight.select(greatest, least)
    let cubic3 = (r3 < zero).and(gamma2.differs(from: zero)).select(p.t + r3 * (x.t - p.t), end)
    let isCubicNearer = (cubic3 - p.t).absolute < (secant - p.t).absolute
    let inside = isCubicNearer.select(cubic3, secant)
    let bound = p.t + 0.66 * (y.t - p.t)
    let bracketed3 = isRight.select(smaller(bound, inside), larger(bound, inside))
    let outside = isCubicNearer.select(secant, cubic3)
    let free3 = larger(least, smaller(greatest, outside))
    let third = isBracketed.select(bracketed3, free3)

    // 4: f is lower and the slope no smaller.
    let theta4 = 3 * (p.f - y.f) / (y.t - p.t) + y.d + p.d
    let size4 = larger(theta4.absolute, larger(y.d.absolute, p.d.absolute))
    let square4 = (theta4 / size4).power(2) - (y.d / size4) * (p.d / size4)
    let root4 = size4 * larger(zero, square4).squareRoot
    let gamma4 = (y.t < p.t).select(-root4, root4)
    let r4 = (gamma4 - p.d + theta4) / (gamma4 - p.d + gamma4 + y.d)
    let fourth = isBracketed.select(p.t + r4 * (y.t - p.t), end)

    let next = isHigher.select(
      first, opposes.select(second, isSmaller.select(third, fourth)))
    let newX = End.choose(isHigher, x, p)
    let newY = End.choose(isHigher, p, End.choose(opposes, x, y))
    return (newX, newY, next, isHigher.or(opposes).select(one, isBracketed))
  }

  private func smaller(_ u: Scalar, _ v: Scalar) -> Scalar { (v < u).select(v, u) }
  private func larger(_ u: Scalar, _ v: Scalar) -> Scalar { (u < v).select(v, u) }
}
