import Diagnostics
import Expressions
import Testing

@Suite struct FormulaProblemTests {
  /// The numbers x and y, a vector w of 3, a 2 × 3 matrix A, and a table of points.
  private static func names(in graph: Graph) -> [String: Value] {
    let inputs = (0..<11).map { graph.input(Input(.coordinate, $0)) }
    return [
      "x": .scalar(inputs[0]), "y": .scalar(inputs[1]), "w": .vector(Array(inputs[2..<5])),
      "A": .matrix(Matrix(rows: 2, columns: 3, entries: Array(inputs[5..<11]))),
      "points": .table(
        DataTable(name: "points", columns: ["age", "size"], values: [[1, 2], [3, 4]])),
    ]
  }

  /// What is printed for a formula that stands alone in `f.txt`.
  private func complaint(_ text: String, isConstant: Bool = false) -> String {
    let graph = Graph()
    let names = isConstant ? [:] : FormulaProblemTests.names(in: graph)
    do {
      let formula = try Formula(parsing: SourceText(text))
      _ = try formula.elaborate(in: graph, values: names)
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
    // What other languages have made a habit of.
    ("\\frac{x}{y}", 1, "write (a)/(b) for \\frac"),
    ("\\sum_i x", 1, "write sum(i in 1..n: …) for \\sum"),
    ("\\mathrm{x}", 1, "LaTeX commands are not understood; write sin(x), pi, x/y"),
    ("np.sin(x)", 1, "names have no dots; write sin(x) for np.sin(x)"),
    ("2*math.exp(x)", 3, "names have no dots; write exp(x) for math.exp(x)"),
    ("np.arctan(x)", 1, "names have no dots; write atan(x) for np.arctan(x)"),
    ("x + np.pi", 5, "names have no dots; write pi for np.pi"),
    ("Math.PI*x", 1, "names have no dots; write pi for Math.PI"),
    ("x.^2", 2, "write ^ without the dot; vectors are taken element by element anyway"),
    ("w[0]", 2, "components count from 1; write w[1] for the first"),
    ("ln(x)", 1, "unknown function 'ln'; write log(…)"),
    ("arctan(x)", 1, "unknown function 'arctan'; write atan(…)"),
    ("2*π", 3, "unknown name 'π'; write pi"),
    ("sin x", 1, "a function needs brackets; write sin(x)"),
    ("sin^2(x)", 1, "the power of a function stands behind its brackets; write sin(x)^2"),
    ("1,5*x", 2, "decimals stand behind a point; write 1.5"),
    ("x^{2}", 3, "write round brackets instead of '{'"),
    ("|x|", 1, "write abs(x) for an absolute value |x|, and 'or' for ||"),
    ("x²", 2, "write ^2 for a square"),
    ("x ? y : 1", 3, "write if(c, a, b) for c ? a : b"),
    ("x && y", 3, "write 'and' here"),
    ("x ≤ y", 3, "write <= here"),
    (
      "exp^x", 1,
      "the power of a function stands behind its brackets; write exp(x)^2, or exp(x) for e^x"
    ),
    ("sum(w[i] for i in 3)", 10, "write sum(i in 1..n: …) for a sum of terms"),
    ("w[1]x", 5, "a multiplication needs its sign; write w[1]*x"),
    // Vectors, matrices and what repeats.
    (
      "w", 1,
      "a number is needed here, but this is a vector of 3; write for example sum(…) or norm(…) of it"
    ),
    (
      "w + 1", 3,
      "a number is needed here, but this is a vector of 3; write for example sum(…) or norm(…) of it"
    ),
    (
      "A", 1,
      "a number is needed here, but this is a 2 x 3 matrix; write for example sum(…) or norm(…) of it"
    ),
    ("w[4]", 2, "'w' has 3 components and none of number 4"),
    ("w[-1]", 2, "'w' has 3 components and none of number -1"),
    ("sum(i in 1..3: w[i+1])", 17, "'w' has 3 components and none of number 4"),
    ("w[1.5]", 2, "an index is a whole number, but 1.5 is 1.5"),
    ("w[x]", 2, "an index must be known beforehand, but x varies"),
    ("w[1, 2]", 2, "'w' needs one index, but here it has 2"),
    ("A[1, 2, 3]", 2, "'A' needs two indices, but here it has 3"),
    ("A[3, 1]", 2, "'A' has 2 rows and none of number 3"),
    ("A[1, 4]", 2, "'A' has 3 columns and none of number 4"),
    ("w[1", 2, "this '[' is never closed"),
    ("w[1)", 4, "expected ']' here, but found ')'"),
    ("sin(x]", 6, "expected ')' here, but found ']'"),
    ("x]", 2, "this ']' closes nothing"),
    ("[]", 1, "expected a number, a name or '(' here, but found ']'"),
    ("dot(w, A)", 1, "'dot' is written dot(u, v), with vectors of equal length"),
    ("dot(w, [1, 2])", 1, "'dot' is written dot(u, v), with vectors of equal length"),
    ("dot(w)", 1, "'dot' is written dot(u, v), but here it has 1 argument"),
    ("norm(x)", 1, "'norm' is written norm(u), with vectors of equal length"),
    ("norm*x", 1, "'norm' is a function; write norm(u)"),
    ("sum(w + [1, 2])", 7, "a vector of 3 and a vector of 2 do not fit together in '+'"),
    ("norm(w*A)", 7, "a matrix stands left of the vector that it is multiplied with"),
    ("norm(A*[1, 2])", 7, "a 2 x 3 matrix cannot be multiplied with a vector of 2"),
    ("norm(A^2)", 7, "a power of a matrix is written as a product, A*A"),
    ("sum(i in 1..2: x, y)", 1, "'sum' repeats one formula; here a comma begins another"),
    ("sum(i in 1..2)", 14, "the formula to repeat is missing; write sum(i in 1..3: …)"),
    ("sum([i in 1..2])", 15, "the formula to repeat is missing; write [i in 1..3: …]"),
    (
      "sum(i in 1..x: 1)", 1,
      "a range runs over whole numbers that are known beforehand, but x varies"
    ),
    ("sum(i in 1..2.5: 1)", 1, "a range runs over whole numbers, but 2.5 is 2.5"),
    (
      "sum(i in 1..1e9: 1)", 1,
      "the range has 1000000000 numbers, more than the limit of 10000000; raise it with --limit "
        + "work=NUMBER"
    ),
    ("mean(i in 1..0: 1)", 1, "a mean needs at least one term"),
    (
      "sin(i in 1..2: x)", 5,
      "only sum, prod, mean and [ … ] can repeat a formula, as in sum(i in 1..3: x[i])"
    ),
    ("sum(x in 1..2: x)", 5, "'x' is already a name of this formula; choose another name"),
    ("sum(e in 1..2: e)", 5, "'e' is already a constant; choose another name"),
    ("sum(i in 1..2: i) + i", 21, "unknown name 'i'"),
    ("x : y", 3, "expected an operator such as + or * here, but found ':'"),
    // Data.
    ("sum(r in points: r.agee)", 20, "'points' has no column 'agee'; did you mean 'age'?"),
    ("sum(r in points: r.price)", 20, "'points' has no column 'price'; it has age and size"),
    ("sum(r in points: r[3])", 19, "'points' has the columns 1 to 2 and none of number 3"),
    ("sum(r in points: r[\"cost\"])", 19, "'points' has no column 'cost'; it has age and size"),
    ("sum(r in points: r)", 18, "'r' is a whole row; write r.COLUMN for one of its numbers"),
    (
      "sum(r in points: sum(s in points: r.age*s.age))", 37,
      "the row 'r' cannot stand inside the sum over 's': sums over data do not nest"
    ),
    ("points", 1, "'points' is a table; write for example sum(r in points: r.COLUMN)"),
    ("x + points", 5, "'points' is a table; write for example sum(r in points: r.COLUMN)"),
    ("x.age", 3, "'x' is no row of data; write for example sum(x in NAME: … x.age …)"),
    ("sum(r in point: r.age)", 10, "there is no table 'point'; there is points"),
    (
      "sum(r in w: r)", 1,
      "'w' is no table; write for example sum(i in 1..3: …) for numbers from 1 to 3"
    ),
    (
      "prod(r in points: r.age)", 1,
      "there are no products over rows; write exp(sum(r in …: log(…)))"
    ),
    ("count(x)", 1, "'x' is no table; write for example sum(i in 1..3: …) for numbers from 1 to 3"),
    ("count()", 1, "'count' is written count(NAME), but here it has 0 arguments"),
    ("\"age\"", 1, "a text in quotes only names a column, as in r[\"price\"]"),
    ("r[\"age", 3, "this '\"' is never closed"),
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
