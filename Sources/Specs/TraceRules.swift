import Methods

/// Which rows of which runs are kept.
public struct TraceRules: Sendable, Equatable {
  /// Every so many iterations, and always the last; nil keeps the first and the last only.
  public var every: Int?
  /// Whether runs from grids and random starts are traced too.
  public var allStarts: Bool
  /// Whether anything is traced.
  public var isOn: Bool
  /// Whether the spec says so, which lifts the limit on rows.
  public var isExplicit = false
  /// The coordinates that every row has; nil takes all of a function that has at most 16.
  public var chosenCoordinates: [Int]?

  /// The coordinates in the rows of a function.
  public func coordinates(dimension: Int) -> [Int] {
    chosenCoordinates ?? (dimension <= 16 ? Array(0..<dimension) : [])
  }

  /// What may stand behind `trace`.
  public static let options = [
    OptionDefinition(
      "every", .integer(1...1_000_000_000), default: "1", "keep every so many iterations"),
    OptionDefinition(
      "starts", .choice(["points", "all"]), default: "points",
      "trace the starts that are named, or those of grids and chance too"),
    OptionDefinition(
      "ends", .flag, "keep the first and the last row only", excluding: ["every"]),
    OptionDefinition("off", .flag, "keep no traces", excluding: ["every", "starts", "ends"]),
  ]

  /// The default: every row of the named starts.
  public init() {
    self.init(OptionValues(TraceRules.options))
  }

  init(_ values: OptionValues) {
    every = values.isGiven("ends") ? nil : values.integer("every")
    allStarts = values.word("starts") == "all"
    isOn = !values.isGiven("off")
  }
}

extension SpecParser {
  /// `trace every=… starts=…`, `trace ends` or `trace off`.
  mutating func readTrace(_ line: SpecLine) {
    guard line.rest.count > 0 else {
      findings.report(
        SpecProblem.missing("an option", example: "trace every=10"), at: line.rest.end)
      return
    }
    experiment.trace = TraceRules(
      findings.options(line.rest.words, of: "trace", TraceRules.options))
    experiment.trace.isExplicit = true
  }
}
