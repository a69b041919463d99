/// The colours of how runs end, the same in all figures.
enum EndingColors {
  /// The words for endings, from steps that are too small to those that are too large.
  static let words = [
    "stalled", "crawling", "converged", "oscillating", "diverged", "undefined", "singular",
    "blocked",
  ]

  /// The colour of an ending; that of undefined places for a word that is none.
  static func color(_ ending: String, _ theme: Theme) -> Color {
    words.firstIndex(of: ending).map { theme.endings[$0] } ?? theme.undefined
  }
}
