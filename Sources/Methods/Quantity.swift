import Expressions

/// A number, vector or matrix that can be asked for at every point of a run: a column of traces, a map, and
/// a word in users' methods.
///
/// Adding one: a file in `Quantities` with a static value, and its name in `all`.
public struct Quantity: Sendable {
  /// What it is a quantity of.
  public enum Subject: String, Sendable {
    /// A point alone.
    case point
    /// A step, so that it does not exist in a run's last row.
    case step
    /// A run: the number of the iteration.
    case run
  }

  /// Whether it is a column of traces.
  public enum Column: Sendable {
    /// Unless the spec chooses other columns; with second derivatives, up to three variables.
    case byDefault
    /// Where the spec asks for it.
    case onRequest
    /// Always, as one of the columns that say which row it is.
    case always
  }

  /// What it is made of.
  public enum Kind: String, Sendable {
    case number
    case vector
    case matrix
  }

  /// The name, as it is typed and as its column is headed.
  public let name: String
  /// What it is, its formula first.
  public let summary: String
  /// What it is made of.
  public let kind: Kind
  /// What it is a quantity of.
  public let subject: Subject
  /// Whether it needs second derivatives.
  public let needsHessian: Bool
  /// Whether it is a column of traces.
  public let column: Column
  /// Whether it is an angle, for which a logarithmic scale makes no sense.
  public let isAngle: Bool
  /// Its nodes; nil where the situation does not have its subject.
  let build: @Sendable (Situation) -> Value?

  init(
    _ kind: Kind, _ name: String, _ summary: String, of subject: Subject = .point,
    needsHessian: Bool = false, isAngle: Bool = false,
    column: Column = .onRequest, build: @escaping @Sendable (Situation) -> Value?
  ) {
    self.kind = kind
    self.name = name
    self.summary = summary
    self.subject = subject
    self.needsHessian = needsHessian
    self.isAngle = isAngle
    self.column = column
    self.build = build
  }

  /// A quantity of a point that is a number.
  init(
    number name: String, _ summary: String, needsHessian: Bool = false, isAngle: Bool = false,
    column: Column = .onRequest, build: @escaping @Sendable (LocalModel) -> Scalar
  ) {
    self.init(
      .number, name, summary, needsHessian: needsHessian, isAngle: isAngle, column: column
    ) { .scalar(build($0.model)) }
  }

  /// A quantity of a point that is a vector.
  init(
    vector name: String, _ summary: String, needsHessian: Bool = false,
    build: @escaping @Sendable (LocalModel) -> Vector
  ) {
    self.init(.vector, name, summary, needsHessian: needsHessian) { .vector(build($0.model)) }
  }

  /// The quantity's nodes; nil where the situation does not have its subject.
  public func value(in situation: Situation) -> Value? { build(situation) }

  /// Every quantity; those that are columns by default in the order of the trace.
  public static let all: [Quantity] = [
    .position, .value, .gradient, .gradientNorm, .hessian, .determinant, .eigenvalues,
    .minEigenvalue, .maxEigenvalue, .condition, .newtonStep, .cauchyRate, .criticalRate,
    .determinantRate, .gradientError, .hessianError, .iteration, .rate, .step, .stepRate, .stepNorm,
    .angle, .stepAngle,
  ]

  /// The quantities by name.
  public static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The columns of a trace of a function of n variables, unless the spec chooses others.
  public static func columns(dimension n: Int) -> [Quantity] {
    all.filter { $0.column == .byDefault && (n <= 3 || !$0.needsHessian) }
  }
}
