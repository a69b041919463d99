import CVectorMath
import CairoCanvas

/// What results were made by.
enum Versions {
  /// The version of this program.
  static let runexp = "0.1.0"

  /// The manifest's lines: the bytes of numbers rest on SLEEF, those of pictures on Cairo.
  static var lines: [String] {
    [
      "runexp \(runexp)", "sleef \(String(cString: vm_sleef_version()))",
      "cairo \(CairoPicture.cairoVersion)",
    ]
  }

  /// The line of the font, on which the bytes of pictures rest, too.
  static var font: String {
    SystemFont.found.map { "font \($0.family) \($0.version)" } ?? "font none"
  }
}
