import Diagnostics
import Expressions
import TestSupport
import Testing

@Suite struct ParserTests {
  private func value(_ formula: String, x: Double = 0, y: Double = 0) throws -> Double {
    let function = try TestFunction(formula)
    return function.values(of: [function.f], at: [x, y])[0]
  }

  @Test(
    arguments: [
      ("-3^2", -9), ("2^-3^2", 1.0 / 512), ("2^3^2", 512), ("(-3)^2", 9), ("-2*3", -6),
      ("2*-3", -6),
      ("2*-3^2", -18), ("1 - 2 - 3", -4), ("8/4/2", 1), ("2 + 3*4", 14), ("2*3 + 4", 10),
      ("2**3", 8), ("--3", 3), ("+3", 3), ("2 - -3", 5), ("2^-1*4", 2), ("-2^2*3", -12),
      ("(1 + 2)*3", 9), (" 1\t+ 2 ", 3),
    ] as [(String, Double)])
  func arithmeticBindsAsOnPaper(formula: String, expected: Double) throws {
    #expect(try value(formula) == expected)
  }

  @Test(
    arguments: [
      ("not 1 < 0", 1), ("not 0 and 0", 0), ("1 or 0 and 0", 1), ("1 + 1 < 3", 1),
      ("1 < 2 and 2 < 3", 1), ("2 >= 2", 1), ("2 > 2", 0), ("2 <= 1", 0), ("1 == 1", 1),
      ("1 != 1", 0), ("not not 3", 1), ("0 or not 0", 1), ("-(1 < 2)", -1),
    ] as [(String, Double)])
  func logicBindsLooserThanComparisons(formula: String, expected: Double) throws {
    #expect(try value(formula) == expected)
  }

  @Test(
    arguments: [
      ("1.", 1), (".5", 0.5), ("1e-3", 1e-3), ("1.5E+2", 150), ("1e-999", 0), ("0.1", 0.1),
      ("12345678901234567890", 1.2345678901234567e19),
    ] as [(String, Double)])
  func numbersAreTheNearestDoubles(formula: String, expected: Double) throws {
    #expect(try value(formula) == expected)
  }

  @Test func callsTakeTheirArgumentsInOrder() throws {
    #expect(try value("atan2(x, y)", x: 0, y: -1) == .pi)
    #expect(try value("if(x > y, x, y) - max(x, y)", x: 2, y: 5) == 0)
    #expect(try value("min(3, x, 2, y)", x: 1, y: 4) == 1)
    #expect(try value("max((x), (y + 1))", x: 1, y: 4) == 5)
  }

  @Test func namesMayBeGreekAndHideConstants() throws {
    let graph = Graph()
    let alpha = graph.constant(2)
    let formula = try Formula(parsing: SourceText("α*e"))
    let result = try formula.elaborate(in: graph, names: ["α": alpha, "e": alpha]).result
    #expect(result.constantValue == 4)
  }

  @Test func subformulasAreQuotedAsTyped() throws {
    let formula = try Formula(parsing: SourceText("  2*(x +  y)^2 - sin( x )"))
    #expect(
      formula.nodes.indices.map(formula.typed) == [
        "2", "x", "y", "(x +  y)", "2", "(x +  y)^2", "2*(x +  y)^2", "x", "sin( x )",
        "2*(x +  y)^2 - sin( x )",
      ])
  }

  @Test(arguments: ["(", "-", "sin(", "2^", "not "])
  func deepNestingIsAnErrorAndNoCrash(opening: String) {
    let text = SourceText(String(repeating: opening, count: 100_000) + "x")
    let error = #expect(throws: Diagnostic.self) { try Formula(parsing: text) }
    #expect(
      error?.problem.sentence == "the formula is nested deeper than 1000 levels, more than the "
        + "limit of 1000; raise it with --limit nesting=NUMBER")
  }

  @Test func theNestingLimitCanBeRaised() throws {
    var limits = Limits()
    limits[.nesting] = 100_000
    let text = String(repeating: "(", count: 100_000) + "7" + String(repeating: ")", count: 100_000)
    #expect(try Formula(parsing: SourceText(text), limits: limits).constant() == 7)
  }

  @Test func aThousandBracketsAreAllowed() throws {
    let text = String(repeating: "(", count: 1000) + "7" + String(repeating: ")", count: 1000)
    #expect(try value(text) == 7)
  }

  @Test func aLongFormulaIsAnError() {
    var limits = Limits()
    limits[.formula] = 5
    let error = #expect(throws: Diagnostic.self) {
      try Formula(parsing: SourceText(" x + yy"), limits: limits)
    }
    #expect(
      error?.problem.sentence
        == "the formula has 6 characters, more than the limit of 5; "
        + "raise it with --limit formula=NUMBER")
    #expect(error?.place == Place(line: 1, column: 2))
  }

  @Test func aChainOf100000AdditionsParsesAndDifferentiates() throws {
    let function = try TestFunction(
      (1...100_000).map { "\($0)*x" }.joined(separator: " + "), of: "x")
    let expected = 100_000.0 * 100_001 / 2
    #expect(function.values(of: [function.f] + function.gradient, at: [1]) == [expected, expected])
  }

  @Test func constantsAreEvaluated() throws {
    #expect(try Formula(parsing: SourceText("2*pi")).constant() == 2 * .pi)
    #expect(try Formula(parsing: SourceText("1/3")).constant() == 1.0 / 3)
  }
}
