/// How a line is drawn.
public struct Pen: Sendable, Equatable {
  /// The colour of the line.
  public var color: Color
  /// The thickness in canvas units.
  public var width: Double
  /// Lengths drawn and skipped in turn; empty for an unbroken line.
  public var dash: [Double]

  /// A pen; lines have round joins and ends (flat ends when dashed).
  public init(_ color: Color, width: Double, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}

/// How a run of text is set.
public struct TextStyle: Sendable, Equatable {
  /// The height of the font in canvas units.
  public var size: Double
  /// The colour of the letters.
  public var color: Color
  /// Whether the letters lean.
  public var isItalic: Bool
  /// Whether the letters are heavy.
  public var isBold: Bool
  /// The colour of a rim that lifts the letters off what is beneath, if any.
  public var halo: Color?

  /// A style.
  public init(
    size: Double, color: Color, isItalic: Bool = false, isBold: Bool = false, halo: Color? = nil
  ) {
    self.size = size
    self.color = color
    self.isItalic = isItalic
    self.isBold = isBold
    self.halo = halo
  }

  /// From the baseline to the top of a capital or a digit, with a little air.
  public var ascent: Double { 0.76 * size }
  /// From the baseline to the foot of a g.
  public var descent: Double { 0.24 * size }
  /// The thickness of the rim.
  public var haloWidth: Double { 0.24 * size }
}

/// What figures are drawn on: filled and stroked paths, text and mosaics, the operations that a
/// raster image, SVG and PDF all have.
///
/// Coordinates are in canvas units from the top left, y down. All must be finite and within
/// ±10⁶; figures see to that. Later drawing covers earlier.
public protocol Canvas: AnyObject {
  /// The width in canvas units.
  var width: Double { get }
  /// The height in canvas units.
  var height: Double { get }
  /// How many pixels a canvas unit is worth in a mosaic: 1 for an image, more for vector formats.
  var pixelsPerUnit: Double { get }

  /// Fills the inside (non-zero winding) of all closed and open pieces.
  func fill(_ path: Path, _ color: Color)
  /// Fills a polygon that lies beside others of nearly the same colour, so that no seam shows between them.
  func fill(tile corners: [Point], _ color: Color)
  /// Draws along all pieces.
  func stroke(_ path: Path, _ pen: Pen)
  /// Draws along several paths, one after the other; a canvas may have several threads work on its parts.
  func stroke(_ lines: [(path: Path, pen: Pen)], workers: Int)
  /// Sets one run of text with the left end of its baseline at `point`, turned clockwise by
  /// `angle` radians about that point.
  func write(_ text: String, at point: Point, style: TextStyle, angle: Double)
  /// How far the text advances along its baseline.
  func width(of text: String, style: TextStyle) -> Double
  /// Shows the mosaic so that it fills the box, with sharp edges between its tiles.
  func paint(_ mosaic: Mosaic, in box: Box)
  /// Runs `draw` with everything outside the box hidden.
  func clipped(to box: Box, _ draw: () -> Void)
}

extension Canvas {
  /// Draws along one path after the other.
  public func stroke(_ lines: [(path: Path, pen: Pen)], workers: Int) {
    for line in lines { stroke(line.path, line.pen) }
  }

  /// Fills the tile a little larger than it is.
  public func fill(tile corners: [Point], _ color: Color) { fill(grown: corners, color) }

  /// Fills a polygon a little larger than it is.
  public func fill(grown corners: [Point], _ color: Color) {
    if let grown = corners.grown(by: 0.3) {
      fill(Path(grown, isClosed: true), color)
    } else {
      let outline = Path(corners, isClosed: true)
      fill(outline, color)
      stroke(outline, Pen(color, width: 0.6))
    }
  }
}
