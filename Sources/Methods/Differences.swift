/// Which differences of f take the place of its derivatives, and how far apart the points are.
///
/// Forward differences take points on one side and are of first order in ε, central ones take points on both sides
/// and are of second order. Of a derivative of order m, truncation leaves about εᵖ and rounding 2⁻⁵²/εᵐ, p = 1 or 2,
/// so that ε = 2^(−52/(m + p)) makes their sum the least where f, x and the derivatives are of the order of 1: the
/// default. Elsewhere it is for the user to choose; ε is absolute, the same for every coordinate.
///
/// Nocedal & Wright, *Numerical Optimization*, §8.1.
public struct Differences: Sendable, Equatable {
  /// On which sides of x the points lie.
  public enum Kind: String, Sendable, CaseIterable {
    /// At x and above.
    case forward
    /// Above x and below.
    case central
  }

  /// On which sides of x the points lie.
  public let kind: Kind
  /// ε; nil where each derivative has its own default.
  public let epsilon: Double?

  /// Creates a choice of differences.
  public init(_ kind: Kind, epsilon: Double? = nil) {
    self.kind = kind
    self.epsilon = epsilon
  }

  /// What the user can say of them behind a method.
  public static let options = [
    OptionDefinition(
      "derivatives", .choice(["exact"] + Kind.allCases.map(\.rawValue)), default: "exact",
      "where the steps take g and H from: exact derivatives, or differences of f"),
    OptionDefinition(
      "epsilon", .number(1e-300 ... .greatestFiniteMagnitude),
      "how far apart the points of differences are",
      onlyWith: OptionDefinition.Condition("derivatives", Kind.allCases.map(\.rawValue))),
  ]

  /// ε for a derivative of order 1, 2 or 3.
  public func epsilon(order: Int) -> Double {
    epsilon ?? Differences.roots[order + (kind == .forward ? 1 : 2)] ?? .nan
  }

  /// The roots of 2⁻⁵², written out so that every machine has the same.
  private static let roots: [Int: Double] = [
    2: 0x1p-26, 3: 6.055454452393343e-6, 4: 0x1p-13, 5: 7.400959797414051e-4,
  ]
}
