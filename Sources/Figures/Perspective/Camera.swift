/// A place in the box of a picture in perspective: x and y on the floor, z upwards, the middle of the box at 0.
struct Place3: Sendable, Equatable {
  var x: Double
  var y: Double
  var z: Double

  init(_ x: Double, _ y: Double, _ z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  static func - (a: Place3, b: Place3) -> Place3 { Place3(a.x - b.x, a.y - b.y, a.z - b.z) }

  func dot(_ other: Place3) -> Double { x * other.x + y * other.y + z * other.z }

  func cross(_ other: Place3) -> Place3 {
    Place3(
      y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x)
  }
}

/// An eye that looks at the middle of the box, and what it sees on a sheet.
struct Camera: Sendable {
  /// How far the eye is from the middle of a box of size 2: near enough for depth, far enough not to distort.
  private static let distance = 7.0

  /// The direction from the middle of the box to the eye.
  let toEye: Place3
  /// To the right on the sheet.
  let right: Place3
  /// Upwards on the sheet.
  let up: Place3
  /// Where the eye is.
  let eye: Place3

  /// An eye in a direction over the floor, `azimuth` degrees from x towards y, and at an elevation in degrees.
  init(azimuth: Double, elevation: Double) {
    let (phi, epsilon) = (azimuth * .pi / 180, elevation * .pi / 180)
    let (c, s) = (cosine(phi), sine(phi))
    let (level, rise) = (cosine(epsilon), sine(epsilon))
    toEye = Place3(c * level, s * level, rise)
    right = Place3(-s, c, 0)
    up = Place3(-c * rise, -s * rise, level)
    eye = Place3(
      Self.distance * toEye.x, Self.distance * toEye.y, Self.distance * toEye.z)
  }

  /// Where a place is seen, in units in which the middle of the box has its true size; y down.
  func project(_ place: Place3) -> Point {
    let scale = Self.distance / (Self.distance - place.dot(toEye))
    return Point(place.dot(right) * scale, -place.dot(up) * scale)
  }
}
