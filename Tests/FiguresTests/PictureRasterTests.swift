import Foundation
import Synchronization
import Testing

@testable import Figures

@Suite("Rasters of costly functions") struct PictureRasterTests {
  @Test("have the bands of all pixels, and ask for few of them", arguments: [2, 4])
  func bands(step: Int) {
    let levels = Levels(values: [-0.5, 0, 0.5, 1])
    let area = PlotArea(window: square, box: Box(x: 0, y: 0, width: 301, height: 299))
    let canvas = RecordingCanvas()
    let asked = Mutex(0)
    let f: Field = { x, y in x > 3.2 ? .nan : y > 2.345 ? x : sineValley(x, y) }
    let plain = sampler(f)
    let exact = area.raster(for: canvas, sample: plain)
    let sample: Sampler = { x, y in
      asked.withLock { $0 += x.count }
      return plain(x, y)
    }
    let coarse = area.raster(for: canvas, step: step, sample: sample)
    let refined = Raster(
      refining: coarse, levels: levels, columns: exact.columns, rows: exact.rows, sample: sample)
    #expect(refined.values[0].count == exact.values[0].count)
    let wrong = zip(refined.values[0], exact.values[0]).count {
      levels.band(of: $0) != levels.band(of: $1)
    }
    // A tip of a band that is narrower than the coarse samples may be missed.
    #expect(wrong < exact.values[0].count / 2000)
    #expect(asked.withLock { $0 } < exact.values[0].count * 6 / 10)
  }

  @Test("are coarser the more a point costs, and never by more than four pixels")
  func steps() {
    let area = PlotArea(window: square, box: Box(x: 0, y: 0, width: 700, height: 700))
    let steps = [0, 1e3, 1e4, 3e4, 1e5, 1e9].map { area.step(for: RecordingCanvas(), cost: $0) }
    #expect(steps == [1, 1, 2, 3, 4, 4])
  }
}
