/// The title of a figure and the formula beneath it, over the middle of the picture.
struct FigureTitle {
  private let heading: FigureHeading

  init(_ heading: FigureHeading) {
    self.heading = heading
  }

  /// The room between the top of the sheet and the picture.
  func height(_ theme: Theme) -> Double {
    let formula = heading.formula.isEmpty ? 0 : 1.5 * theme.subtitleSize
    return 1.35 * theme.titleSize + formula + 0.7 * theme.margin
  }

  /// Draws the lines just above a picture.
  func draw(over box: Box, in sheet: Box, on canvas: any Canvas, _ theme: Theme) {
    // Moved aside where it would leave the sheet; set smaller where it is wider, and at last cut: its first
    // part, then the second.
    func draw(
      _ first: RichText, followedBy second: RichText = RichText(""), _ style: TextStyle,
      baseline: Double
    ) {
      var style = style
      let natural = (first + second).width(on: canvas, style)
      style.size *= max(0.72, min(1, sheet.width / natural))
      let room = sheet.width - second.width(on: canvas, style)
      let shown = (first.shortened(to: room, on: canvas, style) + second)
        .shortened(to: sheet.width, on: canvas, style)
      let half = shown.width(on: canvas, style) / 2
      let middle = min(max(box.center.x, sheet.x + half), sheet.maxX - half)
      shown.draw(on: canvas, at: Point(middle, baseline), style, anchor: .center)
    }
    var baseline = box.y - 0.7 * theme.margin
    if !heading.formula.isEmpty {
      let formula = RichText(formula: heading.formula)
      draw(formula, theme.subtitle, baseline: baseline - 0.1 * theme.subtitleSize)
      baseline -= 1.5 * theme.subtitleSize
    }
    let subject = heading.subject.runs.isEmpty ? heading.subject : RichText(": ") + heading.subject
    draw(
      RichText(prose: heading.title), followedBy: subject, theme.title,
      baseline: baseline - 0.05 * theme.titleSize)
  }
}
