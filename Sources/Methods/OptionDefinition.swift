/// An option that can be typed behind a directive, as `rate=0.1`.
///
/// Declared once, beside what it is an option of: reading, errors, `runexp list` and the reference all
/// follow the declaration.
public struct OptionDefinition: Sendable {
  /// What an option takes.
  public enum Kind: Sendable {
    /// Rates: numbers, ranges and rules, as `0.1`, `[0.1, 0.5]` or `armijo`.
    case rates
    /// Constant expressions and ranges, as `0.1` or `[0.1, 0.5]`.
    case numbers
    /// A number.
    case number(ClosedRange<Double>)
    /// A number, or `off`.
    case numberOrOff(ClosedRange<Double>)
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A list of whole numbers.
    case integers(ClosedRange<Int>)
    /// A whole number, or `off`.
    case integerOrOff(ClosedRange<Int>)
    /// A whole number says how many; a list says which, be it of one number: `[0.5]`.
    case countOrNumbers(ClosedRange<Int>)
    /// One of a few words.
    case choice([String])
    /// Labels of methods.
    case methods
    /// The label of a method.
    case method
    /// Labels of functions.
    case functions
    /// A place along a coordinate: a number, the label of a start, or `minimum`.
    case place
    /// Names of coordinates.
    case coordinates
    /// Columns of traces.
    case columns
    /// A formula of quantities.
    case formula
    /// A column of a table.
    case column
    /// A label of its own.
    case label
    /// A word without a value.
    case flag
  }

  /// The name, as it is typed before `=`.
  public let name: String
  /// What it takes.
  public let kind: Kind
  /// What counts where it is not given, as one would type it; nil where nothing does.
  public let defaultText: String?
  /// One line of help.
  public let summary: String
  /// The options that make no sense beside it.
  public let excluded: [String]
  /// The only values of another option beside which it counts; nil where it always does.
  public let onlyWith: Condition?
  /// Whether a list of values may be given, each of which makes a method of its own.
  public private(set) var multiplies = false

  /// Declares an option.
  public init(
    _ name: String, _ kind: Kind, default defaultText: String? = nil, _ summary: String,
    excluding excluded: [String] = [], onlyWith: Condition? = nil
  ) {
    self.name = name
    self.kind = kind
    self.defaultText = defaultText
    self.summary = summary
    self.excluded = excluded
    self.onlyWith = onlyWith
  }

  /// Values of another option.
  public struct Condition: Sendable {
    /// The other option.
    public let name: String
    /// Its values, as they are typed.
    public let values: [String]

    /// Names values of another option.
    public init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }

    /// As one types them: `derivatives=forward or derivatives=central`.
    public var text: String { values.map { "\(name)=\($0)" }.joined(separator: " or ") }
  }

  /// The option where a list of values multiplies what it is an option of.
  public var multiplying: OptionDefinition {
    var copy = self
    copy.multiplies = true
    return copy
  }
}
