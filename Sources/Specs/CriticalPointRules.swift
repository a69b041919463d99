import Methods

/// How critical points are searched for.
public struct CriticalPointRules: Sendable, Equatable {
  /// Newton's method starts from so many places along each of two variables; from as many in all as
  /// that makes for a function of one, or of three and more.
  public var raster: Int

  /// What may stand behind `critical-points`.
  public static let options = [
    OptionDefinition(
      "raster", .integer(4...1000), default: "48",
      "search from so many places along each of two variables, and from its square in all else")
  ]

  init(_ values: OptionValues) {
    raster = values.integer("raster") ?? 0
  }
}

extension SpecParser {
  /// `critical-points` with its options.
  mutating func readCriticalPoints(_ line: SpecLine) -> CriticalPointRules {
    CriticalPointRules(
      findings.options(line.rest.words, of: "critical-points", CriticalPointRules.options))
  }
}
