import Diagnostics
import Testing

@testable import Expressions

/// What is set, with ~ for a thin space.
func textbook(
  _ text: String, _ language: Formula.Language = .functions,
  symbols: [String: Spelling.Symbol] = [:]
) throws -> String {
  let formula = try Formula(parsing: SourceText(text), as: language)
  return Notation(formula, Spelling([formula], symbols: symbols)).marked
    .replacing("\u{2009}", with: "~")
}

@Suite("Formulas as a textbook sets them")
struct NotationTests {
  @Test(
    "sums, products, quotients and powers have the brackets that they need",
    arguments: [
      ("x^2 - x*y/2 + (y/3)^2", "x^{2} − x~y/2 + (y/3)^{2}"),
      ("2*3*x", "2·3~x"), ("x*2", "x·2"), ("x*(-1)", "x·(−1)"), ("x*-y", "x·(−y)"),
      ("-x*y", "−x~y"), ("-(x*y)", "−x~y"), ("-(x + y)", "−(x + y)"), ("(-x)^2", "(−x)^{2}"),
      ("-x^2", "−x^{2}"), ("a - -b", "a − (−b)"), ("-(-a)", "−(−a)"),
      ("a + (b + c)", "a + b + c"), ("a - (b + c)", "a − (b + c)"), ("a - (b - c)", "a − (b − c)"),
      ("a + (-b)", "a + (−b)"), ("a + (-b + c)", "a + (−b + c)"),
      ("(a + b)*(a - b)", "(a + b)~(a − b)"), ("a*(b*c)", "a~b~c"), ("a*(b + c)", "a~(b + c)"),
      ("a/b", "a/b"), ("a/(b*c)", "a/(b~c)"), ("a/b/c", "(a/b)/c"), ("a/(b/c)", "a/(b/c)"),
      ("a*b/c", "a~b/c"), ("a/b*c", "(a/b)~c"), ("a*(b/c)", "a~b/c"), ("(a + b)/c", "(a + b)/c"),
      ("-a/b", "−a/b"), ("a/-b", "a/(−b)"), ("1/(x + 1)", "1/(x + 1)"), ("(1/2)*x", "(1/2)~x"),
      ("5.1/(4*pi^2)*x^2", "(5.1/(4~π^{2}))~x^{2}"),
      ("x^(n + 1)", "x^{n+1}"), ("x^-2", "x^{−2}"), ("x^(1/2)", "x^{1/2}"),
      ("(x^2)^3", "(x^{2})^{3}"),
      ("x^(2*n)", "x^{2n}"), ("x^(a*b)", "x^{a~b}"), ("2^(2^(1 - i) - 1)", "2^{2^(1−i)−1}"),
      ("x^2^3", "x^{2^3}"), ("(a*b)^2", "(a~b)^{2}"), ("(a/b)^c", "(a/b)^{c}"),
      ("pow(x + 1, 3)", "(x + 1)^{3}"),
      (
        "x^(alpha + beta_1*gamma - delta*epsilon/zeta + theta/omega - kappa*mu*nu)",
        "x^(α + β_{1}~γ − δ~ε/ζ + θ/ω − κ~μ~ν)"
      ),
    ])
  func arithmetic(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test(
    "numbers keep their digits and lose their e",
    arguments: [
      ("0.26*x", "0.26~x"), ("10^6", "10^{6}"), ("2*10^-6", "2·10^{−6}"), ("1e-5*x", "10^{−5}~x"),
      ("2.5e-7 + x", "2.5·10^{−7} + x"), ("(2e-9)^2", "(2·10^{−9})^{2}"), ("0.0009", "0.0009"),
      ("1e20", "10^{20}"), ("x*1e-5", "x·10^{−5}"), ("1e-8/x", "10^{−8}/x"),
      ("0.00015*x", "0.00015~x"),
    ])
  func numbers(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test(
    "functions lose the brackets that a name does not need",
    arguments: [
      ("sin(x)^2 + sin(10 + x*y/2)*cos(x)", "sin^{2}~x + sin(10 + x~y/2)~cos~x"),
      ("sin(x)*y", "sin(x)~y"), ("y*sin(x)", "y~sin~x"),
      ("cos(x)*cos(y)*exp(-x)", "cos~x~cos(y)~e^{−x}"),
      ("sin(x)/2", "sin(x)/2"), ("2/sin(x)", "2/sin(x)"), ("sin(x)^2/y", "sin^{2}(x)/y"),
      ("sin(x)^2*y", "sin^{2}(x)~y"), ("sin(3*pi*x)^2", "sin^{2}(3~π~x)"),
      ("sin(x)^-1", "sin(x)^{−1}"),
      ("sin(x)^y", "sin(x)^{y}"), ("(sin(x)^2)^3", "(sin^{2}~x)^{3}"), ("-sin(x)", "−sin~x"),
      ("(-sin(x))*y", "−sin(x)~y"), ("2*sin(x)*y", "2~sin(x)~y"), ("sin(x[1])", "sin~x_{1}"),
      ("asin(x) + acosh(y)", "arcsin~x + arcosh~y"), ("log(cosh(x))", "log(cosh~x)"),
      ("log2(x)", "log_{2}~x"),
      ("log10(x)^2", "log_{10}^{2}~x"), ("log1p(x)", "log1p(x)"), ("log(2)", "log~2"),
      ("erf(x)^2", "erf(x)^{2}"),
      ("atan2(y, x)/(2*pi)", "atan2(y, x)/(2~π)"), ("min(i, 16 - i)", "min(i, 16 − i)"),
      ("exp(x)", "e^{x}"), ("exp(i*x)*y", "e^{i~x}~y"), ("exp(x)^2", "(e^{x})^{2}"),
      ("2^exp(x)", "2^{exp(x)}"),
      ("exp(-(x - 1)^2 - 10*y^2)", "exp(−(x − 1)^{2} − 10~y^{2})"), ("exp(-x[1])", "exp(−x_{1})"),
      ("exp(-x1)", "exp(−x_{1})"),
      ("sqrt(x)", "√{x}"), ("sqrt(x^2 + y^2) - 1", "√{x}^{2}{ + y}^{2} − 1"),
      ("sqrt(x)^3", "(√{x})^{3}"),
      ("2*sqrt(x)*y", "2~√{x}~y"), ("sqrt(1 + sqrt(x))", "√(1 + √{x})"), ("cbrt(x)", "∛{x}"),
      ("abs(x - y)^3", "|x − y|^{3}"), ("abs(x)*abs(y)", "|x|~|y|"),
      ("abs(x - abs(y))", "abs(x − |y|)"),
      ("norm(A*[1, 2] - b)^2 + dot(b, b)", "‖A·(1, 2) − b‖^{2} + b^{T}b"),
      ("2*dot(u, v)", "2~u^{T}v"), ("s*dot(u, v)", "s~(u^{T}v)"), ("dot(u, v)*s", "(u^{T}v)~s"),
      ("dot(u + v, 2*v)^2", "((u + v)^{T}(2~v))^{2}"), ("dot(u, v)/s", "u^{T}v/s"),
      ("s/dot(u, v)", "s/(u^{T}v)"),
    ])
  func functions(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test(
    "sums and products end at the next + or −",
    arguments: [
      ("sum(i in 1..n: x[i]^2) + s^2", "∑_{i=1}^{n}~x_{i}^{2} + s^{2}"),
      (
        "sum(i in 1..n-1: 100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)",
        "∑_{i=1}^{n−1}~(100~(x_{i+1} − x_{i}^{2})^{2} + (1 − x_{i})^{2})"
      ),
      ("sum(i in 1..n: x[i]^2)/4000", "(∑_{i=1}^{n}~x_{i}^{2})/4000"),
      ("2*sum(i in 1..n: x[i]/i)", "2~∑_{i=1}^{n}~x_{i}/i"),
      ("2*sum(i in 1..n: x[i])/n", "(2~∑_{i=1}^{n}~x_{i})/n"),
      ("sum(i in 1..n: x[i])*y", "(∑_{i=1}^{n}~x_{i})~y"),
      ("sum(i in 1..n: -x[i])", "∑_{i=1}^{n}~(−x_{i})"),
      ("sum(i in 1..n: sum(j in 1..i: A[i,j]))", "∑_{i=1}^{n}~∑_{j=1}^{i}~A_{ij}"),
      ("prod(i in 1..n: cos(x[i]/sqrt(i)))", "∏_{i=1}^{n}~cos(x_{i}/√{i})"),
      ("sum(j in max(1, i-1)..i: x[2*j-1])", "∑_{j=max(1, i−1)}^{i}~x_{2j−1}"),
      ("sum(i in 1..n: x[i])^2", "(∑_{i=1}^{n}~x_{i})^{2}"),
      ("sum(x)/n", "(∑_{i}~x_{i})/n"),
      ("A[1,2] + A[10,2] + A[i+1,j]", "A_{12} + A_{10,2} + A_{i+1,j}"),
      ("mean(r in points: (r.y - a - b*r.x)^2)/2", "mean_{r∈points}((r.y − a − b~r.x)^{2})/2"),
      ("sum(r in few: r[2]*r[\"hours\"])", "∑_{r∈few}~r_{2}~r.hours"),
      ("[i in 1..n: 1/i]", "(1/i)_{i=1}^{n}"), ("[3, 1, 4, 1, 5, 9]", "(3, 1, …, 9)"),
    ])
  func repetitions(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test(
    "choices and conditions are words",
    arguments: [
      ("if(x < 0, -x, x)", "−x if x < 0, else x"),
      ("if(j == i, 2, -1)*x", "(2 if j = i, else −1)~x"),
      ("if(x <= 1 and not y != 2 or z >= 3, 1, 0)", "1 if x ≤ 1 and not y ≠ 2 or z ≥ 3, else 0"),
      ("if(a > 0 and (b > 0 or c > 0), 1, 0)", "1 if a > 0 and (b > 0 or c > 0), else 0"),
      ("if(a > 0, 1, if(b > 0, 2, 3))", "1 if a > 0, 2 if b > 0, else 3"),
      ("exp(if(a > 0, a, 1))", "exp(a if a > 0, else 1)"),
      ("max(if(a > 0, a, 1), b)", "max((a if a > 0, else 1), b)"),
    ])
  func choices(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test(
    "names are greek letters with indices, unless two would look alike",
    arguments: [
      ("lambda*x1 + theta_max", "λ~x_{1} + θ_{max}"), ("x_1 + y_i", "x_{1} + y_{i}"),
      ("x1 + x_1", "x1 + x_1"),
      ("x1 + x[1]", "x1 + x_{1}"), ("lambda + λ", "lambda + λ"), ("pi + tau*e", "π + τ~e"),
      ("learning_rate*bias", "learning_rate~bias"), ("alpha2", "α_{2}"), ("2^x1", "2^{x1}"),
    ])
  func names(typed: String, set: String) throws {
    #expect(try textbook(typed) == set)
  }

  @Test("letters of names are slanted, those of functions and constants are not")
  func slant() throws {
    let formula = try Formula(parsing: SourceText("2*sin(x) + e*bias + r.y"))
    let slanted = Notation(formula, Spelling([formula])).runs.filter(\.isSlanted).map(\.text)
    #expect(slanted == ["x", "bias", "r", "y"])
  }

  @Test("a line rather begins at an outer + or −, never in an index or beneath a root")
  func lineBreaks() throws {
    let formula = try Formula(
      parsing: SourceText("a + b*(c - d) - sqrt(e + x) + (1 + (a - 1)^2) + x^(n + 1)"))
    let breaks = Notation(formula, Spelling([formula])).runs.compactMap(\.lineBreak)
    #expect(breaks == [1, 3, 1, 1, 1, 3, 1])
  }

  @Test("a thousand brackets do not exhaust the stack, ten thousand terms not the patience")
  func extremes() throws {
    let deep = String(repeating: "sin(1+", count: 1000) + "x" + String(repeating: ")", count: 1000)
    let long = Array(repeating: "x*y", count: 10_000).joined(separator: " + ")
    for text in [deep, long] {
      let formula = try Formula(parsing: SourceText(text), limits: .none)
      #expect(!Notation(formula, Spelling([formula])).runs.isEmpty)
    }
  }
}
