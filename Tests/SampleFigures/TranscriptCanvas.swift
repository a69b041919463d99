import Figures

/// A canvas that writes down every command as a line, its numbers to three places.
///
/// Letters have widths of their own, so that a transcript depends on no font. Of a mosaic it keeps how many tiles have
/// each of its commonest colours, and a hash of all.
public final class TranscriptCanvas: Canvas {
  /// The width in canvas units.
  public let width: Double
  /// The height in canvas units.
  public let height: Double
  /// One pixel for each unit.
  public let pixelsPerUnit = 1.0
  /// The commands, in order.
  public private(set) var lines: [String] = []

  /// An empty transcript.
  public init(width: Int, height: Int) {
    self.width = Double(width)
    self.height = Double(height)
  }

  /// Writes down a filled path.
  public func fill(_ path: Path, _ color: Color) {
    lines.append("fill \(Self.text(color))\(Self.text(path))")
  }

  /// Writes down a line.
  public func stroke(_ path: Path, _ pen: Pen) {
    let dash = pen.dash.isEmpty ? "" : " dash \(Self.text(pen.dash))"
    lines.append(
      "stroke \(Self.text(pen.color)) width \(Self.text(pen.width))\(dash)\(Self.text(path))")
  }

  /// Writes down a text.
  public func write(_ text: String, at point: Point, style: TextStyle, angle: Double) {
    let face = (style.isBold ? " bold" : "") + (style.isItalic ? " italic" : "")
    let turn = angle == 0 ? "" : " turned \(Self.text(angle))"
    let halo = style.halo.map { " halo \(Self.text($0))" } ?? ""
    lines.append(
      "text '\(text)' at \(Self.text([point.x, point.y]))\(turn) size \(Self.text(style.size))\(face) "
        + Self.text(style.color) + halo)
  }

  /// Every letter is 0.6 of its size wide.
  public func width(of text: String, style: TextStyle) -> Double {
    0.6 * style.size * Double(text.count)
  }

  /// Writes down what there is of a mosaic.
  public func paint(_ mosaic: Mosaic, in box: Box) {
    let colors = mosaic.colors.map(Self.text)
    var counts: [String: Int] = [:]
    for color in colors { counts[color, default: 0] += 1 }
    let common = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8)
      .map { "\($0.value) \($0.key)" }
    // FNV-1a
    let hash = colors.joined().utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    lines.append(
      "mosaic \(mosaic.columns)x\(mosaic.rows) in \(Self.text(box)): "
        + "\(common.joined(separator: ", ")); hash \(String(hash, radix: 16))")
  }

  /// Writes down what is drawn within a box.
  public func clipped(to box: Box, _ draw: () -> Void) {
    lines.append("clip \(Self.text(box))")
    draw()
    lines.append("end of clip")
  }

  // MARK: Words

  private static func text(_ number: Double) -> String {
    guard number.isFinite, abs(number) < 1e9 else { return "\(number)" }
    let thousandths = Int((1000 * number).rounded())
    var places = String(1000 + abs(thousandths) % 1000).dropFirst()
    while places.last == "0" { places.removeLast() }
    return (thousandths < 0 ? "-" : "") + String(abs(thousandths) / 1000)
      + (places.isEmpty ? "" : "." + places)
  }

  private static func text(_ numbers: [Double]) -> String {
    numbers.map(text).joined(separator: " ")
  }

  private static func text(_ box: Box) -> String { text([box.x, box.y, box.width, box.height]) }

  private static func text(_ color: Color) -> String {
    let parts = [color.red, color.green, color.blue].map { part in
      String(256 + Int((255 * part).rounded()), radix: 16).dropFirst()
    }
    return "#" + parts.joined() + (color.opacity == 1 ? "" : "/\(text(color.opacity))")
  }

  private static func text(_ path: Path) -> String {
    path.pieces.map { piece in
      ": " + text(piece.points.flatMap { [$0.x, $0.y] }) + (piece.isClosed ? " closed" : "")
    }.joined()
  }
}
