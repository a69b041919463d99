import Foundation
import Testing

@testable import Figures

@Suite("Surfaces") struct SurfaceTests {
  /// A flat floor with a ridge across the middle, from the least x to the greatest, half as high as wide: its
  /// crest is at y = 0, z = 0.25, the floor at z = -0.25.
  private let ridge = HeightField(
    columns: 40, rows: 40, half: Place3(1, 1, 0.25),
    parts: (0...40).flatMap { row in (0...40).map { _ in row == 20 ? 1.0 : 0 } })
  /// An eye on the side of the least y, at (0, -6.0622, 3.5).
  private let camera = Camera(azimuth: -90, elevation: 30)

  @Test("hide what lies behind a ridge exactly as far as its shadow reaches")
  func shadow() throws {
    // From the floor at y, the way to the eye passes over y = 0 at z = -0.25 + 3.75·y/(y + 6.0622), which is the
    // crest for 3.25·y = 0.5·6.0622, y = 0.9326.
    func isVisible(_ y: Double) throws -> Bool {
      let place = try #require(ridge.place(0.5, (y + 1) / 2))
      return ridge.isVisible(place, from: camera.eye)
    }
    #expect(abs(camera.eye.y + 6.0622) < 1e-4 && abs(camera.eye.z - 3.5) < 1e-12)
    #expect(try isVisible(-0.5))
    #expect(try isVisible(-0.02))
    #expect(try !isVisible(0.3))
    #expect(try !isVisible(0.9))
    #expect(try isVisible(0.96))
    #expect(try isVisible(0))
  }

  @Test("see everything of a plane from above, whatever the side")
  func plane() throws {
    let plane = HeightField(
      columns: 10, rows: 10, half: Place3(1, 1, 0.5),
      parts: (0...10).flatMap { row in (0...10).map { Double($0 + row) / 40 } })
    for azimuth in stride(from: -180.0, through: 180, by: 17) {
      let eye = Camera(azimuth: azimuth, elevation: 45).eye
      for step in 0...20 {
        let place = try #require(plane.place(Double(step) / 20, 0.37))
        #expect(plane.isVisible(place, from: eye))
      }
    }
  }

  @Test("dot the parts of a path that a ridge hides")
  func path() {
    let window = Window(x: -1...1, y: -1...1)
    // Straight to the eye, from behind the ridge over its crest.
    let line = PathLine(
      SeriesName.all(["newton"])[0], startLabel: "p1", ending: "converged",
      points: [(0, 0.8), (0, -0.8)])
    let axis = PerspectiveAxes.Axis(name: RichText("x"), ticks: [])
    let canvas = RecordingCanvas()
    let axes = PerspectiveAxes(
      x: axis, y: axis, z: axis, camera: camera, half: ridge.half,
      in: Box(x: 0, y: 0, width: 500, height: 500), on: canvas, Theme.light)
    let draped = DrapedPaths(Trajectories([line], Theme.light), on: ridge, window, axes)
    #expect(draped.hasHidden)
    var occupancy = Occupancy(canvas, room: Box(x: 0, y: 0, width: 500, height: 500))
    draped.draw(on: canvas, Theme.light, &occupancy)
    let dotted = canvas.strokes.filter { !$0.pen.dash.isEmpty }
    #expect(dotted.count == 1)
    let crest = axes.point(Place3(0, 0, 0.25))
    let hidden = dotted.flatMap { $0.path.pieces.flatMap(\.points) }
    // What is hidden begins behind and ends at the crest, where what is seen goes on.
    #expect(hidden.contains { ($0 - axes.point(Place3(0, 0.8, -0.25))).length < 0.5 })
    #expect(hidden.contains { ($0 - crest).length < 6 })
    let solid = canvas.strokes.filter { $0.pen.dash.isEmpty }.flatMap { $0.path.pieces }
      .flatMap(\.points)
    #expect(solid.contains { ($0 - crest).length < 6 })
    #expect(solid.allSatisfy { $0.y > crest.y - 1 })
  }

  @Test("are drawn from behind to the front")
  func order() throws {
    let cells = ridge.cellsFromBehind(camera.eye)
    #expect(cells.count == 1600)
    #expect(cells.first?.row == 39)
    #expect(cells.last?.row == 0)
    // Within a row, what is nearer to the column of the eye comes later.
    let row = cells.prefix(40).map { abs(Double($0.column) - 19.5) }
    #expect(row == row.sorted(by: >))
    let corner = try #require(ridge.cellsFromBehind(Camera(azimuth: 45, elevation: 30).eye).last)
    #expect(corner == (39, 39))
  }

  @Test("are open where a function is undefined and where it has a pole")
  func holes() {
    let field = HeightField(
      columns: 3, rows: 1, half: Place3(1, 1, 1), parts: [0, 0.5, 2, -1, 0, .nan, 2, -1])
    #expect(!field.hasCell(0, 0))
    #expect(!field.hasCell(1, 0))
    #expect(!field.hasCell(2, 0))
    let cut = HeightField(
      columns: 1, rows: 1, half: Place3(1, 1, 1), parts: [0.5, 2, 0.5, 0.5])
    #expect(cut.hasCell(0, 0))
    #expect(cut.corner(1, 0).z == 1)
  }

  @Test("show what is seen from where the eye is")
  func projection() {
    let camera = Camera(azimuth: 0, elevation: 0)
    // From far along x, y is to the right and z upwards; twice as near is twice as large.
    #expect(camera.project(Place3(0, 1, 0)) == Point(1, 0))
    #expect(camera.project(Place3(0, 0, 1)) == Point(0, -1))
    #expect(abs(camera.project(Place3(3.5, 1, 0)).x - 2) < 1e-12)
  }

  @Test("say in their captions how heights are scaled, what is cut and what is left out")
  func captions() throws {
    func caption(_ name: String) throws -> [String] {
      try #require(surfaces.first { $0.name == name }).figure.draw(on: RecordingCanvas())
    }
    let plain = try caption("surface")
    #expect(plain.contains("window: x = 1 .. 5.5, y = 0.2 .. 4.7"))
    #expect(
      plain.contains(
        "view: azimuth -60, elevation 35 degrees; mesh of 30 x 30, each drawn as 1 x 1 cells"))
    #expect(plain.contains { $0.hasPrefix("path gradient 0 from p1: 3 iterations, converged") })
    let log = try caption("logarithmic surface")
    #expect(log.contains { $0.hasPrefix("heights: of f - f*, f* = 1.5, logarithmic from ") })
    let holes = try caption("surface with holes")
    // log(y - 2) is undefined at 12 of 31 rows of corners.
    #expect(holes.contains("undefined (left out): 39 % of the window"))
    #expect(holes.contains { $0.hasPrefix("cut flat: ") })
    let none = try caption("no surface")
    #expect(none.contains("f has no finite value in the window"))
  }

  @Test("name their axes and ticks")
  func axes() {
    let canvas = RecordingCanvas()
    _ = surfaces[0].figure.draw(on: canvas)
    let texts = canvas.texts.map(\.string)
    #expect(Set(texts).isSuperset(of: ["x", "y", "f", "2", "3", "4"]))
    #expect(texts.filter { $0 == "0.5" || $0 == "0.0" }.count >= 2)
  }
}
