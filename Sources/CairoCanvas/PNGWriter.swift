import CDeflate

/// Writes PNG files (ISO/IEC 15948): faster and smaller than by Cairo's own writer, and without libpng's error
/// handling by long jumps, which Swift does not survive.
///
/// Rows with a palette are stored unfiltered: the repeated patterns of flat areas, hatching and letters pack
/// better as they are than as differences, and so do the tiles of surfaces. Other shades may do better as differences
/// from the row above; which is shorter is tried on an eighth of the rows.
enum PNGWriter {
  /// Of libdeflate's levels the last before the time grows faster than files shrink: 9 takes four times as long for
  /// files 3 % smaller.
  private static let level: Int32 = 6

  /// The file for rows of pixels 0xRRGGBB from the top left, through a palette where one suffices.
  ///
  /// - Parameter isShaded: whether neighbours differ by little in so many places that a palette would show as bands.
  static func file(width: Int, pixels: [UInt32], isShaded: Bool = false) -> [UInt8] {
    let palette = isShaded ? nil : Palette(pixels)
    let data: [UInt8]
    if let palette {
      data = packed(palette.indices, width: width, .none)
    } else {
      let parts = bytes(of: pixels)
      let some = sample(of: parts, width: 3 * width)
      func length(_ filter: Filter) -> Int { packed(some, width: 3 * width, filter).count }
      let isPlain = isShaded || length(.none) <= length(.up)
      data = packed(parts, width: 3 * width, isPlain ? .none : .up)
    }

    var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let colorType: UInt8 = palette == nil ? 2 : 3
    let rows = pixels.count / width
    append("IHDR", bigEndian(width) + bigEndian(rows) + [8, colorType, 0, 0, 0], to: &file)
    if let palette { append("PLTE", bytes(of: palette.colors), to: &file) }
    append("IDAT", data, to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// Every eighth band of eight rows.
  private static func sample(of bytes: [UInt8], width: Int) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 64 * width).flatMap { first in
      bytes[first..<min(first + 8 * width, bytes.count)]
    }
  }

  /// How rows are stored, by the numbers of the format.
  private enum Filter: UInt8 {
    case none = 0
    /// As differences from the row above.
    case up = 2
  }

  /// The rows of `width` bytes, each behind the number of its filter, packed.
  private static func packed(_ bytes: [UInt8], width: Int, _ filter: Filter) -> [UInt8] {
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
    guard let packer = libdeflate_alloc_compressor(level) else { preconditionFailure("no memory") }
    defer { libdeflate_free_compressor(packer) }
    return [UInt8](unsafeUninitializedCapacity: libdeflate_zlib_compress_bound(packer, data.count))
    {
      $1 = libdeflate_zlib_compress(packer, data, data.count, $0.baseAddress, $0.count)
    }
  }

  private static func bytes(of pixels: [UInt32]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 3 * pixels.count) { bytes, count in
      for (place, pixel) in pixels.enumerated() {
        bytes[3 * place] = UInt8(truncatingIfNeeded: pixel >> 16)
        bytes[3 * place + 1] = UInt8(truncatingIfNeeded: pixel >> 8)
        bytes[3 * place + 2] = UInt8(truncatingIfNeeded: pixel)
      }
      count = 3 * pixels.count
    }
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(name.utf8) + data
    file += bigEndian(data.count) + body
    file += bigEndian(Int(libdeflate_crc32(0, body, body.count)))
  }
}
