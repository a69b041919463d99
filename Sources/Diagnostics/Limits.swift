/// The bounds that keep a hostile or mistaken file from filling the machine.
///
/// Each can be raised with `--limit NAME=VALUE`; the error of each names it so.
public struct Limits: Sendable {
  /// The bounds by name.
  public enum Name: String, CaseIterable, Sendable {
    /// Bytes of a spec file, or of one row of a data file.
    case fileBytes = "file-bytes"
    /// Brackets, signs and powers open at once in a formula.
    case nesting
    /// Characters of one formula.
    case formula
    /// Operations of a function with all its derivatives.
    case operations
    /// Coordinates of a function.
    case variables
    /// Steps of reading a spec: turns of sums, components of lists, coordinates of starts, numbers of rates.
    case work
    /// Methods of one spec.
    case methods
    /// Runs of one spec.
    case runs
    /// Rows of all traces of one spec.
    case traceRows = "trace-rows"
    /// Numbers of all data files of one spec.
    case dataCells = "data-cells"
  }

  private var values: [Name: Int] = [
    .fileBytes: 4_000_000, .nesting: 1000, .formula: 1_000_000, .operations: 2_000_000,
    .variables: 100_000, .work: 10_000_000, .methods: 10_000, .runs: 10_000_000,
    .traceRows: 1_000_000, .dataCells: 100_000_000,
  ]

  /// Creates the default bounds.
  public init() {}

  /// No bounds at all, for what was checked before.
  public static var none: Limits {
    var limits = Limits()
    limits.values = [:]
    return limits
  }

  /// The bound of a name.
  public subscript(name: Name) -> Int {
    get { values[name] ?? .max }
    set { values[name] = newValue }
  }
}

/// A bound was passed; the sentence names it and how to raise it.
public struct LimitProblem: Problem {
  /// What is too large, as `the formula has 2000001 characters`.
  public let what: String
  /// The bound.
  public let name: Limits.Name
  /// The bound's value.
  public let limit: Int

  /// Creates the problem.
  public init(_ what: String, name: Limits.Name, limit: Int) {
    self.what = what
    self.name = name
    self.limit = limit
  }

  /// See `Problem`.
  public var sentence: String {
    "\(what), more than the limit of \(limit); raise it with --limit \(name.rawValue)=NUMBER"
  }
}
