import Figures
import Testing

@testable import CairoCanvas

@Suite("Coverage") struct CoverageTests {
  /// White pixels after black was laid on what is covered of them, as sixteenths of black.
  private static func sixteenths(
    columns: Int, rows: Int, clip: Coverage.Clip? = nil, _ cover: (inout Coverage) -> Void
  ) -> [[Int]] {
    var coverage = Coverage(columns: columns, rows: rows)
    if let clip { coverage.clip = clip }
    cover(&coverage)
    var pixels = [UInt32](repeating: 0xffffff, count: columns * rows)
    pixels.withUnsafeMutableBufferPointer { pixels in
      guard let start = pixels.baseAddress else { return }
      coverage.paint(0, opacity: 255, on: start, step: columns)
      // What was painted is gone.
      coverage.paint(0, opacity: 255, on: start, step: columns)
    }
    return (0..<rows).map { row in
      (0..<columns).map {
        Int((Double(255 - pixels[row * columns + $0] & 0xff) / 255 * 16).rounded())
      }
    }
  }

  private static func polygon(_ points: [Point]) -> (inout Coverage) -> Void {
    { $0.fill(Path(points, isClosed: true)) }
  }

  private static let box = [Point(1.25, 0.5), Point(3.5, 0.5), Point(3.5, 2.25), Point(1.25, 2.25)]
  /// Its parts across times its parts down.
  private static let boxCovers = [[0, 6, 8, 4, 0], [0, 12, 16, 8, 0], [0, 3, 4, 2, 0]]

  @Test("of a box is the product of its parts of rows and columns, whichever way around it goes")
  func boxes() {
    for points in [Self.box, Self.box.reversed()] {
      #expect(Self.sixteenths(columns: 5, rows: 3, Self.polygon(points)) == Self.boxCovers)
    }
  }

  @Test("of a triangle is its area in each pixel")
  func triangles() {
    // Beneath the line from (0, 0) to (4, 2): of the first pixels a quarter and three quarters.
    let points = [Point(0, 0), Point(4, 2), Point(0, 2)]
    #expect(
      Self.sixteenths(columns: 4, rows: 2, Self.polygon(points))
        == [[12, 4, 0, 0], [16, 16, 12, 4]])
  }

  @Test("of shapes beyond the clip is that of their parts within")
  func clips() {
    let clip = Coverage.Clip(columns: 2..<4, rows: 1..<2)
    #expect(
      Self.sixteenths(columns: 5, rows: 3, clip: clip, Self.polygon(Self.box))
        == [[0, 0, 0, 0, 0], [0, 0, 16, 8, 0], [0, 0, 0, 0, 0]])
    // Beneath a shallow edge that begins far on the left and ends far on the right: y = x/8.
    let far = [Point(-8e4, -1e4), Point(8e4, 1e4), Point(-8e4, 9e4)]
    #expect(
      Self.sixteenths(columns: 8, rows: 2, Self.polygon(far))
        == [[15, 13, 11, 9, 7, 5, 3, 1], Array(repeating: 16, count: 8)])
  }

  @Test("of polygons side by side is whole along the edge between them")
  func neighbors() {
    let (a, b) = (Point(3.3, 0.2), Point(1.1, 7.9))
    let covered = Self.sixteenths(columns: 6, rows: 8) { coverage in
      coverage.fill(Path([Point(0, 0), a, b, Point(0, 8)], isClosed: true))
      coverage.fill(Path([a, Point(6, 0), Point(6, 8), b], isClosed: true))
    }
    for row in 1..<7 { #expect(covered[row] == Array(repeating: 16, count: 6)) }
  }

  @Test("along lines has the area of the pen's way", arguments: [0.7, 1.2, 3, 9])
  func strokes(width: Double) {
    let radius = width / 2
    func area(_ path: Path) -> Double {
      Self.sixteenths(columns: 120, rows: 120) { $0.stroke(path, width: width) }
        .joined().reduce(0) { $0 + Double($1) / 16 }
    }
    // Straight, with a half disc at each end.
    let straight = Path([Point(20.3, 31.7), Point(93.1, 80.2)])
    let length = (72.8 * 72.8 + 48.5 * 48.5).squareRoot()
    #expect(abs(area(straight) - length * width - .pi * radius * radius) < 0.02 * length * width)
    // A ring, of which the polygon's own corners take next to nothing.
    let ring = Path(center: Point(60, 60), radius: 40, corners: 200)
    #expect(abs(area(ring) / (2 * .pi * 40 * width) - 1) < 0.01)
  }

  @Test("along lines is what Cairo draws, corners and ends included", arguments: [1.0, 2.4, 7])
  func likeCairo(width: Double) throws {
    let waves = (0...60).map { step in
      let x = 10 + 3 * Double(step)
      return Point(x, 60 + 40 * (step % 12 < 6 ? Double(step % 6) / 6 : 1 - Double(step % 6) / 6))
    }
    let zigzag = [Point(10, 130), Point(60, 190), Point(70, 132), Point(120, 185), Point(185, 135)]
    var path = Path(waves)
    path.add(zigzag)
    path.add([Point(20, 10), Point(60, 30), Point(30, 34)], isClosed: true)
    let pictures = try [false, true].map { isDisjoint in
      let picture = try CairoPicture(width: 200, height: 200)
      picture.fill(Path(Box(x: 0, y: 0, width: 200, height: 200)), Color(0xffffff))
      path.isDisjoint = isDisjoint
      picture.stroke(path, Pen(Color(0), width: width))
      return try Pixels(png: try picture.file())
    }
    let difference = pictures[0].difference(to: pictures[1])
    #expect(difference.mean < 0.6)
    #expect(difference.maximum < 64)
    #expect(pictures[1].colors.contains(0) && pictures[1].colors.contains(0xffffff))
  }

  @Test("of tiles is soft only where it shows")
  func tiles() throws {
    let picture = try CairoPicture(width: 40, height: 40)
    picture.fill(Path(Box(x: 0, y: 0, width: 40, height: 40)), Color(0xffffff))
    let (a, b) = (Point(22.4, 5.2), Point(17.9, 34.6))
    picture.fill(tile: [Point(5.2, 5.2), a, b, Point(5.2, 34.6)], Color(0x204060))
    picture.fill(tile: [a, Point(34.7, 5.2), Point(34.7, 34.6), b], Color(0x244462))
    let pixels = try Pixels(png: try picture.file())
    func colors(_ columns: Range<Int>) -> Set<UInt32> {
      Set((7..<33).flatMap { row in columns.map { pixels.colors[row * 40 + $0] } })
    }
    #expect(colors(7..<33) == [0x204060, 0x244462])
    #expect(colors(0..<7).contains { $0 != 0x204060 && $0 != 0xffffff })
  }
}
