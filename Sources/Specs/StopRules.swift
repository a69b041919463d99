import Methods

/// When a run ends.
///
/// Norms are Euclidean; nil is `off`.
public struct StopRules: Sendable, Equatable {
  /// The most iterations; nil only with a bound on evaluations.
  public var iterations: Int?
  /// Converged once ‖g‖ is not above it.
  public var gradient: Double?
  /// Stalled once a step is not longer.
  public var step: Double?
  /// Stalled once f changes by no more.
  public var decrease: Double?
  /// Diverged once ‖x − x₀‖ is above it.
  public var radius: Double?
  /// The most evaluations of f, g and H together that the method may ask for.
  public var evaluations: Int?

  /// What may stand behind `stop`.
  public static let options = [
    OptionDefinition(
      "iterations", .integerOrOff(0...1_000_000_000_000_000), default: "1000",
      "the most iterations"),
    OptionDefinition("gradient", tolerance, default: "1e-8", "converged at this norm of g"),
    OptionDefinition("step", tolerance, default: "off", "stalled at this length of a step"),
    OptionDefinition("decrease", tolerance, default: "off", "stalled at this change of f"),
    OptionDefinition(
      "radius", tolerance, default: "1e10", "diverged at this distance from the start"),
    OptionDefinition(
      "evaluations", .integerOrOff(0...1_000_000_000_000_000), default: "off",
      "the most evaluations of f, g and H together"),
  ]
  private static let tolerance = OptionDefinition.Kind.numberOrOff(0 ... .greatestFiniteMagnitude)

  /// The defaults.
  public init() {
    self.init(OptionValues(StopRules.options))
  }

  init(_ values: OptionValues) {
    iterations = values.integer("iterations")
    gradient = values.number("gradient")
    step = values.number("step")
    decrease = values.number("decrease")
    radius = values.number("radius")
    evaluations = values.integer("evaluations")
  }
}

extension SpecParser {
  /// `stop iterations=… gradient=…`.
  mutating func readStop(_ line: SpecLine) {
    guard line.rest.count > 0 else {
      findings.report(
        SpecProblem.missing("an option", example: "stop iterations=500"), at: line.rest.end)
      return
    }
    experiment.stop = StopRules(findings.options(line.rest.words, of: "stop", StopRules.options))
    if experiment.stop.iterations == nil, experiment.stop.evaluations == nil {
      findings.report(SpecProblem.noLimitAtAll, at: line.place)
    }
  }
}
