/// Several canvases that are drawn on at once, so that a figure is worked out once for all of them.
///
/// They have one size, and one number of pixels for a unit.
public final class CanvasGroup: Canvas {
  /// The width in canvas units.
  public let width: Double
  /// The height in canvas units.
  public let height: Double
  /// How many pixels a canvas unit is worth in a mosaic.
  public let pixelsPerUnit: Double
  private let members: [any Canvas]
  private let measure: RecordingCanvas.Measure

  /// A group of at least one canvas.
  ///
  /// - Parameter measure: the widths of texts, which depend on no member, so that a drawing is the same in any company.
  public init(_ members: [any Canvas], measure: @escaping RecordingCanvas.Measure) {
    precondition(!members.isEmpty)
    precondition(members.allSatisfy { $0.pixelsPerUnit == members[0].pixelsPerUnit })
    self.members = members
    self.measure = measure
    width = members[0].width
    height = members[0].height
    pixelsPerUnit = members[0].pixelsPerUnit
  }

  /// Fills on every member.
  public func fill(_ path: Path, _ color: Color) {
    for member in members { member.fill(path, color) }
  }

  /// Strokes on every member.
  public func stroke(_ path: Path, _ pen: Pen) {
    for member in members { member.stroke(path, pen) }
  }

  /// Writes on every member.
  public func write(_ text: String, at point: Point, style: TextStyle, angle: Double) {
    for member in members { member.write(text, at: point, style: style, angle: angle) }
  }

  /// Measures a text.
  public func width(of text: String, style: TextStyle) -> Double { measure(text, style) }

  /// Paints on every member.
  public func paint(_ mosaic: Mosaic, in box: Box) {
    for member in members { member.paint(mosaic, in: box) }
  }

  /// Draws once, clipped on every member.
  public func clipped(to box: Box, _ draw: () -> Void) { clipped(to: box, members[...], draw) }

  private func clipped(to box: Box, _ members: ArraySlice<any Canvas>, _ draw: () -> Void) {
    guard let first = members.first else { return draw() }
    first.clipped(to: box) { clipped(to: box, members.dropFirst(), draw) }
  }
}
