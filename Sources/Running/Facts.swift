import Diagnostics
import Evaluation
import Expressions
import Methods
import Specs

/// What some rates need to know of a function as a whole: found when first asked for.
final class Facts {
  private let function: FunctionSpec

  init(_ function: FunctionSpec) {
    self.function = function
  }

  /// The least value at the known minima, polished; nil where none is known.
  private lazy var minimum: Double? = {
    guard let points = try? KnownMinima(of: function).points, !points.isEmpty,
      let model = try? function.model().model
    else { return nil }
    let program = Program(
      computing: [model.value], from: function.variables.indices.map { Input(.coordinate, $0) })
    return Evaluator(program).evaluate(
      function.variables.indices.map { i in points.map { $0[i] } })[0].min()
  }()

  /// The largest eigenvalue of H in the domain, on a raster of 257 per axis for one and two variables, at
  /// 4096 points of a Halton sequence for more; places where it is not finite are left out.
  fileprivate lazy var lipschitz: Double = {
    guard let model = try? function.model().model else { return .nan }
    let program = Program(
      computing: [model.hessian.eigenvalues[model.dimension - 1]],
      from: function.variables.indices.map { Input(.coordinate, $0) })
    let found = Evaluator(program).evaluate(samples)[0]
    return found.filter(\.isFinite).max() ?? .nan
  }()

  /// The points of the estimate, coordinate by coordinate.
  private var samples: [[Double]] {
    let domain = function.domain
    func place(_ part: Double, _ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * part
    }
    let ladder = (0...256).map { Double($0) / 256 }
    switch domain.count {
    case 1: return [ladder.map { place($0, domain[0]) }]
    case 2:
      return [
        ladder.flatMap { x in ladder.map { _ in place(x, domain[0]) } },
        ladder.flatMap { _ in ladder.map { place($0, domain[1]) } },
      ]
    default:
      return domain.indices.map { axis in
        let base = Facts.prime(axis)
        return (1...4096).map { place(Facts.radicalInverse($0, base), domain[axis]) }
      }
    }
  }

  private static func prime(_ number: Int) -> Int {
    var primes = [2]
    var candidate = 3
    while primes.count <= number {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 2
    }
    return primes[number]
  }

  /// The digits of a number in a base, mirrored at the point.
  private static func radicalInverse(_ number: Int, _ base: Int) -> Double {
    var rest = number
    var digit = 1 / Double(base)
    var sum = 0.0
    while rest > 0 {
      sum += Double(rest % base) * digit
      rest /= base
      digit /= Double(base)
    }
    return sum
  }

  /// A rate with what its rule needs of the function.
  ///
  /// - Throws: `Diagnostics` where the function has no such number.
  func complete(_ rate: RateChoice) throws -> RateChoice {
    guard case .rule(let rule, let arguments, let text) = rate else { return rate }
    switch rule.name {
    case "lipschitz":
      let bound = function.lipschitz ?? lipschitz
      guard bound > 0 else {
        throw Diagnostics([
          Diagnostic(SpecProblem.noLipschitz(function.name, bound), at: nil)
        ])
      }
      return .rule(
        rule, Rate.Arguments(values: arguments.values, scale: arguments.scale, lipschitz: bound),
        text: text)
    case "polyak":
      return .rule(
        rule, Rate.Arguments(values: arguments.values, scale: arguments.scale, minimum: minimum),
        text: text)
    default: return rate
    }
  }
}

/// A bound on the largest eigenvalue of the Hessian in the domain.
public struct LipschitzBound: Sendable {
  /// L.
  public let value: Double
  /// Whether it is the largest that was seen on a raster, rather than given in the spec.
  public let isEstimate: Bool

  /// The bound of a function, by which the rate `lipschitz` goes, too; nil where it is not above zero.
  public init?(of function: FunctionSpec) {
    value = function.lipschitz ?? Facts(function).lipschitz
    isEstimate = function.lipschitz == nil
    guard value > 0 else { return nil }
  }
}
