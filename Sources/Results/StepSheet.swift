import Diagnostics
import Methods
import Running
import Specs

extension Sheet {
  /// Of what a method carries no more numbers are shown.
  private static let mostCarried = 64

  /// The arithmetic of a step, and why it was taken or why the run ended there.
  public init(_ step: Replay.Step, of run: ReplayedRun) {
    self.init()
    let last = run.outcome.iterations
    add("function", .text(run.function.name))
    add("method", .text(run.method.label), note: run.method.direction.summary)
    add("start", .text(run.start.label))
    add("iteration", .integer(step.iteration), note: "of \(last)")
    addGap()
    add("x", .vector(step.position), note: shortList(run.function.variables))
    add("f", .number(step.value))
    add(
      "gradient", .vector(step.gradient),
      note: run.method.differences == nil ? "" : "by differences")
    add("|gradient|", .number(step.gradientNorm), key: "gradient_norm")
    if let hessian = step.hessian, hessian.count <= Inspection.greatestShown {
      add("Hessian", .matrix(hessian), key: "hessian")
    }
    let ended = step.iteration == last
    // What is judged before a step is proposed ends a run without one.
    if ended, !run.outcome.isByProposal {
      addGap()
      addEnd(step, run)
      return
    }
    addGap()
    addCarried(step, isAfter: false)
    if let direction = step.direction {
      let slope = zip(step.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      add(
        "direction", .vector(direction),
        note: slope < 0 ? "downhill" : slope > 0 ? "uphill" : "")
    }
    addRate(step, run)
    addTrials(step, run)
    guard let next = step.next else {
      addGap()
      addEnd(step, run)
      return
    }
    addGap()
    add("step", .vector(step.step))
    add("|step|", .number(step.stepNorm), key: "step_norm")
    add("next x", .vector(next.position))
    add("next f", .number(next.value))
    add("change of f", .number(next.value - step.value))
    addCarried(step, isAfter: true)
    addGap()
    if ended { addEnd(step, run) } else { add("taken", .texts(reasons(step, run))) }
  }

  // MARK: - Rate and trials

  private mutating func addRate(_ step: Replay.Step, _ run: ReplayedRun) {
    for (name, values) in step.evidence {
      let key = name.replacing(".", with: "_").replacing(" ", with: "_")
      add(name, values.count == 1 ? .number(values[0]) : .vector(values), key: key)
    }
    guard step.failure == nil else { return }
    switch run.rate {
    case .number:
      if let rate = step.rate { add("rate", .number(rate), note: "the same at every iteration") }
    case .rule(let rule, let arguments, let text):
      let scale =
        arguments.scale == 1 ? "" : ", times scale=\(formatNumber(arguments.scale))"
      let note = "\(text)\(scale): \(rule.summary)"
      if let rate = step.rate { add("rate", .number(rate), note: note) }
    case .own: break
    }
  }

  private mutating func addTrials(_ step: Replay.Step, _ run: ReplayedRun) {
    guard !step.trials.isEmpty else { return }
    let first = step.trials[0]
    let heads = first.rate != nil ? "rate" : first.promised != nil ? run.scaleName : "trial"
    add(
      "trials",
      .table(
        [heads, "f", "test"],
        step.trials.enumerated().map { number, trial in
          [
            .number(trial.rate ?? trial.scale), .number(trial.value),
            .text(test(trial, number: number, step, run)),
          ]
        }))
  }

  /// The tests of a trial with their numbers.
  private func test(
    _ trial: Replay.Trial, number: Int, _ step: Replay.Step, _ run: ReplayedRun
  ) -> String {
    let verdict =
      switch trial.isAccepted {
      case true: "accepted"
      case false: "rejected"
      case nil: "given up"
      }
    func compared(_ value: Double, _ isBelow: Bool, _ bound: Double) -> String {
      "\(formatNumber(value)), \(isBelow ? "not above" : "above") \(formatNumber(bound))"
    }
    let change = trial.value - step.value
    if let promised = trial.promised {
      let rounding = 4 * 0x1p-52 * abs(step.value)
      let ratio = (step.value - trial.value + rounding) / (promised + rounding)
      return "\(verdict): f falls by \(formatNumber(-change)), the model promised "
        + "\(formatNumber(promised)); the ratio \(formatNumber(ratio)) is "
        + "\(ratio >= 1e-3 ? "not below" : "below") 0.001"
    }
    guard let rate = trial.rate, let direction = step.direction,
      case .rule(let rule, _, _) = run.rate
    else { return verdict }
    let slope = step.evidence.first?.values.first ?? .nan
    guard slope < 0 else { return "\(verdict): g.d = \(formatNumber(slope)) is not below 0" }
    guard rule.name == "wolfe" else {
      // From the third trial on f is compared to within its rounding.
      let rounding = number >= 2 ? 0x1p-52 * abs(step.value) : 0
      let allowed = 1e-4 * rate * slope + rounding
      return "\(verdict): f changes by \(compared(change, change <= allowed, allowed))"
    }
    let there = zip(trial.gradient, direction).dropFirst().reduce(
      trial.gradient[0] * direction[0]
    ) { $0 + $1.0 * $1.1 }
    let share = 1e-4 * slope
    let isBlurred = abs(change) <= 1e-10 * abs(step.value)
    let seen = isBlurred ? step.value + rate * (0.5 * (slope + there)) : trial.value
    let isEnough = seen <= step.value + rate * share
    let flat = -(run.method.direction.curvature * slope)
    let falls =
      isBlurred
      ? "f is rounding here, and by its slopes it changes by " : "f changes by "
    return "\(verdict): \(falls)"
      + compared(isBlurred ? rate * (0.5 * (slope + there)) : change, isEnough, rate * share)
      + "; |slope| \(compared(abs(there), abs(there) <= flat, flat))"
  }

  private mutating func addCarried(_ step: Replay.Step, isAfter: Bool) {
    for carried in step.carried where carried.name != "whether it is the first step" {
      let values = isAfter ? carried.after : carried.before
      let label = (carried.name.isEmpty ? "memory" : carried.name) + (isAfter ? " after" : "")
      if values.count > Sheet.mostCarried {
        add(label, .none, note: "\(values.count) numbers, not shown")
      } else {
        add(label, values.count == 1 ? .number(values[0]) : .vector(values))
      }
    }
  }

  // MARK: - Why

  /// Why the step was taken: what did not end the run, and what accepted the step.
  private func reasons(_ step: Replay.Step, _ run: ReplayedRun) -> [String] {
    var reasons: [String] = []
    if let tolerance = run.stop.gradient {
      reasons.append(
        "not converged: |gradient| = \(formatNumber(step.gradientNorm)) > \(formatNumber(tolerance))"
      )
    }
    if let radius = run.stop.radius {
      reasons.append(
        "inside the radius: |x - start| = \(formatNumber(run.distance(of: step))) <= "
          + formatNumber(radius))
    }
    if let iterations = run.stop.iterations {
      reasons.append("below the limit: iteration \(step.iteration) < \(iterations)")
    }
    reasons.append(
      step.trials.isEmpty
        ? "nothing is tried: this method takes every step that can be computed and changes x"
        : "trial \(step.trials.count) was accepted")
    return reasons
  }

  /// How the run ended, and the numbers of the test that said so.
  private mutating func addEnd(_ step: Replay.Step, _ run: ReplayedRun) {
    let outcome = run.outcome
    add("ended", .text(outcome.ending.rawValue), note: outcome.reason)
    var because: [String] = []
    switch outcome.ending {
    case .converged:
      because.append(
        "|gradient| = \(formatNumber(step.gradientNorm)) <= "
          + "\(formatNumber(run.stop.gradient ?? 0)), the gradient tolerance")
    case .diverged where outcome.tail == nil:
      because.append("|x - start| = \(formatNumber(run.distance(of: step)))")
    case .stalled where outcome.tail == nil && !outcome.isByProposal:
      if let before = run.step(step.iteration - 1) {
        because.append(
          "the step to here: \(formatNumber(before.stepNorm)); "
            + "the change of f: \(formatNumber(step.value - before.value))")
      }
    default: break
    }
    if let tail = outcome.tail {
      let count = Tail.length(iterations: outcome.iterations)
      if let period = tail.period {
        because.append("the last \(count) steps run through a cycle of \(period)")
      }
      if let cosine = tail.cosine {
        because.append(
          "over the last \(count) steps the median cosine between neighbours is "
            + formatNumber(cosine))
      }
      if let growth = tail.growth {
        because.append(
          "each is \(formatNumber(growth)) times as long as the one before, on average")
      }
    }
    if !because.isEmpty { add("because", .texts(because)) }
    let curvature = outcome.eigenvalues.map {
      "eigenvalues of H from \(formatNumber($0.least)) to \(formatNumber($0.greatest))"
    }
    add("point", .text(outcome.point.rawValue), note: curvature ?? "")
  }
}

extension Outcome {
  /// Whether the run ended because of the step that was proposed, not before one was.
  fileprivate var isByProposal: Bool {
    switch ending {
    case .singular, .blocked: true
    case .stalled: reason.hasPrefix("the step no longer") && tail == nil
    default: false
    }
  }
}

extension ReplayedRun {
  /// What the trials of a method without a rate go by.
  fileprivate var scaleName: String {
    switch method.direction.name {
    case "trust-region": "radius"
    case "cubic-newton": "weight"
    default: "mu"
    }
  }
}
