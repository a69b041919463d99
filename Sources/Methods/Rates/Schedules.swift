import Expressions

/// Rates that depend on the iteration t alone.
extension Rate {
  /// a/(1 + t/k).
  static let decay = Rate(
    "decay", "a/(1 + t/k)", of: ["a", "k"], isSchedule: true,
    .formula { workspace, arguments in
      let (a, k) = (arguments.values[0], arguments.values[1])
      return (a / (1 + workspace.iteration / k), nil)
    })

  /// a·qᵗ.
  static let exponential = Rate(
    "exponential", "a*q^t", of: ["a", "q"], isSchedule: true,
    .formula { workspace, arguments in
      let q = workspace.model.graph.constant(arguments.values[1])
      return (arguments.values[0] * q.power(workspace.iteration), nil)
    })

  /// a(1 + cos(πt/T))/2 up to t = T, then 0.
  static let cosine = Rate(
    "cosine", "a*(1 + cos(pi*t/T))/2, then 0", of: ["a", "T"], isSchedule: true,
    .formula { workspace, arguments in
      let (a, end) = (arguments.values[0], arguments.values[1])
      let t = workspace.iteration
      let wave = a * ((1 + (Double.pi * t / end).cosine) / 2)
      return ((t <= t.graph.constant(end)).select(wave, t.graph.constant(0)), nil)
    })

  /// a·q^⌊t/T⌋.
  static let step = Rate(
    "step", "a*q^floor(t/T)", of: ["a", "q", "T"], isSchedule: true,
    .formula { workspace, arguments in
      // A cell counts to T, another holds the rate: no rounding down is needed.
      let (a, q, length) = (arguments.values[0], arguments.values[1], arguments.values[2])
      let age = workspace.cell(0, named: "steps at this rate")
      let rate = workspace.cell(a, named: "rate")
      let isOver = age.graph.constant(length) <= age + 1
      workspace.set(age, to: isOver.select(age.graph.constant(0), age + 1))
      workspace.set(rate, to: isOver.select(q * rate, rate))
      return (rate, nil)
    })
}
