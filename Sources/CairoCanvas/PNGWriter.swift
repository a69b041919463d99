import CCairo

/// Writes PNG files (ISO/IEC 15948) over zlib: faster and smaller than by Cairo's own writer, and
/// without libpng's error handling by long jumps, which Swift does not survive.
///
/// Rows with a palette are stored unfiltered: the repeated patterns of flat areas, hatching and letters pack
/// better as they are than as differences. Shades of a surface may do better as differences from the row above;
/// whichever is shorter is taken. Files are read and kept far more often than written, so zlib does its best.
enum PNGWriter {
  private static let level: Int32 = 9

  /// The file for rows of pixels 0xRRGGBB from the top left, through a palette where one suffices.
  static func file(width: Int, pixels: [UInt32]) throws(CairoError) -> [UInt8] {
    let palette = Palette(pixels)
    let rows = pixels.count / width
    let data: [UInt8]
    if let palette {
      data = try compressed(filtered(palette.indices, width: width, .none))
    } else {
      let parts = pixels.flatMap(bytes)
      let plain = try compressed(filtered(parts, width: 3 * width, .none))
      let steps = try compressed(filtered(parts, width: 3 * width, .up))
      data = steps.count < plain.count ? steps : plain
    }

    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let colorType: UInt8 = palette == nil ? 2 : 3
    append("IHDR", bigEndian(width) + bigEndian(rows) + [8, colorType, 0, 0, 0], to: &file)
    if let palette { append("PLTE", palette.colors.flatMap(bytes), to: &file) }
    append("IDAT", data, to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// How rows are stored, by the numbers of the format.
  private enum Filter: UInt8 {
    case none = 0
    /// As differences from the row above.
    case up = 2
  }

  /// The rows of `width` bytes, each behind the number of its filter.
  private static func filtered(_ bytes: [UInt8], width: Int, _ filter: Filter) -> [UInt8] {
    var data: [UInt8] = []
    data.reserveCapacity(bytes.count + bytes.count / width)
    for first in stride(from: 0, to: bytes.count, by: width) {
      data.append(filter.rawValue)
      if filter == .none || first == 0 {
        data += bytes[first..<first + width]
      } else {
        for index in first..<first + width { data.append(bytes[index] &- bytes[index - width]) }
      }
    }
    return data
  }

  private static func bytes(of pixel: UInt32) -> [UInt8] {
    [16, 8, 0].map { UInt8(truncatingIfNeeded: pixel >> $0) }
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(name.utf8) + data
    file += bigEndian(data.count) + body
    file += bigEndian(Int(crc32(0, body, UInt32(body.count))))
  }

  private static func compressed(_ data: [UInt8]) throws(CairoError) -> [UInt8] {
    var size = compressBound(UInt(data.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    guard compress2(&result, &size, data, UInt(data.count), level) == Z_OK else {
      throw .compression
    }
    return Array(result.prefix(Int(size)))
  }
}
