import CCairo
import Foundation

@testable import CairoCanvas

/// A picture as pixels, to be compared with another.
struct Pixels: Equatable {
  let width: Int
  /// 0xRRGGBB, row by row from the top left.
  let colors: [UInt32]

  var rows: Int { colors.count / width }

  init(width: Int, colors: [UInt32]) {
    self.width = width
    self.colors = colors
  }

  /// What is wrong with a file.
  struct Unreadable: Error {
    let reason: String
  }

  /// Decodes a file as `PNGWriter` makes them: 8 bits, with a palette or without, its rows unfiltered.
  init(png file: [UInt8]) throws {
    guard file.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) else {
      throw Unreadable(reason: "no PNG file")
    }
    func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [String: [UInt8]] = [:]
    var place = 8
    while place + 12 <= file.count {
      let length = number(place)
      guard place + 12 + length <= file.count else { throw Unreadable(reason: "cut off") }
      let name = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
      chunks[name, default: []] += file[place + 8..<place + 8 + length]
      place += 12 + length
    }
    guard let header = chunks["IHDR"], header.count == 13, header[8] == 8,
      header[9] == 2 || header[9] == 3
    else { throw Unreadable(reason: "another kind of PNG than ours") }
    let (width, height) = (number(16), number(20))
    let depth = header[9] == 3 ? 1 : 3
    var size = UInt((depth * width + 1) * height)
    var data = [UInt8](repeating: 0, count: Int(size))
    let packed = chunks["IDAT"] ?? []
    guard uncompress(&data, &size, packed, UInt(packed.count)) == Z_OK, size == data.count else {
      throw Unreadable(reason: "pixels do not unpack")
    }
    let palette = chunks["PLTE"] ?? []
    func color(_ bytes: [UInt8], _ place: Int) -> UInt32 {
      UInt32(bytes[place]) << 16 | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2])
    }
    var colors: [UInt32] = []
    for row in 0..<height {
      let first = row * (depth * width + 1)
      guard [0, 2].contains(data[first]) else { throw Unreadable(reason: "rows are filtered") }
      if data[first] == 2, row > 0 {
        for place in first + 1...first + depth * width {
          data[place] &+= data[place - depth * width - 1]
        }
      }
      for column in 0..<width {
        let place = first + 1 + depth * column
        colors.append(depth == 1 ? color(palette, 3 * Int(data[place])) : color(data, place))
      }
    }
    self.init(width: width, colors: colors)
  }

  /// How far two pictures of one size are apart in red, green and blue, of 255.
  func difference(to other: Pixels) -> (maximum: Int, mean: Double) {
    let steps = zip(colors, other.colors).flatMap { Self.steps($0, $1) }
    return (steps.max() ?? 0, Double(steps.reduce(0, +)) / Double(max(steps.count, 1)))
  }

  /// Where two pictures of one size differ: black where they agree, four times as bright as the difference.
  func differencePicture(to other: Pixels) -> Pixels {
    Pixels(
      width: width,
      colors: zip(colors, other.colors).map { one, two in
        Self.steps(one, two).reduce(0) { $0 << 8 | UInt32(min(4 * $1, 255)) }
      })
  }

  private static func steps(_ one: UInt32, _ two: UInt32) -> [Int] {
    [16, 8, 0].map { abs(Int(one >> $0 & 0xff) - Int(two >> $0 & 0xff)) }
  }

  func png() -> [UInt8] { PNGWriter.file(width: width, pixels: colors) }
}
