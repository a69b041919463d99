import Diagnostics
import TestSupport
import Testing

@testable import Expressions

@Suite("Formulas that are set")
struct NotationReadingTests {
  private static let typed = [
    "x^2 - x*y/2 + (y/3)^2", "100*(y - x^2)^2 + (1 - x)^2", "a/b/c + a/(b/c) + a/b*c + a*b/c",
    "a*(b*c)/(a*b)", "-(a + b)*c", "-(-a)*-b", "a - (b - (c - d))", "(a^b)^c + a^b^c", "2^-x",
    "(-2)^x", "-2^x", "sin(x)*cos(y)*x", "sin(x)^2/cos(y)", "sin(x)/2*y", "sin(cos(x)^2)^3*y",
    "(sin(x)*cos(y))^2", "log2(x)^2*log(y)^-1", "exp(-x)*exp(x^2)^2", "sqrt(x^2 + sqrt(y))*x",
    "sqrt(x)^3/sqrt(y)", "abs(x)*abs(y)/abs(x*y)", "abs(abs(x) - y)",
    "sum(i in 1..n: x[i]^2)/4000*a", "a*sum(i in 1..n: i*x[i])*b", "a*sum(i in 1..n: x[i]/i)/b",
    "sum(i in 1..n: a - x[i]) - b", "-sum(i in 1..n: -x[i])",
    "prod(i in 1..n: sum(j in i+1..2*n: x[j]))^2",
    "sum(x)^2 + sum(x)/n", "mean(r in points: (r.y - a - b*r.x)^2)/2*a", "[i in 1..n: 1/i]",
    "if(x < 0, -x, x)*y", "if(x < 0, if(y < 0, 1, 2), if(y > 0, 3, 4)) + x",
    "if(not (a < 0 or b < 0) and c >= 1 or a == 2, 1, 0)", "(a < b)*(b < c)",
    "max(if(a < 0, 1, 2), b)", "A[1,2]*A[i,j+1]*x[2*k-1]^2", "2*dot(u, v)*a",
    "dot(u, v)^2/dot(u, u)",
    "a*dot(u, A*v)", "norm(A*[1, 2] - b)^2", "2*10^-6*x", "x*2*y*3", "a^(b/c)*a^(b*c)",
    "cos(2*pi*x)*e", "x1*x2 + x_3", "(a + b)^(c + d)", "cbrt(x)*y", "(a*b)*(c/d)*x",
  ]

  /// A formula and how it is set.
  private func set(_ text: String) throws -> (formula: Formula, spelling: Spelling, set: Notation) {
    let formula = try Formula(parsing: SourceText(text))
    let spelling = Spelling([formula])
    return (formula, spelling, Notation(formula, spelling))
  }

  @Test("say what was typed", arguments: typed)
  func reading(text: String) throws {
    let (formula, spelling, set) = try set(text)
    let meaning = try? NotationReader.read(set)
    #expect(try meaning == Meaning(formula, spelling), "\(set.marked)")
  }

  @Test("say what was typed, also where nobody would type it")
  func random() throws {
    var numbers = RandomNumbers(seed: 7)
    for _ in 0..<3000 {
      let text = NotationReadingTests.randomFormula(depth: 5, &numbers)
      let (formula, spelling, set) = try set(text)
      let meaning = try? NotationReader.read(set)
      #expect(try meaning == Meaning(formula, spelling), "\(text) is set as \(set.marked)")
    }
  }

  @Test("have no brackets that say nothing")
  func brackets() throws {
    var numbers = RandomNumbers(seed: 11)
    let random = (0..<600).map { _ in NotationReadingTests.randomFormula(depth: 4, &numbers) }
    for text in NotationReadingTests.typed + random {
      let set = try set(text).set
      for (without, place) in NotationReadingTests.withoutEachBracket(NotationReader.tokens(set)) {
        let same = try? NotationReader.read(without) == NotationReader.read(set)
        #expect(same != true, "'\(set.marked)' needs no bracket at \(place)")
      }
    }
  }

  /// The formula without each pair of brackets that holds one thing and is not that of a function.
  private static func withoutEachBracket(_ tokens: [NotationReader.Token])
    -> [(tokens: [NotationReader.Token], place: Int)]
  {
    tokens.indices.compactMap { open in
      guard tokens[open] == .sign("(") else { return nil }
      if open > 0 {
        switch tokens[open - 1] {
        case .sign(let sign):
          if sign.last?.isLetter == true || sign.last?.isNumber == true || "√∛".contains(sign) {
            return nil
          }
        case .raised, .lowered, .root: return nil
        }
      }
      var depth = 0
      for close in open..<tokens.count {
        if tokens[close] == .sign("(") { depth += 1 }
        if tokens[close] == .sign(")") { depth -= 1 }
        if depth == 1, tokens[close] == .sign(",") { return nil }
        guard depth == 0 else { continue }
        if close + 1 < tokens.count, case .lowered = tokens[close + 1] { return nil }
        return (
          Array(tokens[..<open] + tokens[(open + 1)..<close] + tokens[(close + 1)...]), open
        )
      }
      return nil
    }
  }

  /// A formula with all brackets.
  private static func randomFormula(depth: Int, _ numbers: inout RandomNumbers) -> String {
    func part() -> String { randomFormula(depth: depth - 1, &numbers) }
    let kind =
      depth == 0 ? Int.random(in: 0..<4, using: &numbers) : Int.random(in: 0..<22, using: &numbers)
    switch kind {
    case 0: return "x"
    case 1: return "y"
    case 2: return "\(Int.random(in: 1...3, using: &numbers))"
    case 3: return "w[2]"
    case 4, 5: return "(\(part())) + (\(part()))"
    case 6, 7: return "(\(part())) - (\(part()))"
    case 8, 9, 10: return "(\(part()))*(\(part()))"
    case 11, 12: return "(\(part()))/(\(part()))"
    case 13: return "(\(part()))^(\(part()))"
    case 14: return "(\(part()))^2"
    case 15: return "-(\(part()))"
    case 16: return "sin(\(part()))"
    case 17: return "sqrt(\(part()))"
    case 18: return "exp(\(part()))"
    case 19: return "sum(i in 1..9: (\(part()))*w[i])"
    case 20: return "abs(\(part()))"
    default: return "if((\(part())) < (\(part())), \(part()), \(part()))"
    }
  }
}
