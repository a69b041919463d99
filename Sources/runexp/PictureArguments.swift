import ArgumentParser
import CairoCanvas
import Figures

/// What files pictures become, and in which colours.
struct PictureArguments: ParsableArguments {
  @Option(help: "The files of pictures: png, svg, pdf, or several of them as png,svg.")
  var formats = "png"

  @Option(help: "The sheet of pictures: light, or dark for screens and slides.")
  var theme = "light"

  /// Whether figures are searched for texts that meet or are cut off, for the project's own checks.
  @Flag(name: .customLong("check-texts"), help: .hidden)
  var checksTexts = false

  func validate() throws {
    let names = formats.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard Set(names).count == names.count, names.allSatisfy({ PictureFormat(rawValue: $0) != nil })
    else {
      throw ValidationError(
        "--formats is png, svg, pdf or several of them with commas between, each once.")
    }
    guard ["light", "dark"].contains(theme) else {
      throw ValidationError("--theme is light or dark.")
    }
  }

  /// The formats, in an order that does not depend on how they were typed.
  var fileFormats: [PictureFormat] {
    let names = formats.split(separator: ",").map(String.init)
    return PictureFormat.allCases.filter { names.contains($0.rawValue) }
  }

  /// The colours.
  var colors: Theme { theme == "dark" ? .dark : .light }

  /// What a stamp says of pictures beside the versions that they are made by.
  var lines: [String] {
    [
      Versions.font, "formats \(fileFormats.map(\.rawValue).joined(separator: ","))",
      "theme \(theme)",
    ]
  }
}
