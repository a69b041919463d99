import Figures
import Foundation
import Testing

@testable import CairoCanvas

private let bowl: Sampler = { x, y in [zip(x, y).map { $0 * $0 + $1 * $1 }] }

private func figure() -> ContourFigure {
  ContourFigure(
    heading: FigureHeading(title: "Paraboloid", formula: "f(x, y) = x² + y²"),
    window: Window(x: -4...4, y: -4...4), sample: bowl)
}

private func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

@Suite("A Cairo picture") struct CairoPictureTests {
  @Test("becomes a PNG file of its size")
  func header() throws {
    let image = try CairoPicture(width: 300, height: 200)
    _ = figure().draw(on: image)
    let bytes = try image.file()
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    #expect(String(decoding: bytes[12..<16], as: UTF8.self) == "IHDR")
    #expect(number(bytes[16..<20]) == 300)
    #expect(number(bytes[20..<24]) == 200)
    #expect(String(decoding: bytes.suffix(8).prefix(4), as: UTF8.self) == "IEND")
  }

  @Test("has no chunks but size, palette and pixels, with true checksums")
  func chunks() throws {
    let image = try CairoPicture()
    _ = figure().draw(on: image)
    let bytes = try image.file()
    #expect(bytes.count < 100_000)
    var names: [String] = []
    var place = 8
    while place < bytes.count {
      let length = number(bytes[place..<place + 4])
      let body = bytes[place + 4..<place + 8 + length]
      names.append(String(decoding: body.prefix(4), as: UTF8.self))
      #expect(number(bytes[(place + 8 + length)..<(place + 12 + length)]) == Int(checksum(body)))
      place += 12 + length
    }
    #expect(names == ["IHDR", "PLTE", "IDAT", "IEND"])
  }

  @Test("has the same bytes twice")
  func deterministic() throws {
    let files = try (0..<2).map { _ in
      let image = try CairoPicture()
      _ = figure().draw(on: image)
      return try image.file()
    }
    #expect(files[0] == files[1])
  }

  @Test("has no overlapping text when measured with its own font")
  func metrics() throws {
    let image = try CairoPicture()
    let canvas = RecordingCanvas(measure: image.width(of:style:))
    _ = figure().draw(on: canvas)
    let upright = canvas.texts.filter { $0.angle == 0 }
    #expect(upright.count > 10)
    for (index, a) in upright.enumerated() {
      for b in upright[(index + 1)...] {
        let apart =
          a.point.x + a.width <= b.point.x + 1e-6 || b.point.x + b.width <= a.point.x + 1e-6
          || a.corners[0].y <= b.corners[1].y || b.corners[0].y <= a.corners[1].y
        #expect(apart, "\(a.string) meets \(b.string)")
      }
    }
  }

  @Test("measures wide letters wider than narrow ones, and in proportion to their size")
  func widths() throws {
    let image = try CairoPicture(width: 10, height: 10)
    let style = TextStyle(size: 20, color: Color(0))
    var large = style
    large.size = 40
    let width = image.width(of: "m", style: style)
    #expect(width > 2 * image.width(of: "i", style: style))
    #expect(abs(image.width(of: "m", style: large) - 2 * width) < 1e-3)
  }

  @Test("keeps flat colours exactly, and mosaics have sharp edges")
  func flat() throws {
    let image = try CairoPicture(width: 64, height: 64)
    var mosaic = Mosaic(columns: 2, rows: 1, color: Color(0x123456))
    mosaic.colors[1] = Color(0x123457)
    image.paint(mosaic, in: Box(x: 0, y: 0, width: 64, height: 64))
    let bytes = try image.file()
    let colors = bytes[41..<47].map { $0 }
    #expect(number(bytes[33..<37]) == 6)
    #expect(
      Set([Array(colors[0..<3]), Array(colors[3..<6])]) == [
        [0x12, 0x34, 0x56], [0x12, 0x34, 0x57],
      ])
  }

  @Test("of an impossible size is an error in Cairo's words")
  func impossible() {
    #expect(throws: CairoError.self) { try CairoPicture(width: -1, height: 10) }
    #expect(throws: CairoError.self) { try CairoPicture(width: 10, height: 1_000_000) }
  }
}

/// The checksum of PNG, bit by bit, as its standard writes it down.
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  var sum: UInt32 = 0xffff_ffff
  for byte in bytes {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? 0xedb8_8320 ^ (sum >> 1) : sum >> 1 }
  }
  return ~sum
}
