import Testing

/// Formulas in the habits of other languages: what is said shows what to type instead.
@Suite struct FormulaHabitsTests {
  @Test(
    arguments: [
      ("2x", 2, "a multiplication needs its sign; write 2*x"),
      (#"\sin(x)"#, 1, #"write sin(x) for \sin"#),
      (#"\frac{x}{y}"#, 1, #"write (a)/(b) for \frac"#),
      (#"x \cdot y"#, 3, #"write * for \cdot"#),
      ("$x$", 1, "a formula stands without $ signs"),
      ("np.sin(x)", 1, "names have no dots; write sin(x) for np.sin(x)"),
      ("math.exp(x)", 1, "names have no dots; write exp(x) for math.exp(x)"),
      ("x.^2", 2, "write ^ without the dot; vectors are taken element by element anyway"),
      ("x²", 2, "write ^2 for a square"),
      ("x⁻¹", 2, "write powers with ^, as x^4 or x^-1"),
      ("x^½", 3, "write a fraction with /, as (1/2)"),
      ("x^{2}", 3, "write round brackets instead of '{'"),
      ("{x + y}", 1, "write round brackets instead of '{'"),
      ("x₁", 2, "write x1 or x_1 for an index"),
      ("√x", 1, "write sqrt(…) for a square root"),
      ("x·y", 2, "write * for a product"),
      ("x ÷ y", 3, "write / for a quotient"),
      ("x − y", 3, "write the minus sign as -"),
      ("|x|", 1, "write abs(x) for an absolute value |x|, and 'or' for ||"),
      ("x || y", 3, "write abs(x) for an absolute value |x|, and 'or' for ||"),
      ("x && y", 3, "write 'and' here"),
      ("x ≤ y", 3, "write <= here"),
      ("x ≠ y", 3, "write != here"),
      ("!x", 1, "write 'not' for a negation, prod(i in 1..n: i) for a factorial"),
      ("5!", 2, "write 'not' for a negation, prod(i in 1..n: i) for a factorial"),
      ("x > y ? x : y", 7, "write if(c, a, b) for c ? a : b"),
      ("x[0]", 2, "'x' is a number and has no components"),
      ("x % y", 3, "there is no remainder operator"),
      (
        "x; y", 2,
        "a line has one formula; write local names in lines of their own, as: where u = x - 1"
      ),
      ("1_000", 2, "a name begins with a letter, and a number has digits alone"),
      (#""x""#, 1, #"a text in quotes only names a column, as in r["price"]"#),
      (
        "x'", 2, "there is no sign for a derivative or transpose; derivatives are found by the tool"
      ),
      ("∂x", 1, "derivatives are found by the tool; write the function alone"),
      ("∞", 1, "infinity is no number that can be calculated with"),
      ("log(x, 2)", 1, "'log' is written log(x), but here it has 2 arguments"),
      ("x(x + 1)", 1, "'x' is not a function; write x*(…) for a product"),
      ("Sin(x)", 1, "unknown function 'Sin'; did you mean 'sin'?"),
      ("arctan(x)", 1, "unknown function 'arctan'; write atan(…)"),
      ("ln(x)", 1, "unknown function 'ln'; write log(…)"),
      ("sin^2(x)", 1, "the power of a function stands behind its brackets; write sin(x)^2"),
      ("sin x", 1, "a function needs brackets; write sin(x)"),
      ("2(x + 1)", 2, "a multiplication needs its sign; write 2*(…)"),
      ("np.pi*x", 1, "names have no dots; write pi for np.pi"),
      (
        "exp^x", 1,
        "the power of a function stands behind its brackets; write exp(x)^2, or exp(x) for e^x"
      ),
      (
        "1e*x", 1,
        "'1e' is not a number; an exponent has digits, as 1e-3, and a product its sign, as 2*e"
      ),
      ("x // y", 3, "there is no sign '//'; write / for a quotient"),
      ("x <> y", 3, "there is no sign '<>'; write != for 'differs'"),
      ("x =< y", 3, "there is no sign '=<'; write <= for 'at most'"),
      ("x => y", 3, "there is no sign '=>'; write >= for 'at least'"),
      (
        "x := y", 3,
        "there is no sign ':='; write local names in lines of their own, as: where u = x - 1"
      ),
      ("x -> y", 3, "there is no sign '->'; write if(c, a, b) for a choice"),
      ("if x > 0 then x else y", 1, "'if' is a function; write if(c, a, b)"),
      ("x if x > 0 else y", 3, "write if(c, a, b) for a where c holds, and b elsewhere"),
      ("inf", 1, "'inf' is no number that can be calculated with"),
      ("sec(x)", 1, "unknown function 'sec'; write 1/cos(x)"),
      ("norm(x, y)", 1, "'norm' takes a vector; write norm([x, y])"),
      ("1,5", 2, "decimals stand behind a point; write 1.5"),
    ] as [(formula: String, column: Int, sentence: String)])
  func isTold(formula: String, column: Int, sentence: String) {
    let line = "function f(x, y) = \(formula)"
    let caret = String(repeating: " ", count: 18 + column) + "^"
    #expect(
      printed(line + "\nmethod newton\nstart (1, 2)")
        == "bad.txt:1:\(19 + column): error: \(sentence)\n  \(line)\n  \(caret)")
  }

  @Test(arguments: [
    "x**2", "e^x", "e**x", "2^-x", "--x", "+x", "2*e", "1e0*x", ".5*x", "5.*x", "x^y^2", "1E3*x",
  ])
  func isUnderstood(formula: String) {
    #expect(printed("function f(x, y) = \(formula)\nmethod newton\nstart (1, 2)") == "")
  }
}
