import Diagnostics
import Methods
import Testing

@testable import Specs

/// What a filter means, and the whole text of every mistake in one.
@Suite struct FilterTests {
  private static let spec = """
    function f(x, w[2]) = x^2 + w[1]^2 + w[2]^2
      start (1, 2, 3), far = (4, 5, 6)
      grid 2
    function g(x) = x^4
      start (1)
      random 20 seed=1
    method gradient rate=[0.1, armijo, decay(0.5, 10)]
    method momentum rate=0.1 beta=[0.5, 0.9]
    method newton

    """

  private func filter(_ text: String, given: Bool = false) throws -> Filter {
    let experiment = try experiment(FilterTests.spec)
    var findings = Findings()
    let columns = FilterColumns(
      experiment.functions, experiment.methods, options: experiment.optionColumns)
    let filter = findings.filter(SourceText(text), columns, given: given)
    guard let filter, findings.all.isEmpty else { throw Diagnostics(findings.all) }
    return filter
  }

  private let row: [String: String] = [
    "function": "f", "method": "momentum-beta-0.5", "beta": "0.5", "rate": "0.1", "start": "far",
    "start_x": "4", "ending": "stalled", "reason": "limit, on x", "period": "", "iterations": "12",
    "x": "3.14159", "w[1]": "-0", "f": "nan", "gradient_norm": "1.5e-7", "max_eigenvalue": "inf",
    "point": "moving", "growth": "-2",
  ]

  @Test(arguments: [
    ("", true), ("method=momentum-beta-0.5", true), ("method!=momentum-beta-0.5", false),
    ("method=mom*", true), ("method=*-0.5", true), ("method=m*a*5", true), ("method=n*", false),
    ("method!=newton,gradient", true), ("method!=newton,mom*", false),
    ("method=newton,mom* ending=stalled", true), ("method=mom* ending=converged", false),
    ("ending=converged, stalled", true), ("ending=converged,stalled, iterations<=12", true),
    ("ending=stalled,iterations<12", false), ("ending = stalled  iterations >= 12", true),
    ("iterations=12", true), ("iterations=12.0,3", true), ("iterations!=12", false),
    ("iterations=3*4", true), ("iterations>11 iterations<13", true), ("iterations<11,13", true),
    ("x=3.14159", true), ("x=pi", false), ("x=pi±1e-4", true), ("x=pi+-1e-4", true),
    ("x=pi±1e-6", false), ("x!=pi±1e-4", false), ("x=0,pi±1e-4", true), ("w[1]=0", true),
    ("gradient_norm<=1e-6", true), ("gradient_norm<1.5e-7", false), ("growth=-1-1", true),
    ("period=2", false), ("period!=2", true), ("period<9", false), ("period=\"\"", true),
    ("period!=\"\"", false), ("f=nan", true), ("f!=nan", false), ("f<1", false), ("f>=1", false),
    ("f=0±1e300", false), ("max_eigenvalue=inf", true), ("max_eigenvalue>1e308", true),
    ("max_eigenvalue<inf", false), ("max_eigenvalue=-inf", false), ("rate=1/10", true),
    ("rate=armijo", false), ("rate<0.2", true), ("beta=0.5", true), ("beta=0.9", false),
    ("reason=\"limit, on x\"", true), ("reason=limit*", true), ("reason=\"\"", false),
    ("start=p1,far", true), ("start=p*", false), ("start_x=4", true), ("function=f", true),
    ("w[2]=1", false), ("w[2]!=1", false),
  ])
  func comparisonsMeanWhatTheGuideSays(text: String, isMatch: Bool) throws {
    let filter = try filter(text)
    #expect(filter.holds { column in row[column].map { .text($0) } } == isMatch)
  }

  @Test func aRuleIsTheTextOfARateAndMeetsNoOrder() throws {
    for (text, isMatch) in [
      ("rate=decay(0.5,10)", true), ("rate=decay*", true), ("rate=arm*", false), ("rate<1", false),
      ("rate!=0.1", true),
    ] {
      let holds = try filter(text).holds { _ in .text("decay(0.5, 10)") }
      #expect(holds == isMatch, "\(text)")
    }
  }

  @Test func aLongPatternTakesNoLongTime() throws {
    let filter = try filter("reason=" + String(repeating: "a*", count: 500) + "b")
    #expect(!filter.holds { _ in .text(String(repeating: "a", count: 2000)) })
  }

  /// The text of the error, and the column it is shown at.
  @Test(arguments: [
    ("metod=newton", 1, "the runs have no column 'metod'; did you mean 'method'?"),
    (
      "q7=1", 1,
      "the runs have no column 'q7'; there are function, method, beta, … and limit; "
        + "'runexp list columns' has them all"
    ),
    ("method=newtn", 8, "no method is called 'newtn'; did you mean 'newton'?"),
    (
      "method=*6", 8,
      "no method is called '*6'; there are gradient, momentum-beta-0.5, "
        + "momentum-beta-0.9 and newton"
    ),
    ("start=p1,farr", 10, "no start is called 'farr'; did you mean 'far'?"),
    ("start=g3-1-1", 7, "no start is called 'g3-1-1'; there are p1, far and p1"),
    ("function=ff", 10, "no function here is called 'ff'; did you mean 'f'?"),
    ("ending=convergd", 8, "'convergd' is no value of 'ending'; did you mean 'converged'?"),
    (
      "point=xyz*", 7,
      "'xyz*' is no value of 'point'; it takes minimum, saddle, maximum, degenerate, moving and unknown"
    ),
    ("rate=wolfe", 6, "no run has the rate 'wolfe'; there is 0.1, armijo, decay(0.5, 10) and 1"),
    ("beta=hot", 6, "'hot' is no value of 'beta'; it takes 0.5 and 0.9"),
    (
      "method<newton", 1,
      "the column 'method' holds words, which are not ordered; "
        + "compare them with = or !="
    ),
    ("x<pi±1", 5, "a distance needs = or !=; write for example x=3.1416±1e-4"),
    ("x=pi±(-1)", 6, "(-1) is no distance; it is 0 or above"),
    ("method=newton±1", 8, "the column 'method' holds words, which have no distance; leave it out"),
    ("x=sine(1)", 3, "unknown function 'sine'; did you mean 'sin'?"),
    ("x==1", 3, "a value is missing here"),
    ("method=", 8, "a value is missing here; write for example method=A,B"),
    ("method=newton,", 15, "a value is missing here; write for example method=newton,B"),
    (
      "newton", 1,
      "'newton' compares nothing; write COLUMN=VALUE, for example method=newton or "
        + "iterations<=10"
    ),
    (
      "method=newton slow", 15,
      "'slow' compares nothing; write COLUMN=VALUE, for example "
        + "method=newton or iterations<=10"
    ),
    ("reason=\"limit", 8, "this \" is not closed"), ("x=(1", 3, "this ( is not closed"),
  ])
  func mistakesAreToldWhereTheyStand(text: String, column: Int, sentence: String) throws {
    do {
      _ = try filter(text)
      Issue.record("no mistake in \(text)")
    } catch let found as Diagnostics {
      #expect(found.all.count == 1)
      #expect(found.all[0].place == Place(line: 1, column: column), "\(text)")
      if text != "x==1" { #expect(found.all[0].problem.sentence == sentence) }
    }
  }

  @Test func resultsCannotChooseRuns() throws {
    let problem = #expect(throws: Diagnostics.self) {
      try filter("method=newton ending=converged", given: true)
    }
    #expect(
      problem?.all.map(\.problem.sentence) == [
        "'ending' is known only after the run, and here runs are chosen before; use function, method, "
          + "beta, rate, start, start_x, start_w[1], start_w[2] or start_x"
      ])
  }

  @Test func whatIsChosenAreTheRunsThatTheFilterHoldsFor() throws {
    let whole = try experiment(FilterTests.spec)
    for text in [
      "method=newton", "function=f start=g*", "rate=0.1", "beta=0.9 start=far,r7",
      "start_x>0 start_w[1]<0", "method!=newton rate!=0.1", "start=r1*,p1 beta=\"\"", "start_x!=0",
    ] {
      let filter = try Filter(parsing: text, for: whole)
      #expect(
        keys(whole.only(filter))
          == keys(whole).filter { key in
            filter.holds { key[$0] }
          }.map { $0 }, "\(text)")
    }
    #expect(whole.only(try Filter(parsing: "rate=7", for: whole)) == nil)
  }

  /// What is known of each run before it is made.
  private func keys(_ experiment: Experiment?) -> [Key] {
    guard let experiment else { return [] }
    return experiment.functions.flatMap { function in
      experiment.methods.flatMap { method in
        method.rates.flatMap { rate in
          function.starts.map { start in
            Key(
              cells: [
                "function": function.name, "method": method.label, "rate": rate.text,
                "start": start.label, "beta": method.options["beta"] ?? "",
              ].merging(
                zip(function.variables, start.position).map { ("start_\($0)", formatNumber($1)) }
              ) { $1 })
          }
        }
      }
    }
  }

  private struct Key: Equatable {
    let cells: [String: String]
    subscript(column: String) -> Filter.Cell? { cells[column].map { .text($0) } }
  }
}
