import Expressions

/// Directions that learn about curvature from how the gradient changes.
extension Direction {
  /// d = −g + βd: each direction conjugate to those before, on a quadratic with exact line searches.
  ///
  /// β of Polak and Ribière, not below 0 (pr+), of Fletcher and Reeves (fr), or of Hager and Zhang (hz):
  /// *A Survey of Nonlinear Conjugate Gradient Methods*, Pacific Journal of Optimization 2, 2006. Where d is not
  /// downhill it begins anew with −g.
  public static let conjugateGradient = Direction(
    "conjugate-gradient", "-gradient + beta*direction: conjugate on quadratics",
    rate: .rule("wolfe"),
    settings: [
      OptionDefinition(
        "beta", .choice(["pr+", "fr", "hz"]), default: "pr+",
        "Polak-Ribière, Fletcher-Reeves or Hager-Zhang")
    ], curvature: 0.1,
    .direction { workspace, settings in
      let model = workspace.model
      let g = model.gradient
      let last = workspace.vector(0, named: "last direction")
      let before = workspace.vector(0, named: "last gradient")
      let zero = model.graph.constant(0)
      let square = dot(before, before)
      let change = zip(g, before).map { $0 - $1 }
      let beta: Scalar
      switch settings.word("beta") {
      case "fr": beta = model.gradientSquare / square
      case "hz":
        let slope = dot(last, change)
        let pull = 2 * dot(change, change) / slope
        let u = zip(change, last).map { $0 - pull * $1 }
        beta = dot(u, g) / slope
      default:
        let value = dot(g, change) / square
        beta = (value < zero).select(zero, value)
      }
      let mixed = zip(g, last).map { beta * $1 - $0 }
      let isDescent = (dot(mixed, g) < zero).and(workspace.isFirst.equals(0))
      let direction = zip(mixed, g).map { isDescent.select($0, -$1) }
      workspace.set(last, to: direction)
      workspace.set(before, to: g)
      return (direction, nil)
    })

  /// −Bg with B the inverse Hessian as the steps s and changes y of the gradient have shown it.
  ///
  /// Broyden, Fletcher, Goldfarb and Shanno 1970; Nocedal & Wright, §6.1. B begins as I and, once a step is
  /// known, as (sᵀy/yᵀy)I; a pair with sᵀy ≤ 0 is left out. Carries n(n + 1)/2 numbers.
  public static let bfgs = Direction(
    "bfgs", "-B*gradient, B learning the inverse Hessian", rate: .rule("wolfe"), reach: .learnt,
    .direction { workspace, _ in
      let model = workspace.model
      let (n, g, x) = (model.dimension, model.gradient, model.position)
      let lastX = workspace.vector(0, named: "last x")
      let lastG = workspace.vector(0, named: "last gradient")
      let known = (0..<n * (n + 1) / 2).map { _ in
        workspace.cell(0, named: "estimate of inverse H")
      }
      let isLearnt = workspace.cell(0, named: "whether the estimate has learnt")
      let zero = model.graph.constant(0)
      let one = model.graph.constant(1)
      func place(_ i: Int, _ j: Int) -> Int {
        let (row, column) = (min(i, j), max(i, j))
        return row * n - row * (row - 1) / 2 + column - row
      }
      let s = zip(x, lastX).map { $0 - $1 }
      let y = zip(g, lastG).map { $0 - $1 }
      let product = dot(s, y)
      let isUsable = workspace.isFirst.equals(0).and(zero < product)
      // The first pair sets the scale.
      let scale = product / dot(y, y)
      func entry(_ i: Int, _ j: Int) -> Scalar {
        let fresh = i == j ? scale : zero
        return isLearnt.select(known[place(i, j)], fresh)
      }
      let by = (0..<n).map { i in dot((0..<n).map { entry(i, $0) }, y) }
      let share = (1 + dot(y, by) / product) / product
      var updated = [Scalar](repeating: zero, count: known.count)
      for i in 0..<n {
        for j in i..<n {
          let change = share * (s[i] * s[j]) - (by[i] * s[j] + s[i] * by[j]) / product
          let unlearnt = i == j ? one : zero
          updated[place(i, j)] = isUsable.select(
            entry(i, j) + change, isLearnt.select(known[place(i, j)], unlearnt))
        }
      }
      workspace.set(known, to: updated)
      workspace.set(isLearnt, to: isUsable.or(isLearnt))
      workspace.set(lastX, to: x)
      workspace.set(lastG, to: g)
      return ((0..<n).map { i in -dot((0..<n).map { updated[place(i, $0)] }, g) }, nil)
    })

  /// As bfgs, from the last `memory` pairs alone.
  ///
  /// Liu and Nocedal, *On the Limited Memory BFGS Method*, Mathematical Programming 45, 1989; Nocedal & Wright,
  /// §7.2. Carries 2mn numbers; a pair with sᵀy ≤ 0 is left out.
  public static let lbfgs = Direction(
    "lbfgs", "as bfgs, from the last few steps", rate: .rule("wolfe"),
    settings: [
      OptionDefinition("memory", .integer(1...50), default: "5", "how many steps are remembered")
    ], reach: .learnt,
    .direction { workspace, settings in
      let model = workspace.model
      let (g, x) = (model.gradient, model.position)
      let memory = Int(settings["memory"])
      let lastX = workspace.vector(0, named: "last x")
      let lastG = workspace.vector(0, named: "last gradient")
      let zero = model.graph.constant(0)
      let s = zip(x, lastX).map { $0 - $1 }
      let y = zip(g, lastG).map { $0 - $1 }
      let product = dot(s, y)
      let isUsable = workspace.isFirst.equals(0).and(zero < product)
      // Pairs from the newest on; 1/sᵀy of an empty place is 0, which makes its turns do nothing.
      var pairs: [(s: Vector, y: Vector, inverse: Scalar)] = []
      var kept: [(s: Vector, y: Vector, inverse: Scalar)] = []
      for _ in 0..<memory {
        kept.append(
          (
            workspace.vector(0, named: "s"), workspace.vector(0, named: "y"),
            workspace.cell(0, named: "1/s.y")
          ))
      }
      let newest = (s: s, y: y, inverse: 1 / product)
      for place in 0..<memory {
        let shifted = place == 0 ? newest : kept[place - 1]
        let now = kept[place]
        pairs.append(
          (
            zip(shifted.s, now.s).map { isUsable.select($0, $1) },
            zip(shifted.y, now.y).map { isUsable.select($0, $1) },
            isUsable.select(shifted.inverse, now.inverse)
          ))
        workspace.set(now.s, to: pairs[place].s)
        workspace.set(now.y, to: pairs[place].y)
        workspace.set(now.inverse, to: pairs[place].inverse)
      }
      workspace.set(lastX, to: x)
      workspace.set(lastG, to: g)
      var q = g
      var weights: [Scalar] = []
      for pair in pairs {
        let weight = pair.inverse * dot(pair.s, q)
        weights.append(weight)
        q = zip(q, pair.y).map { $0 - weight * $1 }
      }
      let first = pairs[0]
      let isEmpty = first.inverse.equals(0)
      let scale = isEmpty.select(
        model.graph.constant(1), 1 / (first.inverse * dot(first.y, first.y)))
      q = q.map { scale * $0 }
      for (pair, weight) in zip(pairs, weights).reversed() {
        let turn = pair.inverse * dot(pair.y, q)
        q = zip(q, pair.s).map { $0 + (weight - turn) * $1 }
      }
      return (q.map { -$0 }, nil)
    })
}
