@testable import Figures
import Foundation

/// A function of one variable with as many derivatives as are given.
func lineSampler(_ functions: (@Sendable (Double) -> Double)...) -> LineSampler {
  { x in functions.map { x.map($0) } }
}

let sineLine = lineSampler({ sin($0) }, { cos($0) }, { -sin($0) }, { -cos($0) })

/// Figures of curves: with everything, broken, flat, and with nothing in it.
let curves: [(name: String, figure: any Figure)] = {
  let long = FigureHeading(
    title: String(repeating: "A long title. ", count: 9), formula: "f(x) = sin(x)",
    xLabel: "weight", yLabel: "value of the first function, value of the second")
  let paths = (0..<3).map { number in
    PathLine(
      namesOfRates(["0.0", "0.1", "0.2"])[0][number], startLabel: "p1",
      ending: ["converged", "diverged", "oscillating"][number],
      points: [(1, 0), (2.5, 0), (-1, 0), (-1.5, 0), (number == 1 ? 1e200 : -1.6, 0), (.nan, 0)])
  }
  let starts = [
    Marker(label: "p1", x: 1, y: 0), Marker(label: "p2", x: 1.05, y: 0),
    Marker(label: "corner", x: 4.99, y: 0),
  ]
  let heading = FigureHeading(title: "Curve", formula: "f(x) = sin(x)", yLabel: "f")
  return [
    (
      "curve",
      CurveFigure(
        heading: heading, range: -3...5,
        functions: [
          CurveFigure.Function("f", minima: [-.pi / 2], sample: sineLine),
          CurveFigure.Function(
            "other", sample: lineSampler({ $0 * $0 / 9 }, { 2 * $0 / 9 }, { _ in 0 }, { _ in 0 })),
        ], orders: [1, 2, 3], center: 1, paths: paths, starts: starts)
    ),
    (
      "crowded curve",
      CurveFigure(
        heading: long, range: -3...5,
        functions: (0..<7).map { number in
          CurveFigure.Function(
            "a-function-with-a-name-\(number)",
            sample: lineSampler({ Double(number) * sin($0) }, { Double(number) * cos($0) }))
        }, orders: [1], center: 4.9, paths: paths, starts: starts)
    ),
    (
      "broken curve",
      CurveFigure(
        heading: heading, range: -2...2,
        functions: [
          CurveFigure.Function(
            "f",
            sample: lineSampler({ $0 < -1 ? .nan : 1 / $0 }, { $0 < -1 ? .nan : -1 / ($0 * $0) }))
        ])
    ),
    (
      "flat curve",
      CurveFigure(
        heading: heading, range: 0...1e-7,
        functions: [CurveFigure.Function("f", sample: lineSampler({ _ in 4e9 }, { _ in 0 }))])
    ),
    (
      "no curve",
      CurveFigure(
        heading: heading, range: 0...1,
        functions: [CurveFigure.Function("f", sample: lineSampler({ _ in .nan }, { _ in .nan }))],
        orders: [1], center: 0.5, paths: paths, starts: starts)
    ),
    (
      "wild curve",
      CurveFigure(
        heading: heading, range: -1...1,
        functions: [
          CurveFigure.Function(
            "f", sample: lineSampler({ 1e300 * sin(1 / $0) }, { -1e300 * cos(1 / $0) / ($0 * $0) }))
        ])
    ),
  ]
}()

/// Surfaces from several sides, with paths, on a logarithmic scale, with holes, and with nothing in them.
let surfaces: [(name: String, figure: any Figure)] = {
  let window = Window(x: 1...5.5, y: 0.2...4.7)
  let paths = (0..<2).map { number in
    PathLine(
      namesOfRates(["0", "1"])[0][number], startLabel: "p\(number + 1)",
      ending: number == 0 ? "converged" : "diverged",
      points: [(3.1, 1.3), (2, 4), (.pi, 2.6), (number == 0 ? 3 : 1e12, 2)])
  }
  let starts = [
    Marker(label: "p1", x: 3.1, y: 1.3), Marker(label: "p2", x: 3.1, y: 1.8),
    Marker(label: "out", x: 9, y: 9),
  ]
  let minima = [Marker(label: "", x: .pi, y: 2.633802)]
  func surface(
    _ field: @escaping Field, _ scale: Levels.Scale = .auto, azimuth: Double = -60,
    elevation: Double = 35, window: Window = window, heading: FigureHeading = heading
  ) -> SurfaceFigure {
    var figure = SurfaceFigure(
      heading: heading, window: window, sample: sampler(field), scale: scale, azimuth: azimuth,
      elevation: elevation, paths: paths, starts: starts, minima: minima)
    figure.fineness = 30
    return figure
  }
  let long = FigureHeading(
    title: String(repeating: "A long title. ", count: 9), xLabel: "weight[10,200]",
    yLabel: "another[1]")
  return [
    ("surface", surface(sineValley)),
    ("surface from the side", surface(sineValley, azimuth: 0, elevation: 5)),
    ("surface from above", surface(sineValley, azimuth: 135, elevation: 80, heading: long)),
    ("logarithmic surface", surface({ x, y in exp(3 * x) * (y - 2) * (y - 2) + 1.5 }, .log)),
    (
      "narrow surface",
      surface(
        { x, y in 1e7 * x + 1e-5 * y }, window: Window(x: 0...1e-7, y: 1e5...9e5), heading: long)
    ),
    ("surface with holes", surface { x, y in 1 / (x - 3) + log(y - 2) }),
    ("flat surface", surface { _, _ in -4 }),
    ("no surface", surface { _, _ in .nan }),
    ("wild surface", surface { x, y in 1e308 * x * sin(9 * y) }),
  ]
}()
