import CCairo
import Diagnostics

/// What can go wrong with a picture.
public enum CairoError: Problem, Equatable {
  /// Cairo could not make the picture, in its own words.
  case surface(String)
  /// The system has no font to write with.
  case noFont

  init(_ status: cairo_status_t) {
    self = .surface(String(cString: cairo_status_to_string(status)))
  }

  /// See `Problem`.
  public var sentence: String {
    switch self {
    case .surface(let reason): "cannot draw: \(reason)"
    case .noFont:
      "there is no font for figures; \(SystemFont.remedy), or run without figures by --no-plots"
    }
  }
}
