import CCairo

extension CairoPicture {
  /// The version of Cairo in use, as `1.16.0`: equal versions and fonts give equal pictures.
  public static var cairoVersion: String { String(cString: cairo_version_string()) }
}
