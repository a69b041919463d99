import Expressions

/// How far a method goes along its direction.
///
/// Adding one: a file in `Rates` with a static value, and its name in `all`.
public struct Rate: Sendable {
  /// How the rate is found.
  enum Build: Sendable {
    /// A formula of the iterate, and the status of finding it.
    case formula(@Sendable (Workspace, Arguments) -> (rate: Scalar, status: Scalar?))
    /// The same where it depends on the direction too.
    case along(
      @Sendable (Workspace, Arguments, _ direction: Vector) -> (rate: Scalar, status: Scalar?))
    /// Trials along the direction.
    case search(@Sendable (Workspace, Arguments, LineStart) -> Search)
  }

  /// The numbers in brackets behind the name, then `scale=`, and what the function is known to have.
  public struct Arguments: Sendable {
    /// The numbers in brackets.
    public let values: [Double]
    /// The factor of `scale=`.
    public let scale: Double
    /// A bound on λmax, where one is given or estimated.
    public let lipschitz: Double?
    /// The least value of f, where it is known.
    public let minimum: Double?

    /// Creates the arguments.
    public init(
      values: [Double] = [], scale: Double = 1, lipschitz: Double? = nil, minimum: Double? = nil
    ) {
      self.values = values
      self.scale = scale
      self.lipschitz = lipschitz
      self.minimum = minimum
    }
  }

  /// What a line search begins with.
  struct LineStart {
    let direction: Vector
    /// Whether the direction says how far to go.
    let reach: Direction.Reach
    /// c₂ of the curvature condition.
    let curvature: Double
  }

  /// The name, as it is typed behind `rate=`.
  public let name: String
  /// The names of the numbers in brackets, for help and errors.
  public let parameters: [String]
  /// One line of help.
  public let summary: String
  /// Whether it asks for second derivatives.
  public let needsHessian: Bool
  /// Whether it depends on the iteration, so that a step that moves nothing may be followed by one that does.
  public let isSchedule: Bool
  let build: Build

  init(
    _ name: String, _ summary: String, of parameters: [String] = [], needsHessian: Bool = false,
    isSchedule: Bool = false, _ build: Build
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.needsHessian = needsHessian
    self.isSchedule = isSchedule
    self.build = build
  }

  /// Whether it tries points.
  public var isSearch: Bool { if case .search = build { true } else { false } }

  /// Whether it makes sense only for a method that has one direction.
  public var needsDirection: Bool { if case .formula = build { false } else { true } }

  /// `armijo`, `decay(a, k)`.
  public var usage: String {
    parameters.isEmpty ? name : "\(name)(\(parameters.joined(separator: ", ")))"
  }

  /// Every rule, in the order of the guide.
  public static let all: [Rate] = [
    .determinant, .cauchy, .exact, .curvature, .lipschitz, .armijo, .wolfe, .barzilaiBorwein,
    .polyak,
    .decay,
    .exponential, .cosine, .step,
  ]
  /// The rules by name.
  public static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// A rate as a spec asks for it.
public enum RateChoice: Sendable {
  /// A fixed number.
  case number(Double)
  /// A rule with its arguments; the text is how results show it.
  case rule(Rate, Rate.Arguments, text: String)
  /// None: the method finds the length of its steps itself.
  case own

  /// Whether it is a rule that depends on the iteration.
  public var isSchedule: Bool {
    if case .rule(let rule, _, _) = self { rule.isSchedule } else { false }
  }
}
