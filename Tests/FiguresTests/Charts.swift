@testable import Figures

/// A run whose values fall or rise by a factor at each of so many steps.
func fallingRun(_ factor: Double, from first: Double = 10, steps: Int, _ ending: String) -> Curve {
  var value = first
  let values = (0...steps).map { _ in
    defer { value *= factor }
    return value
  }
  return Curve(x: (0...steps).map(Double.init), y: values, ending: ending)
}

/// Names of a gradient method with some rates and of Newton's method.
func namesOfRates(_ rates: [String]) -> [[SeriesName]] {
  SeriesName.all([("gradient", rates), ("newton", [""])])
}

/// Groups of runs that crawl, converge, oscillate, diverge and hit zero.
func groups(runs count: Int) -> [RunGroup] {
  let names = namesOfRates(["0.1", "0.5", "1", "2"])
  func runs(_ factor: Double, _ steps: Int, _ ending: String) -> [Curve] {
    (0..<count).map { fallingRun(factor, from: 10 + Double($0), steps: steps + $0, ending) }
  }
  let zero = (0..<count).map { _ in
    Curve(x: [0, 1, 2], y: [3, 1e-9, 0], ending: "converged")
  }
  return [
    RunGroup(names[0][0], runs(0.97, 200, "crawling"), endings: [EndingCount("crawling", count)]),
    RunGroup(names[0][1], runs(0.5, 50, "converged"), endings: [EndingCount("converged", count)]),
    RunGroup(
      names[0][2], runs(1, 200, "oscillating"), endings: [EndingCount("oscillating", count)]),
    RunGroup(names[0][3], runs(3, 100, "diverged"), endings: [EndingCount("diverged", count)]),
    RunGroup(names[1][0], zero, endings: [EndingCount("converged", count)]),
  ]
}

/// Every kind of chart, sparse and crowded, with long names and with nothing in it.
let charts: [(name: String, figure: any Figure)] = {
  let heading = FigureHeading(
    title: "Chart", formula: "f(x) = x²", xLabel: "iteration", yLabel: "f - f*")
  let rates = (0..<20).map { "0.\($0 + 10)" }
  let ramp = namesOfRates(rates)[0].enumerated().map { index, name in
    RunGroup(name, [fallingRun(0.9 - 0.03 * Double(index), steps: 90, "converged")])
  }
  let wild = Curve(
    x: [0, 1, 2, 3, 4, 5], y: [.nan, -1, .infinity, 1e300, 0, 1e-300], ending: "undefined")
  func sweep(_ scale: Double) -> [SweepFigure.Rate] {
    (1...12).map { step in
      let isGood = step > 3 && step < 10
      return SweepFigure.Rate(
        0.01 * scale * exponential(0.5 * Double(step)),
        iterations: isGood ? [30, 60, 90].map { $0 / Double(step) } : [],
        endings: isGood
          ? [EndingCount("converged", 3)]
          : [EndingCount(step < 5 ? "crawling" : "diverged", 2), EndingCount("oscillating", 1)])
    }
  }
  let methods = [
    SweepFigure.Method(namesOfRates([""])[0][0], sweep(1)),
    SweepFigure.Method(namesOfRates([""])[1][0], sweep(1.1)),
  ]
  let solvers = SeriesName.all((0..<10).map { "method-with-a-name-\($0)" })
  return [
    ("few runs", ConvergenceFigure(heading: heading, groups: groups(runs: 1))),
    ("thin runs", ConvergenceFigure(heading: heading, groups: groups(runs: 30))),
    ("bands", ConvergenceFigure(heading: heading, groups: groups(runs: 200))),
    (
      "logarithmic",
      ConvergenceFigure(heading: heading, groups: groups(runs: 3), scale: .logarithmic)
    ),
    ("many rates", ConvergenceFigure(heading: heading, groups: ramp)),
    (
      "wild",
      ConvergenceFigure(
        heading: heading,
        groups: [RunGroup(solvers[0], [wild, wild]), RunGroup(solvers[1], [wild])])
    ),
    ("sweep", SweepFigure(heading: heading, methods: methods, stableRates: [0.9])),
    (
      "sweep of one", SweepFigure(heading: heading, methods: [methods[0]], stableRates: [0.1, 0.2])
    ),
    (
      "nothing converged",
      SweepFigure(
        heading: heading,
        methods: [
          SweepFigure.Method(
            solvers[0], sweep(1).filter { $0.iterations.isEmpty })
        ])
    ),
    (
      "points",
      LinesFigure(
        heading: heading,
        groups: groups(runs: 9).map { group in
          RunGroup(
            group.name,
            group.curves.map {
              Curve(x: [$0.x.count].map(Double.init), y: [$0.y[1]], ending: $0.ending)
            })
        })
    ),
    ("lines", LinesFigure(heading: heading, groups: groups(runs: 2))),
    ("wild lines", LinesFigure(heading: heading, groups: [RunGroup(solvers[0], [wild])])),
    (
      "bound",
      BoundFigure(
        heading: heading,
        groups: [
          BoundFigure.Group(groups(runs: 2)[0]), BoundFigure.Group(groups(runs: 2)[1], factor: 900),
        ])
    ),
    (
      "profile",
      ProfileFigure(
        heading: heading,
        solvers: solvers.enumerated().map { index, name in
          ProfileFigure.Solver(
            name, ratios: (0..<(20 - index)).map { 1 + Double($0 * index) / 3 })
        }, problemCount: 40)
    ),
    (
      "profile with names that meet at its top",
      ProfileFigure(
        heading: heading,
        solvers: [10, 10, 10, 10, 9, 5].enumerated().map { index, solved in
          ProfileFigure.Solver(solvers[index], ratios: (0..<solved).map { 1 + Double($0) })
        }, problemCount: 10)
    ),
  ]
}()
