/// A place on a canvas: x to the right, y down, in canvas units.
public struct Point: Sendable, Equatable {
  /// To the right.
  public var x: Double
  /// Downwards.
  public var y: Double

  /// The point (x, y).
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y) }
  static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y) }
  static func * (a: Point, s: Double) -> Point { Point(a.x * s, a.y * s) }

  var length: Double { (x * x + y * y).squareRoot() }

  /// The point after a turn by `angle` radians, clockwise as seen, about the origin.
  func turned(by angle: Double) -> Point {
    let (c, s) = (cosine(angle), sine(angle))
    return Point(c * x - s * y, s * x + c * y)
  }
}

/// An upright rectangle in canvas units.
public struct Box: Sendable, Equatable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The extent to the right, not negative.
  public var width: Double
  /// The extent downwards, not negative.
  public var height: Double

  /// The rectangle with the corner (x, y) at its top left.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  init(center: Point, width: Double, height: Double) {
    self.init(x: center.x - width / 2, y: center.y - height / 2, width: width, height: height)
  }

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var center: Point { Point(x + width / 2, y + height / 2) }

  /// The box with every side moved inwards by `margin`, outwards if that is negative.
  func inset(by margin: Double) -> Box {
    Box(
      x: x + margin, y: y + margin, width: max(width - 2 * margin, 0),
      height: max(height - 2 * margin, 0))
  }

  func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  func contains(_ other: Box) -> Bool {
    other.x >= x && other.maxX <= maxX && other.y >= y && other.maxY <= maxY
  }

  /// Whether the two share more than an edge.
  func overlaps(_ other: Box) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }
}

/// Straight pieces, each open or closed.
///
/// Curves are drawn as fine polygons.
public struct Path: Sendable, Equatable {
  /// One run of straight lines.
  public struct Piece: Sendable, Equatable {
    /// The corners in order.
    public var points: [Point]
    /// Whether the last corner joins the first.
    public var isClosed: Bool
  }

  /// The pieces, drawn together.
  public private(set) var pieces: [Piece] = []
  /// Whether lines along the pieces lie nowhere on one another, but where one joins the next, so that what they cover
  /// adds up: such as those of a level, or around a shape.
  public var isDisjoint = false

  /// A path with nothing in it.
  public init() {}

  /// A line through the points; closed, the outline of a polygon.
  public init(_ points: [Point], isClosed: Bool = false) {
    add(points, isClosed: isClosed)
    isDisjoint = points.count == 2
  }

  /// The outline of a box.
  public init(_ box: Box) {
    add(
      [
        Point(box.x, box.y), Point(box.maxX, box.y), Point(box.maxX, box.maxY),
        Point(box.x, box.maxY),
      ], isClosed: true)
    isDisjoint = true
  }

  /// A regular polygon with its first corner `turn` radians below the horizontal, at `radius` from
  /// the centre; the default is round at the size of a mark.
  public init(center: Point, radius: Double, corners: Int = 32, turn: Double = 0) {
    let points = (0..<corners).map { corner in
      center + Point(radius, 0).turned(by: turn + 2 * .pi * Double(corner) / Double(corners))
    }
    add(points, isClosed: true)
    isDisjoint = true
  }

  /// Appends a piece; fewer than two points draw nothing.
  ///
  /// Whether lines lie on one another has to be said again.
  public mutating func add(_ points: [Point], isClosed: Bool = false) {
    isDisjoint = false
    if points.count > 1 { pieces.append(Piece(points: points, isClosed: isClosed)) }
  }
}
