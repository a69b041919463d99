import Foundation
import Testing

@testable import Figures

@Suite("Contour lines") struct ContourTracerTests {
  private func trace(
    _ window: Window, at values: [Double], columns: Int = 100, rows: Int = 100,
    _ f: @escaping Field
  ) -> Contours {
    let raster = Raster(window, columns: columns, rows: rows, sample: sampler(f))
    return ContourTracer(raster: raster, quantity: 0, sample: sampler(f))
      .contours(at: Levels(values: values))
  }

  @Test("of x² + y² are closed circles to 12 digits", arguments: [17, 100])
  func circles(columns: Int) {
    let contours = trace(square, at: [1, 2, 9], columns: columns, rows: columns) { x, y in
      x * x + y * y
    }
    for (level, lines) in zip([1.0, 2, 9], contours.lines) {
      #expect(lines.count == 1)
      for line in lines {
        #expect(line.isClosed)
        #expect(line.points.count > columns / 2)
        for (x, y) in line.points { #expect(abs(hypot(x, y) - level.squareRoot()) < 1e-12) }
      }
    }
    #expect(contours.jumps == 0)
  }

  @Test("are the same for any number of workers", arguments: [2, 3, 8])
  func workers(count: Int) {
    // So many crossings that they come in several batches, and valleys that need finer cells.
    let wave: Field = { x, y in sin(9 * x) * cos(11 * y) + 0.3 * abs(sin(40 * x * y)) }
    let raster = Raster(square, columns: 300, rows: 300, sample: sampler(wave))
    let levels = Levels(values: (-5...5).map { Double($0) / 5.5 })
    var tracer = ContourTracer(raster: raster, quantity: 0, sample: sampler(wave))
    let alone = tracer.contours(at: levels)
    tracer.workers = count
    let together = tracer.contours(at: levels)
    #expect(alone.lines.joined().reduce(0) { $0 + $1.points.count } > 20_000)
    #expect(together.unresolved == alone.unresolved && together.jumps == alone.jumps)
    for (a, b) in zip(alone.lines, together.lines) {
      #expect(a.count == b.count)
      for (one, other) in zip(a, b) {
        #expect(one.isClosed == other.isClosed && one.points.map(\.x) == other.points.map(\.x))
        #expect(one.points.map(\.y) == other.points.map(\.y))
      }
    }
  }

  @Test("end at the edge of the raster when they leave the window")
  func open() {
    let contours = trace(square, at: [20]) { x, y in x * x + y * y }
    #expect(contours.lines[0].count == 4)
    #expect(contours.lines[0].allSatisfy { !$0.isClosed })
  }

  @Test("are not drawn along poles")
  func poles() {
    let contours = trace(square, at: [0]) { x, y in 1 / (x - 0.1234) }
    #expect(contours.lines[0].isEmpty)
    #expect(contours.jumps == 100)
  }

  @Test("are not drawn along steps, but are beside them")
  func steps() {
    let contours = trace(square, at: [0]) { x, y in y > 0.01 * x + 0.3 ? 1 : -1 }
    #expect(contours.lines[0].isEmpty)
    let both = trace(square, at: [0.5]) { x, y in (y > 0.3 ? 1 : -1) * x }
    #expect(both.lines[0].count == 2)
    for (x, y) in both.lines[0].flatMap(\.points) {
      #expect(abs(x - (y > 0.3 ? 0.5 : -0.5)) < 1e-12)
    }
  }

  @Test("stop before undefined places")
  func undefined() {
    let contours = trace(square, at: [1]) { x, y in x < 0 ? .nan : x * x + y * y }
    #expect(contours.lines[0].count == 1)
    #expect(contours.lines[0][0].isClosed == false)
    #expect(contours.lines[0][0].points.allSatisfy { $0.x >= 0 })
  }

  @Test("at a saddle keep to the side of the centre", arguments: [-1.0, 1])
  func saddles(side: Double) {
    // Two by two pixels whose corners alternate; the centre of the cell is on one side.
    let window = Window(x: -2...2, y: -2...2)
    let contours = trace(window, at: [0], columns: 2, rows: 2) { x, y in x * y + side * 0.1 }
    #expect(contours.lines[0].count == 2)
    for line in contours.lines[0] {
      let product = line.points.reduce(0) { $0 + ($1.x * $1.y) }
      #expect(line.points.count == 2)
      #expect(abs(product + side * 0.2) < 1e-12)
      // A line that keeps the centre on its own side joins neighbouring edges of one quadrant.
      let middle = (
        x: (line.points[0].x + line.points[1].x) / 2, y: (line.points[0].y + line.points[1].y) / 2
      )
      #expect(middle.x * middle.y * side < 0)
    }
  }

  @Test(
    "of a valley narrower than the samples are found all the same", arguments: [0.3, 0.71, 0.97])
  func hidden(offset: Double) throws {
    // Samples are 0.08 apart; the level is taken 0.01 to both sides of a line between them.
    let contours = trace(square, at: [0.01]) { x, y in
      abs(x - 0.3 * y - 0.08 * offset) + (abs(y) < 3 ? 0 : abs(y) - 3)
    }
    #expect(contours.lines[0].count == 1)
    let line = try #require(contours.lines[0].first)
    #expect(line.isClosed)
    #expect(line.points.count > 150)
    for (x, y) in line.points {
      let value = abs(x - 0.3 * y - 0.08 * offset) + (abs(y) < 3 ? 0 : abs(y) - 3)
      #expect(abs(value - 0.01) < 1e-12)
    }
  }

  @Test("of a peak that one sample just meets are found")
  func peak() {
    // A width of 0.02, a quarter of the distance of the samples.
    let contours = trace(square, at: [0.3, 0.8]) { x, y in
      exp(-((x - 0.02) * (x - 0.02) + (y - 0.02) * (y - 0.02)) / 0.0008)
    }
    for (level, lines) in zip([0.3, 0.8], contours.lines) {
      #expect(lines.count == 1)
      let radius = (-0.0008 * log(level)).squareRoot()
      for (x, y) in lines.flatMap(\.points) {
        #expect(abs(hypot(x - 0.02, y - 0.02) - radius) < 1e-12)
      }
    }
  }

  @Test("too thin for refined cells are missed, and said to be")
  func unresolved() {
    let thin = trace(square, at: [1e-7]) { x, y in (x - 0.0123) * (x - 0.0123) + 1e-11 * y * y }
    #expect(thin.unresolved > 50)
    for smooth: Field in [{ x, y in x * x + y * y }, sineValley] {
      #expect(trace(square, at: [-0.9, -0.5, 0.1, 0.2, 0.5, 1], smooth).unresolved == 0)
    }
  }

  @Test("are given up where they would cover everything")
  func dense() {
    let contours = trace(square, at: [0], columns: 900, rows: 900) { x, y in
      sin(1e6 * x) * cos(1e6 * y)
    }
    #expect(contours.isTooDense)
    #expect(contours.lines == [[]].map { $0 })
  }

  @Test("are the same when traced together and alone")
  func independent() {
    let both = trace(square, at: [1, 2], sineValley).lines[0]
    let alone = trace(square, at: [1], sineValley).lines[0]
    #expect(both == alone)
  }
}

extension ContourLine: Equatable {
  /// Whether all points are the same to the bit.
  public static func == (a: ContourLine, b: ContourLine) -> Bool {
    a.isClosed == b.isClosed && a.points.elementsEqual(b.points, by: ==)
  }
}
