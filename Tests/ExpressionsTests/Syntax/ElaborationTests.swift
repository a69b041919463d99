import Diagnostics
import Evaluation
import Expressions
import TestSupport
import Testing

@Suite struct ElaborationTests {
  private static let point = [0.5, -1.25, 3, 2, -0.75, 0.25, 1.5, -2]

  /// The value with x and y, a vector w[2] and a matrix A[2,2] at the point above.
  private func value(_ text: String) throws -> Double {
    let graph = Graph()
    let inputs = (0..<8).map { Input(.coordinate, $0) }
    let nodes = inputs.map(graph.input)
    let elaboration = try Formula(parsing: SourceText(text)).elaborate(
      in: graph,
      values: [
        "x": .scalar(nodes[0]), "y": .scalar(nodes[1]), "w": .vector([nodes[2], nodes[3]]),
        "A": .matrix(Matrix(rows: 2, columns: 2, entries: Array(nodes[4..<8]))),
      ])
    return Evaluator(Program(computing: [elaboration.result], from: inputs))
      .evaluate(Self.point.map { [$0] })[0][0]
  }

  /// Formulas with what Python makes of them.
  @Test(arguments: [
    ("w[1] - w[2]", 1.0), ("w[1+1]^2", 4), ("A[2,1]", 1.5), ("A[1][2]", 0.25),
    ("sum(w)", 5), ("sum(w^2)", 13), ("mean(w)", 2.5), ("prod(w)", 6), ("sum(A)", -1),
    ("dot(w, [10, 1])", 32), ("norm([3, 4])", 5), ("norm(w - [2, 2])", 1), ("norm([x])", 0.5),
    ("sum(2*w + 1)", 12), ("sum(w/w)", 2), ("sum(-w)", -5), ("sum(w*w)", 13),
    ("sum(A*w)", -1.25), ("dot(w, A*w)", -4.25), ("sum(A*A)", 0.5),
    ("max(w)", 3), ("min([x, y, 1])", -1.25), ("sum(abs([x, y]))", 1.75),
    ("sum(i in 1..4: i)", 10), ("sum(i in 1..4: i*x)", 5), ("prod(i in 1..5: i)", 120),
    ("mean(i in 1..4: i^2)", 7.5), ("sum(i in 3..2: i)", 0), ("prod(i in 1..0: x)", 1),
    ("sum(i in -1..1: i^2)", 2), ("sum(i in 1..2: w[i]*A[i,i])", -6.25),
    ("sum(i in 1..2: sum(j in 1..i: A[i,j]))", -1.25), ("sum(i in 1..2: sum(j in i..2: j))", 5),
    ("sum([i in 1..3: i, -i])", 0), ("dot([i in 1..2: i^2], w)", 11), ("sum([w, x, [y]])", 4.25),
    ("sum(sum(i in 1..2: i*w))", 15), ("sum(i in 1..2: if(i == 1, x, w[i-1]))", 3.5),
    ("if(1 < 2, x, w[7])", 0.5), ("count(w)", 2), ("[x, y][2]", -1.25),
    ("sum(i in 1..2:\n  w[i])", 5), ("sum(i in max(1, 2)..3: i)", 5),
  ])
  func isWhatItLooksLike(text: String, expected: Double) throws {
    #expect(try value(text) == expected, "\(text)")
  }

  @Test func sumsAreTheTermsTypedOut() throws {
    let graph = Graph()
    let x = (0..<3).map { graph.input(Input(.coordinate, $0)) }
    func node(_ text: String) throws -> Scalar {
      try Formula(parsing: SourceText(text)).elaborate(in: graph, values: ["x": .vector(x)]).result
    }
    #expect(
      try node("sum(i in 1..3: sin(x[i])^2)") == node("sin(x[1])^2 + sin(x[2])^2 + sin(x[3])^2"))
    #expect(try node("dot(x, x)") == node("x[1]*x[1] + x[2]*x[2] + x[3]*x[3]"))
    #expect(try node("mean(x)") == node("(x[1] + x[2] + x[3])/3"))
  }

  @Test func constantsMayBeLists() throws {
    let formula = try Formula(parsing: SourceText("[i in 1..n: if((-1)^i < 0, -1.2, 1)]"))
    #expect(try formula.constants(["n": 3]) == [-1.2, 1, -1.2])
    #expect(try Formula(parsing: SourceText("2*n")).constants(["n": 3]) == [6])
  }

  @Test func partsAreListedOnceForEveryTurn() throws {
    let graph = Graph()
    let x = (0..<2).map { graph.input(Input(.coordinate, $0)) }
    let elaboration = try Formula(parsing: SourceText("sum(i in 1..2: log(x[i]))")).elaborate(
      in: graph, values: ["x": .vector(x)], keepsParts: true)
    let logarithms = elaboration.parts.filter {
      elaboration.formula.typed($0.node) == "log(x[i])"
    }
    #expect(logarithms.map(\.indices).map { $0.map(\.value) } == [[1], [2]])
  }

  @Test(
    .timeLimit(.minutes(15)),
    arguments: [
      ("sum(i in 1..999: sum(j in 1..999: 0))", "work"),
      ("sum(i in 1..999: sum(j in 1..999: sum(k in 1..0: x)))", "work"),
      ("sum(i in 1..99999: sum(j in 1..99999: 1))", "operations"),
      ("sum(i in 1..100001: x)", "work"),
      ("sum([i in 1..99999: x*i])", "operations"),
      ("norm([i in 1..9999: w])", "work"),
      ("sum([w, w, w, w, w, w, w, w, w, w, w])", "operations"),
      ("norm((A*A)[1])", "operations"),
      ("sum(i in 1..9999: (x\(String(repeating: " ", count: 100_000)))*0)", "operations"),
    ])
  func whatWouldNotEndOrFillTheMemoryIsRefused(text: String, limit: String) throws {
    var limits = Limits()
    limits[.work] = 100_000
    limits[.operations] = 10_000
    let graph = Graph()
    let w = (0..<1000).map { graph.input(Input(.coordinate, $0)) }
    let values: [String: Value] = [
      "x": .scalar(w[0]), "w": .vector(w),
      "A": .matrix(Matrix(rows: 30, columns: 30, entries: Array(w[..<900]))),
    ]
    let error = #expect(throws: Diagnostics.self) {
      try Formula(parsing: SourceText(text)).elaborate(in: graph, values: values, limits: limits)
    }
    #expect(error?.all.first?.problem.sentence.hasSuffix("--limit \(limit)=NUMBER") == true)
    #expect(graph.count < 40_000)
  }

  @Test func formulasShareABudget() throws {
    var limits = Limits()
    limits[.work] = 150
    let budget = Budget(limits)
    let formula = try Formula(parsing: SourceText("sum(i in 1..10: i)"))
    for _ in 0..<4 { #expect(try formula.constant(limits: limits, budget: budget) == 55) }
    #expect(throws: Diagnostics.self) { try formula.constant(limits: limits, budget: budget) }
  }

  @Test func oneFormulaHasAtMostAHundredErrors() throws {
    let text = (0..<1000).map { "q\($0)" }.joined(separator: " + ")
    let error = #expect(throws: Diagnostics.self) {
      try Formula(parsing: SourceText(text)).constant()
    }
    #expect(error?.all.count == 100)
  }

  @Test func aNameOutsideIsAgainItselfBehindASum() throws {
    let formula = try Formula(
      parsing: SourceText("sum(i in 1..3: sum(j in 1..i: j)) + sum(j in 1..2: j)"))
    #expect(try formula.constant() == 13)
  }
}
