import CCairo
import Figures

/// The surface of a picture, and the bytes that it writes if it is not made of pixels.
final class CairoSurface {
  let pointer: OpaquePointer
  private let sink: Sink

  /// What a surface has written so far.
  private final class Sink {
    var bytes: [UInt8] = []
  }

  /// An empty surface of width × height canvas units.
  init(_ format: PictureFormat, width: Int, height: Int) throws(CairoError) {
    let sink = Sink()
    let closure = Unmanaged.passUnretained(sink).toOpaque()
    let write: cairo_write_func_t = { closure, data, length in
      guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
      let sink = Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue()
      sink.bytes += UnsafeBufferPointer(start: data, count: Int(length))
      return CAIRO_STATUS_SUCCESS
    }
    let surface: OpaquePointer?
    switch format {
    case .png:
      surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
    case .svg:
      surface = cairo_svg_surface_create_for_stream(write, closure, Double(width), Double(height))
      cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX)
    case .pdf:
      surface = cairo_pdf_surface_create_for_stream(
        write, closure, Double(width) / 2, Double(height) / 2)
      // Otherwise the file would say when it was made.
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "")
    }
    guard let surface else { throw .surface("no surface") }
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS else {
      cairo_surface_destroy(surface)
      throw CairoError(status)
    }
    pointer = surface
    self.sink = sink
  }

  deinit {
    // A surface that was not finished writes its rest now, while there is still somewhere to put it.
    cairo_surface_finish(pointer)
    cairo_surface_destroy(pointer)
  }

  /// Ends the surface and returns what it wrote.
  func finish() throws(CairoError) -> [UInt8] {
    cairo_surface_finish(pointer)
    let status = cairo_surface_status(pointer)
    guard status == CAIRO_STATUS_SUCCESS else { throw CairoError(status) }
    return sink.bytes
  }

  /// Lets pixels 0xRRGGBB be changed, of a surface that is made of them; nothing is done where it is not.
  ///
  /// - Parameter change: is given the first of them, and how many there are from one row to the next.
  func change(_ change: (UnsafeMutablePointer<UInt32>, Int) -> Void) {
    cairo_surface_flush(pointer)
    guard let bytes = cairo_image_surface_get_data(pointer) else { return }
    let step = Int(cairo_image_surface_get_stride(pointer)) / 4
    UnsafeMutableRawPointer(bytes).withMemoryRebound(to: UInt32.self, capacity: step) {
      change($0, step)
    }
    cairo_surface_mark_dirty(pointer)
  }

  /// The pixels 0xRRGGBB from the top left of a surface that is made of them.
  func pixels() throws(CairoError) -> [UInt32] {
    cairo_surface_flush(pointer)
    guard let bytes = cairo_image_surface_get_data(pointer) else {
      throw CairoError(cairo_surface_status(pointer))
    }
    let stride = Int(cairo_image_surface_get_stride(pointer))
    let columns = Int(cairo_image_surface_get_width(pointer))
    let rows = Int(cairo_image_surface_get_height(pointer))
    return [UInt32](unsafeUninitializedCapacity: columns * rows) { pixels, count in
      for row in 0..<rows {
        let line = UnsafeRawPointer(bytes + row * stride)
        for column in 0..<columns {
          pixels[row * columns + column] =
            line.load(fromByteOffset: 4 * column, as: UInt32.self) & 0xffffff
        }
      }
      count = columns * rows
    }
  }
}
