import Figures

extension Coverage {
  /// Adds the inside of all pieces of a path.
  mutating func fill(_ path: Path) {
    for piece in path.pieces {
      var before = piece.points.last.map { Corner($0.x, $0.y) }
      for point in piece.points {
        let corner = Corner(point.x, point.y)
        if let before { add(before, corner) }
        before = corner
      }
    }
  }

  /// Adds what a pen of a width with round joins and ends covers along all pieces of a path.
  mutating func stroke(_ path: Path, width: Double) {
    for piece in path.pieces { stroke(piece.points, piece.isClosed, width / 2) }
  }

  /// Goes along both sides of a line at once: both outlines together run around what is covered.
  private mutating func stroke(_ points: [Point], _ isClosed: Bool, _ radius: Double) {
    var outline = Outline(radius: radius)
    points.withUnsafeBufferPointer { points in
      var place = points[0]
      for index in 1..<points.count {
        if let side = Side(from: place, to: points[index], radius) {
          outline.go(along: side, in: &self)
          place = points[index]
        }
      }
      if isClosed, let side = Side(from: place, to: points[0], radius) {
        outline.go(along: side, in: &self)
      }
    }
    outline.end(isClosed: isClosed, at: points[0], in: &self)
  }

  /// A straight piece of a line.
  private struct Side {
    let start: Point
    let end: Point
    let length: Double
    /// Across it to its left, as long as the radius.
    let across: Point

    /// nil where both ends are the same.
    @inline(__always)
    init?(from start: Point, to end: Point, _ radius: Double) {
      let (x, y) = (end.x - start.x, end.y - start.y)
      length = (x * x + y * y).squareRoot()
      guard length > 1e-6 else { return nil }
      (self.start, self.end) = (start, end)
      across = Point(-y * radius / length, x * radius / length)
    }
  }

  /// Where the outlines of a line are.
  private struct Outline {
    let radius: Double
    /// The first piece, and where the outlines began beside it.
    var first: Side?
    var firstLeft = Corner(0, 0)
    var firstRight = Corner(0, 0)
    /// The last piece, and where the outlines are beside its start.
    var last: Side?
    var left = Corner(0, 0)
    var right = Corner(0, 0)

    @inline(__always)
    init(radius: Double) { self.radius = radius }

    /// Corners beside a place, one on each side.
    @inline(__always)
    private static func beside(_ place: Point, _ across: Point) -> (left: Corner, right: Corner) {
      (
        Corner(place.x + across.x, place.y + across.y),
        Corner(place.x - across.x, place.y - across.y)
      )
    }

    @inline(__always)
    mutating func go(along side: Side, in coverage: inout Coverage) {
      if let last {
        join(last, side, in: &coverage)
      } else {
        first = side
        (left, right) = Self.beside(side.start, side.across)
        (firstLeft, firstRight) = (left, right)
      }
      last = side
    }

    @inline(__always)
    private mutating func move(
      to next: (left: Corner, right: Corner), in coverage: inout Coverage
    ) {
      coverage.add(left, next.left)
      coverage.add(next.right, right)
      (left, right) = next
    }

    /// Turns from one piece to the next.
    private mutating func join(_ a: Side, _ b: Side, in coverage: inout Coverage) {
      let scale = 1 / (radius * radius)
      let cosine = (a.across.x * b.across.x + a.across.y * b.across.y) * scale
      let sine = (a.across.x * b.across.y - a.across.y * b.across.x) * scale
      // Both outlines meet on the line that halves the angle, if it is small beside the lengths.
      if cosine > 0.8, abs(sine) * radius < min(a.length, b.length) {
        let part = 1 / (1 + cosine)
        let across = Point((a.across.x + b.across.x) * part, (a.across.y + b.across.y) * part)
        return move(to: Self.beside(b.start, across), in: &coverage)
      }
      let middle = Corner(b.start.x, b.start.y)
      move(to: Self.beside(a.end, a.across), in: &coverage)
      let next = Self.beside(b.start, b.across)
      // An arc outside, and inside by way of the corner itself, so that all that is gone around counts as covered.
      if sine > 0 {
        coverage.add(left, middle)
        coverage.add(middle, next.left)
        Self.arc(
          from: Point(-b.across.x, -b.across.y), next.right, to: Point(-a.across.x, -a.across.y),
          right, around: b.start, radius, in: &coverage)
      } else {
        Self.arc(
          from: a.across, left, to: b.across, next.left, around: b.start, radius, in: &coverage)
        coverage.add(next.right, middle)
        coverage.add(middle, right)
      }
      (left, right) = next
    }

    /// Ends the outlines: where they began, or around the ends of the line; a line of no length is a dot.
    mutating func end(isClosed: Bool, at place: Point, in coverage: inout Coverage) {
      guard let first, let last else {
        let across = Point(0, radius)
        let (left, right) = Self.beside(place, across)
        let back = Point(0, -radius)
        Self.arc(from: across, left, to: back, right, around: place, radius, in: &coverage)
        Self.arc(from: back, right, to: across, left, around: place, radius, in: &coverage)
        return
      }
      if isClosed {
        // The join with the first piece ends where its outlines began, but for one that was halved.
        join(last, first, in: &coverage)
        coverage.add(left, firstLeft)
        coverage.add(firstRight, right)
        return
      }
      move(to: Self.beside(last.end, last.across), in: &coverage)
      Self.arc(
        from: last.across, left, to: Point(-last.across.x, -last.across.y), right,
        around: last.end, radius, in: &coverage)
      Self.arc(
        from: Point(-first.across.x, -first.across.y), firstRight, to: first.across, firstLeft,
        around: first.start, radius, in: &coverage)
    }

    /// Goes around a centre from one corner to another, clockwise or not as is shorter; half around against the
    /// turn from across to along.
    private static func arc(
      from start: Point, _ first: Corner, to end: Point, _ last: Corner, around center: Point,
      _ radius: Double, in coverage: inout Coverage
    ) {
      // Halves the turn until the polygon is within a 50th of a pixel of the circle.
      let middle = Point(start.x + end.x, start.y + end.y)
      let length = (middle.x * middle.x + middle.y * middle.y).squareRoot()
      if radius - length / 2 < 0.02 { return coverage.add(first, last) }
      let half =
        length > 0.1 * radius
        ? Point(middle.x * radius / length, middle.y * radius / length)
        : Point(start.y, -start.x)
      let corner = Corner(center.x + half.x, center.y + half.y)
      arc(from: start, first, to: half, corner, around: center, radius, in: &coverage)
      arc(from: half, corner, to: end, last, around: center, radius, in: &coverage)
    }
  }
}
