/// A function that can be typed in a formula.
///
/// To add one, write its `Operation` (kernel or definition, derivative) and its line in a table of
/// this folder; a new table joins `Function.all`.
public struct Function: Sendable {
  /// The name, as it is typed.
  public let name: String
  /// The names of its parameters, for help and errors.
  public let parameters: [String]
  /// What it is, in a few words.
  public let summary: String
  /// Where it is defined, nil if everywhere.
  public let domain: String?
  /// Whether it takes two or more arguments, applied pairwise from the left.
  let isVariadic: Bool
  /// Builds the node of a call, without simplifying anything.
  let build: @Sendable ([Scalar]) -> Scalar

  init(
    _ name: String, _ parameters: [String], _ summary: String, domain: String? = nil,
    isVariadic: Bool = false, build: @escaping @Sendable ([Scalar]) -> Scalar
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.domain = domain
    self.isVariadic = isVariadic
    self.build = build
  }

  init(
    _ name: String, _ parameters: [String], _ summary: String, _ operation: Operation,
    domain: String? = nil, isVariadic: Bool = false
  ) {
    self.init(name, parameters, summary, domain: domain, isVariadic: isVariadic) {
      $0[0].graph.node(operation, $0)
    }
  }

  /// `atan2(y, x)`.
  public var usage: String {
    "\(name)(\(parameters.joined(separator: ", "))\(isVariadic ? ", …" : ""))"
  }

  /// Every function, in the order of the guide.
  public static let all = trigonometric + exponential + arithmetic

  /// The functions by name.
  public static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The constants that can be typed.
  public static let constants: [String: Double] = [
    "pi": .pi, "tau": 2 * .pi, "e": 2.718281828459045,
  ]
}
