import Figures

// Samples over a window: of f(x, y) = x⁴/4 − x²/2 − xy/4 + y²/2, two valleys with a saddle between.

let window = Window(x: -2...2, y: -1.5...1.5)
let heading = FigureHeading(
  title: "Two valleys", formula: "f(x, y) = x⁴/4 - x²/2 - xy/4 + y²/2")
let starts = [Marker(label: "p1", x: -1.75, y: 1.25), Marker(label: "p2", x: 0.25, y: -1)]
/// x² = 1 + 1/16, y = x/4.
let minima = [
  Marker(label: "", x: -1.0307764064044151, y: -0.25769410160110377),
  Marker(label: "", x: 1.0307764064044151, y: 0.25769410160110377),
]

private func sampler(_ fields: (@Sendable (Double, Double) -> Double)...) -> Sampler {
  { x, y in fields.map { field in zip(x, y).map { field($0, $1) } } }
}

@Sendable private func value(_ x: Double, _ y: Double) -> Double {
  x * x * x * x / 4 - x * x / 2 - x * y / 4 + y * y / 2
}
@Sendable private func slopeX(_ x: Double, _ y: Double) -> Double { x * x * x - x - y / 4 }
@Sendable private func slopeY(_ x: Double, _ y: Double) -> Double { y - x / 4 }
@Sendable private func determinantValue(_ x: Double, _ y: Double) -> Double {
  3 * x * x - 1 - 1 / 16
}
/// Undefined in a corner.
@Sendable private func isOutside(_ x: Double, _ y: Double) -> Bool { x + y > 2.75 }

let determinant = sampler(determinantValue)
let descent = sampler({ -slopeX($0, $1) }, { -slopeY($0, $1) })
let newtonStep = sampler(
  { x, y in (-slopeX(x, y) - slopeY(x, y) / 4) / determinantValue(x, y) },
  { x, y in
    (-slopeX(x, y) / 4 - (3 * x * x - 1) * slopeY(x, y)) / determinantValue(x, y)
  },
  determinantValue,
  { x, y in
    let (gx, gy) = (slopeX(x, y), slopeY(x, y))
    return -(gx * gx + gx * gy / 2 + (3 * x * x - 1) * gy * gy) / determinantValue(x, y)
  })
/// With the signs of the eigenvalues.
let signs = sampler(
  { x, y in isOutside(x, y) ? .nan : determinantValue(x, y) },
  { x, y in isOutside(x, y) ? .nan : 1 + x * x - y })

private let names = SeriesName.all([("gradient", ["0.25", "1.5"])])[0]

private func path(_ name: SeriesName, from start: Marker, rate: Double, _ ending: String)
  -> PathLine
{
  var (x, y) = (start.x, start.y)
  var points = [(x: x, y: y)]
  for _ in 0..<7 {
    (x, y) = (x - rate * slopeX(x, y), y - rate * slopeY(x, y))
    points.append((x, y))
  }
  return PathLine(name, startLabel: start.label, ending: ending, points: points)
}

let contour = ContourFigure(
  heading: heading, window: window,
  sample: sampler { x, y in isOutside(x, y) ? .nan : value(x, y) }, levels: .count(5),
  paths: [
    path(names[0], from: starts[0], rate: 0.25, "converged"),
    path(names[1], from: starts[1], rate: 1.5, "oscillating"),
  ], starts: starts, minima: minima)

let contourLines = ContourFigure(
  heading: heading, window: window, sample: sampler(value), levels: .values([-0.25, 0, 0.5, 1]),
  filled: false, minima: minima)

let map: MapFigure = {
  var map = MapFigure(
    heading: FigureHeading(
      title: "Two valleys", subject: Label(words: "length of the gradient"), valueLabel: "length"),
    window: window,
    sample: sampler { x, y in
      let (gx, gy) = (slopeX(x, y), slopeY(x, y))
      return isOutside(x, y) ? .infinity : (gx * gx + gy * gy).squareRoot()
    }, levels: .values([0.5, 1]), starts: starts)
  map.overlay = MapFigure.Overlay("x + y", sample: sampler { $0 + $1 }, levels: .values([-1, 1]))
  return map
}()

let basins: BasinFigure = {
  let (columns, rows) = (40, 30)
  let cells = (0..<columns * rows).map { place in
    let (x, y) = (Double(place % columns) - 19.5, Double(place / columns) - 14.5)
    let ring = Int(x * x + y * y) / 40
    return BasinMap.Cell(
      kind: ring % 5 == 4 ? 2 + ring % 3 : x < y ? 0 : 1, iterations: Int32(3 + ring))
  }
  return BasinFigure(
    heading: heading, window: window, map: BasinMap(columns: columns, rows: rows, cells: cells),
    goals: [
      BasinFigure.Goal(Marker(label: "m1", x: minima[0].x, y: minima[0].y), .minimum),
      BasinFigure.Goal(Marker(label: "s1", x: 0, y: 0), .saddle),
    ], failures: [.cycle(2), .diverged, .undefined])
}()
