import Diagnostics

/// Readable sums as they are typed in a spec.
extension ReadableAlgebra {
  /// No part is longer than this while a text is made.
  private static let greatestLength = 20_000

  /// The text of a sum.
  func text(of sum: ReadableSum) throws(ReadableFailure) -> String {
    if let known = sumTexts[sum] { return known }
    var text = ""
    for (place, term) in try inOrder(sum).enumerated() {
      let isNegative = term.coefficient.isNegative
      text += place == 0 ? (isNegative ? "-" : "") : isNegative ? " - " : " + "
      text += try self.text(of: term.coefficient.magnitude, term.factors)
      guard text.utf8.count <= ReadableAlgebra.greatestLength else { throw .tooLong }
    }
    if text.isEmpty { text = "0" }
    try spend(1 + text.utf8.count / 64)
    sumTexts[sum] = text
    return text
  }

  /// The terms as they are written: by falling degree, then by their text; the number last.
  func inOrder(_ sum: ReadableSum) throws(ReadableFailure) -> [ReadableSum.Term] {
    var keyed: [(degree: Double, text: String, term: ReadableSum.Term)] = []
    for term in sum.terms {
      keyed.append((degree(term), try text(of: .one, term.factors), term))
    }
    return keyed.sorted { left, right in
      if left.term.factors.isEmpty != right.term.factors.isEmpty {
        return right.term.factors.isEmpty
      }
      return left.degree != right.degree ? left.degree > right.degree : left.text < right.text
    }.map(\.term)
  }

  private func degree(_ term: ReadableSum.Term) -> Double {
    term.factors.reduce(0) { $0 + $1.exponent.value * degree($1.base) }
  }

  private func degree(_ base: Int) -> Double {
    switch bases[base] {
    case .name(let name): Function.constants[name] == nil ? 1 : 0
    case .call: 0
    case .sum(let sum): sum.terms.reduce(0) { max($0, degree($1)) }
    }
  }

  /// A product: numbers, names, calls, sums; what has a negative exponent below a bar.
  private func text(of coefficient: ReadableNumber, _ factors: [ReadableSum.Factor])
    throws(ReadableFailure) -> String
  {
    var above: [(rank: Int, text: String)] = []
    var below: [(rank: Int, text: String)] = []
    for factor in factors {
      let rank = rank(factor.base)
      if case .call("exp", let arguments) = bases[factor.base] {
        let exponent = scaled(arguments[0], by: factor.exponent)
        above.append((rank, "exp(\(try text(of: exponent)))"))
      } else if factor.exponent.isNegative {
        below.append((rank, try text(of: factor.base, -factor.exponent)))
      } else {
        above.append((rank, try text(of: factor.base, factor.exponent)))
      }
    }
    let number = coefficient.parts
    var numerator = above.sorted { $0 < $1 }.map(\.text)
    var denominator = below.sorted { $0 < $1 }.map(\.text)
    if number.above != "1" || numerator.isEmpty { numerator.insert(number.above, at: 0) }
    if let digits = number.below { denominator.insert(digits, at: 0) }
    let product = numerator.joined(separator: "*")
    switch denominator.count {
    case 0: return product
    case 1: return "\(product)/\(denominator[0])"
    default: return "\(product)/(\(denominator.joined(separator: "*")))"
    }
  }

  private func rank(_ base: Int) -> Int {
    switch bases[base] {
    case .name: 0
    case .call: 1
    case .sum: 2
    }
  }

  /// A power with a positive exponent, which binds as tightly as a name does.
  private func text(of base: Int, _ exponent: ReadableNumber) throws(ReadableFailure) -> String {
    let inside = try text(of: base)
    if exponent == .fraction(1, 2) { return "sqrt(\(inside))" }
    let isSum = if case .sum = bases[base] { true } else { false }
    let isPower = if case .call("^", _) = bases[base] { true } else { false }
    let bound = isSum || isPower && exponent != .one ? "(\(inside))" : inside
    if exponent == .one { return bound }
    let parts = exponent.parts
    return parts.below.map { "\(bound)^(\(parts.above)/\($0))" } ?? "\(bound)^\(parts.above)"
  }

  private func text(of base: Int) throws(ReadableFailure) -> String {
    if let known = baseTexts[base] { return known }
    let text: String
    switch bases[base] {
    case .name(let name): text = name
    case .sum(let sum): text = try self.text(of: sum)
    case .call(let name, let arguments):
      var texts: [String] = []
      for argument in arguments { texts.append(try self.text(of: argument)) }
      text = call(name, arguments, texts)
    }
    guard text.utf8.count <= ReadableAlgebra.greatestLength else { throw .tooLong }
    baseTexts[base] = text
    return text
  }

  private func call(_ name: String, _ arguments: [ReadableSum], _ texts: [String]) -> String {
    switch name {
    case "^":
      return "\(isTight(arguments[0]) ? texts[0] : "(\(texts[0]))")^"
        + (isTight(arguments[1]) ? texts[1] : "(\(texts[1]))")
    case "<", "<=", "==", "!=", "and", "or": return "(\(texts[0]) \(name) \(texts[1]))"
    case "not": return "(not \(texts[0]))"
    case "norm": return "norm([\(texts.joined(separator: ", "))])"
    case "if":
      // The brackets around a comparison are not needed before a comma.
      let condition = texts[0]
      let isBracketed =
        arguments[0].terms.count == 1 && condition.hasPrefix("(")
        && condition.hasSuffix(")") && isComparison(arguments[0])
      let inner = isBracketed ? String(condition.dropFirst().dropLast()) : condition
      return "if(\(inner), \(texts[1]), \(texts[2]))"
    default: return "\(name)(\(texts.joined(separator: ", ")))"
    }
  }

  /// Whether a sum is a name, a call or a number that is written without a sign or a bar.
  private func isTight(_ sum: ReadableSum) -> Bool {
    if let number = sum.number { return !number.isNegative && number.parts.below == nil }
    guard let base = onlyBase(of: sum) else { return false }
    switch bases[base] {
    case .name: return true
    case .call(let name, _): return name != "^"
    case .sum: return false
    }
  }

  private func isComparison(_ sum: ReadableSum) -> Bool {
    guard let base = onlyBase(of: sum), case .call(let name, _) = bases[base] else { return false }
    return ["<", "<=", "==", "!=", "and", "or", "not"].contains(name)
  }

  private func onlyBase(of sum: ReadableSum) -> Int? {
    guard sum.terms.count == 1, sum.terms[0].coefficient == .one, sum.terms[0].factors.count == 1,
      sum.terms[0].factors[0].exponent == .one
    else { return nil }
    return sum.terms[0].factors[0].base
  }
}
