/// A picture that can be drawn on any canvas.
///
/// A figure is a value: drawing it twice gives the same picture and the same caption.
public protocol Figure: Sendable {
  /// Colours and sizes; neither changes the caption.
  var theme: Theme { get set }

  /// Draws the figure over the whole canvas.
  ///
  /// - Returns: The lines of the caption: levels, limits, what is clipped or undefined, and
  ///   whatever else the picture cannot say of itself. ASCII but for names.
  func draw(on canvas: any Canvas) -> [String]
}

/// What several kinds of figures say in their captions.
enum Caption {
  static func window(_ window: Window, _ heading: FigureHeading) -> String {
    func range(_ name: String, _ range: ClosedRange<Double>) -> String {
      "\(name) = \(NumberText.plain(range.lowerBound, digits: 6)) .. "
        + NumberText.plain(range.upperBound, digits: 6)
    }
    return "window: " + range(heading.xLabel.typed, window.x) + ", "
      + range(heading.yLabel.typed, window.y)
  }

  static func heading(_ heading: FigureHeading) -> [String] {
    let subject = heading.subject.typed
    return [subject.isEmpty ? heading.title : "\(heading.title): \(subject)"]
      + (heading.formula.isEmpty ? [] : [heading.formula.typed])
  }

  static func seen(_ name: String, _ extent: Extent) -> String {
    guard let range = extent.range else { return "\(name) has no finite value in the window" }
    return "\(name) seen: \(NumberText.plain(range.lowerBound)) .. "
      + NumberText.plain(range.upperBound)
  }

  static func undefined(
    _ seen: Extent, of total: Int, as meaning: String = "undefined"
  ) -> String {
    "\(meaning) (hatched): \(NumberText.percent(seen.undefined, of: total)) of the window"
  }

  static func infinite(
    _ seen: Extent, of total: Int, as meaning: String = "infinite"
  ) -> String {
    "\(meaning) (hatched): \(NumberText.percent(seen.infinite, of: total)) of the window"
  }

  /// Where lines were broken, left out, or finer than can be seen.
  static func lines(_ contours: Contours, _ area: PlotArea) -> [String] {
    var notes: [String] = []
    if contours.isTooDense {
      notes.append(
        "lines: left out, the function varies faster than the pixels of the picture; zoom in")
    }
    if contours.jumps > 0 {
      notes.append(
        "lines: broken at \(contours.jumps) crossings, where values jump (poles, steps)")
    }
    if contours.unresolved > 0 {
      notes.append(
        "lines: at \(contours.unresolved) places values vary faster than the finest samples; features thinner "
          + "than an eighth of a sample's distance may be missing there")
    }
    let specks = contours.lines.joined().count { line in
      line.isClosed && Polyline(area.points(line.points)).length < 8
    }
    if specks > 0 {
      notes.append("lines: \(specks) closed lines are shorter than 8 pixels; zoom in to see them")
    }
    return notes
  }
}
