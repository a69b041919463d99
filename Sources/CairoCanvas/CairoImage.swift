import CCairo
import Figures

/// What can go wrong with an image.
public enum CairoError: Error, Equatable {
  /// Cairo could not make the image, in its own words.
  case surface(String)
  /// The compressor ran out of memory.
  case compression
}

/// A picture in memory, drawn by Cairo with the font DejaVu Sans; one canvas unit is a pixel.
///
/// The same drawing gives the same bytes with the same Cairo and font. Not for several tasks at once.
public final class CairoImage: Canvas {
  /// The width in pixels.
  public let width: Double
  /// The height in pixels.
  public let height: Double
  /// A canvas unit is a pixel.
  public let pixelsPerUnit = 1.0
  private let surface: OpaquePointer
  private let context: OpaquePointer
  private let columns: Int
  private let rows: Int

  /// An empty picture of width × height pixels, each from 1 to 32767.
  public init(width: Int = 1080, height: Int = 900) throws(CairoError) {
    guard let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    else { throw .surface("no surface") }
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface) else {
      cairo_surface_destroy(surface)
      throw .surface(String(cString: cairo_status_to_string(status)))
    }
    self.surface = surface
    self.context = context
    self.columns = width
    self.rows = height
    self.width = Double(width)
    self.height = Double(height)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  // MARK: Drawing

  private func set(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
  }

  private func trace(_ path: Path) {
    cairo_new_path(context)
    for piece in path.pieces {
      for (index, point) in piece.points.enumerated() {
        if index == 0 {
          cairo_move_to(context, point.x, point.y)
        } else {
          cairo_line_to(context, point.x, point.y)
        }
      }
      if piece.isClosed { cairo_close_path(context) }
    }
  }

  /// Fills the inside of a path, with soft edges.
  public func fill(_ path: Path, _ color: Color) {
    set(color)
    trace(path)
    cairo_fill(context)
  }

  /// Draws along a path, with soft edges.
  public func stroke(_ path: Path, _ pen: Pen) {
    set(pen.color)
    cairo_set_line_width(context, pen.width)
    cairo_set_line_cap(context, pen.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_dash(context, pen.dash, Int32(pen.dash.count), 0)
    trace(path)
    cairo_stroke(context)
  }

  /// Runs `draw` with everything outside the box hidden.
  public func clipped(to box: Box, _ draw: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, box.x, box.y, box.width, box.height)
    cairo_clip(context)
    draw()
    cairo_restore(context)
  }

  /// Shows a mosaic; a tile that covers no middle of a pixel is not seen.
  public func paint(_ mosaic: Mosaic, in box: Box) {
    guard
      let tiles = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(mosaic.columns), Int32(mosaic.rows))
    else { return }
    defer { cairo_surface_destroy(tiles) }
    guard let bytes = cairo_image_surface_get_data(tiles) else { return }
    cairo_surface_flush(tiles)
    let stride = Int(cairo_image_surface_get_stride(tiles))
    for row in 0..<mosaic.rows {
      let line = UnsafeMutableRawPointer(bytes + row * stride)
      for column in 0..<mosaic.columns {
        let color = mosaic.colors[row * mosaic.columns + column]
        let pixel = Self.byte(color.red) << 16 | Self.byte(color.green) << 8 | Self.byte(color.blue)
        line.storeBytes(of: pixel, toByteOffset: 4 * column, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(tiles)
    cairo_save(context)
    cairo_translate(context, box.x, box.y)
    cairo_scale(context, box.width / Double(mosaic.columns), box.height / Double(mosaic.rows))
    cairo_set_source_surface(context, tiles, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_rectangle(context, 0, 0, Double(mosaic.columns), Double(mosaic.rows))
    cairo_fill(context)
    cairo_restore(context)
  }

  private static func byte(_ part: Double) -> UInt32 {
    UInt32((255 * min(max(part, 0), 1)).rounded())
  }

  // MARK: Text

  private func select(_ style: TextStyle) {
    cairo_select_font_face(
      context, "DejaVu Sans", style.isItalic ? CAIRO_FONT_SLANT_OBLIQUE : CAIRO_FONT_SLANT_NORMAL,
      style.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, style.size)
  }

  /// How far a text advances, unhinted, so that it grows in proportion to its size.
  public func width(of text: String, style: TextStyle) -> Double {
    select(style)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return extents.x_advance
  }

  /// Sets a text as filled outlines, its halo beneath.
  public func write(_ text: String, at point: Point, style: TextStyle, angle: Double) {
    select(style)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, angle)
    cairo_new_path(context)
    cairo_move_to(context, 0, 0)
    cairo_text_path(context, text)
    if let halo = style.halo {
      set(halo)
      cairo_set_dash(context, [], 0, 0)
      cairo_set_line_width(context, style.haloWidth)
      cairo_stroke_preserve(context)
    }
    set(style.color)
    cairo_fill(context)
    cairo_restore(context)
  }

  // MARK: Bytes

  /// The picture as a PNG file without opacity, text or time; through a palette where that changes
  /// no flat colour and no other by more than 32 of 255.
  public func png() throws(CairoError) -> [UInt8] {
    cairo_surface_flush(surface)
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS, let bytes = cairo_image_surface_get_data(surface) else {
      throw .surface(String(cString: cairo_status_to_string(status)))
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    var pixels: [UInt32] = []
    pixels.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let line = UnsafeRawPointer(bytes + row * stride)
      for column in 0..<columns {
        pixels.append(line.load(fromByteOffset: 4 * column, as: UInt32.self) & 0xffffff)
      }
    }
    return try PNGWriter.file(width: columns, pixels: pixels)
  }
}
