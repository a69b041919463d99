import Foundation

/// A node as a person would write it, for reading alone: like terms collected, numbers in front, x·x as x^2,
/// multiplied out or with common factors in front where that is shorter.
///
/// The text is typed as in a spec, and reads back to the same value but for rounding.
public enum ReadableFormula: Sendable, Equatable {
  /// The text.
  case text(String)
  /// Its text would be too long to read.
  case tooLong
  /// It sums over data, or is no formula of the coordinates.
  case notWritable

  /// Writes a node.
  ///
  /// - Parameters:
  ///   - node: what is written; it rests on coordinates alone.
  ///   - names: the coordinates' names.
  ///   - limit: the most characters.
  public init(_ node: Scalar, names: [String], limit: Int = 2000) {
    var writer = ReadableWriter(names: names)
    do {
      let text = try writer.text(of: node)
      self = text.count <= limit ? .text(text) : .tooLong
    } catch ReadableFailure.tooLong {
      self = .tooLong
    } catch {
      self = .notWritable
    }
  }
}

/// Reads a graph into sums.
private struct ReadableWriter {
  let names: [String]
  private let algebra = ReadableAlgebra()
  private var sums: [Int: ReadableSum] = [:]

  init(names: [String]) {
    self.names = names
  }

  mutating func text(of node: Scalar) throws(ReadableFailure) -> String {
    let graph = node.graph
    for index in graph.postorder(from: [node.index]) {
      try algebra.spend(1)
      sums[index] = try sum(graph, index)
    }
    let whole = sums[node.index] ?? .zero
    return try algebra.text(of: try algebra.simplest(whole))
  }

  private func sum(_ graph: Graph, _ index: Int) throws(ReadableFailure) -> ReadableSum {
    switch graph.nodes[index].content {
    case .constant(let bits): return try constant(Double(bitPattern: bits))
    case .input(let input):
      guard input.role == .coordinate else { throw .notAFormula }
      return algebra.power(of: .name(names[input.index]))
    case .column: throw .notAFormula
    case .operation(let operation, let parameter):
      let arguments = graph.argumentIndices(of: index).map { sums[Int($0)] ?? .zero }
      return try apply(operation, parameter, arguments)
    }
  }

  private func apply(_ operation: Operation, _ parameter: Int, _ u: [ReadableSum])
    throws(ReadableFailure) -> ReadableSum
  {
    let minusOne = ReadableNumber.fraction(-1, 1)
    switch operation {
    case .add: return try algebra.sum(u[0], u[1])
    case .subtract: return try algebra.sum(u[0], algebra.scaled(u[1], by: minusOne))
    case .multiply: return try algebra.product(u[0], u[1])
    case .divide: return try algebra.product(u[0], try algebra.power(u[1], minusOne))
    case .negate: return algebra.scaled(u[0], by: minusOne)
    case .integerPower: return try algebra.power(u[0], .fraction(parameter, 1))
    case .power:
      if let exponent = u[1].number, case .fraction = exponent {
        return try algebra.power(u[0], exponent)
      }
      return algebra.power(of: .call("^", u))
    case .squareRoot:
      if let root = u[0].number?.squareRoot { return ReadableSum(root) }
      return try algebra.power(u[0], .fraction(1, 2))
    case .squaredSecant:
      return try algebra.power(
        try call("cosh", u), .fraction(-2, 1))
    case .squaredNorm:
      var result = ReadableSum.zero
      for part in u { result = try algebra.sum(result, try algebra.power(part, .fraction(2, 1))) }
      return result
    case .rowSum, .result: throw .notAFormula
    default:
      if case .matrix = operation.implementation { throw .notAFormula }
      return try call(operation.name, u)
    }
  }

  private static let odd: Set = [
    "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "cbrt", "sign",
  ]
  private static let even: Set = ["cos", "cosh", "abs"]

  /// A function, a sign of its argument before it.
  private func call(_ name: String, _ u: [ReadableSum]) throws(ReadableFailure) -> ReadableSum {
    let isSigned =
      name == "exp" || ReadableWriter.odd.contains(name)
      || ReadableWriter.even.contains(name)
    guard isSigned, try algebra.inOrder(u[0]).first?.coefficient.isNegative ?? false else {
      return algebra.power(of: .call(name, u))
    }
    let minusOne = ReadableNumber.fraction(-1, 1)
    let base = ReadableAlgebra.Base.call(name, [algebra.scaled(u[0], by: minusOne)])
    if name == "exp" { return algebra.power(of: base, minusOne) }
    let positive = algebra.power(of: base)
    return ReadableWriter.even.contains(name) ? positive : algebra.scaled(positive, by: minusOne)
  }

  /// A number, by its name where it has one.
  private func constant(_ value: Double) throws(ReadableFailure) -> ReadableSum {
    guard value.isFinite else { throw .notAFormula }
    let plain = ReadableNumber(value)
    if case .fraction = plain { return ReadableSum(plain) }
    if abs(value) == Function.constants["e"] {
      return algebra.scaled(algebra.power(of: .name("e")), by: .fraction(value < 0 ? -1 : 1, 1))
    }
    let parts = ReadableNumber(value / .pi)
    if case .fraction(let p, let q) = parts, abs(p) <= 1000, q <= 1000 {
      return algebra.scaled(algebra.power(of: .name("pi")), by: parts)
    }
    for (factor, base) in [(M_LN2, 2), (M_LN10, 10)] where value == factor {
      return algebra.power(of: .call("log", [ReadableSum(.fraction(base, 1))]))
    }
    for (factor, base) in [(M_LOG2E, 2), (M_LOG10E, 10)] where value == factor {
      return algebra.power(
        of: .call("log", [ReadableSum(.fraction(base, 1))]), .fraction(-1, 1))
    }
    if value == M_2_SQRTPI {
      return algebra.scaled(
        algebra.power(of: .name("pi"), .fraction(-1, 2)), by: .fraction(2, 1))
    }
    // The root of a fraction: √(p/q) as √(pq)/q.
    if case .fraction(let p, let q) = ReadableNumber(value * value), q <= 64, p <= 1000 {
      let root = try algebra.power(ReadableSum(.fraction(p * q, 1)), .fraction(1, 2))
      return algebra.scaled(root, by: .fraction(value < 0 ? -1 : 1, q))
    }
    return ReadableSum(plain)
  }
}

/// So that a case of a switch may name an operation.
private func ~= (pattern: Operation, operation: Operation) -> Bool { pattern === operation }
