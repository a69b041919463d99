extension Color {
  /// The colour as web pages write it, without its opacity: `#d55e00`.
  public var hexadecimal: String {
    [red, green, blue].reduce("#") { text, part in
      let digits = String(Int((min(max(part, 0), 1) * 255).rounded()), radix: 16)
      return text + (digits.count < 2 ? "0" : "") + digits
    }
  }
}

extension SeriesName {
  /// The colour of its line on the sheet of a theme.
  public func color(on theme: Theme) -> Color { look(theme).color }
}
