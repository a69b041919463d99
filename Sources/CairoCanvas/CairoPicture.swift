import CCairo
import Figures

/// A picture in memory that Cairo draws, as pixels or as lines.
///
/// The same drawing gives the same bytes with the same Cairo and font. Not for several tasks at once.
public final class CairoPicture: Canvas {
  /// The width in canvas units.
  public let width: Double
  /// The height in canvas units.
  public let height: Double
  /// How many pixels of a mosaic a canvas unit is worth.
  public var pixelsPerUnit: Double { format.pixelsPerUnit }
  /// The kind of file that it becomes.
  public let format: PictureFormat
  private let surface: CairoSurface
  private let context: OpaquePointer
  private let font: SystemFont
  /// What is covered of pixels, which are filled without Cairo: it takes many times as long for many small polygons.
  private var coverage: Coverage
  /// Whether any tile was filled.
  private var hasTiles = false

  /// An empty picture of width × height canvas units, each from 1 to 32767.
  ///
  /// - Throws: `CairoError` where Cairo has no such surface or the system no font.
  public init(_ format: PictureFormat = .png, width: Int = 1080, height: Int = 900)
    throws(CairoError)
  {
    guard let font = SystemFont.found else { throw .noFont }
    let surface = try CairoSurface(format, width: width, height: height)
    guard let context = cairo_create(surface.pointer) else { throw .surface("no context") }
    self.format = format
    self.surface = surface
    self.context = context
    self.font = font
    self.width = Double(width)
    self.height = Double(height)
    let pixels = format == .png ? (width, height) : (0, 0)
    coverage = Coverage(columns: pixels.0, rows: pixels.1)
    if format == .pdf { cairo_scale(context, 0.5, 0.5) }
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit { cairo_destroy(context) }

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

  /// Lays a colour on what is covered.
  private func paintCovered(_ color: Color) {
    surface.change { pixels, step in
      coverage.paint(
        color.pixel, opacity: Int((color.opacity * 255).rounded()), on: pixels, step: step)
    }
  }

  /// Fills the inside of a path, with soft edges.
  public func fill(_ path: Path, _ color: Color) {
    if format == .png {
      coverage.fill(path)
      return paintCovered(color)
    }
    set(color)
    trace(path)
    cairo_fill(context)
  }

  /// Fills a tile: of pixels with soft edges only where they show.
  public func fill(tile corners: [Point], _ color: Color) {
    guard format == .png else { return fill(grown: corners, color) }
    if let grown = corners.grown(by: 0.5) {
      coverage.fill(Path(grown, isClosed: true))
    } else {
      let outline = Path(corners, isClosed: true)
      coverage.fill(outline)
      coverage.stroke(outline, width: 1)
    }
    hasTiles = true
    surface.change { coverage.paint(tile: color.pixel, on: $0, step: $1) }
  }

  /// Draws along a path, with soft edges.
  public func stroke(_ path: Path, _ pen: Pen) {
    if format == .png, pen.dash.isEmpty, path.isDisjoint {
      coverage.stroke(path, width: pen.width)
      return paintCovered(pen.color)
    }
    set(pen.color)
    cairo_set_line_width(context, pen.width)
    cairo_set_line_cap(context, pen.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_dash(context, pen.dash, Int32(pen.dash.count), 0)
    trace(path)
    cairo_stroke(context)
  }

  /// Draws along lines of which each is disjoint: the upper half of the pixels and the lower one at once, which have
  /// nothing to do with each other.
  public func stroke(_ lines: [(path: Path, pen: Pen)], workers: Int) {
    guard format == .png, workers > 1,
      lines.allSatisfy({ $0.path.isDisjoint && $0.pen.dash.isEmpty })
    else {
      for line in lines { stroke(line.path, line.pen) }
      return
    }
    let whole = coverage.clip
    let middle = (whole.rows.lowerBound + whole.rows.upperBound) / 2
    coverage.clip.rows = whole.rows.lowerBound..<middle
    var lower = Coverage(
      Coverage.Clip(columns: whole.columns, rows: middle..<whole.rows.upperBound))
    surface.change { pixels, step in
      func draw(_ coverage: inout Coverage) {
        for line in lines {
          coverage.stroke(line.path, width: line.pen.width)
          coverage.paint(
            line.pen.color.pixel, opacity: Int((line.pen.color.opacity * 255).rounded()),
            on: pixels, step: step)
        }
      }
      _ = concurrently(2, workers: workers) { half in
        if half == 0 { draw(&coverage) } else { draw(&lower) }
      }
    }
    coverage.clip = whole
  }

  /// Runs `draw` with everything outside the box hidden, of pixels those whose middle is.
  public func clipped(to box: Box, _ draw: () -> Void) {
    cairo_save(context)
    let outer = coverage.clip
    if format == .png {
      coverage.clip.columns = outer.columns.clamped(to: pixels(from: box.x, box.width))
      coverage.clip.rows = outer.rows.clamped(to: pixels(from: box.y, box.height))
      let (columns, rows) = (coverage.clip.columns, coverage.clip.rows)
      cairo_rectangle(
        context, Double(columns.lowerBound), Double(rows.lowerBound), Double(columns.count),
        Double(rows.count))
    } else {
      cairo_rectangle(context, box.x, box.y, box.width, box.height)
    }
    cairo_clip(context)
    draw()
    coverage.clip = outer
    cairo_restore(context)
  }

  /// The pixels whose middles are from a place on.
  private func pixels(from place: Double, _ length: Double) -> Range<Int> {
    let first = Int((place - 0.5).rounded(.up))
    return first..<max(first, Int((place + length - 0.5).rounded(.up)))
  }

  // MARK: Mosaics

  /// Shows a mosaic; a tile that covers no middle of a pixel is not seen.
  public func paint(_ mosaic: Mosaic, in box: Box) {
    if format == .png {
      paint(pixels: mosaic, in: box)
    } else if mosaic.columns == 1 || mosaic.rows == 1 {
      paint(row: mosaic, in: box)
    } else {
      paint(image: mosaic, in: box)
    }
  }

  /// Every pixel whose middle is in the box takes the colour of the tile there.
  private func paint(pixels mosaic: Mosaic, in box: Box) {
    let rows = coverage.clip.rows.clamped(to: pixels(from: box.y, box.height))
    let columns = coverage.clip.columns.clamped(to: pixels(from: box.x, box.width))
    func tile(_ pixel: Int, _ start: Double, _ length: Double, _ count: Int) -> Int {
      min(max(Int((Double(pixel) + 0.5 - start) / length * Double(count)), 0), count - 1)
    }
    let across = columns.map { tile($0, box.x, box.width, mosaic.columns) }
    let isOneToOne = zip(across, across.dropFirst()).allSatisfy { $1 == $0 + 1 }
    let tiles = mosaic.pixels
    surface.change { pixels, step in
      for row in rows {
        let first = tile(row, box.y, box.height, mosaic.rows) * mosaic.columns
        let line = pixels + (row * step + columns.lowerBound)
        if isOneToOne, let start = across.first {
          tiles.withUnsafeBufferPointer { tiles in
            guard let base = tiles.baseAddress else { return }
            line.update(from: base + (first + start), count: across.count)
          }
        } else {
          for (place, column) in across.enumerated() { line[place] = tiles[first + column] }
        }
      }
    }
  }

  /// A single row or column as rectangles, each of which reaches to the end beneath those that follow: viewers show
  /// no seams between them, and none smooths them.
  private func paint(row mosaic: Mosaic, in box: Box) {
    let colors = mosaic.colors
    for (index, color) in colors.enumerated() {
      let part = Double(index) / Double(colors.count)
      set(color)
      if mosaic.columns == 1 {
        cairo_rectangle(
          context, box.x, box.y + part * box.height, box.width, (1 - part) * box.height)
      } else {
        cairo_rectangle(
          context, box.x + part * box.width, box.y, (1 - part) * box.width, box.height)
      }
      cairo_fill(context)
    }
  }

  private func paint(image mosaic: Mosaic, in box: Box) {
    guard
      let tiles = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, Int32(mosaic.columns), Int32(mosaic.rows))
    else { return }
    defer { cairo_surface_destroy(tiles) }
    guard let bytes = cairo_image_surface_get_data(tiles) else { return }
    cairo_surface_flush(tiles)
    let stride = Int(cairo_image_surface_get_stride(tiles))
    let pixels = mosaic.pixels
    pixels.withUnsafeBytes { pixels in
      let width = 4 * mosaic.columns
      for row in 0..<mosaic.rows {
        UnsafeMutableRawBufferPointer(start: bytes + row * stride, count: width)
          .copyMemory(
            from: UnsafeRawBufferPointer(rebasing: pixels[row * width..<(row + 1) * width]))
      }
    }
    cairo_surface_mark_dirty(tiles)
    if format == .svg { attachFile(width: mosaic.columns, pixels, to: tiles) }
    cairo_save(context)
    cairo_translate(context, box.x, box.y)
    cairo_scale(context, box.width / Double(mosaic.columns), box.height / Double(mosaic.rows))
    cairo_set_source_surface(context, tiles, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    // An image of its own, where a filled rectangle would be a pattern that viewers may repeat at its edges.
    cairo_paint(context)
    cairo_restore(context)
  }

  /// Gives a surface the PNG file that stands for it in SVG, which is much smaller than Cairo's own.
  private func attachFile(width: Int, _ pixels: [UInt32], to tiles: OpaquePointer) {
    let file = PNGWriter.file(width: width, pixels: pixels)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: file.count)
    copy.initialize(from: file, count: file.count)
    let status = cairo_surface_set_mime_data(
      tiles, CAIRO_MIME_TYPE_PNG, copy, UInt(file.count),
      { $0?.assumingMemoryBound(to: UInt8.self).deallocate() }, copy)
    if status != CAIRO_STATUS_SUCCESS { copy.deallocate() }
  }

  // MARK: Text

  private func select(_ style: TextStyle) {
    cairo_select_font_face(
      context, font.family, style.isItalic ? CAIRO_FONT_SLANT_OBLIQUE : CAIRO_FONT_SLANT_NORMAL,
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

  /// Sets a text as filled outlines, in PDF as letters that can be searched, its halo beneath.
  public func write(_ text: String, at point: Point, style: TextStyle, angle: Double) {
    select(style)
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, angle)
    cairo_new_path(context)
    cairo_move_to(context, 0, 0)
    if style.halo != nil || format != .pdf { cairo_text_path(context, text) }
    if let halo = style.halo {
      set(halo)
      cairo_set_dash(context, [], 0, 0)
      cairo_set_line_width(context, style.haloWidth)
      cairo_stroke_preserve(context)
    }
    set(style.color)
    if format == .pdf {
      cairo_new_path(context)
      cairo_move_to(context, 0, 0)
      cairo_show_text(context, text)
    } else {
      cairo_fill(context)
    }
    cairo_restore(context)
  }

  // MARK: Bytes

  /// The picture as a file without a time, after which nothing can be drawn any more.
  ///
  /// PNG is through a palette where that changes no flat colour and no other by more than 32 of 255.
  public func file() throws(CairoError) -> [UInt8] {
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else { throw CairoError(status) }
    switch format {
    case .png:
      return PNGWriter.file(width: Int(width), pixels: try surface.pixels(), isShaded: hasTiles)
    case .svg: return SVGText.settled(try surface.finish())
    case .pdf: return try surface.finish()
    }
  }
}
