import Methods
import Specs
import Testing

@testable import Running

/// Every direction and every rate in every situation that may end a run, with the ending the rules give it.
///
/// A cell is read as
///
///     U0     undefined at iteration 0; D diverged, S stalled, X singular, B blocked
///     C0m    converged at iteration 0 to a minimum; s a saddle, M a maximum, d degenerate
///     Cm     the same, at an iteration that no rule gives
///     -      the spec is refused: the method finds its steps itself
///
/// A run that did not converge is `moving` in all of these. What the columns mean stands in `situations`.
///
/// Where the rules are silent:
/// - A method that asks for more than g ends as `undefined` where that is not finite, and others go on: the
///   Hessian of `H` for Newton's kin and the rates made of it, the third derivatives of `T` for two.
/// - A search that meets a place where f is no number tries nearer ones: `edge` stops methods that step blindly.
/// - adagrad and adam have numbers that change for ever. They are seen to be still at the limit, all others
///   when nothing changes any more.
@Suite struct EndingTableTests {
  /// A function and a start, and what rate the method is told.
  struct Situation: Sendable, CustomTestStringConvertible {
    let name: String
    let formula: String
    let start: String
    /// A minimum for the rule that needs one.
    let minimum: String
    /// The rate; the default of the method, or about 0.1, if nil.
    var rate: String?
    /// The reasons of endings, by their letters.
    var reasons: [Character: String] = [:]
    var testDescription: String { name }

    init(
      _ name: String, _ formula: String, from start: String, minimum: String, rate: String? = nil,
      _ reasons: [Character: String] = [:]
    ) {
      self.name = name
      self.formula = formula
      self.start = start
      self.minimum = minimum
      self.rate = rate
      self.reasons = reasons
    }

    /// A spec with some methods.
    func spec(_ methods: [String]) -> String {
      """
      function f(\(formula.contains("y") ? "x, y" : "x")) = \(formula)
        minimum (\(minimum))
        lipschitz 20
      \(methods.map { "method \($0)" }.joined(separator: "\n"))
      start (\(start))
      """
    }
  }

  /// The columns; all are sums of squares, so that every method takes them.
  static let situations = [
    // f is not a number, infinite, and infinite at a pole, where the run begins.
    Situation(
      "NaN", "log(x)^2", from: "-1", minimum: "1", ["U": "log(x) is nan for x = -1"]),
    Situation("inf", "exp(x^2)^2", from: "30", minimum: "0", ["D": "f is infinite"]),
    Situation("pole", "(1/x - 1)^2", from: "0", minimum: "1", ["D": "f is infinite"]),
    // f is finite, and its gradient, its Hessian or its third derivatives are not.
    Situation(
      "NaNg", "(sqrt(x^2 + y^2) - 1)^2", from: "0, 0", minimum: "1, 0",
      ["U": "sqrt(x^2 + y^2) has no finite derivative at x^2 + y^2 = 0"]),
    Situation(
      "infg", "(1 - sqrt(x))^2", from: "0", minimum: "1",
      ["U": "sqrt(x) has no finite derivative at x = 0"]),
    Situation(
      "H", "(1 - x - x^1.5)^2", from: "0", minimum: "0.5698402909980532",
      ["U": "x^1.5 has no finite second derivative at x = 0"]),
    Situation(
      "T", "(1 - x - x^2.5)^2", from: "0", minimum: "0.6540",
      ["U": "x^2.5 has no finite third derivative at x = 0"]),
    // f″ = 0 with f′ = 2.
    Situation(
      "H=0", "(1 + x - x^2/2)^2", from: "0", minimum: "1 - sqrt(3)",
      ["X": "the Newton system has no solution"]),
    // The run begins at its end.
    Situation("min", "x^2 + y^2", from: "0, 0", minimum: "0, 0"),
    Situation("saddle", "(x^2 - y^2 - 1)^2", from: "0, 0", minimum: "1, 0"),
    Situation("max", "(x^2 + y^2 - 1)^2", from: "0, 0", minimum: "1, 0"),
    Situation("flat", "(7 + 0*x*y)^2", from: "1, 3", minimum: "0, 0"),
    // The minimum at 0.001 is near the edge of the domain: steps of 0.1 and those of Newton fall off it.
    Situation("edge", "(sqrt(1000*x) - 1)^2", from: "0.016", minimum: "0.001"),
    // Rates that move nothing, or too much.
    Situation(
      "0", "x^2 + y^2", from: "-3, -3", minimum: "0, 0", rate: "0",
      ["S": "the step no longer changes x"]),
    Situation(
      "1e300", "x^2 + y^2", from: "-3, -3", minimum: "0, 0", rate: "1e300", ["D": "f is infinite"]),
    Situation(
      "1e-320", "x^2 + y^2", from: "-3, -3", minimum: "0, 0", rate: "1e-320",
      ["S": "the step no longer changes x"]),
  ]

  /// A table as it is typed: the heads of its columns, and what stands behind each name.
  struct Table: Sendable {
    let heads: [String]
    let names: [String]
    let cells: [[String]]

    init(_ text: String) {
      let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      heads = lines[0]
      names = lines.dropFirst().map { $0[0] }
      cells = lines.dropFirst().map { Array($0.dropFirst()) }
    }

    /// The cells of a situation, one for each of the names that there are.
    func column(_ situation: Situation, of all: [String]) throws -> [String] {
      try #require(names == all, "a row for each, in the same order")
      try #require(cells.allSatisfy { $0.count == heads.count }, "a cell for each head")
      let place = try #require(heads.firstIndex(of: situation.name))
      return cells.map { $0[place] }
    }
  }

  static let directions = Table(
    """
                         NaN  inf  pole NaNg infg H    T    H=0  min  saddle max  flat edge  0    1e300 1e-320
    gradient             U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    momentum             U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S
    nesterov             U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S
    adagrad              U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S1000
    rmsprop              U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S
    adam                 U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S1000
    conjugate-gradient   U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    S0   D1    S1
    newton               U0   D0   D0   U0   U0   U0   Cm   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    diagonal-newton      U0   D0   D0   U0   U0   U0   Cm   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    saddle-free-newton   U0   D0   D0   U0   U0   U0   Cm   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    regularized-newton   U0   D0   D0   U0   U0   U0   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    gauss-newton         U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    levenberg-marquardt  U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    -    -     -
    trust-region         U0   D0   D0   U0   U0   U0   Cm   Cm   C0m  C0s    C0M  C0d  Cm    -    -     -
    cubic-newton         U0   D0   D0   U0   U0   U0   Cm   Cm   C0m  C0s    C0M  C0d  Cm    -    -     -
    halley               U0   D0   D0   U0   U0   U0   U0   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    chebyshev            U0   D0   D0   U0   U0   U0   U0   X0   C0m  C0s    C0M  C0d  D4    S0   D1    S0
    bfgs                 U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    S0   D1    S1
    lbfgs                U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    S0   D1    S1
    """)

  /// The rules for the rate of `gradient`; the columns of rates set the first number in brackets, or
  /// `scale=`, which for a line search is its first trial.
  ///
  /// A schedule may let go of x and take hold of it again, so ten still steps are waited for: S9, unless the
  /// rate is 0 for good, which a falling staircase does not know. A rule that remembers the last iterate sees
  /// at iteration 1 that nothing changed. A search that begins 300 powers of ten too long does not get near
  /// in its trials; too short, one takes what changes nothing, and the other wants the slope to change.
  static let rates = Table(
    """
                      NaN  inf  pole NaNg infg H    T    H=0  min  saddle max  flat edge  0    1e300 1e-320
    determinant       U0   D0   D0   U0   U0   U0   Cm   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    cauchy            U0   D0   D0   U0   U0   U0   Cm   B0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    exact             U0   D0   D0   U0   U0   U0   Cm   B0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    curvature         U0   D0   D0   U0   U0   U0   Cm   X0   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    lipschitz         U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S0
    armijo            U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    S1   B0    S
    wolfe             U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    B0   B0    B0
    barzilai-borwein  U0   D0   D0   U0   U0   U0   Cm   B0   C0m  C0s    C0M  C0d  U1    S0   D1    S1
    polyak            U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  Cm    S0   D1    S0
    decay             U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S9
    exponential       U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S9
    cosine            U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S0   D1    S9
    step              U0   D0   D0   U0   U0   Cm   Cm   Cm   C0m  C0s    C0M  C0d  U1    S9   D1    S9
    """)

  /// The numbers in brackets behind the first.
  private static let arguments = [
    "decay": "10", "exponential": "0.99", "cosine": "1000", "step": "0.5, 100",
  ]

  private func method(_ direction: Direction, _ situation: Situation) -> String {
    if let rate = situation.rate { return "\(direction.name) rate=\(rate)" }
    guard direction.defaultRate == .mustBeTold else { return direction.name }
    // The steps of rmsprop are as long as its rate: with 0.1 it would not settle.
    return "\(direction.name) rate=\(direction.name == "rmsprop" ? 0.01 : 0.1)"
  }

  private func method(_ rate: Rate, _ situation: Situation) -> String {
    if let more = EndingTableTests.arguments[rate.name] {
      return "gradient rate=\(rate.name)(\(situation.rate ?? "0.1"), \(more)) as=\(rate.name)"
    }
    let scale = situation.rate.map { " scale=\($0)" } ?? ""
    return "gradient rate=\(rate.name)\(scale) as=\(rate.name)"
  }

  private static let endings: [Character: Ending] = [
    "C": .converged, "S": .stalled, "D": .diverged, "U": .undefined,
    "X": .singular, "B": .blocked,
  ]
  private static let points: [Character: PointKind] = [
    "m": .minimum, "s": .saddle, "M": .maximum, "d": .degenerate,
  ]

  private func check(
    _ outcome: Outcome, against cell: String, _ reasons: [Character: String], _ comment: Comment
  ) throws {
    let letter = try #require(cell.first)
    #expect(outcome.ending == EndingTableTests.endings[letter], comment)
    #expect(outcome.point == cell.last.flatMap { EndingTableTests.points[$0] } ?? .moving, comment)
    let digits = cell.filter(\.isNumber)
    if let iterations = Int(digits) { #expect(outcome.iterations == iterations, comment) }
    if let reason = reasons[letter] { #expect(outcome.reason == reason, comment) }
  }

  @Test(arguments: situations) func everyDirectionEndsAsItsRowSays(situation: Situation)
    async throws
  {
    let rows = zip(
      Direction.all,
      try EndingTableTests.directions.column(situation, of: Direction.all.map(\.name)))
    for (direction, cell) in rows where cell == "-" {
      let spec = situation.spec([method(direction, situation)])
      #expect(throws: (any Error).self, "\(direction.name)") { try Experiment.parse(spec) }
    }
    let taken = rows.filter { $0.1 != "-" }
    let runs = try await results(situation.spec(taken.map { method($0.0, situation) })).runs
    for ((direction, cell), run) in zip(taken, runs) {
      try check(
        run.outcome, against: cell, situation.reasons, "\(direction.name), \(situation.name)")
    }
  }

  @Test(arguments: situations) func everyRateEndsAsItsRowSays(situation: Situation) async throws {
    let cells = try EndingTableTests.rates.column(situation, of: Rate.all.map(\.name))
    let runs = try await results(situation.spec(Rate.all.map { method($0, situation) })).runs
    // Why there is no rate differs from rule to rule.
    let reasons = situation.reasons.filter { !"XB".contains($0.key) }
    for ((rate, cell), run) in zip(zip(Rate.all, cells), runs) {
      try check(run.outcome, against: cell, reasons, "\(rate.name), \(situation.name)")
    }
  }

  @Test func theTablesHaveAColumnForEverySituation() {
    for table in [EndingTableTests.directions, EndingTableTests.rates] {
      #expect(table.heads == EndingTableTests.situations.map(\.name))
    }
  }
}
