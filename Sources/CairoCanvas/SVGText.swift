/// What Cairo writes as SVG, made independent of what was drawn before.
enum SVGText {
  private static let quote = UInt8(ascii: "\"")

  /// The file with its names in the order of their appearance, `i1`, `i2`, …, and its images with sharp pixels.
  ///
  /// Cairo numbers images by a counter of the whole process, so that the bytes of a file would depend on what else is
  /// drawn at the same time; and not all of its versions write down that images have sharp pixels.
  static func settled(_ file: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(file.count)
    var names: [ArraySlice<UInt8>: Int] = [:]
    var place = 0
    while place < file.count {
      let head = heads.first { file[place...].starts(with: $0.bytes) }
      guard let head else {
        result.append(file[place])
        place += 1
        continue
      }
      result += head.bytes
      place += head.bytes.count
      if let end = head.end {
        let name = file[place...].prefix { $0 != end }
        let number = names[name] ?? names.count + 1
        names[name] = number
        result += Array("i\(number)".utf8)
        place = name.endIndex
      } else {
        result += sharpness
      }
    }
    return result
  }

  /// What stands before a name, and what after it; or before the attributes of an image.
  private static let heads: [(bytes: [UInt8], end: UInt8?)] = [
    (Array(" id=\"".utf8), quote), (Array("href=\"#".utf8), quote),
    (Array("url(#".utf8), UInt8(ascii: ")")), (Array("<image".utf8), nil),
  ]
  private static let sharpness = Array(
    " style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\"".utf8)
}
