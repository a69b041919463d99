import Figures

@testable import Page

/// A bowl with its lines, and runs that tests choose.
func bowlViewer(_ runs: [PathViewer.Run], name: String = "f", every: Int = 1) -> PathViewer {
  let window = Window(x: -4...4, y: -3...3)
  let figure = ContourFigure(
    heading: FigureHeading(title: ""), window: window,
    sample: { x, y in [zip(x, y).map { $0 * $0 + $1 * $1 }] }, levels: .values([1, 4]))
  return PathViewer(
    function: name, window: window, map: ContourMap(figure),
    readings: ["x", "y", "f"].map { PathViewer.Reading(RichText($0), head: $0) },
    colors: [(Theme.light.series[0], Theme.dark.series[0])],
    starts: [Marker(label: "p1", x: 1, y: 2)], minima: [Marker(label: "", x: 0, y: 0)],
    every: every,
    runs: runs)
}

/// A run through some places.
func run(_ x: [Double], _ y: [Double], iterations: [Int]? = nil, method: String = "newton")
  -> PathViewer.Run
{
  PathViewer.Run(
    method: method, rate: "1", start: "p1", color: 0, ending: "converged",
    iterations: iterations ?? Array(x.indices),
    numbers: [x, y, zip(x, y).map { $0 * $0 + $1 * $1 }])
}
