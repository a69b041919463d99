import Methods

/// A directive as it stands in the table of all: its name, how it is typed, and what it means.
public struct Directive: Sendable {
  /// The first word of the line.
  public let name: String
  /// The whole line, as one types it.
  public let usage: String
  /// What it means, in a few words.
  public let summary: String
  /// Whether a second line would contradict the first.
  let isSingle: Bool
  /// What may be indented below it.
  public let below: [Directive]

  private init(
    _ usage: String, _ summary: String, isSingle: Bool = false, below: [Directive] = []
  ) {
    name = String(usage.prefix { $0 != " " })
    self.usage = usage
    self.summary = summary
    self.isSingle = isSingle
    self.below = below
  }

  /// The first words of lines.
  static let names = all.map(\.name).enumerated().filter { index, name in
    !all[..<index].contains { $0.name == name }
  }.map(\.element)

  /// Every directive, in the order of the guide; one that is typed in several ways stands there as often.
  public static let all = [
    Directive("title TEXT", "stands on the figures", isSingle: true),
    Directive(
      "data NAME from \"FILE.csv\"", "a table that formulas sum over: sum(r in NAME: r.COLUMN)"),
    Directive(
      "function NAME(VARS) = FORMULA",
      "a function; its variables are numbers x, y, vectors w[10] or matrices A[5,2]",
      below: [
        Directive(
          "domain x = A .. B, …", "the window for grids and figures; -5 .. 5 where none is given"),
        Directive("where u = FORMULA", "a local name, for the formula and later where lines"),
        Directive("minimum (a, b), …", "known minimisers, which are polished and checked"),
        Directive(
          "lipschitz L",
          "a known bound on the largest eigenvalue of the Hessian, for the rate of that name"),
        Directive("start (a, b), …", "starts of this function only"),
        Directive("grid N x M", "a grid of starts of this function only"),
        Directive("random N OPTIONS", "random starts of this function only"),
        Directive("critical-points OPTIONS", "lists the critical points of this function only"),
        Directive("plot KIND OPTIONS", "a figure of this function only"),
      ]),
    Directive(
      "function NAME OPTIONS", "one of the library; 'runexp list functions' has the names"),
    Directive("function NAME[N] OPTIONS", "one of the library's families, in N dimensions"),
    Directive(
      "method KIND OPTIONS", "a method; 'runexp list methods' has the kinds",
      below: [Directive("rates NUMBERS", "the rates of this method only")]),
    Directive(
      "method NAME OPTIONS", "a method of your own, its lines formulas of quantities",
      below: [
        Directive("rates NUMBERS", "the rates of this method only"),
        Directive(
          "state v = INITIAL, then NEXT",
          "what is carried along; v is its value before the step, v' after it"
        ),
        Directive("where u = FORMULA", "a local name, for the other lines"),
        Directive("rate FORMULA", "the rate, where the method finds it itself"),
        Directive("step FORMULA", "the step, a vector: -rate*gradient"),
        Directive("direction FORMULA", "a direction in place of the step, for any rate"),
      ]),
    Directive(
      "rates NUMBERS", "for every method without a rate of its own and without a default",
      isSingle: true),
    Directive("start (a, b), NAME = (c, d), …", "points, labelled p1, p2, … unless they are named"),
    Directive(
      "grid N x M", "starts over the domain, labelled g1-1, g1-2, …, the last variable fastest"),
    Directive("grid x = A .. B linear N, …", "the same over ranges of its own"),
    Directive(
      "random N OPTIONS", "starts over the domain, labelled r1, r2, …, the same for the same seed"),
    Directive("random N OPTIONS in x = A .. B, …", "the same over ranges of its own"),
    Directive("stop OPTIONS", "when a run ends; norms are Euclidean", isSingle: true),
    Directive(
      "trace OPTIONS", "which rows of which runs are kept, and which columns", isSingle: true,
      below: [
        Directive(
          "column NAME = FORMULA", "a column of its own, a formula of quantities: norm(gradient)^2")
      ]),
    Directive(
      "critical-points OPTIONS",
      "lists every critical point of each function in its domain, and which runs ended there",
      isSingle: true),
    Directive(
      "plot KIND OPTIONS", "a figure; 'runexp list plots' has the kinds",
      below: [Directive("window x = A .. B, …", "zooms the figure")]),
    Directive("plot KIND, KIND, …", "several figures without options"),
    Directive(
      "expect FILTER : CONDITION, …",
      "what the runs that a filter chooses must come to; else the exit status is 1"),
  ]
}
