import CVectorMath
import CairoCanvas
import Foundation
import Results

/// What results were made by.
enum Versions {
  /// The version of this program.
  static let runexp = "0.1.0"

  /// The manifest's lines: the bytes of numbers rest on SLEEF, those of pictures on Cairo and libdeflate.
  static var lines: [String] {
    numbers + ["cairo \(CairoPicture.cairoVersion)", "libdeflate \(CairoPicture.deflateVersion)"]
  }

  /// Those of them that numbers rest on.
  static var numbers: [String] {
    ["runexp \(runexp)", "sleef \(String(cString: vm_sleef_version()))"]
  }

  /// The line of the program as it was built, which no version tells: of its own bytes.
  static let build: String = {
    // On Linux what runs, also where another program has taken its place since.
    let running = URL(fileURLWithPath: "/proc/self/exe")
    let hash = fileHash(of: running) ?? Bundle.main.executableURL.flatMap(fileHash)
    return "build \(hash.map { String($0, radix: 16) } ?? "unknown")"
  }()

  /// The line of the font, on which the bytes of pictures rest, too.
  static var font: String {
    SystemFont.found.map { "font \($0.family) \($0.version)" } ?? "font none"
  }
}
