import CFontconfig

/// The font that pictures are written in: DejaVu Sans, or what the system takes in its place.
public struct SystemFont: Sendable, Equatable {
  /// The name of the family.
  public let family: String
  /// The version that the font's file bears, as `2.37`.
  public let version: String

  /// The font that figures are made for.
  public static let wanted = "DejaVu Sans"
  /// What to type to get it.
  static let remedy =
    "install DejaVu Sans (Debian: sudo apt-get install fonts-dejavu-core; "
    + "macOS: brew install --cask font-dejavu)"

  /// The font of this process, looked for once; nil where the system has none at all.
  public static let found = SystemFont(inPlaceOf: wanted)

  /// What a person should know of the font: that it is another than figures are made for; nil where it is not.
  public var warning: String? {
    guard family != SystemFont.wanted else { return nil }
    return
      "warning: the font \(SystemFont.wanted) is missing and figures are written in \(family), "
      + "in which texts may meet; \(SystemFont.remedy)"
  }

  /// Asks Fontconfig, as Cairo does, what there is under a name or else comes nearest to it.
  init?(inPlaceOf name: String) {
    guard let pattern = FcPatternCreate() else { return nil }
    defer { FcPatternDestroy(pattern) }
    FcPatternAddString(pattern, FC_FAMILY, name)
    FcConfigSubstitute(nil, pattern, FcMatchPattern)
    FcDefaultSubstitute(pattern)
    var result = FcResultMatch
    guard let match = FcFontMatch(nil, pattern, &result) else { return nil }
    defer { FcPatternDestroy(match) }

    // A family may have several names, of which the one asked for is as good as the first.
    var families: [String] = []
    var text: UnsafeMutablePointer<FcChar8>?
    while FcPatternGetString(match, FC_FAMILY, Int32(families.count), &text) == FcResultMatch,
      let text
    {
      families.append(String(cString: text))
    }
    guard let first = families.first else { return nil }
    family = families.contains(name) ? name : first

    var revision: Int32 = 0
    FcPatternGetInteger(match, FC_FONTVERSION, 0, &revision)
    // The revision is a fixed-point number with 16 binary places.
    let thousandths = Int((Double(revision) / 65.536).rounded())
    var places = String(1000 + thousandths % 1000).dropFirst()
    while places.count > 1, places.last == "0" { places.removeLast() }
    version = "\(thousandths / 1000).\(places)"
  }
}
