@testable import Figures
import Foundation

typealias Field = @Sendable (_ x: Double, _ y: Double) -> Double

/// A sampler of several quantities at once.
func sampler(_ fields: Field...) -> Sampler {
  { x, y in fields.map { field in zip(x, y).map { field($0, $1) } } }
}

let square = Window(x: -4...4, y: -4...4)
let heading = FigureHeading(title: "Title", formula: "f(x, y) = sin²x")

let sineValley: Field = { x, y in sin(x) * sin(x) + sin(10 + x * y / 2) * cos(x) }

/// Whether two turned texts share more than an edge: no axis of either separates them.
func overlaps(_ a: RecordingCanvas.Text, _ b: RecordingCanvas.Text) -> Bool {
  let axes = [a, b].flatMap {
    [Point(1, 0).turned(by: $0.angle), Point(0, 1).turned(by: $0.angle)]
  }
  func extent(_ text: RecordingCanvas.Text, along axis: Point) -> (low: Double, high: Double) {
    let places = text.corners.map { $0.x * axis.x + $0.y * axis.y }
    return (places.min() ?? 0, places.max() ?? 0)
  }
  return axes.allSatisfy { axis in
    let (one, two) = (extent(a, along: axis), extent(b, along: axis))
    return one.high > two.low + 1e-6 && two.high > one.low + 1e-6
  }
}
