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
