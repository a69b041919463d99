import Foundation
import Testing

@testable import Figures

@Suite("The figure of the determinant") struct DeterminantFigureTests {
  @Test(
    "is neutral at 0, names the linear threshold and marks what is beyond its colours"
  )
  func determinant() throws {
    let canvas = RecordingCanvas()
    let caption = DeterminantFigure(
      heading: heading, window: square,
      sample: sampler { x, y in x * x * x / hypot(x - 2, y - 2) / hypot(x - 2, y - 2) }
    ).draw(on: canvas)
    let colours = try #require(caption.first { $0.hasPrefix("colours: ") })
    #expect(colours == "colours: linear within 0.001 of 0, logarithmic up to 50")
    #expect(
      caption.contains {
        $0.hasPrefix("beyond the colours, which reach the 99 % quantile of |det H|")
      })
    // −10⁻³ and 10⁻³ stand beside 0 on the bar, their exponents raised.
    let bar = canvas.texts.filter { $0.corners[0].x > 0.8 * canvas.width }.map(\.string)
    #expect(bar.contains("0") && bar.count { $0 == "−3" } == 2)
    let ends = [Theme.light.diverging(0), Theme.light.diverging(1)].map { color in
      canvas.fills.contains { "\($0.color)" == "\(color)" && $0.path.pieces[0].points.count == 3 }
    }
    #expect(ends == [false, true])
    let mosaic = try #require(canvas.mosaics.first?.mosaic)
    let middle = mosaic.rows / 2 * mosaic.columns
    let left = mosaic.colors[middle + mosaic.columns / 4]
    let right = mosaic.colors[middle + 3 * mosaic.columns / 4 - 1]
    #expect(
      left.lightness < Theme.light.diverging(0.5).lightness
        && right.lightness < Theme.light.diverging(0.5).lightness)
    #expect("\(left)" != "\(right)")
  }
}
