/// A canvas that remembers what was drawn instead of showing it, for tests of layout.
///
/// Text is measured by the `measure` given, so that the layout for a real font can be recorded, or
/// else as 0.64 of its size a character, a little wider than sans-serif fonts are.
public final class RecordingCanvas: Canvas {
  /// A run of text as it was written.
  public struct Text: Sendable, Equatable {
    /// The characters.
    public let string: String
    /// The left end of the baseline.
    public let point: Point
    /// The style.
    public let style: TextStyle
    /// The turn about `point` in radians.
    public let angle: Double
    /// How far it advances along its baseline.
    public let width: Double

    /// The four corners of the text, from the baseline's left end upwards and around.
    public var corners: [Point] {
      [
        Point(0, style.descent), Point(0, -style.ascent), Point(width, -style.ascent),
        Point(width, style.descent),
      ].map { point + $0.turned(by: angle) }
    }

    /// Whether two turned texts share more than an edge: no axis of either separates them.
    public func meets(_ other: Text) -> Bool {
      let axes = [self, other].flatMap {
        [Point(1, 0).turned(by: $0.angle), Point(0, 1).turned(by: $0.angle)]
      }
      func extent(_ text: Text, along axis: Point) -> (low: Double, high: Double) {
        let places = text.corners.map { $0.x * axis.x + $0.y * axis.y }
        return (places.min() ?? 0, places.max() ?? 0)
      }
      return axes.allSatisfy { axis in
        let (one, two) = (extent(self, along: axis), extent(other, along: axis))
        return one.high > two.low + 1e-6 && two.high > one.low + 1e-6
      }
    }
  }

  /// What cannot be read, a sentence each: texts that meet, and texts that reach beyond the sheet.
  public var crowding: [String] {
    var found: [String] = []
    for (first, text) in texts.enumerated() {
      if text.corners.contains(where: { $0.x < 0 || $0.x > width || $0.y < 0 || $0.y > height }) {
        found.append("'\(text.string)' is cut off")
      }
      for other in texts[(first + 1)...] where text.meets(other) {
        found.append("'\(text.string)' meets '\(other.string)'")
      }
    }
    return found
  }

  /// A width of a text in a style.
  public typealias Measure = (_ text: String, _ style: TextStyle) -> Double

  /// The width in canvas units.
  public let width: Double
  /// The height in canvas units.
  public let height: Double
  /// One pixel for each unit.
  public let pixelsPerUnit = 1.0
  /// Everything written, in order.
  public private(set) var texts: [Text] = []
  /// Everything stroked, in order.
  public private(set) var strokes: [(path: Path, pen: Pen)] = []
  /// Everything filled, in order.
  public private(set) var fills: [(path: Path, color: Color)] = []
  /// Every mosaic, in order.
  public private(set) var mosaics: [(mosaic: Mosaic, box: Box)] = []
  private let measure: Measure

  /// An empty recording.
  public init(
    width: Double = 1080, height: Double = 900,
    measure: @escaping Measure = { text, style in 0.64 * style.size * Double(text.count) }
  ) {
    self.width = width
    self.height = height
    self.measure = measure
  }

  /// Records a filled path.
  public func fill(_ path: Path, _ color: Color) { fills.append((path, color)) }

  /// Records a line.
  public func stroke(_ path: Path, _ pen: Pen) { strokes.append((path, pen)) }

  /// Measures a text.
  public func width(of text: String, style: TextStyle) -> Double { measure(text, style) }

  /// Records a mosaic.
  public func paint(_ mosaic: Mosaic, in box: Box) { mosaics.append((mosaic, box)) }

  /// Draws without clipping.
  public func clipped(to box: Box, _ draw: () -> Void) { draw() }

  /// Records a text.
  public func write(_ text: String, at point: Point, style: TextStyle, angle: Double) {
    texts.append(
      Text(
        string: text, point: point, style: style, angle: angle, width: measure(text, style)))
  }
}
