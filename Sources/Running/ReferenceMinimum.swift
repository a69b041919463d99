import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// What runs are measured against: f* and where it is attained.
///
/// The known minima, polished; else the minima among the listed critical points; else the end of the run
/// that found the least value.
public struct ReferenceMinimum: Sendable {
  /// f*, the least value at the places.
  public let value: Double
  /// The places.
  public let positions: [[Double]]
  /// What they are, for captions: "the known minimum (0, 0)".
  public let origin: String
  /// Whether they are minima that were asked for, not just the best that was seen.
  public let isKnown: Bool
  private let function: FunctionSpec

  /// Finds them.
  ///
  /// - Parameters:
  ///   - points: the critical points, where they were listed.
  ///   - best: the least value that was seen, and where.
  /// - Returns: nil where nothing is known and no run ended at a finite value.
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public init?(
    of function: FunctionSpec, points: CriticalPoints?, best: (value: Double, position: [Double])?
  ) throws {
    self.function = function
    let known = try KnownMinima(of: function).points
    if !known.isEmpty {
      let values = try Self.evaluate(function, at: known) { $0.value }
      value = values.filter(\.isFinite).min() ?? .nan
      positions = known
      origin = Self.name("the known minimum", "the least of the known minima", known, at: values)
      isKnown = true
      return
    }
    let listed = points?.points.filter { $0.kind == .minimum } ?? []
    if let least = listed.min(by: { $0.value < $1.value }) {
      value = least.value
      positions = listed.map(\.position)
      origin = "the best critical point listed, \(least.label) = \(Self.text(least.position))"
      isKnown = true
      return
    }
    guard let best else { return nil }
    value = best.value
    positions = [best.position]
    origin = "the best that a run ended at, \(Self.text(best.position))"
    isKnown = false
  }

  private static func name(
    _ one: String, _ several: String, _ points: [[Double]], at values: [Double]
  ) -> String {
    let least = values.indices.min { values[$0] < values[$1] } ?? 0
    return "\(points.count == 1 ? one : several), \(text(points[least]))"
  }

  private static func text(_ point: [Double]) -> String {
    "(\(shortList(point.map(formatNumber)).replacing(" and ", with: ", ")))"
  }

  /// 2/λmax at each of the places where it is above zero, without those that differ by rounding only;
  /// increasing.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public func stableRates() throws -> [Double] {
    guard isKnown, function.dimension <= FunctionSpec.greatestHessian else { return [] }
    let largest = try Self.evaluate(function, at: positions) {
      $0.hessian.eigenvalues[$0.dimension - 1]
    }
    var rates: [Double] = []
    for rate in largest.filter({ $0 > 0 && $0.isFinite }).map({ 2 / $0 }).sorted()
    where rates.last.map({ rate > $0 * (1 + 1e-6) }) ?? true {
      rates.append(rate)
    }
    return rates
  }

  /// f at some points.
  ///
  /// - Throws: `Diagnostics`, never for a function that was parsed.
  public static func values(of function: FunctionSpec, at points: [[Double]]) throws -> [Double] {
    try evaluate(function, at: points) { $0.value }
  }

  private static func evaluate(
    _ function: FunctionSpec, at points: [[Double]], _ quantity: (LocalModel) -> Scalar
  ) throws -> [Double] {
    let model = try function.model().model
    let program = Program(
      computing: [quantity(model)], from: function.variables.indices.map { Input(.coordinate, $0) })
    return Evaluator(program).evaluate(
      function.variables.indices.map { i in points.map { $0[i] } })[0]
  }
}
