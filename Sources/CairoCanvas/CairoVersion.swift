import CCairo
import CDeflate

extension CairoPicture {
  /// The version of Cairo in use, as `1.16.0`: equal versions and fonts give equal pictures.
  public static var cairoVersion: String { String(cString: cairo_version_string()) }

  /// The version of libdeflate, which packs the pixels of PNG files, as `1.14`.
  public static var deflateVersion: String { LIBDEFLATE_VERSION_STRING }
}
