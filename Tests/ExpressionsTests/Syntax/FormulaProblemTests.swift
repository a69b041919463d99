import Diagnostics
import Expressions
import Testing

@Suite struct FormulaProblemTests {
  /// What is printed for a formula in x and y that stands alone in `f.txt`.
  private func complaint(_ text: String, isConstant: Bool = false) -> String {
    let graph = Graph()
    let names = ["x": graph.input(Input(.coordinate, 0)), "y": graph.input(Input(.coordinate, 1))]
    do {
      let formula = try Formula(parsing: SourceText(text))
      _ = try formula.elaborate(in: graph, names: isConstant ? [:] : names)
      if isConstant { _ = try formula.constant() }
      return ""
    } catch let error as Diagnostic {
      return Diagnostics([error]).rendered(path: "f.txt", text: text)
    } catch let error as Diagnostics {
      return error.rendered(path: "f.txt", text: text)
    } catch {
      return "\(error)"
    }
  }

  private static let cases: [(text: String, column: Int, sentence: String)] = [
    ("", 1, "a formula is missing here"),
    ("x + 1e999", 5, "the number 1e999 is too large for a double, whose limit is 1.8e308"),
    ("x + $", 5, "a formula stands without $ signs"),
    ("\\sin(x)", 1, "write sin(x) for \\sin"),
    ("x·y", 2, "write * for a product"),
    ("x ÷ y", 3, "write / for a quotient"),
    ("x − y", 3, "write the minus sign as -"),
    ("x² + y", 2, "write ^2 for a square"),
    ("x³", 2, "write ^3 for a cube"),
    ("√x", 1, "write sqrt(…) for a square root"),
    ("x ≤ y", 3, "write <= here"),
    ("x ≥ y", 3, "write >= here"),
    ("{x}", 1, "write round brackets instead of '{'"),
    ("x & y", 3, "write 'and' here"),
    ("|x|", 1, "write abs(x) for an absolute value |x|, and 'or' for ||"),
    ("!x", 1, "write 'not' for a negation, prod(i in 1..n: i) for a factorial"),
    ("x % y", 3, "there is no remainder operator"),
    ("x + ", 4, "expected a number, a name or '(' here, but found the end"),
    ("x + * y", 5, "expected a number, a name or '(' here, but found '*'"),
    ("sin(x,)", 7, "expected a number, a name or '(' here, but found ')'"),
    ("()", 2, "expected a number, a name or '(' here, but found ')'"),
    ("x and or y", 7, "expected a number, a name or '(' here, but found 'or'"),
    ("2 3", 3, "expected an operator such as + or * here, but found '3'"),
    ("x, y", 2, "expected an operator such as + or * here, but found ','"),
    ("(x, y)", 3, "expected an operator such as + or * here, but found ','"),
    ("x not y", 3, "a multiplication needs its sign; write x*not"),
    ("1..9", 2, "expected an operator such as + or * here, but found '..'"),
    ("2x", 2, "a multiplication needs its sign; write 2*x"),
    ("x y", 3, "a multiplication needs its sign; write x*y"),
    ("x 2", 3, "a multiplication needs its sign; write x*2"),
    ("2(x + y)", 2, "a multiplication needs its sign; write 2*(…)"),
    ("(x)(y)", 4, "a multiplication needs its sign; write (…)*(…)"),
    ("(x) y", 5, "a multiplication needs its sign; write (…)*y"),
    ("(x)2", 4, "a multiplication needs its sign; write (…)*2"),
    ("2*(x + y", 3, "this '(' is never closed"),
    ("1 + sin (x", 9, "this '(' is never closed"),
    ("x + y)", 6, "this ')' closes nothing"),
    ("0 < x < 1", 7, "comparisons do not chain; write 'a < b and b < c' for a < b < c"),
    ("x = 1", 3, "a comparison for equality is written =="),
    ("x[1]", 2, "'x' is a number and has no components"),
    ("x + cosy", 5, "unknown name 'cosy'"),
    ("x + pj", 5, "unknown name 'pj'; did you mean 'pi'?"),
    ("x + Y", 5, "unknown name 'Y'; did you mean 'y'?"),
    ("x + sine(y)", 5, "unknown function 'sine'; did you mean 'sin'?"),
    ("frobnicate(x)", 1, "unknown function 'frobnicate'"),
    ("sin*x", 1, "'sin' is a function; write sin(x)"),
    ("max + 1", 1, "'max' is a function; write max(x, y, …)"),
    ("x + x(y)", 5, "'x' is not a function; write x*(…) for a product"),
    ("pi(x)", 1, "'pi' is not a function; write pi*(…) for a product"),
    ("sin(x, y)", 1, "'sin' is written sin(x), but here it has 2 arguments"),
    ("sin()", 1, "'sin' is written sin(x), but here it has 0 arguments"),
    ("atan2(x)", 1, "'atan2' is written atan2(y, x), but here it has 1 argument"),
    ("max(x)", 1, "'max' is written max(x, y, …), but here it has 1 argument"),
    ("if(x, y)", 1, "'if' is written if(c, a, b), but here it has 2 arguments"),
  ]

  @Test(arguments: cases.indices)
  func everyMistakeIsPrintedWithItsPlace(number: Int) {
    let (text, column, sentence) = Self.cases[number]
    let caret = String(repeating: " ", count: column - 1) + "^"
    #expect(complaint(text) == "f.txt:1:\(column): error: \(sentence)\n  \(text)\n  \(caret)")
  }

  @Test func aConstantMustBeFinite() {
    #expect(
      complaint("1/0", isConstant: true)
        == "f.txt:1:1: error: a finite number is needed here, but this is inf\n  1/0\n  ^")
    #expect(
      complaint("1/x", isConstant: true)
        == "f.txt:1:3: error: unknown name 'x'\n  1/x\n    ^")
  }

  @Test func theSentencesThatNoFormulaReachesYet() {
    #expect(FormulaProblem.badNumber("1e").sentence == "'1e' is not a number")
    #expect(
      FormulaProblem.notConstant(name: "x").sentence == "a constant is needed here, but 'x' varies")
  }

  @Test func allUnknownNamesAreFoundAtOnce() {
    #expect(
      complaint("foo + sine(bar)") == """
        f.txt:1:1: error: unknown name 'foo'
          foo + sine(bar)
          ^
        f.txt:1:7: error: unknown function 'sine'; did you mean 'sin'?
          foo + sine(bar)
                ^
        f.txt:1:12: error: unknown name 'bar'
          foo + sine(bar)
                     ^
        """)
  }
}
