/// Which places of a canvas are taken, in squares of two units, so that text finds a free place.
struct Occupancy {
  private static let grain = 2.0
  private let columns: Int
  private let rows: Int
  private let room: Box
  private var isTaken: [Bool]

  /// All free within the room; everything outside counts as taken.
  init(_ canvas: any Canvas, room: Box) {
    columns = Int(canvas.width / Self.grain) + 1
    rows = Int(canvas.height / Self.grain) + 1
    self.room = room
    isTaken = Array(repeating: false, count: columns * rows)
  }

  private func index(_ point: Point) -> Int? {
    guard room.contains(point) else { return nil }
    let (column, row) = (Int(point.x / Self.grain), Int(point.y / Self.grain))
    return column >= 0 && column < columns && row >= 0 && row < rows
      ? row * columns + column : nil
  }

  /// Whether something holds for points close enough together to meet every square of a box turned about its
  /// centre, row by row, until it does not for one.
  @inline(__always)
  static func allPoints(
    center: Point, width: Double, height: Double, angle: Double, satisfy condition: (Point) -> Bool
  ) -> Bool {
    let across = max(1, Int((width / grain).rounded(.up)))
    let down = max(1, Int((height / grain).rounded(.up)))
    return allPoints(
      across, down, center: center, width: width, height: height, angle: angle, satisfy: condition)
  }

  /// Whether something holds for the corners of a turned box, which are among those points.
  @inline(__always)
  static func allCorners(
    center: Point, width: Double, height: Double, angle: Double, satisfy condition: (Point) -> Bool
  ) -> Bool {
    allPoints(
      1, 1, center: center, width: width, height: height, angle: angle, satisfy: condition)
  }

  @inline(__always)
  private static func allPoints(
    _ across: Int, _ down: Int, center: Point, width: Double, height: Double, angle: Double,
    satisfy condition: (Point) -> Bool
  ) -> Bool {
    let (c, s) = (cosine(angle), sine(angle))
    for row in 0...down {
      for column in 0...across {
        let offset = Point(
          (Double(column) / Double(across) - 0.5) * width,
          (Double(row) / Double(down) - 0.5) * height)
        let point = center + Point(c * offset.x - s * offset.y, s * offset.x + c * offset.y)
        if !condition(point) { return false }
      }
    }
    return true
  }

  /// Takes a box turned about its centre.
  mutating func take(center: Point, width: Double, height: Double, angle: Double = 0) {
    _ = Self.allPoints(center: center, width: width, height: height, angle: angle) { point in
      if let index = index(point) { isTaken[index] = true }
      return true
    }
  }

  /// Takes a line of some thickness within the room.
  mutating func take(from a: Point, to b: Point, width: Double) {
    let way = b - a
    guard way.length > 0 else { return take(center: a, width: width, height: width) }
    let along = max(1, Int((way.length / Self.grain).rounded(.up)))
    let across = max(1, Int((width / Self.grain).rounded(.up)))
    let side = Point(-way.y, way.x) * (width / way.length)
    for step in 0...along {
      let middle = a + way * (Double(step) / Double(along))
      for row in 0...across {
        let place = middle + side * (Double(row) / Double(across) - 0.5)
        if let index = index(place) { isTaken[index] = true }
      }
    }
  }

  /// The part of a turned box that is taken or outside the room, from 0 to 1.
  func takenPart(center: Point, width: Double, height: Double, angle: Double = 0) -> Double {
    var (taken, count) = (0, 0)
    _ = Self.allPoints(center: center, width: width, height: height, angle: angle) { point in
      taken += index(point).map { isTaken[$0] } ?? true ? 1 : 0
      count += 1
      return true
    }
    return Double(taken) / Double(count)
  }

  /// Whether nothing of a turned box is taken or outside the room.
  func isFree(center: Point, width: Double, height: Double, angle: Double = 0) -> Bool {
    Self.allPoints(center: center, width: width, height: height, angle: angle) { point in
      index(point).map { !isTaken[$0] } ?? false
    }
  }
}
