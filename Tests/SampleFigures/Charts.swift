import Figures

// Samples of charts of runs.

private let chart = FigureHeading(
  title: "Runs", formula: "f(x) = x^2", xLabel: "iteration", yLabel: "f - f*")
private let names = SeriesName.all([("gradient", ["0.1", "0.9", "1"]), ("newton", [""])])

/// A run whose value changes by a factor at each step.
private func run(_ factor: Double, from first: Double, steps: Int, _ ending: String) -> Curve {
  var values = [first]
  for _ in 0..<steps { values.append(values[values.count - 1] * factor) }
  return Curve(x: (0...steps).map(Double.init), y: values, ending: ending)
}

private func group(
  _ name: SeriesName, _ factor: Double, steps: Int, _ ending: String, runs: Int = 3
) -> RunGroup {
  RunGroup(
    name,
    (0..<runs).map { run(factor, from: 1 + Double($0 * $0), steps: steps + $0, ending) },
    endings: [EndingCount(ending, runs)])
}

private let groups = [
  group(names[0][0], 0.75, steps: 40, "converged"),
  group(names[0][1], 0.96875, steps: 60, "crawling"),
  group(names[0][2], 1.5, steps: 20, "diverged"),
  group(names[1][0], 0.125, steps: 6, "converged"),
]

let convergence = ConvergenceFigure(heading: chart, groups: groups)

let lines = LinesFigure(
  heading: FigureHeading(title: "Runs", xLabel: "rate", yLabel: "f"),
  groups: [
    RunGroup(
      names[0][0],
      (1...6).map {
        Curve(
          x: [Double($0) / 8], y: [Double($0 * $0)], ending: $0 < 5 ? "converged" : "diverged")
      }), RunGroup(names[1][0], [run(0.5, from: 30, steps: 1, "")]),
  ])

let bound = BoundFigure(
  heading: FigureHeading(title: "Runs", xLabel: "iteration", yLabel: "least gradient"),
  groups: [
    BoundFigure.Group(group(names[0][0], 0.8125, steps: 30, "converged", runs: 1)),
    BoundFigure.Group(group(names[0][1], 0.96875, steps: 30, "crawling", runs: 1), factor: 4),
  ])

let sweep = SweepFigure(
  heading: FigureHeading(title: "Runs", xLabel: "rate", yLabel: "iterations"),
  methods: [
    SweepFigure.Method(
      names[0][0],
      (0..<6).map { step in
        let rate = Double(1 << step) / 64
        return SweepFigure.Rate(
          rate, iterations: step > 0 && step < 5 ? [4, 5, 9].map { $0 / rate } : [],
          endings: step == 0
            ? [EndingCount("crawling", 3)]
            : step < 5
              ? [EndingCount("converged", 3), EndingCount("diverged", step - 1)]
              : [EndingCount("diverged", 3)])
      })
  ], stableRates: [0.75])

let profile = ProfileFigure(
  heading: FigureHeading(
    title: "Methods", xLabel: "evaluations, as a multiple of the best", yLabel: "share solved"),
  solvers: SeriesName.all(["gradient", "newton", "bfgs"]).enumerated().map { index, name in
    ProfileFigure.Solver(name, ratios: (0...(3 + index)).map { 1 + Double($0 * $0 * (3 - index)) })
  }, problemCount: 6)
