import Diagnostics
import Expressions
import Methods
import Results
import Specs

/// What can be typed, from the tables that the program itself goes by.
enum Reference {
  /// A subject with its table.
  struct Topic {
    let name: String
    /// What it lists.
    let summary: String
    /// What a reader of the page has to know besides.
    let introduction: String
    let table: Table
  }

  /// Every topic, in the order of the page.
  static let topics = [
    directives, options, functions, formulas, methods, rates, quantities, plots, columns,
  ]

  /// A topic by its name.
  static func topic(_ name: String) -> Topic? { topics.first { $0.name == name } }

  /// The topics themselves.
  static let overview = Table(
    heads: ["topic", "lists"], rows: topics.map { [$0.name, $0.summary] })

  /// Everything on one page.
  static var page: String {
    let head = """
      # Reference

      What can be typed in a spec. `runexp list all --format markdown` prints this page, from the tables that the
      program itself goes by; `make reference` renews it. `runexp list TOPIC` prints one of them, one line each.
      """
    let sections = topics.map { topic in
      "## \(topic.name.prefix(1).uppercased())\(topic.name.dropFirst())\n\n\(topic.introduction)\n\n"
        + topic.table.markdown
    }
    return ([head] + sections).joined(separator: "\n\n")
  }

  private static let directives = Topic(
    name: "directives", summary: "the lines of a spec",
    introduction: """
      One directive a line. A line that begins with blanks belongs to the directive above it, unless the line before
      ended inside brackets, with a comma or with an operator: then it goes on. `#` outside double quotes starts a
      comment. Numbers may be constant expressions, as `1/3`, `2*pi` or `2^-10`.
      """,
    table: Table(
      heads: ["directive", "meaning"],
      rows: Directive.all.flatMap { directive in
        [[directive.usage, directive.summary]]
          + directive.below.map { ["  " + $0.usage, $0.summary] }
      }))

  private static let options = Topic(
    name: "options", summary: "the options of directives, with their defaults",
    introduction: """
      Options are `NAME=VALUE` without blanks around `=`; blanks inside brackets are allowed. Where an option is not
      given, the value shown here counts; a word in capitals stands for a value that has no default.
      """,
    table: Table(
      heads: ["option", "takes", "meaning"],
      rows: [
        ("function NAME", Library.options), ("random N", Starts.randomOptions),
        ("stop", StopRules.options),
        ("trace", TraceRules.options), ("critical-points", CriticalPointRules.options),
      ].flatMap(rows)
        + Direction.all.flatMap { rows("method \($0.name)", $0.options) }
        + PlotKind.allCases.flatMap { rows("plot \($0.rawValue)", $0.options) }))

  private static func rows(_ owner: String, _ options: [OptionDefinition]) -> [[String]] {
    options.map { option in
      let rivals =
        option.excluded.isEmpty ? "" : "; not beside \(option.excluded.joined(separator: ", "))"
      let condition = option.onlyWith.map { "; only beside \($0.text)" } ?? ""
      return [
        "\(owner) \(option.usage)", option.acceptsWithLists, option.summary + rivals + condition,
      ]
    }
  }

  private static let functions = Topic(
    name: "functions", summary: "the functions of the library",
    introduction: """
      `function NAME` takes one of these with its domain, its known minima and the start of the literature; `NAME[n]` is
      a family, as `function rosenbrock[10]`, whose smallest member is taken where no dimension is given.
      """,
    table: Table(
      heads: ["function", "dimension", "what it is good for", "source"],
      rows: Library.all.map { entry in
        [
          entry.name + (entry.family == nil ? "" : "[n]"),
          entry.family.map { "n = \($0.examples)" }
            ?? "\(entry.function(entry.name)?.function.dimension ?? 0)",
          entry.about, entry.source,
        ]
      }))

  private static let formulas = Topic(
    name: "formulas", summary: "the elementary functions of formulas",
    introduction: """
      `+ - * / ^` (or `**`), from loose to tight with the usual precedence: `-x^2` is −(x²), and `2^3^2` is 2^(3²);
      comparisons `< <= > >= == !=` give 0 or 1; `and`, `or`, `not`; the constants `pi`, `e` and `tau`. Of vectors, `+ -`
      and `*` go element by element, `w[1]` is a component, and `sum(i in 1..n: …)`, `prod(…)` and `mean(…)` run an
      index; `[1, 2]` is a vector, and so is `[i in 1..n: i^2]`. A matrix times a vector is the product of algebra. With a
      table of `data`, `sum(r in NAME: …)` and `mean(…)` run over its rows, `r.COLUMN`, `r["any name"]` and `r[3]` are
      its numbers, and `count(NAME)` is their number. Every derivative is exact.
      """,
    table: Table(
      heads: ["function", "meaning", "defined"],
      rows: Function.all.map { [$0.usage, $0.summary, $0.domain ?? "everywhere"] }
        + Reduction.all.map { [$0.usage, $0.summary, "for vectors"] }))

  private static let methods = Topic(
    name: "methods", summary: "which way a step goes",
    introduction: """
      `method KIND` chooses a direction; a rate says how far to go. A list given to any other option multiplies the
      method: `method newton refresh=[1, 2, 5]` is three, called `newton-refresh-1` and so on, and `refresh` becomes a
      column of the tables. Two lists multiply; ranges are written as for rates.

      `derivatives=forward` or `central` makes the steps of a method, and of its rate, from differences of f instead of
      exact derivatives: (f(x + ε) - f(x))/ε or (f(x + ε) - f(x - ε))/(2ε) for each coordinate; for H the same once
      more for two of them, with f alone, and (f(x + ε) - 2f(x) + f(x - ε))/ε² on the diagonal of central ones; for
      third derivatives differences of that H. `epsilon` is absolute and the same for
      every coordinate; where it is not given, it is 2^(-52/(m + p)) for derivatives of order m = 1, 2, 3, with p = 1
      forward and 2 central: what truncation and rounding make the best where f, x and the derivatives are of the order
      of 1. A difference is divided by the distance of its points as they were rounded. Endings, the tolerance on the
      gradient and the columns of traces stay exact, and evaluations count the points at which f is asked for. Methods
      for sums of squares take exact derivatives only.
      """,
    table: Table(
      heads: ["method", "rate where none is given", "step", "options"],
      rows: Direction.all.map { direction in
        let rate =
          switch direction.defaultRate {
          case .mustBeTold: "none: it must be told"
          case .number(let value): formatNumber(value)
          case .rule(let name): name
          case .own: "takes none"
          }
        return [
          direction.name, rate, direction.summary,
          direction.options.map(\.usage).joined(separator: " "),
        ]
      }))

  private static let rates = Topic(
    name: "rates", summary: "how far a step goes",
    introduction: """
      A rate stands in `rate=` behind a method, or in a `rates` line; several make one run each. It is a number or a
      rule; `scale=` multiplies what a rule gives. `exact` and rules that try points need a method with one direction.
      """,
    table: Table(
      heads: ["rate", "meaning"],
      rows: [
        ["0.1", "the same at every step"],
        ["0.1, 0.5", "each in turn; behind rate= in brackets: rate=[0.1, 0.5]"],
        ["A .. B linear N", "N of them at equal distances, both ends among them"],
        ["A .. B log N", "N of them at equal ratios, both ends among them"],
        ["A .. B by H", "A, A + H, A + 2H, … up to B"],
      ] + Rate.all.map { [$0.usage, $0.summary + ($0.isSearch ? "; tries points" : "")] }))

  private static let quantities = Topic(
    name: "quantities", summary: "what can be known at a point or of a step",
    introduction: """
      Every quantity is a column of traces, `trace columns=+angle`, and a word in formulas of quantities: those of
      `column NAME = FORMULA`, of maps and of methods written in the spec. Such formulas may name the function's own
      variables and local names too, `identity`, all functions of formulas, and the functions of matrices below. Vectors
      are spread over columns called after the variables, `gradient_x`; matrices likewise, `hessian_x_y`, symmetric ones
      without what is below the diagonal.
      """,
    table: Table(
      heads: ["quantity", "is", "of", "meaning"],
      rows: Quantity.all.map { [$0.name, $0.kind.rawValue, $0.subject.rawValue, $0.summary] }
        + MatrixFunction.all.map { [$0.usage, "function", "matrices", $0.summary] }))

  private static let plots = Topic(
    name: "plots", summary: "the figures",
    introduction: """
      `plot KIND` asks for a figure of every function, or of the one it is indented below. Each is written as a picture
      and a caption, and called after its kind, a map of a quantity after that too (`map-angle`), unless `as=` names it.
      """,
    table: Table(
      heads: ["figure", "shows", "options"],
      rows: PlotKind.allCases.map {
        [$0.rawValue, $0.summary, $0.options.map(\.usage).joined(separator: " ")]
      }))

  private static let columns = Topic(
    name: "columns", summary: "the columns of the results",
    introduction: """
      `*` stands for the name of each variable. An empty cell does not apply, `nan` is undefined there, and `inf` means
      that there is no bound. In a trace, row k holds the state at iterate k and the step taken from there.
      """,
    table: Table(
      heads: ["column", "file", "when", "meaning"],
      rows: rows("summary.csv", Summary.columns) + rows("runs.csv", RunTable.columns)
        + rows("summary.csv, runs.csv", [.option("OPTION")], when: "for options given as lists")
        + rows("traces", TraceTable.columns)
        + rows("traces", [TraceTable.coordinates], when: "up to 16 variables")
        + Quantity.all.filter { $0.column == .byDefault }.map {
          [$0.name, "traces", $0.needsHessian ? "up to 3 variables" : "always", $0.summary]
        }
        + Quantity.all.filter { $0.column == .onRequest }.map {
          [$0.name + $0.kind.columns, "traces", "with columns=", $0.summary]
        }
        + rows("critical-points.csv", CriticalPointTable.columns, when: "with critical-points")))

  private static func rows(_ file: String, _ columns: [Column], when: String = "always")
    -> [[String]]
  {
    columns.map { [$0.name, file, when, $0.summary] }
  }
}

extension Quantity.Kind {
  /// What the heads of its columns add to the name.
  fileprivate var columns: String {
    switch self {
    case .number: ""
    case .vector: "_*"
    case .matrix: "_*_*"
    }
  }
}
