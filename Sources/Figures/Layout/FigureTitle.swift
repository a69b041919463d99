/// The title of a figure and the formula beneath it, over the middle of the picture.
///
/// A formula that is too wide is set in two lines and smaller, and at last cut.
struct FigureTitle {
  /// The least size of a line, of its natural one.
  private static let smallest = 0.72
  /// A formula is rather broken than smaller than this.
  private static let comfortable = 0.86
  /// It is rather broken at an outer + than inside brackets down to this size.
  private static let readable = 0.77
  /// How bad places of line breaks are that are still tried.
  private static let worstBreak = 7

  private let heading: FigureHeading
  private let sheet: Box
  private let theme: Theme
  /// The lines of the formula and their common style.
  private let lines: [RichText]
  private let style: TextStyle

  init(_ heading: FigureHeading, in sheet: Box, on canvas: any Canvas, _ theme: Theme) {
    self.heading = heading
    self.sheet = sheet
    self.theme = theme
    let formula = heading.formula.shown
    var style = theme.subtitle
    func size(_ lines: [RichText]) -> Double {
      let widest = lines.map { $0.width(on: canvas, theme.subtitle) }.max() ?? 0
      return min(1, sheet.width / max(widest, 1))
    }
    guard !heading.formula.isEmpty else {
      (lines, self.style) = ([], style)
      return
    }
    var best = (lines: [formula], size: size([formula]))
    // Outer places come first; others only where these leave a line too wide.
    for depth in 0...Self.worstBreak
    where best.size < (best.lines.count == 1 ? Self.comfortable : Self.readable) {
      for place in formula.runs.indices.dropFirst() where formula.runs[place].lineBreak == depth {
        let lines = formula.broken(before: place)
        let size = size(lines)
        if size > best.size { best = (lines, size) }
      }
    }
    style.size *= max(Self.smallest, best.size)
    if best.size < Self.smallest {
      best.lines = Self.cut(formula, to: sheet.width, on: canvas, style)
    }
    (lines, self.style) = (best.lines, style)
  }

  /// As much as fits on the first line, then on the second.
  private static func cut(
    _ formula: RichText, to width: Double, on canvas: any Canvas, _ style: TextStyle
  ) -> [RichText] {
    let places = formula.runs.indices.dropFirst().filter { formula.runs[$0].lineBreak != nil }
    let last = places.last { formula.broken(before: $0)[0].width(on: canvas, style) <= width }
    let lines = last.map { formula.broken(before: $0) } ?? [formula]
    return lines.map { $0.shortened(to: width, on: canvas, style) }
  }

  /// The room between the top of the sheet and the picture.
  var height: Double {
    1.35 * theme.titleSize + 1.5 * style.size * Double(lines.count) + 0.7 * theme.margin
  }

  /// Draws the lines just above a picture.
  func draw(over box: Box, on canvas: any Canvas) {
    var baseline = box.y - 0.7 * theme.margin
    for line in lines.reversed() {
      draw(line, over: box, style, baseline: baseline - 0.1 * style.size, on: canvas)
      baseline -= 1.5 * style.size
    }
    // Set smaller where it is wider than the sheet, and at last cut: its first part, then the second.
    let first = RichText(prose: heading.title)
    let second =
      heading.subject.isEmpty ? RichText("") : RichText(": ") + heading.subject.shown
    var style = theme.title
    let natural = (first + second).width(on: canvas, style)
    style.size *= max(Self.smallest, min(1, sheet.width / natural))
    let room = sheet.width - second.width(on: canvas, style)
    let shown = (first.shortened(to: room, on: canvas, style) + second)
      .shortened(to: sheet.width, on: canvas, style)
    draw(shown, over: box, style, baseline: baseline - 0.05 * theme.titleSize, on: canvas)
  }

  /// Over the middle of the picture, moved aside where it would leave the sheet.
  private func draw(
    _ line: RichText, over box: Box, _ style: TextStyle, baseline: Double, on canvas: any Canvas
  ) {
    let half = line.width(on: canvas, style) / 2
    let middle = min(max(box.center.x, sheet.x + half), sheet.maxX - half)
    line.draw(on: canvas, at: Point(middle, baseline), style, anchor: .center)
  }
}

extension RichText {
  /// The text in two lines, without spaces at the break.
  func broken(before place: Int) -> [RichText] {
    var (first, second) = (Array(runs[..<place]), Array(runs[place...]))
    while let last = first.last, last.text.last?.isWhitespace == true {
      first[first.count - 1].text.removeLast()
      if first[first.count - 1].text.isEmpty { first.removeLast() }
    }
    if let start = second.first {
      second[0].text = String(start.text.drop(while: \.isWhitespace))
    }
    return [RichText(runs: first), RichText(runs: second)]
  }
}
