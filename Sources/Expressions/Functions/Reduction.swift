/// A function of whole vectors that gives a number.
///
/// To add one, write its line in `all`.
public struct Reduction: Sendable {
  /// The name, as it is typed.
  public let name: String
  /// The names of its parameters, for help and errors.
  public let parameters: [String]
  /// What it is, in a few words.
  public let summary: String
  /// Builds the node from vectors of equal length, at least one component each.
  let build: @Sendable ([Vector]) -> Scalar

  /// `dot(u, v)`.
  public var usage: String { "\(name)(\(parameters.joined(separator: ", ")))" }

  /// Every reduction, in the order of the guide.
  public static let all: [Reduction] = [
    Reduction(name: "sum", parameters: ["u"], summary: "u[1] + u[2] + …") { plainSum($0[0]) },
    Reduction(name: "prod", parameters: ["u"], summary: "u[1]*u[2]*…") { plainProduct($0[0]) },
    Reduction(name: "mean", parameters: ["u"], summary: "sum(u) over the number of components") {
      plainMean($0[0])
    },
    Reduction(name: "dot", parameters: ["u", "v"], summary: "sum of the products u[i]*v[i]") {
      plainDot($0[0], $0[1])
    },
    Reduction(
      name: "norm", parameters: ["u"],
      summary: "Euclidean length, without overflow; derivative 0 at 0"
    ) { norm($0[0]) },
  ]

  /// The reductions by name.
  static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// The product as a user would have typed it out.
///
/// - Precondition: at least one factor.
func plainProduct(_ factors: Vector) -> Scalar {
  factors.dropFirst().reduce(factors[0]) { $0.graph.node(.multiply, [$0, $1]) }
}

/// The mean as a user would have typed it out.
///
/// - Precondition: at least one term.
func plainMean(_ terms: Vector) -> Scalar {
  let sum = plainSum(terms)
  return sum.graph.node(.divide, [sum, sum.graph.constant(Double(terms.count))])
}
