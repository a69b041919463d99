/// Sums of products for reading: like terms collected, numbers in front, powers of the same base joined.
///
/// Nothing here is evaluated: the graph keeps its own order of operations.
struct ReadableSum: Hashable {
  /// A base with its exponent, a fraction that is not 0.
  struct Factor: Hashable {
    let base: Int
    let exponent: ReadableNumber
  }

  /// A number times factors, their bases ascending.
  struct Term: Hashable {
    var coefficient: ReadableNumber
    let factors: [Factor]
  }

  /// The terms, no two of the same factors.
  var terms: [Term]

  static let zero = ReadableSum(terms: [])

  init(terms: [Term]) {
    self.terms = terms
  }

  /// A number.
  init(_ number: ReadableNumber) {
    terms = number.isZero ? [] : [Term(coefficient: number, factors: [])]
  }

  /// The number that it is; nil if it is none.
  var number: ReadableNumber? {
    if terms.isEmpty { return .zero }
    return terms.count == 1 && terms[0].factors.isEmpty ? terms[0].coefficient : nil
  }
}

/// What cannot be written for reading.
enum ReadableFailure: Error {
  case tooLong
  case notAFormula
}

/// Calculates with readable sums; what they are made of exists once each and has a number.
final class ReadableAlgebra {
  /// What a power may be of.
  enum Base: Hashable {
    /// A coordinate, or a constant with a name.
    case name(String)
    /// A function or a sign between its arguments.
    case call(String, [ReadableSum])
    /// A sum of two terms or more, or what stands under a root.
    case sum(ReadableSum)
  }

  private(set) var bases: [Base] = []
  private var numbers: [Base: Int] = [:]
  private var steps = 0
  /// Texts of bases and of sums.
  var baseTexts: [Int: String] = [:]
  var sumTexts: [ReadableSum: String] = [:]
  private static let mostSteps = 400_000
  private static let mostTerms = 48
  private static let greatestPower = 6

  func spend(_ count: Int) throws(ReadableFailure) {
    steps += count
    guard steps <= ReadableAlgebra.mostSteps else { throw .tooLong }
  }

  func intern(_ base: Base) -> Int {
    if let number = numbers[base] { return number }
    numbers[base] = bases.count
    bases.append(base)
    return bases.count - 1
  }

  func power(of base: Base, _ exponent: ReadableNumber = .one) -> ReadableSum {
    ReadableSum(terms: [
      .init(coefficient: .one, factors: [.init(base: intern(base), exponent: exponent)])
    ])
  }

  // MARK: - Sums

  func sum(_ left: ReadableSum, _ right: ReadableSum) throws(ReadableFailure) -> ReadableSum {
    var coefficients: [[ReadableSum.Factor]: ReadableNumber] = [:]
    var order: [[ReadableSum.Factor]] = []
    for term in opened(left).terms + opened(right).terms {
      if coefficients[term.factors] == nil { order.append(term.factors) }
      coefficients[term.factors] = (coefficients[term.factors] ?? .zero) + term.coefficient
    }
    try spend(order.count)
    return ReadableSum(
      terms: order.compactMap { factors in
        let coefficient = coefficients[factors] ?? .zero
        return coefficient.isZero ? nil : .init(coefficient: coefficient, factors: factors)
      }
    ).sorted
  }

  /// c(u + v) as cu + cv, so that its terms meet others.
  private func opened(_ sum: ReadableSum) -> ReadableSum {
    guard sum.terms.contains(where: { inner($0) != nil }) else { return sum }
    return ReadableSum(
      terms: sum.terms.flatMap { term in
        inner(term)?.terms.map {
          ReadableSum.Term(
            coefficient: $0.coefficient * term.coefficient, factors: $0.factors)
        } ?? [term]
      })
  }

  /// The sum that a term is a multiple of.
  private func inner(_ term: ReadableSum.Term) -> ReadableSum? {
    guard term.factors.count == 1, term.factors[0].exponent == .one,
      case .sum(let sum) = bases[term.factors[0].base]
    else { return nil }
    return sum
  }

  func scaled(_ sum: ReadableSum, by number: ReadableNumber) -> ReadableSum {
    number.isZero
      ? .zero
      : ReadableSum(
        terms: sum.terms.map {
          .init(coefficient: $0.coefficient * number, factors: $0.factors)
        })
  }

  // MARK: - Products

  func product(_ left: ReadableSum, _ right: ReadableSum) throws(ReadableFailure) -> ReadableSum {
    if let number = left.number { return scaled(right, by: number) }
    if let number = right.number { return scaled(left, by: number) }
    let (first, second) = (try asTerm(left), try asTerm(right))
    return try joined(
      first.coefficient * second.coefficient, first.factors + second.factors)
  }

  /// A sum of several terms as a number times a base, its first term positive and its numbers without a common
  /// divisor.
  private func asTerm(_ sum: ReadableSum) throws(ReadableFailure) -> ReadableSum.Term {
    if sum.terms.count == 1 { return sum.terms[0] }
    let content = try self.content(of: sum)
    let base = intern(.sum(scaled(sum, by: content.inverse)))
    return .init(coefficient: content, factors: [.init(base: base, exponent: .one)])
  }

  /// The common divisor of whole coefficients, with the sign of the term that is written first.
  func content(of sum: ReadableSum) throws(ReadableFailure) -> ReadableNumber {
    let whole = sum.terms.map(\.coefficient.integer)
    let divisor =
      whole.contains(nil) ? 1 : whole.compactMap(\.self).reduce(0, greatestCommonDivisor)
    let isNegative = try inOrder(sum).first?.coefficient.isNegative ?? false
    return .fraction(isNegative ? -divisor : divisor, 1)
  }

  /// A number times factors, of which several may have the same base.
  private func joined(_ coefficient: ReadableNumber, _ factors: [ReadableSum.Factor])
    throws(ReadableFailure) -> ReadableSum
  {
    try spend(factors.count)
    var exponents: [Int: ReadableNumber] = [:]
    for factor in factors {
      exponents[factor.base] = (exponents[factor.base] ?? .zero) + factor.exponent
    }
    var kept: [ReadableSum.Factor] = []
    var rest = ReadableSum(.one)
    for base in exponents.keys.sorted() {
      guard let exponent = exponents[base], !exponent.isZero else { continue }
      // What stood under a root and does no more is no base of its own.
      if let k = exponent.integer, case .sum(let sum) = bases[base], sum.terms.count == 1 {
        rest = try product(rest, try power(sum, .fraction(k, 1)))
      } else {
        kept.append(.init(base: base, exponent: exponent))
      }
    }
    let product = ReadableSum(terms: [.init(coefficient: coefficient, factors: kept)])
    return rest.number == .one ? product : try self.product(product, rest)
  }

  func power(_ sum: ReadableSum, _ exponent: ReadableNumber) throws(ReadableFailure)
    -> ReadableSum
  {
    if exponent.isZero { return ReadableSum(.one) }
    if exponent == .one { return sum }
    guard !sum.terms.isEmpty else {
      if exponent.isNegative { throw .notAFormula }
      return .zero
    }
    if let k = exponent.integer, abs(k) <= 64 {
      let term = try asTerm(sum)
      return try joined(
        term.coefficient.power(k),
        term.factors.map {
          .init(base: $0.base, exponent: $0.exponent * exponent)
        })
    }
    if sum.terms.count == 1, sum.terms[0].coefficient == .one, sum.terms[0].factors.count == 1,
      sum.terms[0].factors[0].exponent == .one
    {
      return try joined(
        .one, [.init(base: sum.terms[0].factors[0].base, exponent: exponent)])
    }
    return power(of: .sum(sum), exponent)
  }

  // MARK: - Other forms of the same

  /// The form with the shortest text: as it is, multiplied out, or with what is common in front.
  func simplest(_ sum: ReadableSum) throws(ReadableFailure) -> ReadableSum {
    let inside = try mapped(sum)
    var best = inside
    var length = try text(of: inside).utf8.count
    for form in [try factored(inside)] + (try forms(multipliedOut(inside))) {
      let count = try text(of: form).utf8.count
      if count < length { (best, length) = (form, count) }
    }
    return best
  }

  private func forms(_ sum: ReadableSum?) throws(ReadableFailure) -> [ReadableSum] {
    guard let sum else { return [] }
    return [sum, try factored(sum)]
  }

  /// The same with every part in its simplest form.
  private func mapped(_ sum: ReadableSum) throws(ReadableFailure) -> ReadableSum {
    var result = ReadableSum.zero
    for term in sum.terms {
      var product = ReadableSum(term.coefficient)
      for factor in term.factors {
        product = try self.product(product, try power(simplest(factor.base), factor.exponent))
      }
      result = sum.terms.count == 1 ? product : try self.sum(result, product)
    }
    return result
  }

  private func simplest(_ base: Int) throws(ReadableFailure) -> ReadableSum {
    if let known = simplestBases[base] { return known }
    let result: ReadableSum
    switch bases[base] {
    case .name: result = power(of: bases[base])
    case .call(let name, let arguments):
      var simple: [ReadableSum] = []
      for argument in arguments { simple.append(try simplest(argument)) }
      result = power(of: .call(name, simple))
    case .sum(let sum): result = try simplest(sum)
    }
    simplestBases[base] = result
    return result
  }
  private var simplestBases: [Int: ReadableSum] = [:]

  /// Products of sums and their low powers multiplied out; nil where that makes too many terms.
  private func multipliedOut(_ sum: ReadableSum) throws(ReadableFailure) -> ReadableSum? {
    var result = ReadableSum.zero
    for term in sum.terms {
      var product = ReadableSum(term.coefficient)
      for factor in term.factors {
        guard case .sum(let inner) = bases[factor.base], inner.terms.count > 1,
          let k = factor.exponent.integer, (1...ReadableAlgebra.greatestPower).contains(k)
        else {
          product = try each(product, times: try joined(.one, [factor]))
          continue
        }
        guard let open = try multipliedOut(inner) else { return nil }
        for _ in 0..<k {
          product = try each(product, times: open)
          guard product.terms.count <= ReadableAlgebra.mostTerms else { return nil }
        }
      }
      result = try self.sum(result, product)
      guard result.terms.count <= ReadableAlgebra.mostTerms else { return nil }
    }
    return result
  }

  /// Every term of one with every term of the other.
  private func each(_ left: ReadableSum, times right: ReadableSum) throws(ReadableFailure)
    -> ReadableSum
  {
    var result = ReadableSum.zero
    for first in left.terms {
      for second in right.terms {
        result = try sum(
          result,
          try joined(first.coefficient * second.coefficient, first.factors + second.factors))
      }
    }
    return result
  }

  /// What all terms have in common in front of the rest.
  private func factored(_ sum: ReadableSum) throws(ReadableFailure) -> ReadableSum {
    guard sum.terms.count > 1 else { return sum }
    var common: [ReadableSum.Factor] = []
    for factor in sum.terms[0].factors {
      let exponents = sum.terms.map { term in
        term.factors.first { $0.base == factor.base }?.exponent ?? .zero
      }
      let isShared =
        exponents.allSatisfy { !$0.isZero && $0.isNegative == factor.exponent.isNegative }
      guard isShared, let least = exponents.min(by: { abs($0.value) < abs($1.value) }) else {
        continue
      }
      common.append(.init(base: factor.base, exponent: least))
    }
    let front = ReadableSum(terms: [.init(coefficient: .one, factors: common)])
    let inverse = ReadableSum(terms: [
      .init(
        coefficient: .one,
        factors: common.map { .init(base: $0.base, exponent: -$0.exponent) })
    ])
    let rest = try each(sum, times: inverse)
    return common.isEmpty ? ReadableSum(terms: [try asTerm(sum)]) : try product(front, rest)
  }
}

extension ReadableSum {
  /// The same, its terms in an order that does not depend on how it came to be.
  fileprivate var sorted: ReadableSum {
    ReadableSum(
      terms: terms.sorted { left, right in
        for (a, b) in zip(left.factors, right.factors) where a != b {
          return a.base != b.base ? a.base < b.base : a.exponent.value < b.exponent.value
        }
        return left.factors.count < right.factors.count
      })
  }
}
