/// The shapes that stand for single places.
enum Mark {
  case disc, ring, diamond, square, triangle, star, cross
  /// An arrow head that points along an angle in radians.
  case arrowHead(Double)
  /// Two arrow heads on both sides of the place, pointing away from it.
  case twoHeads(Double)

  /// The mark at the end of a run that ended so, its last step going along an angle.
  static func end(_ ending: String, angle: Double = 0) -> Mark {
    switch ending {
    case "converged": .disc
    case "oscillating": .twoHeads(angle)
    case "diverged": .arrowHead(angle)
    case "crawling": .triangle
    case "stalled": .square
    case "undefined", "singular", "blocked": .cross
    default: .diamond
    }
  }

  /// The outline within a circle of the given radius.
  private func outline(_ center: Point, _ radius: Double) -> Path {
    switch self {
    case .disc, .ring: return Path(center: center, radius: 0.9 * radius)
    case .diamond: return Path(center: center, radius: 1.1 * radius, corners: 4)
    case .square: return Path(center: center, radius: 1.1 * radius, corners: 4, turn: .pi / 4)
    case .triangle: return Path(center: center, radius: 1.15 * radius, corners: 3, turn: -.pi / 2)
    case .star:
      let points = (0..<10).map { corner in
        center
          + Point(corner.isMultiple(of: 2) ? 1.45 * radius : 0.62 * radius, 0)
          .turned(by: -.pi / 2 + .pi * Double(corner) / 5)
      }
      return Path(points, isClosed: true)
    case .cross:
      var path = Path()
      for turn in [Double.pi / 4, -.pi / 4] {
        let arm = Point(radius, 0).turned(by: turn)
        path.add([center - arm, center + arm])
      }
      return path
    case .arrowHead(let angle): return Self.head(center, radius, angle)
    case .twoHeads(let angle):
      var path = Path()
      for turn in [angle, angle + .pi] {
        let middle = center + Point(1.75 * radius, 0).turned(by: turn)
        for piece in Self.head(middle, 0.95 * radius, turn).pieces {
          path.add(piece.points, isClosed: true)
        }
      }
      return path
    }
  }

  private static func head(_ center: Point, _ radius: Double, _ angle: Double) -> Path {
    let corners = [Point(1.3, 0), Point(-0.9, 0.95), Point(-0.5, 0), Point(-0.9, -0.95)]
    return Path(corners.map { center + ($0 * radius).turned(by: angle) }, isClosed: true)
  }

  /// Draws the mark in a colour with a rim that sets it off from what is beneath.
  func draw(
    on canvas: any Canvas, at center: Point, radius: Double, _ color: Color, rim: Color
  ) {
    var path = outline(center, radius)
    let line = 0.34 * radius
    switch self {
    case .cross:
      canvas.stroke(path, Pen(rim, width: 2.6 * line))
      canvas.stroke(path, Pen(color, width: 1.2 * line))
    case .ring:
      path.isDisjoint = true
      canvas.stroke(path, Pen(color, width: 2.4 * line))
      canvas.fill(path, rim)
    default:
      path.isDisjoint = true
      canvas.stroke(path, Pen(rim, width: 1.5 * line))
      canvas.fill(path, color)
    }
  }
}
